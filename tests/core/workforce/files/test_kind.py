"""Which contract a file is of is told from its headings, or asked where they leave a doubt."""

import pytest

from core.workforce.staff_files import as_book, as_csv, people, written
from goldenthread.errors import Unreadable
from goldenthread.workforce.files import NAMES, Layout, Remembered, contract, kind_of
from goldenthread.workforce.files.headings import fingerprint

SECRET = "Zq7Secret"


def sample(kind, *, names=lambda column: column.title, only=lambda column: True):
    """One row of a kind of file, under the names that the contract gives its columns."""
    return {
        names(column): column.examples[0] or column.examples[-1]
        for column in contract(kind).columns
        if only(column)
    }


@pytest.mark.parametrize("kind", NAMES)
def test_each_contract_is_told_by_its_own_titles(tmp_path, kind):
    assert kind_of(written(tmp_path, [sample(kind)])) == kind


@pytest.mark.parametrize("kind", NAMES)
def test_each_contract_is_told_by_what_hr_systems_call_its_columns(tmp_path, kind):
    row = sample(kind, names=lambda column: column.headers[0].upper())
    assert kind_of(written(tmp_path, [row])) == kind


@pytest.mark.parametrize("kind", NAMES)
def test_each_contract_is_told_by_what_it_needs_alone(tmp_path, kind):
    first = {group[0] for group in contract(kind).one_of}

    def needed(column):
        return column.needed or column.needed_in_file or column.name in first

    assert kind_of(written(tmp_path, [sample(kind, only=needed)])) == kind


@pytest.mark.parametrize("kind", NAMES)
def test_a_workbook_is_told_as_a_file_of_commas_is(tmp_path, kind):
    assert kind_of(written(tmp_path, as_book([sample(kind)]))) == kind


def test_headings_may_stand_below_a_title(tmp_path):
    content = b"Extract of staff\r\n\r\n" + as_csv(people(count=2))
    assert kind_of(written(tmp_path, content)) == "people"


def test_a_file_of_moves_has_what_people_need_and_more(tmp_path):
    row = {"Staff number": "1", "Unit": "Parks", "Grade": "G7"}
    assert kind_of(written(tmp_path, [row])) == "people"
    row |= {"Kind": "Leaver", "Date": "2026-02-11"}
    assert kind_of(written(tmp_path, [row])) == "moves"


def test_one_day_may_be_given_for_a_whole_file_of_people(tmp_path):
    rows = [{name: row[name] for name in row if name != "Snapshot date"} for row in people(count=1)]
    assert kind_of(written(tmp_path, rows)) == "people"


def test_what_was_remembered_of_headings_counts(tmp_path):
    row = {"Nr": "1", "Level": "G5", "Team": "Parks"}
    path = written(tmp_path, [row])
    with pytest.raises(Unreadable):
        kind_of(path)
    said = Layout({"person": "Nr", "grade": "Level"})
    kept = Remembered().with_layout("people", fingerprint(row), said)
    assert kind_of(path, kept) == "people"


def test_headings_of_no_contract_are_refused_with_what_to_say(tmp_path):
    path = written(tmp_path, [{"Colour": SECRET, "Size": SECRET}])
    with pytest.raises(Unreadable) as refused:
        kind_of(path)
    said = str(refused.value)
    assert refused.value.file == "staff.csv"
    assert "The headings fit no contract." in said
    assert f"as in people=FILE ({', '.join(NAMES)})" in said
    assert SECRET not in said


def test_headings_that_could_be_of_two_kinds_are_refused_with_both(tmp_path):
    names = ("Date", "Opened", "Staff number", "Kind", "Formal", "Unit", "Grade")
    path = written(tmp_path, [dict.fromkeys(names, SECRET)])
    with pytest.raises(Unreadable) as refused:
        kind_of(path)
    said = str(refused.value)
    assert "The headings could be those of two kinds." in said
    assert "as in cases=FILE (cases or moves)" in said
    assert SECRET not in said


def test_a_heading_more_settles_which_of_two_kinds_it_is(tmp_path):
    names = ("Date", "Opened", "Staff number", "Kind", "Formal", "Unit", "Grade", "Case number")
    assert kind_of(written(tmp_path, [dict.fromkeys(names, "1")])) == "cases"


def test_an_empty_file_is_refused(tmp_path):
    with pytest.raises(Unreadable) as refused:
        kind_of(written(tmp_path, b""))
    assert refused.value.file == "staff.csv"


def test_only_the_top_of_a_file_is_looked_at(tmp_path):
    content = b"nothing\r\n" * 20 + as_csv(people(count=1))
    with pytest.raises(Unreadable, match="fit no contract"):
        kind_of(written(tmp_path, content))
