"""A matrix as a picture: words in their places, and nothing that could be read as a quantity."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.charts.examples import FEW, elements, words
from goldenthread.charts import Entry, ink, matrix_picture
from goldenthread.charts.matrix import NOTHING

ROWS = ("Most challenging", "Challenging", "Less so")
COLUMNS = ("Greatest difference", "Some difference", "Little difference")
H2 = Entry(
    ROWS[0], COLUMNS[0], "H2 Who sits on our interview panels", "Short term: by 31 March 2027"
)
H11 = Entry(ROWS[2], COLUMNS[2], "H11 Wording of letters", "Not chosen")


def drawn(*entries, width=960, rows=ROWS, columns=COLUMNS):
    return matrix_picture("Where we start", "How hard", rows, columns, entries, width=width)


def test_the_table_beside_it_says_what_the_picture_shows():
    found = drawn(H2, H11)
    assert found.columns == ("How hard", *COLUMNS)
    assert found.rows == (
        (
            "Most challenging",
            "H2 Who sits on our interview panels (Short term: by 31 March 2027)",
            "None",
            "None",
        ),
        ("Challenging", "None", "None", "None"),
        ("Less so", "None", "None", "H11 Wording of letters (Not chosen)"),
    )


def test_who_does_not_see_it_is_told_what_stands_where():
    found = drawn(H11)
    [title], [desc] = elements(found, "title"), elements(found, "desc")
    assert title.text == "Where we start"
    assert desc.text == found.description
    assert found.description == (
        "A table of 3 rows and 3 columns. Less so, little difference: H11 Wording of letters "
        "(Not chosen)."
    )
    assert drawn().description.endswith("Nothing stands in it yet.")


def test_an_empty_cell_says_so_and_the_first_column_is_outlined():
    found = drawn(H2)
    assert words(found).count(NOTHING) == 8
    [outline] = [one for one in elements(found, "rect") if one.get("stroke") == ink.THREAD]
    [tint] = [one for one in elements(found, "rect") if one.get("fill") == ink.TINT]
    assert {outline.get(name) for name in ("x", "width")} == {
        tint.get(name) for name in ("x", "width")
    }


def test_it_draws_entries_and_nothing_else():
    for other in (FEW, 3, "H2 Panels", (ROWS[0], COLUMNS[0], "H2")):
        with pytest.raises(TypeError, match="nothing else"):
            drawn(other)


def test_an_entry_stands_in_a_cell_that_there_is():
    with pytest.raises(ValueError, match="does not have"):
        drawn(Entry("Somewhat", COLUMNS[0], "H2"))
    for rows in ((), ("a", "b", "c", "d", "e", "f", "g")):
        with pytest.raises(ValueError, match="1 to 6"):
            drawn(rows=rows)


ENTRIES = st.lists(
    st.builds(
        Entry,
        st.sampled_from(ROWS),
        st.sampled_from(COLUMNS),
        st.text(max_size=160),
        st.text(max_size=60),
    ),
    max_size=12,
)


@given(ENTRIES, st.integers(300, 1400))
def test_whatever_the_words_every_mark_stays_inside(entries, width):
    found = drawn(*entries, width=width)
    for one in elements(found, "text"):
        size, x, y = (float(one.get(name)) for name in ("font-size", "x", "y"))
        bold = one.get("font-weight") == "700"
        assert x >= 0
        assert x + ink.width_of(one.text or "", size, bold=bold) <= width * 1.02
        assert 0 < y <= found.height
    for one in elements(found, "rect"):
        x, y, wide, high = (float(one.get(n, 0)) for n in ("x", "y", "width", "height"))
        assert x >= -0.1
        assert x + wide <= width + 0.1
        assert y + high <= found.height + 1.1


@given(ENTRIES)
def test_each_entry_stands_in_its_own_cell_of_the_table(entries):
    found = drawn(*entries)
    for row in found.rows:
        for column, cell in zip(COLUMNS, row[1:], strict=True):
            here = [one for one in entries if (one.row, one.column) == (row[0], column)]
            at = 0
            for one in here:
                at = cell.index(ink.clean(one.words), at)
            assert here or cell == NOTHING


@given(ENTRIES)
def test_it_holds_no_script_and_no_style(entries):
    svg = drawn(*entries).svg
    assert "<script" not in svg
    assert " style=" not in svg
    assert "href" not in svg.replace("&", "") or any("href" in e.words + e.note for e in entries)
