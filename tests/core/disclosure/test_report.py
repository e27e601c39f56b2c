"""``report.md``: what was hidden and why, or why not and what would work."""

import csv
import json
import re
import stat

import pytest

from core.disclosure.awkward import MAKERS
from core.disclosure.council import (
    DETAILED,
    DIRECTORATES,
    EVERY,
    GROUPS,
    SHARES,
    Staff,
    dims,
    org,
    spec_of,
    table,
)
from goldenthread.disclosure.coarsening import HOW_FAR, smallest_coarsening
from goldenthread.disclosure.folder import write_release
from goldenthread.disclosure.people import people_of
from goldenthread.disclosure.protect import hide
from goldenthread.disclosure.report import refusal_report, release_report, why_not, write_report
from goldenthread.disclosure.spec import specification


def released(given, rows, folder):
    spec = specification(given)
    found = hide(spec, people_of(rows, spec), spec.threshold)
    assert not found.unproved
    write_release(folder, spec, found, "internal", spec.threshold)
    with (folder / "cells.csv").open(encoding="utf-8", newline="") as stream:
        told = list(csv.DictReader(stream))
    return release_report(spec, found, spec.threshold, told), found, told


def refused(**units):
    staff = Staff(1)
    for unit, people in units.items():
        staff.join((unit,), people)
    tables = [table(org=DIRECTORATES, ethnicity=GROUPS), table(org=DIRECTORATES, sex=EVERY)]
    spec = specification(spec_of("Staff", dims(org(*((one,) for one in units))), *tables))
    people = people_of(staff.rows, spec)
    found = hide(spec, people, 5)
    return spec, found, smallest_coarsening(spec, people, 5, found)


def test_a_report_counts_what_each_table_shows_and_hides(tmp_path):
    case = MAKERS["tiny_teams"](1)
    text, found, told = released(case.spec, case.rows, tmp_path / "out")
    for one in case.spec["tables"]:
        rows = [row for row in told if row["table"] == one["name"]]
        shown = sum(row["value"] != "" for row in rows)
        marks = [sum(row["symbol"] == mark for row in rows) for mark in ("[c]", "[x]")]
        assert shown + sum(marks) == len(rows)
        assert f"| {one['name']} | count | {shown} | {marks[0]} | {marks[1]} | 0 |" in text
    marks = found.marks
    small = marks.small & ~marks.withdrawn
    people = int(marks.figures.value[small].sum())
    assert f"| Hidden because they are from 1 to 4 | {small.sum()} | {people} |" in text


@pytest.mark.parametrize("name", ["all_alike", "tiny_teams", "one_team_directorate"])
def test_withdrawn_breakdowns_are_named_by_unit_and_never_by_an_answer(tmp_path, name):
    case = MAKERS[name](1)
    text, found, _ = released(case.spec, case.rows, tmp_path / "out")
    units = {
        found.marks.figures.codes(int(cell)).get("org", "The whole body")
        for cell in found.marks.withdrawn.nonzero()[0]
    }
    assert units and all(f"- {unit}: " in text for unit in units)
    answers = {*SHARES["ethnicity"], *SHARES["disability"], "Asian", "Black", "Mixed"}
    words = set(re.findall(r"[\w ]+", json.dumps(case.spec)))
    assert answers & words and not answers & set(re.findall(r"[\w ]+", text))


def test_nobody_who_reads_the_report_learns_which_unit_is_all_alike(tmp_path):
    case = MAKERS["all_alike"](1)
    text, _, _ = released(case.spec, case.rows, tmp_path / "out")
    listed = [line for line in text.splitlines() if line.startswith(("- Catering", "- Cleaning"))]
    assert any("(group)" in line for line in listed) and "which of the two" in text


def test_a_release_with_nothing_to_hide_says_so(tmp_path):
    staff = Staff(1)
    staff.join(("Place",), 60)
    given = spec_of("Staff | by *sex*", dims(org(("Place",))), table(sex=EVERY))
    text, _, _ = released(given, staff.rows, tmp_path / "out")
    assert text.startswith("# Staff \\| by \\*sex\\*: what was hidden, and why\n")
    assert "## Breakdowns that are withdrawn\n\nNone.\n" in text
    assert "What other bodies publish" in text and "knows already of a colleague" in text


def test_a_refusal_shows_the_sum_once_and_what_would_work():
    spec, found, offered = refused(Audit=3, Legal=40, Place=50)
    text = refusal_report(spec, found, offered, HOW_FAR)
    assert text.startswith("# Staff: refused\n")
    assert (
        "- **Audit.** The whole body has 93 people and its directorates other than Audit 90, so "
        "Audit has 3. So nor can 4 figures of what it is broken down into.\n"
    ) in text
    assert "**Publish “Audit” and “Legal” as one directorate.** 18 figures would" in text
    block = re.search(r"```json\n(.*?)\n```", text, re.DOTALL)
    assert json.loads(block[1]) == offered.changed


def test_a_refusal_without_a_way_says_what_was_tried():
    spec, found, _ = refused(Audit=3, Legal=40)
    text = refusal_report(spec, found, None, HOW_FAR)
    assert "No smaller release was found that works. At most 24 smaller releases are tried" in text
    assert "```" not in text


def test_each_reason_is_said_once_and_the_rest_is_counted():
    _, found, _ = refused(Audit=3, Legal=40, Place=50)
    told = why_not(found)
    assert [(one.codes, more) for one, more in told] == [({"org": "Audit"}, 4)]
    assert 1 + sum(more for _, more in told) == len({one.cell for one in found.unproved})


def test_what_was_accepted_stands_in_the_report_with_its_specification(tmp_path):
    _, _, offered = refused(Audit=3, Legal=40, Place=50)
    text = release_report(offered.spec, offered.found, 5, [], offered)
    assert "This change was accepted with `--accept-coarsening`: Publish “Audit” and" in text
    assert json.loads(re.search(r"```json\n(.*?)\n```", text, re.DOTALL)[1]) == offered.changed


def test_the_report_is_its_owners_alone_and_never_written_over(tmp_path):
    path = write_report(tmp_path, "# Report\n")
    assert path.name == "report.md" and stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        write_report(tmp_path, "# Another\n")


def test_detailed_groups_are_reported_like_any(tmp_path):
    case = MAKERS["one_person_categories"](1)
    assert any("ethnicity" in one["dims"] and one["dims"]["ethnicity"] == DETAILED
               for one in case.spec["tables"])  # fmt: skip
    text, _, _ = released(case.spec, case.rows, tmp_path / "out")
    assert "Roma" not in text and "other workforces that agree with all that is shown" in text
