"""No value of a row ever leaves by a message: secrets are planted in every cell and looked for."""

import json
import traceback

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.workforce.staff_files import PERSON, as_book, as_csv, checked, people, written
from goldenthread.cli.workforce import as_data, lines
from goldenthread.errors import Refusal
from goldenthread.workforce.files import NAMES, contract, read_workforce

# No word of ours begins so.
secrets = st.text("abcdefghjkmnpqrstuvwxyz", min_size=7, max_size=7).map("xq{}".format)
# What stands about a secret, so that it meets every rule on its way.
around = st.sampled_from(
    ["{}", "={}", "@{}", "-{}", "{}\x00", "{}\x1b[31m", "£{}", "31/02/{}", "{} Ã©", "#{}", "{}\n",
     "1.2E+{}", "{}, with a comma", "'{}", "{}" * 30, '"{}']
)  # fmt: skip
kinds = st.sampled_from(NAMES)


def said(check):
    """Everything that a program or a person may see of a check without asking for its rows."""
    return "\n".join(
        [*lines(check), json.dumps(as_data(check), ensure_ascii=False), repr(check), str(check),
         repr(check.rows), *(repr(one) + str(list(one.first())) for one in check.findings)]
    )  # fmt: skip


def refused(refusal):
    """Everything that may be seen of a refusal, and of what lies behind it."""
    return str(refusal) + repr(refusal) + "".join(traceback.format_exception(refusal))


def test_a_secret_that_is_a_heading_would_be_seen(tmp_path):
    rows = [{**row, "opensesame": "1"} for row in people(count=1)]
    assert "opensesame" in said(checked(tmp_path, rows))


@st.composite
def planted(draw):
    """A kind of file, and rows in which some cells or all hold a secret; the secrets."""
    kind = draw(kinds)
    names = [column.headers[0] for column in contract(kind).columns] + ["Surname", "Home address"]
    hidden = draw(st.lists(secrets, min_size=4, max_size=4, unique=True))
    rows = []
    for _ in range(draw(st.integers(1, 4))):
        row = {}
        for name, column in zip(names, [*contract(kind).columns, None, None], strict=True):
            sound = column.examples[0] if column is not None else ""
            secret = draw(around).format(*[draw(st.sampled_from(hidden))] * 30)
            row[name] = sound if draw(st.booleans()) and column is not None else secret
        rows.append(row)
    return kind, rows, hidden


@settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
@given(planted(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_no_secret_of_any_cell_is_told(tmp_path, file, encoding):
    kind, rows, hidden = file
    path = written(tmp_path, as_csv(rows, encoding), "file.csv")
    try:
        told = said(read_workforce(path, kind))
    except Refusal as refusal:
        told = refused(refusal)
    assert [secret for secret in hidden if secret in told] == []


@settings(max_examples=6, suppress_health_check=list(HealthCheck), deadline=None)
@given(planted())
def test_no_secret_of_a_workbook_is_told(tmp_path, file):
    kind, rows, hidden = file
    for row in rows:
        for name, value in row.items():
            row[name] = value.replace("\x00", "").replace("\x1b", "")
    path = written(tmp_path, as_book(rows), "file.xlsx")
    try:
        told = said(read_workforce(path, kind))
    except Refusal as refusal:
        told = refused(refusal)
    assert [secret for secret in hidden if secret in told] == []


@settings(max_examples=20, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.binary(max_size=200), st.integers(0, 400), secrets)
def test_noise_in_a_file_is_refused_or_read_and_never_told(tmp_path, noise, at, secret):
    content = as_csv(people({"Job title": secret, "Religion": secret}, count=2))
    path = written(tmp_path, content[:at] + noise + content[at:], "file.csv")
    try:
        check = read_workforce(path)
        told = said(check).replace("".join(one.words for one in check.dropped), "")
    except Refusal as refusal:
        told = refused(refusal)
    assert secret not in told
    assert PERSON["Job title"] not in told
