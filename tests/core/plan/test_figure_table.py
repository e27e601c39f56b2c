"""A table of figures is found by its headings; what stands in it stays as it was typed."""

import pytest

from goldenthread.plan.figure_table import Line, read_table


def test_rows_above_the_headings_and_empty_rows_are_passed_over():
    rows = [
        (1, ["Interview panels", ""]),
        (2, ["Quarter:", "Actual", "Notes", "Comments"]),
        (4, ["Q1 2026/27", "55", "draft", "Most"]),
        (5, ["", "", "", ""]),
        (6, ["Q2 2026/27", ""]),
    ]
    table = read_table(rows)
    assert table.lines == (
        Line(4, "Q1 2026/27", "55", commentary="Most"),
        Line(6, "Q2 2026/27"),
    )
    assert table.passed_over == ("Notes",)
    assert table.columns == {"period": 1, "value": 2, "commentary": 4}


def test_part_and_whole_stand_for_the_figure():
    table = read_table([(1, ["Month", "Numerator", "Out of"]), (2, ["May 2026", "3", "12"])])
    assert table.lines == (Line(2, "May 2026", part="3", whole="12"),)


@pytest.mark.parametrize(
    "rows", [[], [(1, ["a", "b"])], [(1, ["Period", "Colour"])], [(1, ["Figure"])]]
)
def test_a_table_without_its_headings_says_which_are_needed(rows):
    assert read_table(rows).wrong.startswith("No row has the headings")


def test_headings_alone_are_no_figures():
    assert read_table([(1, ["Period", "Figure"])]).wrong == "There is no row under the headings."


def test_what_a_spreadsheet_was_kept_from_computing_comes_back_as_it_was():
    table = read_table(
        [(1, ["Period", "Figure", "Comment"]), (2, ["Q1 2026/27", "'-4", "'=SUM(1)"])]
    )
    assert (table.lines[0].value, table.lines[0].commentary) == ("-4", "=SUM(1)")
