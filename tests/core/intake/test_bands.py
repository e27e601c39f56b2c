import pytest

from goldenthread.intake import Cell, Row, Table
from goldenthread.intake.bands import without_bands

TINT, OTHER, RED = "DCE6F1", "F2F2F2", "FF0000"


def table(*rows):
    return Table(
        tuple(Row(tuple(Cell(n, fill=fill) for n, fill in enumerate(row, 1))) for row in rows)
    )


def fills(found):
    return [[cell.fill for cell in row.cells] for row in found.rows]


HEAD = ["4F81BD"] * 3


@pytest.mark.parametrize("other", [None, OTHER])
def test_rows_tinted_by_turns_lose_their_tint(other):
    turns = [[TINT] * 3, [other] * 3] * 3
    found = fills(without_bands(table(HEAD, *turns)))
    assert found == [HEAD, *[[None] * 3] * 6]


def test_a_cell_with_its_own_colour_keeps_it():
    turns = [[TINT, TINT, RED], [None] * 3, [TINT] * 3, [None, None, RED]]
    found = fills(without_bands(table(HEAD, *turns)))
    assert found[1:] == [[None, None, RED], [None] * 3, [None] * 3, [None, None, RED]]


@pytest.mark.parametrize(
    "rows",
    [
        [[TINT] * 3, [None] * 3, [TINT] * 3],  # too few to be sure
        [[TINT] * 3, [TINT] * 3, [None] * 3, [TINT] * 3],  # not by turns
        [[RED] * 3, [None] * 3, [RED] * 3, [None] * 3],  # too strong for a tint
        [[None, None, TINT], [None] * 3, [None, None, TINT], [None] * 3],  # one column
        [[TINT]] * 5,
        [],
    ],
)
def test_other_colours_stay(rows):
    assert without_bands(table(*rows)) == table(*rows)
