"""The workforces that prove a release: which there are, what each proves, and which are wanted."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from math import inf
from time import monotonic

import numpy as np

from goldenthread.disclosure.figures import NOWHERE, Numbers
from goldenthread.disclosure.protect.covering import covering
from goldenthread.disclosure.protect.demands import (
    WIDTH,
    Demand,
    near_periods,
    sensitive_dims,
    small_cells,
    tells,
)
from goldenthread.disclosure.protect.lifting import Change, Cut, Lifting
from goldenthread.disclosure.protect.marks import Flags, Marks
from goldenthread.disclosure.protect.swaps import HIDDEN_ALREADY, Swaps, Wanted, prices

_ROUNDS, _ATTEMPTS = 6, 10
# A cell of more people is not hidden for a figure that no move of figures protects: its breakdown
# is withdrawn instead.
_DEAREST = 60
# People are asked for far and wide for so few figures only; of more the breakdowns are withdrawn.
_FEW = 8
# How many moves are looked at in advance while people are sought for those before, and by how many
# hands. What is found hangs on the first number only, never on how fast or how many the hands are.
_AHEAD, _HANDS = 4, 2
# How often a move is looked for again at once that keeps to what a move without people showed.
_AGAIN = 5


@dataclass(frozen=True)
class _Move:
    """A move of figures for a demand, for which people are being sought."""

    demand: Demand
    moved: Numbers
    """By merged cell."""
    change: Future[Change | Cut | None]
    waiting: list[Demand] = field(default_factory=list)
    """Demands that it meets as well if there are people for it."""


class Search:
    """Changes of people by number, what they hide, and which of them meets which demand.

    It ends at ``ends`` of the clock ``monotonic``: what is not met then is left unmet.
    """

    def __init__(self, marks: Marks, threshold: int, ends: float = inf) -> None:
        self.marks, self.threshold, self.ends = marks, threshold, ends
        self.swaps = Swaps(marks)
        self.lifting = Lifting(marks)
        self.changes: list[Change] = []
        self.first: Flags = (marks.small | marks.withdrawn) & marks.shown
        self.hidden = self.first.copy()
        self._touching: dict[int, list[int]] = {}
        self._of_flow: dict[tuple[int, str], list[int]] = {}
        self._met: dict[Demand, int] = {}
        self._members = _members(self.swaps.number)
        merged = np.zeros(len(self.swaps.tables), dtype=bool)
        merged[self.swaps.number[self.first]] = True
        self.swaps.price(prices(self.swaps, merged, covering(self.swaps, merged)))

    def meet(self, demands: Sequence[Demand]) -> list[Demand]:
        """Find a change for each demand; gives the demands that nothing meets.

        First other figures are looked for and lifted to people, again and again with prices a
        little different; then people are asked for at once, inside what is hidden before more is.
        """
        waiting, hopeless = list(demands), []
        with ThreadPoolExecutor(_HANDS) as hands:
            for attempt in range(_ATTEMPTS):
                waiting, never = self._by_figures(waiting, attempt, hands)
                hopeless += never
            waiting = self._inside([*waiting, *hopeless], hands)
        waiting = [one for one in waiting if not self._ask(one)]
        if len(waiting) > _FEW:
            return waiting
        return [one for one in waiting if not self._ask(one, wide=True)]

    @property
    def is_over(self) -> bool:
        """Whether the time has run out."""
        return monotonic() >= self.ends

    def _by_figures(
        self, demands: Sequence[Demand], attempt: int, hands: ThreadPoolExecutor
    ) -> tuple[list[Demand], list[Demand]]:
        """Meet demands by other figures and by people who make these; what is left, and for ever.

        While people are sought for one move the next are looked for, as if there were people.
        """
        left: list[Demand] = []
        hopeless: list[Demand] = []
        todo, coming = deque(demands), deque[_Move]()
        again: Counter[Demand] = Counter()
        while todo or coming:
            while todo and len(coming) < _AHEAD:
                demand = todo.popleft()
                if self._is_met(demand) or self._awaits(demand, coming):
                    continue
                moved, impossible = self._moved(demand, attempt)
                if moved is not None:
                    self.swaps.expect(np.flatnonzero(moved))
                    coming.append(_Move(demand, moved, hands.submit(self._lifted, moved)))
                else:
                    (hopeless if impossible else left).append(demand)
            if coming:
                first = coming.popleft()
                change = first.change.result()
                self.swaps.expect(np.flatnonzero(first.moved), -1)
                if isinstance(change, Change):
                    self._take(change)
                    if not self._is_met(first.demand):
                        # A move of what no table shows is not held to: people are asked for.
                        hopeless.append(first.demand)
                elif isinstance(change, Cut) and again[first.demand] < _AGAIN:
                    cells = self.swaps.number[change.cells]
                    self.swaps.keep_to(cells, change.times, change.most)
                    again[first.demand] += 1
                    todo.appendleft(first.demand)
                else:
                    left.append(first.demand)
                todo.extendleft(reversed(first.waiting))
        return left, hopeless

    def _moved(self, demand: Demand, attempt: int) -> tuple[Numbers | None, bool]:
        """A move of figures that meets a demand, or None; and whether none ever will."""
        if demand.flow >= 0 or self.is_over:
            return None, demand.flow >= 0
        still = () if demand.still < 0 else (demand.still,)
        row = NOWHERE if demand.row < 0 else demand.row
        return self.swaps.ask(Wanted(demand.cell, demand.rise, row, still), attempt)

    def _lifted(self, moved: Numbers) -> Change | Cut | None:
        """The people who make a move of merged cells."""
        merged = np.flatnonzero(moved)
        members = [self._members[one] for one in merged.tolist()]
        by = np.repeat(moved[merged], [len(one) for one in members])
        return self.lifting.lift(np.concatenate(members), by)

    def _awaits(self, demand: Demand, coming: Iterable[_Move]) -> bool:
        """Whether a demand is put by until people are found for a move that would meet it too."""
        if demand.flow >= 0:
            return False
        number = self.swaps.number
        for move in coming:
            by = int(move.moved[number[demand.cell]])
            if demand.row >= 0:
                by = int(move.moved[number[demand.row]]) - by
            if demand.still >= 0 and move.moved[number[demand.still]]:
                continue
            # The other way round it may do as well.
            if abs(by) >= demand.rise:
                move.waiting.append(demand)
                return True
        return False

    def _inside(self, demands: Sequence[Demand], hands: ThreadPoolExecutor) -> list[Demand]:
        """Ask for people among what is hidden already; gives the demands that nobody meets."""
        unmet: list[Demand] = []
        todo, hidden = deque(demands), self.hidden.copy()
        closed = np.full(len(hidden), np.inf)
        coming = deque[tuple[Demand, Future[Change | None]]]()
        while todo or coming:
            while todo and len(coming) < _AHEAD:
                demand = todo.popleft()
                if self._is_met(demand):
                    continue
                # Of who came or went nothing is found inside that is not found at a price as well.
                if demand.flow >= 0 or self.is_over:
                    unmet.append(demand)
                else:
                    asked = hands.submit(self.lifting.ask, demand, hidden, closed)
                    coming.append((demand, asked))
            if coming:
                demand, asked = coming.popleft()
                change = asked.result()
                if change is not None and not self._is_met(demand):
                    self._take(change)
                if not self._is_met(demand):
                    unmet.append(demand)
        return unmet

    def hide(self, cells: Flags) -> None:
        """Take these cells for hidden from the start, so that none of them is opened again."""
        self.first = self.first | (cells & self.marks.shown)
        self.hidden |= self.first
        self.swaps.cheapen(self.swaps.number[np.flatnonzero(self.first & ~self.marks.open)])

    def keep(self, changes: Sequence[Change]) -> None:
        """Take changes that were found when less was withdrawn, as far as they still hold."""
        for change in changes:
            again = self.lifting.again(change)
            if again is not None:
                self._take(again)

    def meet_neighbours(self) -> list[Demand]:
        """Leave no hidden cell without room, and none to whoever is alone in another."""
        unmet: list[Demand] = []
        for _ in range(_ROUNDS):
            known = set(unmet)
            demands = [one for one in (*self._insiders(), *self._narrow()) if one not in known]
            if not demands:
                break
            unmet += self.meet(demands)
        # What was found for another may have given one of them the room that it was asked for.
        left = {*self._insiders(), *self._narrow()} if unmet else set()
        return [one for one in unmet if one in left]

    def proofs(self) -> Iterator[tuple[Demand, int]]:
        """Each demand with the number of a change that meets it."""
        yield from self._met.items()

    def prune(self) -> None:
        """Open again what no demand needs, the cells of most people first."""
        demands = list(self._met)
        meeting = [set(self._meeting(demand)) for demand in demands]
        needed_by: dict[int, list[int]] = {}
        for at, numbers in enumerate(meeting):
            for number in numbers:
                needed_by.setdefault(number, []).append(at)
        left = [len(numbers) for numbers in meeting]
        gone: set[int] = set()
        value = self.marks.figures.value
        cells = np.flatnonzero(self.hidden & ~self.first)
        for cell in cells[np.lexsort((cells, -value[cells]))].tolist():
            using = [one for one in self._touching.get(cell, ()) if one not in gone]
            lost: dict[int, int] = {}
            for number in using:
                for at in needed_by.get(number, ()):
                    lost[at] = lost.get(at, 0) + 1
            if any(left[at] <= number for at, number in lost.items()):
                continue
            gone.update(using)
            for at, number in lost.items():
                left[at] -= number
        self._keep([number for number in range(len(self.changes)) if number not in gone])
        self._met = {demand: next(self._meeting(demand)) for demand in demands}

    def _keep(self, numbers: Sequence[int]) -> None:
        kept = [self.changes[number] for number in numbers]
        self.changes, self._touching, self._of_flow = [], {}, {}
        self.hidden = self.first.copy()
        for change in kept:
            self._take(change)

    def _take(self, change: Change) -> int:
        number = len(self.changes)
        self.changes.append(change)
        for cell in change.cells.tolist():
            self._touching.setdefault(cell, []).append(number)
        for flow in self.lifting.people.flows_of(change.kinds):
            self._of_flow.setdefault(flow, []).append(number)
        shown = change.cells[self.marks.shown[change.cells]]
        new = shown[~self.hidden[shown]]
        if len(new):
            self.hidden[new] = True
            self.swaps.cheapen(self.swaps.number[new])
        return number

    def _is_met(self, demand: Demand) -> bool:
        number = next(self._meeting(demand), None)
        if number is None:
            number = self._turned(demand)
        if number is not None:
            self._met[demand] = number
        return number is not None

    def _ask(self, demand: Demand, *, wide: bool = False) -> bool:
        if self._is_met(demand):
            return True
        if self.is_over:
            return False
        change = self.lifting.ask(demand, self.hidden, self._prices(), wide=wide)
        if change is None:
            return False
        self._take(change)
        return self._is_met(demand)

    def _meeting(self, demand: Demand) -> Iterator[int]:
        """The numbers of the changes that meet a demand, the oldest first."""
        near = demand.cell if demand.row < 0 else demand.row
        numbers = {*self._touching.get(demand.cell, ()), *self._touching.get(near, ())}
        if demand.flow >= 0:
            numbers = set(self._of_flow.get((demand.flow, demand.who), ()))
        for number in sorted(numbers):
            by = self._by(number, demand)
            if demand.still >= 0:
                # Whoever is alone in the other cell is in doubt whichever way this one moves.
                by = abs(by) if not self.changes[number].of(demand.still) else 0
            if by >= demand.rise > 0 or by <= demand.rise < 0:
                yield number

    def _by(self, number: int, demand: Demand) -> int:
        change = self.changes[number]
        if demand.flow >= 0:
            return self.lifting.people.flow_moved(demand, change.kinds, change.by)
        by = change.of(demand.cell)
        return change.of(demand.row) - by if demand.row >= 0 else by

    def _turned(self, demand: Demand) -> int | None:
        """The number of a change that meets a demand the other way round, taken as one more."""
        if demand.flow >= 0 or demand.still >= 0:
            return None
        near = demand.cell if demand.row < 0 else demand.row
        for number in sorted({*self._touching.get(demand.cell, ()), *self._touching.get(near, ())}):
            if -self._by(number, demand) >= demand.rise:
                turned = self.lifting.turned(self.changes[number])
                if turned is not None:
                    return self._take(turned)
        return None

    def _prices(self) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        marks = self.marks
        value = marks.figures.value
        prices = np.where(self.hidden, HIDDEN_ALREADY, value + 0.5)
        prices[~marks.shown | marks.open | (~self.hidden & (value > _DEAREST))] = np.inf
        return prices

    def _insiders(self) -> Iterator[Demand]:
        """Small cells that somebody who is alone in another one could work out."""
        value = self.marks.figures.value
        alone = (self.hidden | ~self.marks.shown) & (value == 1)
        figures = self.marks.figures
        period = np.array([one.period for one in figures.families])[figures.family]
        near = near_periods(figures)
        for cell in small_cells(self.marks, self.threshold).tolist():
            common: Numbers | None = None
            for number in self._touching.get(cell, ()):
                touched = self.changes[number].cells
                touched = touched[alone[touched] & near[period[cell], period[touched]]]
                common = touched if common is None else np.intersect1d(common, touched)
                if not len(common):
                    break
            for other in common.tolist() if common is not None else ():
                if other != cell and not self._same_person(cell, other):
                    yield Demand(cell, 1, still=other)

    def _same_person(self, one: int, other: int) -> bool:
        """Whether two cells of one person are of the same person, who learns nothing new."""
        figures = self.marks.figures
        if figures.value[one] != 1:
            return False
        mine, theirs = (
            np.flatnonzero(figures.cell_of_kind[int(figures.family[cell])] == cell)
            for cell in (one, other)
        )
        return bool(np.array_equal(mine, theirs))

    def _narrow(self) -> Iterator[Demand]:
        """Cells hidden to protect others that are themselves all but known."""
        figures = self.marks.figures
        sensitive = sensitive_dims(figures)
        for cell in np.flatnonzero(self.hidden & (figures.value >= self.threshold)).tolist():
            if not tells(figures, cell, sensitive):
                continue
            moves = [self.changes[number].of(cell) for number in self._touching.get(cell, ())]
            if max([0, *moves]) - min([0, *moves]) < WIDTH:
                yield Demand(cell, WIDTH)


def _members(merged: Numbers) -> list[Numbers]:
    """The cells of each merged one."""
    order = np.argsort(merged, kind="stable")
    edges = np.flatnonzero(np.diff(merged[order])) + 1
    return list(np.split(order, edges))
