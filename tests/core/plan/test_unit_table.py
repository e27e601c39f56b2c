"""The parts of a body as a table says them, and nothing of anybody in it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.plan.unit_table import Fault, Said, read_units

NO_NAME = "A name is no name of a part of the council."
STAFF = ["Employee", "Ethnicity", "Department", "Division", "Team"]


def rows(*lines):
    return list(enumerate(lines, 1))


def test_a_list_of_parts_says_kind_and_first_day():
    table = read_units(
        rows(
            ["Directorate", "Division", "Service", "Kind", "Begins"],
            ["Place", "", "", "Directorate", "1 April 2024"],
            ["Place", "Parks", "", "", ""],
            ["Place", "Parks", "Trees", "Team", "2026-10-01"],
        )
    )
    assert table.said == (
        Said(("Place",), 2, "Directorate", date(2024, 4, 1)),
        Said(("Place", "Parks"), 3),
        Said(("Place", "Parks", "Trees"), 4, "Team", date(2026, 10, 1)),
    )
    assert (table.bad, table.blank, table.rows) == ((), 0, 3)


def test_of_a_staff_list_the_columns_of_parts_alone_are_read():
    lines = [
        [f"Person {n}", "Black Caribbean", "Place" if n % 2 else "People", "Parks", ""]
        for n in range(30)
    ]
    table = read_units(rows(["Staff list 2026"], STAFF, *lines))
    assert [one.path for one in table.said] == [
        ("People",),
        ("People", "Parks"),
        ("Place",),
        ("Place", "Parks"),
    ]
    assert table.columns == {"directorate": "Department", "division": "Division", "service": "Team"}
    assert "Person" not in repr(table)
    assert "Caribbean" not in repr(table)


def test_a_column_of_people_is_never_read_whatever_somebody_calls_it():
    lines = [[f"Person {n}", "White British", "Place", "", ""] for n in range(30)]
    table = read_units(rows(STAFF, *lines), {"directorate": "Employee"})
    assert table.said == ()
    assert "something else in nearly every row" in table.wrong
    assert "Person" not in repr(table)
    swapped = read_units(rows(STAFF, *lines), {"directorate": "Department", "service": "Employee"})
    assert (swapped.said, "Person" in repr(swapped)) == ((), False)


@pytest.mark.parametrize(
    ("line", "column", "why"),
    [
        (["", "Parks", ""], "Directorate", "It names a division and no directorate."),
        (["", "", "Trees"], "Directorate", "It names a service and no directorate."),
        (["x" * 161, "", ""], "Directorate", "A name is longer than 160 characters."),
        (
            ["ann@council.example", "", ""],
            "Directorate",
            NO_NAME,
        ),
        (["12345", "", ""], "Directorate", NO_NAME),
        (["Place", "place", ""], "Division", "It names a part below another of the same name."),
        (["Place", "", "", "soon"], "Begins", "Its first day is no day like 1 April 2026."),
        (["", "", "", "1 April 2026"], "Directorate", "It says when or what, and names no part."),
    ],
)
def test_a_bad_row_is_told_by_its_number_and_why_and_never_by_what_it_holds(line, column, why):
    table = read_units(rows(["Directorate", "Division", "Service", "Begins"], ["Ours"], line))
    assert table.bad == (Fault(3, column, why),)
    assert [one.path for one in table.said] == [("Ours",)]
    secret = next(cell for cell in line if cell)
    assert secret in {"Parks", "Trees", "Place", "1 April 2026"} or secret not in repr(table)


def test_two_first_days_of_one_part_are_a_bad_row():
    lines = [["Place", "1 April 2026"], ["place", "1 May 2026"]]
    table = read_units(rows(["Directorate", "Begins"], *lines))
    assert table.bad == (Fault(3, "Begins", "Its first day is another than in row 2."),)


def test_all_that_is_wrong_with_a_row_is_told_each_in_its_column():
    head = ["Dept", "Division", "Begins"]
    table = read_units(rows(head, ["Ours", "", ""], ["", "a@b", "soon"]))
    assert [(one.row, one.column) for one in table.bad] == [
        *((3, "Dept"), (3, "Division"), (3, "Begins")),
    ]
    assert (table.bad_rows, table.more_bad) == (1, 0)
    few = read_units(rows(head, *[["", "a@b", "soon"]] * 40), most_told=50)
    assert (len(few.bad), few.bad_rows, few.more_bad) == (50, 40, 70)
    assert len(read_units(rows(head, *[["", "a@b", "soon"]] * 40), most_told=999).bad) == 120


def test_rows_that_name_nothing_are_counted_and_passed_over():
    table = read_units(rows(["Directorate", "Grade"], ["Place", "G4"], ["", "G5"], ["  ", "G6"]))
    assert (table.blank, table.bad, table.rows) == (2, (), 3)


def test_a_table_without_a_heading_is_none_and_says_nothing_of_its_rows():
    table = read_units(rows(["Ann Quennelle", "Black African"], ["Bo", "White British"]))
    assert table.wrong == "No row of headings has a column Directorate."
    asked = read_units(rows(STAFF), {"directorate": "Cost centre"})
    assert asked.wrong == "No row of headings has a column “Cost centre”."


def test_where_somebody_says_which_columns_no_other_is_looked_for():
    lines = [["Employee", "Grade"], ["People", "G4"]]
    table = read_units(rows(["Directorate", "Division"], *lines), {"directorate": "Directorate"})
    assert [one.path for one in table.said] == [("Employee",), ("People",)]
    assert table.columns == {"directorate": "Directorate"}


def test_a_formula_that_was_guarded_is_the_words_that_it_was():
    table = read_units(rows(["Directorate"], ["'=Place"]))
    assert [one.path for one in table.said] == [("=Place",)]


NAMES = st.sampled_from(["Place", "place", " Parks", "Trees", "", "People  Services", "x@y", "7"])


@given(st.lists(st.lists(NAMES, max_size=4), max_size=15))
def test_every_part_stands_below_one_that_came_before_it(lines):
    table = read_units(rows(["Directorate", "Division", "Service"], *lines))
    seen = {()}
    for one in table.said:
        folded = tuple(name.casefold() for name in one.path)
        assert folded[:-1] in seen
        assert folded not in seen
        seen.add(folded)
        assert 1 <= len(one.path) <= 3
    assert table.wrong or table.rows == len(lines)
    told = {one.row for one in table.bad}
    assert table.bad_rows == len(told)
    assert all(2 <= row <= len(lines) + 1 for row in told)
