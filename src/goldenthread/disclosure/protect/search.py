"""Which figures to hide: for each that must be, the cheapest way to make it uncertain."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from goldenthread.disclosure.figures import NOWHERE, Numbers
from goldenthread.disclosure.protect.covering import covering
from goldenthread.disclosure.protect.marks import Flags, Marks
from goldenthread.disclosure.protect.moves import Demand, Move, Moves
from goldenthread.disclosure.protect.swaps import Swaps, Wanted, prices

WIDTH = 2
"""How far from the true figure another must be."""


@dataclass(frozen=True)
class Pattern:
    """What is hidden, by cell; the moves that prove it, by merged cell; and what no move proves.

    ``merged`` is the number of each cell among those that hold the same people.
    """

    hidden: Flags
    moves: tuple[Move, ...]
    demands: tuple[Demand, ...]
    unproved: tuple[Demand, ...]
    merged: Numbers
    asked: int


def search(marks: Marks, threshold: int) -> Pattern:
    """Hide cells until every small one may, for all that anybody knows, be at the threshold."""
    return _Search(marks, threshold).run()


class _Search:
    """The search while it goes on; cells are merged ones."""

    def __init__(self, marks: Marks, threshold: int) -> None:
        self.marks = marks
        self.swaps = swaps = Swaps(marks)
        together = len(swaps.value)
        self.small = np.zeros(together, dtype=bool)
        self.small[swaps.number[marks.small]] = True
        self.shown = swaps.tables > 0
        least = np.zeros(together, dtype=np.int64)
        least[swaps.number[marks.shown & ~marks.withdrawn]] = 1
        self.moves = Moves(swaps.value, least)
        self.first = self.small.copy()
        self.first[swaps.number[marks.withdrawn]] = True
        self.hidden = self.first.copy()
        self.need = np.maximum(threshold, swaps.value + WIDTH) - swaps.value
        self.demands: list[Demand] = []
        self.unproved: list[Demand] = []
        self.cell_of = np.full(together, NOWHERE, dtype=np.int64)
        self.cell_of[swaps.number[::-1]] = np.arange(len(swaps.number))[::-1]

    def run(self) -> Pattern:
        swaps = self.swaps
        swaps.price(prices(swaps, self.hidden, covering(swaps, self.hidden)))
        for group in self.marks.groups:
            cell, row = int(swaps.number[group.cell]), int(swaps.number[group.row])
            if cell != row:
                self._meet(Demand(cell, 1, row=row))
        order = sorted(np.flatnonzero(self.small), key=lambda one: (-self.need[one], one))
        demands = [Demand(int(one), int(self.need[one])) for one in order]
        later = [one for one in demands if not self._meet(one, thorough=False)]
        for one in later:
            self._meet(one)
        self._insiders(demands)
        kept = self._reopen()
        return Pattern(
            self.hidden[swaps.number] & self.marks.shown,
            tuple(self.moves.held[number] for number in kept),
            tuple(self.demands),
            tuple(self.unproved),
            swaps.number,
            swaps.asked,
        )

    def _meet(self, demand: Demand, *, thorough: bool = True) -> bool:
        """Find a move for a demand that none meets yet; False where it should be tried again."""
        if next(self.moves.meeting(demand), None) is None:
            still = () if demand.still < 0 else (int(self.cell_of[demand.still]),)
            row = NOWHERE if demand.row < 0 else int(self.cell_of[demand.row])
            wanted = Wanted(int(self.cell_of[demand.cell]), demand.rise, row, still)
            move, impossible = self.swaps.ask(wanted, thorough=thorough)
            if move is None:
                if thorough or impossible:
                    self.unproved.append(demand)
                return impossible
            self._take(move)
        self.demands.append(demand)
        return True

    def _take(self, whole: Numbers) -> None:
        number = self.moves.add(whole)
        cells = self.moves.held[number].cells
        new = cells[self.shown[cells] & ~self.hidden[cells]]
        if len(new):
            self.hidden[new] = True
            self.swaps.cheapen(new.tolist())

    def _insiders(self, demands: list[Demand]) -> None:
        """Whoever is alone in a cell knows that it is 1, and may not work out another."""
        value = self.swaps.value
        alone = set(np.flatnonzero(self.hidden & (value == 1) & self.shown).tolist())
        for demand in demands:
            common: set[int] | None = None
            for number in self.moves.meeting(demand):
                touched = alone.intersection(self.moves.held[number].cells.tolist())
                common = touched if common is None else common & touched
                if not common:
                    break
            for other in sorted(common or ()):
                if other != demand.cell and not self._same_person(demand.cell, other):
                    self._meet(Demand(demand.cell, 1, still=other))

    def _same_person(self, one: int, other: int) -> bool:
        """Whether two cells of one person are of the same person, who learns nothing new."""
        if self.swaps.value[one] != 1:
            return False
        figures = self.marks.figures
        kinds = [
            np.flatnonzero(figures.cell_of_kind[int(figures.family[cell])] == cell)
            for cell in (self.cell_of[one], self.cell_of[other])
        ]
        return bool(np.array_equal(*kinds))

    def _reopen(self) -> list[int]:
        """Open again what no demand needs, the cells of most people first; the moves that stay."""
        moves = self.moves
        meeting = [set(moves.meeting(demand)) for demand in self.demands]
        needed_by: dict[int, list[int]] = {}
        for at, numbers in enumerate(meeting):
            for number in numbers:
                needed_by.setdefault(number, []).append(at)
        left = [len(numbers) for numbers in meeting]
        gone: set[int] = set()
        people = self.swaps.value * np.maximum(self.swaps.tables, 1)
        hidden_to_protect = np.flatnonzero(self.hidden & ~self.first)
        for cell in sorted(hidden_to_protect.tolist(), key=lambda one: (-people[one], one)):
            using = [number for number in moves.touching(cell) if number not in gone]
            lost: dict[int, int] = {}
            for number in using:
                for at in needed_by.get(number, ()):
                    lost[at] = lost.get(at, 0) + 1
            if any(left[at] <= number for at, number in lost.items()):
                continue
            gone.update(using)
            for at, number in lost.items():
                left[at] -= number
            self.hidden[cell] = False
        return [number for number in range(len(moves.held)) if number not in gone]
