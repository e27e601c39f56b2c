"""The moves found so far, and what each of them proves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from goldenthread.disclosure.figures import Numbers


@dataclass(frozen=True)
class Move:
    """How many people more or fewer are in some cells; in all others there are as many.

    ``turned`` says whether the same move the other way round holds as well.
    """

    cells: Numbers
    by: Numbers
    turned: bool

    def of(self, cell: int) -> int:
        """How far one cell moves."""
        at = int(np.searchsorted(self.cells, cell))
        return int(self.by[at]) if at < len(self.cells) and self.cells[at] == cell else 0


@dataclass(frozen=True)
class Demand:
    """What must be shown possible: a rise of a cell, alone or against the rest of its row.

    The cell, or the people of ``row`` who are not in it, rise by ``rise`` or more, while ``still``
    does not move.
    """

    cell: int
    rise: int
    row: int = -1
    still: int = -1


class Moves:
    """Moves by number, with the cells that each touches."""

    def __init__(self, value: Numbers, least: Numbers) -> None:
        self.value, self.least = value, least
        self.held: list[Move] = []
        self._by_cell: dict[int, list[int]] = {}

    def add(self, whole: Numbers) -> int:
        """Keep a move that is given for every cell; its number."""
        cells = np.flatnonzero(whole)
        by = whole[cells]
        turned = bool((self.value[cells] - by >= self.least[cells]).all())
        number = len(self.held)
        self.held.append(Move(cells, by, turned))
        for cell in cells.tolist():
            self._by_cell.setdefault(cell, []).append(number)
        return number

    def touching(self, cell: int) -> list[int]:
        """The numbers of the moves in which a cell moves."""
        return self._by_cell.get(cell, [])

    def meeting(self, demand: Demand) -> Iterator[int]:
        """The numbers of the moves that meet a demand, the oldest first."""
        near = demand.cell if demand.row < 0 else demand.row
        numbers = set(self.touching(demand.cell)) | set(self.touching(near))
        for number in sorted(numbers):
            if self.meets(number, demand):
                yield number

    def meets(self, number: int, demand: Demand) -> bool:
        """Whether a move, this way round or the other, meets a demand."""
        move = self.held[number]
        by = move.of(demand.cell)
        if demand.row >= 0:
            by = move.of(demand.row) - by
        if by < demand.rise and not (move.turned and -by >= demand.rise):
            return False
        return demand.still < 0 or move.of(demand.still) == 0
