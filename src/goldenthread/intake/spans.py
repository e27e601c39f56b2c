"""Merged cells after rows were left out: each covers only rows and columns that are there."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from goldenthread.intake.document import Cell, Row

_WIDE = 100
"""A cell wider than this is cut to the table's columns; no one merges so many on purpose."""


def fitted(rows: Sequence[Row], positions: Sequence[int]) -> tuple[Row, ...]:
    """The rows, with no cell reaching over rows that were left out or below the last row.

    ``positions`` gives for each row where it stood in the file, hidden rows counted, in ascending
    order; ``row_span`` of its cells counts rows of the file.

    >>> tall = Row((Cell(1, row_span=3), Cell(2)))
    >>> [cell.row_span for cell in fitted([tall, Row((Cell(2),))], [0, 2])[0].cells]
    [2, 1]
    """
    last = max((cell.column for row in rows for cell in row.cells), default=1)

    def fit(cell: Cell, number: int) -> Cell:
        end = bisect_left(positions, positions[number] + cell.row_span)
        across = cell.column_span
        if across > _WIDE:
            across = max(1, min(across, last - cell.column + 1))
        return replace(cell, row_span=max(1, end - number), column_span=across)

    return tuple(
        replace(row, cells=tuple(fit(cell, number) for cell in row.cells))
        if any(cell.row_span > 1 or cell.column_span > _WIDE for cell in row.cells)
        else row
        for number, row in enumerate(rows)
    )
