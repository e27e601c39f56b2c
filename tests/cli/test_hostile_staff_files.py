"""Hostile and broken files at both commands: a sentence or a row set apart, and nothing is kept."""

import json
import re
import tempfile

import pytest

from core.workforce.broken_files import READ, REFUSED, SECRET, SET_APART
from core.workforce.staff_files import as_csv, people, written
from goldenthread.cli import main

COMPANIONS = {
    "pay": {"Snapshot date": "31/03/2026", "Staff number": "1001", "Element": "Basic pay",
            "Amount": "2,700.00", "Period": "Month", "Weekly hours": "36"},
    "applications": {"Date": "11/02/2026", "Applicant number": "C-1", "Unit": "Parks",
                     "Grade": "G7", "Shortlisted": "Yes", "Appointed": "No"},
    "cases": {"Opened": "11/02/2026", "Staff number": "1001", "Kind": "Grievance",
              "Formal": "Yes", "Unit": "Parks"},
    "training": {"Date": "11/02/2026", "Staff number": "1001", "Mandatory": "No", "Unit": "Parks"},
    "moves": {"Date": "11/02/2026", "Staff number": "1001", "Kind": "Leaver", "Unit": "Parks",
              "Grade": "G7"},
}  # fmt: skip
# Of each companion a column with a value that is none.
BROKEN = {
    "pay": ("Amount", "NaN"), "applications": ("Date", "31/12/9999"),
    "cases": ("Kind", f"={SECRET}"), "training": ("Staff number", "Invented, A."),
    "moves": ("Date", "01/01/0001"),
}  # fmt: skip


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder of files, which is the current one, beside the one for temporary files."""
    temporary, files = tmp_path / "temporary", tmp_path / "files"
    temporary.mkdir()
    files.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.chdir(files)
    return files


def on_disk(place):
    """Everything that lies in the folder and in that of temporary files, as it was last changed."""
    return {
        str(path): path.stat().st_mtime_ns
        for folder in (place, place.parent / "temporary")
        for path in folder.rglob("*")
    }


@pytest.fixture
def run(capfd):
    """Does a command in this process, and gives its status and all that it and its children say."""

    def done(*arguments):
        with pytest.raises(SystemExit) as ended:
            main(["workforce", *map(str, arguments)])
        told = capfd.readouterr()
        return ended.value.code, told.out + told.err

    return done


def named(content):
    return "staff.xlsx" if isinstance(content, bytes) and content[:2] == b"PK" else "staff.csv"


def quiet(said):
    """Whether nothing of a row is in what was said, and no fault of ours."""
    assert SECRET.casefold() not in said.casefold()
    assert "Traceback" not in said
    assert "a fault in Golden Thread itself" not in said
    assert [sign for sign in said if not sign.isprintable() and sign != "\n"] == []


@pytest.mark.parametrize("kind", REFUSED)
def test_a_file_that_cannot_be_trusted_is_refused_by_both_commands(place, run, kind):
    content, row = REFUSED[kind]
    path = written(place, content, named(content))
    before = on_disk(place)
    for command in (
        ["check", path], ["pack", "quarterly", f"people={path.name}", "--out", "out"],
        ["pack", "quarterly", path.name, "--out", "out"],
    ):  # fmt: skip
        status, said = run(*command)
        assert status in (2, 3)
        assert path.name in said
        quiet(said)
        by_kind = command[0] == "check" or "=" in command[2]
        assert row is None or not by_kind or re.search(rf"\brow {row}\b", said)
        assert on_disk(place) == before


@pytest.mark.parametrize("kind", SET_APART)
def test_a_broken_row_is_set_apart_by_both_commands(place, run, kind):
    content, rule, column = SET_APART[kind]
    path = written(place, content, named(content))
    before = on_disk(place)
    status, said = run("check", path, "--json")
    (finding,) = json.loads(said)["findings"]
    assert (status, finding["rule"], finding["column"]) == (1, rule, column)
    assert finding["first_rows"] == [3]
    quiet(said)
    assert on_disk(place) == before
    status, said = run("pack", "declaration", path, "--out", "out")
    assert status == 1
    assert f"{path.name} (people): 2 rows counted, 1 set apart." in said
    quiet(said)
    kept = b"".join(each.read_bytes() for each in (place / "out").iterdir())
    assert SECRET.casefold() not in kept.decode("utf-8").casefold()
    after = {each for each in on_disk(place) if "/out" not in each}
    assert after == set(before)


@pytest.mark.parametrize("kind", READ)
def test_a_strange_and_sound_file_makes_a_pack(place, run, kind):
    path = written(place, READ[kind], named(READ[kind]))
    status, said = run("pack", "declaration", path, "--out", "out")
    assert status in (0, 1)  # one that had to guess an encoding asks for a look
    assert re.search(r"\(people\): [13] rows counted\.", said)
    quiet(said)


@pytest.mark.parametrize("kind", COMPANIONS)
def test_a_broken_row_of_a_companion_is_set_apart_by_both_commands(place, run, kind):
    staff = written(place, people(count=12))
    column, value = BROKEN[kind]
    row = COMPANIONS[kind]
    number = "Applicant number" if kind == "applications" else "Staff number"
    rows = [row | {number: f"{1001 + at}"} for at in range(3)]
    rows[1] |= {column: value}
    path = written(place, as_csv(rows), f"{kind}.csv")
    before = on_disk(place)
    status, said = run("check", path, "--as", kind, "--json")
    (finding,) = json.loads(said)["findings"]
    assert (status, finding["heading"], finding["first_rows"]) == (1, column, [3])
    quiet(said)
    assert on_disk(place) == before
    status, said = run("pack", "quarterly", path, staff, "--out", "out")
    assert status == 1
    assert f"{kind}.csv ({kind}): 2 rows counted, 1 set apart." in said
    quiet(said)


@pytest.mark.parametrize("kind", COMPANIONS)
@pytest.mark.parametrize("content", ["a bomb", "ten thousand columns", "a null", "an entity",
                                     "macros", "two-byte signs that do not say so"])  # fmt: skip
def test_a_companion_that_cannot_be_trusted_stops_the_whole_pack(place, run, kind, content):
    staff = written(place, people(count=12))
    path = written(place, REFUSED[content][0], f"of-{kind}.csv")
    before = on_disk(place)
    for command in (
        ["check", path, "--as", kind],
        ["pack", "quarterly", staff, f"{kind}={path}", "--out", "out"],
    ):
        status, said = run(*command)
        assert status in (2, 3)
        assert path.name in said
        quiet(said)
        assert on_disk(place) == before


@pytest.mark.parametrize(
    "option", ["--units", "--grades", "--population", "--mapping", "--columns"]
)
@pytest.mark.parametrize("content", ["a bomb", "noise", "a null", "a cell of two million letters",
                                     "nothing", "entities of entities"])  # fmt: skip
def test_what_is_given_beside_the_files_is_as_little_trusted(place, run, option, content):
    staff = written(place, people(count=12))
    path = written(place, REFUSED[content][0], "beside.csv")
    before = on_disk(place)
    status, said = run("pack", "declaration", staff, option, path, "--out", "out")
    assert status in (2, 3)
    assert path.name in said
    quiet(said)
    assert on_disk(place) == before


def test_these_tests_would_see_a_value_and_a_file(place, run):
    path = written(place, [{**row, SECRET: "1"} for row in people(count=3)])
    before = on_disk(place)
    _status, said = run("check", path, "--faults", "faults.csv")
    with pytest.raises(AssertionError):
        quiet(said)  # a heading is told
    assert set(on_disk(place)) - set(before) == {str(place / "faults.csv")}
