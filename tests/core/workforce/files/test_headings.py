"""Columns are known by their headings, or by what an officer said once."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.errors import Unreadable
from goldenthread.workforce.files import Layout, Remembered, contract, remembered
from goldenthread.workforce.files.headings import fingerprint, headings, likeness, shown

PEOPLE = contract("people")

# Headings as extracts of several HR systems have them, without the columns that they do not share.
SYSTEMS = {
    "an NHS-like record": ["Employee Number", "Organisation", "Pay Scale/Grade", "Gender",
                           "Ethnic Origin", "Religious Belief", "Latest Start Date"],
    "underscores": ["snapshot_date", "personal_reference", "reporting_unit", "GRADE_NAME"],
    "camels": ["AsAtDate", "PersonNumber", "DepartmentName", "PayGrade", "EthnicGroup", "HireDate"],
    "dots": ["Pers.No.", "Org. Unit", "Pay Scale Group", "Gender Key", "Date of Birth"],
    "a cloud system": ["Employee ID", "Supervisory Organization", "Compensation Grade",
                       "Race/Ethnicity", "Scheduled Weekly Hours", "Time Type", "Hire Date"],
}  # fmt: skip


@pytest.mark.parametrize("cells", SYSTEMS.values(), ids=SYSTEMS)
def test_headings_of_several_systems_are_known(cells):
    named = headings(cells, PEOPLE, Layout(), given=["snapshot"])
    assert named.dropped == ()
    assert len(named.read) == len(cells)


def test_what_no_contract_names_is_dropped_by_its_heading():
    cells = ["Staff number", "Surname", "", "Unit", "Grade", "NI number"]
    named = headings(cells, PEOPLE, Layout(), ["snapshot"])
    assert [(one.words, one.column) for one in named.dropped] == [("Surname", 2), ("NI number", 6)]
    assert {name: one.column for name, one in named.read.items()} == {
        "person": 1, "unit": 4, "grade": 5
    }  # fmt: skip


def test_the_surer_of_two_names_is_read_and_the_other_dropped():
    named = headings(
        ["Gender", "Sex", "Staff no", "Unit", "Band", "Grade"], PEOPLE, Layout(), ["snapshot"]
    )
    assert (named.read["sex"].words, named.read["grade"].words) == ("Sex", "Grade")
    assert [one.words for one in named.dropped] == ["Gender", "Band"]


def test_everything_that_is_missing_or_in_doubt_is_said_at_once():
    with pytest.raises(Unreadable) as refused:
        headings(["Grade", "grade ", "Sex"], PEOPLE, Layout({"role": "Craft"}))
    said = str(refused.value)
    assert "No column is called “Craft”." in said
    assert "Columns 1 and 2 are both called “Grade”." in said
    assert "no column for: Snapshot date; Staff number; Unit or Division or Directorate." in said


def test_what_an_officer_said_goes_before_the_names_of_the_contract():
    cells = ["Nr", "Grade", "Level", "Unit", "Sex"]
    said = Layout({"person": "nr", "grade": "Level", "sex": ""})
    named = headings(cells, PEOPLE, said, ["snapshot"])
    assert (named.read["person"].column, named.read["grade"].column) == (1, 3)
    assert [one.words for one in named.dropped] == ["Grade", "Sex"]


def test_no_sign_of_a_heading_can_reach_a_terminal():
    assert shown("Gr\x1b[31made\u202e\n" + "x" * 100) == "Gr [31made " + "x" * 48 + "…"


def test_what_was_said_is_remembered_for_the_same_headings_in_any_order():
    kept = Remembered().with_layout("people", fingerprint(["A", "B"]), Layout({"grade": "A"}))
    kept = kept.with_layout("people", fingerprint(["b", "a "]), Layout(orders={"started": "month"}))
    again = remembered(kept.to_json())
    assert again.layout("people", ["B", "A"]) == Layout({"grade": "A"}, {"started": "month"})
    assert again.layout("people", ["B", "A", "C"]) is None
    assert again.layout("cases", ["B", "A"]) is None


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"schema": "goldenthread.columns/2", "layouts": []}', "[" * 100_000,
     json.dumps({"schema": "goldenthread.columns/1", "layouts": [{"contract": "people",
                 "headings": "x", "columns": {"grade": 1}, "orders": {}}]}),
     json.dumps({"schema": "goldenthread.columns/1", "layouts": [{"contract": "people",
                 "headings": "x", "columns": {}, "orders": {"started": "year"}}]})],
)  # fmt: skip
def test_a_file_that_is_none_of_ours_is_refused(text):
    with pytest.raises(Unreadable, match="no file of remembered columns"):
        remembered(text)


words = st.dictionaries(st.sampled_from([c.name for c in PEOPLE.columns]), st.text(max_size=20))
orders = st.dictionaries(
    st.sampled_from(["started", "snapshot"]), st.sampled_from(["day", "month"])
)


@given(
    st.dictionaries(st.tuples(st.text(), st.text()), st.builds(Layout, words, orders), max_size=4)
)
def test_what_is_remembered_comes_back(layouts):
    assert remembered(Remembered(layouts).to_json()) == Remembered(layouts)


@given(st.lists(st.text(max_size=30), max_size=40))
def test_any_row_at_all_can_be_looked_at_for_headings(cells):
    assert 0 <= likeness(cells, PEOPLE, Layout()) <= len(cells)
