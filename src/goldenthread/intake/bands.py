"""Colours that only lead the eye: rows tinted by turns, which say nothing of their words."""

from __future__ import annotations

import colorsys
from collections import Counter
from dataclasses import replace

from goldenthread.intake.document import Row, Table

_LEAST_ROWS = 4
_MOST_HEADS = 3
_PALE = 0.7  # lightness from which a colour may be a tint


def without_bands(table: Table) -> Table:
    """The table without the colours of rows that are tinted by turns.

    Rows count as tinted by turns where, below the heads, every second one has one pale colour (or
    none) behind most of its cells and the others another. A cell with a colour of its own inside
    such a row keeps it.

    >>> from goldenthread.intake.document import Cell
    >>> tints = ["DCE6F1", None, "DCE6F1", None]
    >>> rows = [Row((Cell(1, fill=tint), Cell(2, fill=tint))) for tint in tints]
    >>> {cell.fill for row in without_bands(Table(tuple(rows))).rows for cell in row.cells}
    {None}
    """
    numbers = [n for n, row in enumerate(table.rows) if len(row.cells) > 1]
    usual = [_usual(table.rows[n]) for n in numbers]
    for start in range(min(_MOST_HEADS, len(numbers)) + 1):
        found = usual[start:]
        if len(found) < _LEAST_ROWS:
            break
        if _by_turns(found):
            banded = dict(zip(numbers[start:], found, strict=True))
            rows = tuple(
                _plain(row, banded[n]) if n in banded else row for n, row in enumerate(table.rows)
            )
            return replace(table, rows=rows)
    return table


def _usual(row: Row) -> str | None:
    """The colour behind most of a row; "mixed" where there is none such."""
    shares: Counter[str | None] = Counter()
    for cell in row.cells:
        shares[cell.fill] += cell.column_span
    fill, share = shares.most_common(1)[0]
    return fill if share > 0.6 * shares.total() else "mixed"


def _by_turns(fills: list[str | None]) -> bool:
    first, second = fills[0], fills[1]
    if first == second or not all(fill is None or _is_pale(fill) for fill in (first, second)):
        return False
    return all(fill == (second if n % 2 else first) for n, fill in enumerate(fills))


def _is_pale(fill: str) -> bool:
    if fill == "mixed":
        return False
    red, green, blue = (int(fill[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return colorsys.rgb_to_hls(red, green, blue)[1] >= _PALE


def _plain(row: Row, tint: str | None) -> Row:
    if tint is None:
        return row
    cells = tuple(replace(cell, fill=None) if cell.fill == tint else cell for cell in row.cells)
    return replace(row, cells=cells)
