"""No cell can be taken for a formula, and none loses a sign."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from goldenthread.plan import cells

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
START = st.sampled_from(["=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", " ", "", "\0"])
HOSTILE = st.tuples(START, START, TEXT).map("".join)


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠"]
)
def test_a_cell_that_a_spreadsheet_would_compute_gets_an_apostrophe(start):
    assert cells.guard(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"


def test_a_sign_behind_blanks_is_looked_for():
    assert cells.guard("  =1") == "'  =1"


@pytest.mark.parametrize("text", ["", "Done", "5 of 9", "’tis", "'tis", "a=b", "31 March 2027"])
def test_an_ordinary_cell_is_left_as_it_is(text):
    assert cells.guard(text) == text


@given(HOSTILE)
@example("'=1")
@example("''=1")
def test_unguard_gives_back_what_guard_was_given(text):
    assert cells.unguard(cells.guard(text)) == text


@given(st.lists(st.lists(HOSTILE, min_size=1, max_size=3), max_size=3))
def test_written_rows_are_read_back_and_no_cell_begins_with_a_sign(rows):
    written = cells.write(rows)
    assert cells.read(written) == rows
    for row in csv.reader(io.StringIO(written, newline="")):
        assert [cell for cell in row if cell[:1] in set("=+-@\t\r\n\0＝＋－＠") - {""}] == []
