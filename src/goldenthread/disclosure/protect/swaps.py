"""Other figures that agree with everything shown: the cheapest set in which a figure moves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from goldenthread.disclosure.figures import NOWHERE, Family, Figures, Numbers
from goldenthread.disclosure.protect.marks import Flags, Marks
from goldenthread.disclosure.protect.solver import quiet

Prices = NDArray[np.float64]

HIDDEN_ALREADY = 0.05
"""What it costs to move one person of a cell that is hidden anyway."""

_MOST_RISE = 20
_TOLERANCE = 1e-6
_SEED = 20260331
_UNEVEN = 0.5
# From which attempt on whole people are looked for near a fractional answer, among how many cells.
_THOROUGH = 2
_NEAR = (200, 600)
_NODES = 500
_GAP = 0.3


@dataclass(frozen=True)
class Wanted:
    """A move that is asked for: of one cell, or of everybody in a row but those of a cell.

    ``cell`` is to rise by ``rise``; where ``row`` is given, the cells of that row beside ``cell``
    are to rise by it together. ``still`` may not move.
    """

    cell: int
    rise: int
    row: int = NOWHERE
    still: tuple[int, ...] = ()


class Swaps:
    """A linear programme over all cells, asked again and again for one move after another.

    Each cell may rise and fall; sums of cells stay sums; what is open stays; what is hidden stays
    at least 1, and what is withdrawn or worked out at least 0. Cells with the same people are one.
    The solver is not trusted: whoever asks checks what it gives.
    """

    def __init__(self, marks: Marks) -> None:
        self.marks = marks
        figures, shown = marks.figures, marks.shown
        value = figures.value
        sums = list(figures.sums())
        twins, alone = _twins(figures, shown)
        self.one_of = _same_people(
            len(value), [(whole, int(parts[0])) for whole, parts in sums if len(parts) == 1] + twins
        )
        first = np.unique(self.one_of)
        number = np.full(len(value), NOWHERE, dtype=np.int64)
        number[first] = np.arange(len(first))
        self.number = number[self.one_of]
        together = len(first)
        self.tables = np.bincount(self.number[shown], minlength=together)
        self.people = np.bincount(
            self.number[shown], weights=value[shown] + 0.5, minlength=together
        )
        least = np.where(shown & ~marks.withdrawn, 1, 0)
        room = np.where(marks.open | alone, 0, np.maximum(value - least, 0))
        self.falls = np.full(together, np.inf)
        np.minimum.at(self.falls, self.number, room)
        for cells, stayed in _stayers(figures, self.number):
            self.falls[cells] = np.minimum(self.falls[cells], stayed)
        most = np.zeros(together)
        np.maximum.at(most, self.number, np.maximum(value, _MOST_RISE))
        fixed = np.zeros(together, dtype=bool)
        fixed[self.number[marks.open | alone]] = True
        self.rises = np.where(fixed, 0.0, most)
        self.rows = _distinct(self.number, sums)
        self._solver = self._model()
        self._dear = self._costs = np.zeros(2 * together)
        self._cuts: list[tuple[Numbers, Prices, float]] = []
        self._sure = np.zeros(together, dtype=bool)
        self._expected = np.zeros(together, dtype=np.int64)

    def price(self, prices: Prices) -> None:
        """Say what it costs to move one person of each (merged) cell."""
        self._dear = np.concatenate([prices, prices])
        self._costs = self._dear.copy()
        self._change(np.arange(len(self.tables)))

    def cheapen(self, cells: Numbers) -> None:
        """These (merged) cells are hidden from now on."""
        self._sure[cells] = True
        self._change(cells)

    def expect(self, cells: Numbers, by: int = 1) -> None:
        """These (merged) cells are to be hidden if one move more, or fewer, turns out well."""
        self._expected[cells] += by
        self._change(cells)

    def _change(self, cells: Numbers) -> None:
        these = np.unique(cells)
        both = np.concatenate([these, these + len(self.tables)]).astype(np.int32)
        cheap = np.tile(self._sure[these] | (self._expected[these] > 0), 2)
        self._costs[both] = np.where(cheap, HIDDEN_ALREADY, self._dear[both])
        self._solver.changeColsCost(len(both), both, self._costs[both])

    def keep_to(self, cells: Numbers, times: Prices, most: float) -> None:
        """From now on these (merged) cells' moves, so many times each, come to ``most`` or less."""
        merged = np.unique(cells)
        each = np.zeros(len(merged))
        np.add.at(each, np.searchsorted(merged, cells), times)
        self._cuts.append((merged, each, most))
        places = np.concatenate([merged, merged + len(self.tables)]).astype(np.int32)
        signs = np.concatenate([each, -each])
        self._solver.addRow(-highspy.kHighsInf, most, len(places), places, signs)

    def ask(self, wanted: Wanted, attempt: int = 0) -> tuple[Numbers | None, bool]:
        """A move of whole people by (merged) cell, or None; and whether there is none at all.

        Another ``attempt`` makes prices a little uneven, so that another of several answers that
        cost about the same is given; the same attempt gives the same answer.
        """
        if wanted.row == NOWHERE and not self.rises[self.number[wanted.cell]]:
            return None, True
        if wanted.row != NOWHERE and self.number[wanted.row] == self.number[wanted.cell]:
            return None, True
        if any(self.number[one] == self.number[wanted.cell] for one in wanted.still):
            return None, True
        self._want(wanted)
        try:
            if attempt:
                self._uneven(wanted, attempt)
            self._solver.clearSolver()
            self._solver.run()
            if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                return None, True
            moved = self._moved()
        finally:
            self._restore(wanted, uneven=attempt > 0)
        whole = np.round(moved)
        if np.abs(moved - whole).max(initial=0) < _TOLERANCE:
            return whole.astype(np.int64), False
        if attempt >= _THOROUGH:
            for near in _NEAR:
                branched = self._branch(moved, wanted, near)
                if branched is not None:
                    return branched, False
        return None, False

    def _moved(self) -> NDArray[np.float64]:
        held = np.array(self._solver.getSolution().col_value)
        together = len(self.tables)
        moved: NDArray[np.float64] = held[:together] - held[together:]
        return moved

    def _uneven(self, wanted: Wanted, attempt: int) -> None:
        random = np.random.default_rng((_SEED, wanted.cell, attempt))
        by = 1 + random.random(len(self._costs)) * _UNEVEN * attempt
        every = np.arange(len(self._costs), dtype=np.int32)
        self._solver.changeColsCost(len(every), every, self._costs * by)

    def _bounds(self, wanted: Wanted) -> list[tuple[int, float, float]]:
        """The bounds of columns that a move asks for."""
        together = len(self.tables)
        bounds: list[tuple[int, float, float]] = []
        if wanted.row == NOWHERE:
            at = int(self.number[wanted.cell])
            most = max(self.rises[at], float(wanted.rise))
            bounds += [(at, float(wanted.rise), most), (together + at, 0.0, 0.0)]
        for cell in wanted.still:
            at = int(self.number[cell])
            bounds += [(at, 0.0, 0.0), (together + at, 0.0, 0.0)]
        return bounds

    def _want(self, wanted: Wanted) -> None:
        for at, low, high in self._bounds(wanted):
            self._bound(at, low, high)
        if wanted.row != NOWHERE:
            cell, row = int(self.number[wanted.cell]), int(self.number[wanted.row])
            together = len(self.tables)
            places = np.array([row, together + row, cell, together + cell], dtype=np.int32)
            signs = np.array([1.0, -1.0, -1.0, 1.0])
            self._solver.addRow(float(wanted.rise), highspy.kHighsInf, 4, places, signs)

    def _restore(self, wanted: Wanted, *, uneven: bool) -> None:
        together = len(self.tables)
        for at, _low, _high in self._bounds(wanted):
            most = self.rises[at] if at < together else self.falls[at - together]
            self._bound(at, 0.0, float(most))
        if wanted.row != NOWHERE:
            last = self._solver.getNumRow() - 1
            self._solver.deleteRows(1, np.array([last], dtype=np.int32))
        if uneven:
            every = np.arange(len(self._costs), dtype=np.int32)
            self._solver.changeColsCost(len(every), every, self._costs)

    def _bound(self, at: int, low: float, high: float) -> None:
        one = np.array([at], dtype=np.int32)
        self._solver.changeColsBounds(1, one, np.array([low]), np.array([high]))

    def _branch(self, answer: NDArray[np.float64], wanted: Wanted, near: int) -> Numbers | None:
        """Whole people by branch and bound, among the cells nearest to a fractional answer."""
        together = len(self.tables)
        close = np.abs(answer) > _TOLERANCE
        for _ in range(2):
            grown = close.copy()
            for held in self.rows:
                row = held[held != NOWHERE]
                if close[row].any():
                    grown[row] = True
            order = np.flatnonzero(grown & ~close)
            cheap = order[np.argsort(self._costs[order], kind="stable")][:near]
            close[cheap] = True
        # What is asked to move is always among them.
        close[[at % together for at, _low, _high in self._bounds(wanted)]] = True
        if wanted.row != NOWHERE:
            close[[self.number[wanted.row], self.number[wanted.cell]]] = True
        inside = np.flatnonzero(close)
        place = np.full(together, NOWHERE, dtype=np.int64)
        place[inside] = np.arange(len(inside))
        few = len(inside)
        low = np.zeros(2 * few)
        high = np.concatenate([self.rises[inside], self.falls[inside]])
        for at, least, most in self._bounds(wanted):
            cell, fall = at % together, at // together
            low[place[cell] + fall * few], high[place[cell] + fall * few] = least, most
        rows: list[tuple[Numbers, NDArray[np.float64], float, float]] = []
        for held in self.rows:
            signed = np.ones(len(held))
            signed[0] = -1.0
            there = (held != NOWHERE) & (place[held] != NOWHERE)
            if there.any():
                rows.append((place[held[there]], signed[there], 0.0, 0.0))
        if wanted.row != NOWHERE:
            both = np.array([self.number[wanted.row], self.number[wanted.cell]])
            rows.append((place[both], np.array([1.0, -1.0]), float(wanted.rise), highspy.kHighsInf))
        for merged, each, most in self._cuts:
            there = place[merged] != NOWHERE
            rows.append((place[merged[there]], each[there], -highspy.kHighsInf, most))
        solver = _solver(low, high, rows)
        costs = np.concatenate([self._costs[inside], self._costs[inside + together]])
        every = np.arange(2 * few, dtype=np.int32)
        solver.changeColsCost(2 * few, every, costs)
        solver.changeColsIntegrality(2 * few, every, np.ones(2 * few, dtype=np.uint8))
        solver.setOptionValue("presolve", "on")
        solver.setOptionValue("mip_max_nodes", _NODES)
        solver.setOptionValue("mip_rel_gap", _GAP)
        solver.run()
        held = np.array(solver.getSolution().col_value)
        if len(held) != 2 * few or not solver.getInfo().primal_solution_status:
            return None
        moved = np.zeros(together, dtype=np.int64)
        moved[inside] = np.round(held[:few] - held[few:]).astype(np.int64)
        return moved if moved.any() else None

    def _model(self) -> highspy.Highs:
        rows = []
        for held in self.rows:
            signed = np.ones(len(held))
            signed[0] = -1.0
            there = held != NOWHERE
            rows.append((held[there], signed[there], 0.0, 0.0))
        bounds = np.concatenate([self.rises, self.falls])
        return _solver(np.zeros(len(bounds)), bounds, rows)


def _solver(
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    rows: Sequence[tuple[Numbers, NDArray[np.float64], float, float]],
) -> highspy.Highs:
    """A model in which each cell has a column for its rise and, after these, for its fall."""
    cells = len(low) // 2
    model = highspy.HighsLp()
    model.num_col_ = 2 * cells
    model.num_row_ = len(rows)
    model.col_cost_ = np.zeros(2 * cells)
    model.col_lower_ = low
    model.col_upper_ = high
    model.row_lower_ = np.array([row[2] for row in rows])
    model.row_upper_ = np.array([row[3] for row in rows])
    starts, places, signs = [0], [np.empty(0, dtype=np.int64)], [np.empty(0)]
    for cells_of, signed, _least, _most in rows:
        places += [cells_of, cells_of + cells]
        signs += [signed, -signed]
        starts.append(starts[-1] + 2 * len(cells_of))
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.array(starts)
    model.a_matrix_.index_ = np.concatenate(places)
    model.a_matrix_.value_ = np.concatenate(signs)
    solver = quiet()
    solver.silent()
    solver.setOptionValue("presolve", "off")
    solver.passModel(model)
    return solver


def _twins(figures: Figures, shown: Flags) -> tuple[list[tuple[int, int]], Flags]:
    """Pairs of cells with the same codes in two periods, and cells without such a fellow.

    Whoever stays with the same answers moves both alike, so that no move of them tells of who came
    or went. Where one period shows that a cell is empty, its fellows cannot move alike.
    """
    pairs: list[tuple[int, int]] = []
    alone = np.zeros(len(shown), dtype=bool)
    for number, family in enumerate(figures.families):
        cells = np.array(figures.cells(number), dtype=np.int64)
        for period in range(len(figures.spec.periods)):
            other = figures.number_or_none(Family(period, family.slots))
            found = None if period == family.period else figures.twins(number, period)
            if found is None or other is None:
                continue
            alone[cells[found == NOWHERE]] |= other in figures.shown
            there = found >= 0
            if period > family.period:
                pairs += zip(cells[there].tolist(), found[there].tolist(), strict=True)
    return pairs, alone


def _stayers(figures: Figures, number: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
    """Merged cells of several periods, and how many are in each in all of these."""
    if not len(number):
        return
    shapes: dict[tuple[int, ...], list[int]] = {}
    for family, shape in enumerate(figures.families):
        shapes.setdefault(shape.slots, []).append(family)
    for families in shapes.values():
        if len(families) == 1:
            continue
        held = np.array([
            np.where(one != NOWHERE, number[one], NOWHERE)
            for one in (figures.cell_of_kind[family] for family in families)
        ])  # fmt: skip
        same = (held == held[0]).all(axis=0) & (held[0] != NOWHERE)
        stayed = np.bincount(
            held[0][same], weights=figures.sizes[same], minlength=int(number.max()) + 1
        )
        periods = np.zeros(len(stayed), dtype=np.int64)
        for family in families:
            np.add.at(
                periods, np.unique(number[np.array(figures.cells(family), dtype=np.int64)]), 1
            )
        cells = np.flatnonzero(periods == len(families))
        yield cells, stayed[cells].astype(np.int64)


def _same_people(cells: int, pairs: Sequence[tuple[int, int]]) -> Numbers:
    """For each cell the first of those that move as one."""
    root = np.arange(cells)

    def find(cell: int) -> int:
        while root[cell] != cell:
            root[cell] = root[root[cell]]
            cell = int(root[cell])
        return cell

    for one, other in pairs:
        low, high = sorted((find(one), find(other)))
        root[high] = low
    return np.array([find(cell) for cell in range(cells)], dtype=np.int64)


def _distinct(number: Numbers, sums: Sequence[tuple[int, Numbers]]) -> list[Numbers]:
    """Each sum of merged cells once: the whole first, ``NOWHERE`` where it is one of its parts.

    Then nobody can be in the other parts, whose moves come to nought among themselves.
    """
    found: dict[tuple[int, ...], Numbers] = {}
    for whole, parts in sums:
        if len(parts) == 1:
            continue
        top, below = number[whole], np.sort(number[parts])
        if top in below:
            below = np.delete(below, np.searchsorted(below, top))
            top = NOWHERE
        row = np.concatenate([[top], below])
        found.setdefault(tuple(row.tolist()), row)
    return list(found.values())


def prices(swaps: Swaps, hidden: Flags, cover: NDArray[np.float64]) -> Prices:
    """What it costs to move one person: the people that would be hidden, less where it is likely.

    ``cover`` says of each merged cell how likely it is to be hidden, from 0 to 1.
    """
    base = swaps.people * (1 - 0.9 * np.minimum(cover, 1))
    return np.where(hidden, HIDDEN_ALREADY, base)
