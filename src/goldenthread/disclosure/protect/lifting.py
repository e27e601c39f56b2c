"""From other figures to another workforce: whole people who make exactly those figures."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from goldenthread.disclosure.figures import NOWHERE, Numbers
from goldenthread.disclosure.protect.demands import Demand
from goldenthread.disclosure.protect.marks import Flags, Marks
from goldenthread.disclosure.protect.solver import quiet
from goldenthread.disclosure.protect.workforces import Workforces

# Among how many kinds people are sought for a move at most; how often those are looked at besides
# who might make it yet, and how many of them each time, with all who are where they are.
_MOST, _FARTHER, _ADDED = 30_000, 60, 100
# Among how many kinds people are asked for, and among how many where that found nobody.
_ASKED, _WIDE = 12_000, 40_000
# Of how many kinds near to a fractional answer whole people are looked for.
_NEAR = (1_000, 3_000)
_NODES = 50
_GAP = 0.1
_TOLERANCE = 1e-6
_REACH = 20.0
_COST, _UNEVEN = 0.01, 0.05
_SEED = 20260331

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Change:
    """How many people more or fewer there are of some kinds; ``kinds`` as ``Figures`` has them.

    ``cells`` and ``moves`` are the cells that it moves, shown or not, and how far.
    """

    kinds: Numbers
    by: Numbers
    cells: Numbers
    moves: Numbers

    def of(self, cell: int) -> int:
        """How far one cell moves."""
        at = int(np.searchsorted(self.cells, cell))
        return int(self.moves[at]) if at < len(self.cells) and self.cells[at] == cell else 0


@dataclass(frozen=True)
class Cut:
    """What every move keeps to that people can make: these cells' moves, so many times each.

    Together they come to ``most`` at most, whoever comes and goes.
    """

    cells: Numbers
    times: Floats
    most: float


class Lifting:
    """Finds people for moves of figures, one move after another.

    The solver is not trusted: what it gives is rounded to whole people, and kept only where they
    make the move exactly, leave nobody below nought and every promise of a mark as it is.
    """

    def __init__(self, marks: Marks) -> None:
        self.marks = marks
        self.people = Workforces(marks)
        value, shown = marks.figures.value, marks.shown
        self.least = np.where(shown & ~marks.withdrawn, -(value - 1), -value)
        self.least = np.where(shown & (value == 0), 0, np.minimum(self.least, 0))
        random = np.random.default_rng(_SEED)
        self._uneven = 1 + _UNEVEN * random.random(self.people.count)

    def lift(self, cells: Numbers, by: Numbers) -> Change | Cut | None:
        """Whole people whose coming and going makes this move, cell by cell; None if none is found.

        ``cells`` holds every shown cell that moves. People are tried in the units that the move
        names first, and then those besides for want of whom there are none; where there are none
        at all, what shows it is given.
        """
        target = np.zeros(len(self.marks.shown))
        target[cells] = by
        columns = self.people.near(cells)
        for _ in range(_FARTHER):
            found, ray = self._exactly(columns, target)
            if found is not None:
                return self._checked(columns, found, target) if found.any() else None
            if ray is None:
                return None
            more = self._cut(ray, target, columns)
            if isinstance(more, Cut):
                return more
            before, columns = len(columns), np.union1d(columns, more)
            if not before < len(columns) <= _MOST:
                return None
        return None

    def _exactly(self, columns: Numbers, target: Floats) -> tuple[Numbers | None, Floats | None]:
        """Whole people who make a move; or by cell what shows that there are none."""
        rows, held = self.people.finest(columns)
        wanted = target[rows]
        if np.abs(target[self.people.finest_shown]).sum() != np.abs(wanted).sum():
            return None, None
        model = _Model(self.people.sizes[columns], self._uneven[columns])
        model.rows(held, wanted, wanted)
        for flow, low, high in self.people.flows(columns):
            model.rows(flow, low, high)
        found = model.solve()
        if model.ray is None or model.ray[len(rows) :].any():
            return found, None
        ray = np.zeros(len(target))
        ray[rows] = model.ray[: len(rows)]
        return found, ray

    def _cut(self, ray: Floats, target: Floats, columns: Numbers) -> Cut | Numbers:
        """What shows that no people make a move, where ``ray`` shows it of those in ``columns``.

        Where it does not show it of all, those who may make it yet. Source: the lemma of Farkas;
        Benders, Partitioning procedures for solving mixed-variables programming problems (1962).
        """
        ray = np.round(ray / np.abs(ray).max(), 6)
        cells = np.flatnonzero(ray)
        times = ray[cells]
        gains = self.people.weighed(cells, times)
        sizes = np.minimum(self.people.sizes, _REACH)
        room = np.where(gains > 0, _REACH * gains, -sizes * gains)
        if times @ target[cells] <= room[columns].sum() + _TOLERANCE:
            times = -times
            room = np.where(gains < 0, -_REACH * gains, sizes * gains)
        most = float(room.sum())
        if times @ target[cells] > most + _TOLERANCE:
            return Cut(cells, times, most)
        room[columns] = 0
        best = np.argsort(-room, kind="stable")[:_ADDED]
        return self.people.beside(best[room[best] > 0])

    def _checked(
        self, columns: Numbers, by: Numbers, target: Floats | None = None
    ) -> Change | None:
        columns, by = columns[by != 0], by[by != 0]
        moved = self.people.moved(columns, by)
        cells = np.flatnonzero(moved)
        change = Change(self.people.kinds[columns], by, cells, moved[cells])
        shown = self.marks.shown[change.cells]
        if target is not None:
            left = target.copy()
            left[change.cells[shown]] -= change.moves[shown]
            if left[self.marks.shown].any():
                return None
        return change if self.allows(change) else None

    def ask(
        self, demand: Demand, hidden: Flags, prices: Floats, *, wide: bool = False
    ) -> Change | None:
        """A workforce that meets a demand, found among people at once.

        It moves what is hidden, and what is not at least cost by ``prices`` for people by cell; a
        price without end keeps a cell as it is. This takes longer than to look for figures and to
        lift them, and finds what they miss; ``wide`` among more people, and longer.
        """
        # Whoever is alone in another cell is in doubt whichever way this one moves.
        ways = (1, -1) if demand.still >= 0 else (1,)
        tried = -1
        for columns in self.people.around(demand, _WIDE if wide else _ASKED):
            if len(columns) in (0, tried):
                continue
            tried = len(columns)
            for way in ways:
                found = self._meeting(columns, demand, hidden, prices, way)
                if found is not None:
                    change = self._checked(columns, found)
                    if change is not None:
                        return change
        return None

    def _meeting(
        self, columns: Numbers, demand: Demand, hidden: Flags, prices: Floats, way: int
    ) -> Numbers | None:
        people, value = self.people, self.marks.figures.value
        rows, held = people.shown(columns)
        asked, least, most = people.demanded(demand, columns)
        if asked is None:
            return None
        free = hidden[rows] & (rows != demand.still) & ~self.marks.open[rows]
        low = np.where(free, self.least[rows], 0).astype(np.float64)
        high = np.where(free, np.inf, 0.0)
        model = _Model(people.sizes[columns], _COST * self._uneven[columns])
        priced = ~free & np.isfinite(prices[rows]) & (rows != demand.still)
        model.rows(held[~priced], low[~priced], high[~priced])
        if priced.any():
            these = rows[priced]
            model.moving(held[priced], prices[these], -self.least[these].astype(np.float64),
                         np.maximum(value[these], _REACH))  # fmt: skip
        model.rows(way * asked, np.array([least]), np.array([most]))
        if demand.still >= 0 and not self.marks.shown[demand.still]:
            still = people.cell(demand.still, columns)
            model.rows(still, np.zeros(1), np.zeros(1))
        for flow, least_, most_ in people.flows(columns):
            model.rows(flow, least_, most_)
        return model.solve()

    def again(self, change: Change) -> Change | None:
        """A change as it moves the cells of these figures, where it holds for them."""
        columns = self.people.at(change.kinds)
        return None if (columns == NOWHERE).any() else self._checked(columns, change.by)

    def turned(self, change: Change) -> Change | None:
        """The same change the other way round, where that holds too."""
        other = Change(change.kinds, -change.by, change.cells, -change.moves)
        if not (self.people.sizes_of(change.kinds) + other.by >= 0).all():
            return None
        return other if self.allows(other) else None

    def allows(self, change: Change) -> bool:
        """Whether a change leaves hidden cells as their marks say, and nobody below nought."""
        shown = self.marks.shown[change.cells]
        return bool(
            (change.moves[shown] >= self.least[change.cells[shown]]).all()
            and not self.marks.open[change.cells].any()
            and (self.people.sizes_of(change.kinds) + change.by >= 0).all()
            and self.people.keeps_flows(change.kinds, change.by)
        )


class _Model:
    """Columns for more and for fewer people of each kind, further ones, and rows over them."""

    def __init__(self, sizes: Numbers, costs: Floats) -> None:
        self.count = len(sizes)
        self.there = np.flatnonzero(sizes)
        self._sizes = np.minimum(sizes[self.there], _REACH).astype(np.float64)
        self._costs = [costs, costs[self.there]]
        self._high = [np.full(self.count, _REACH), self._sizes]
        self._blocks: list[tuple[sparse.csr_matrix, sparse.csr_matrix | None]] = []
        self._low_row: list[Floats] = []
        self._high_row: list[Floats] = []
        self.ray: Floats | None = None
        """By row what shows that there are no people, where the solver found none."""

    def rows(self, held: sparse.csr_matrix, low: Floats, high: Floats) -> None:
        """Add rows over kinds: more people less fewer lie between two bounds."""
        self._blocks.append((held, None))
        self._low_row.append(low)
        self._high_row.append(high)

    def moving(self, held: sparse.csr_matrix, price: Floats, falls: Floats, rises: Numbers) -> None:
        """Add rows over kinds that may move, each at a price for every person."""
        count = held.shape[0]
        one = sparse.identity(count, format="csr")
        self._blocks.append((held, sparse.hstack([-one, one], format="csr")))
        self._low_row.append(np.zeros(count))
        self._high_row.append(np.zeros(count))
        self._costs += [price, price]
        self._high += [rises.astype(np.float64), falls]

    def solve(self) -> Numbers | None:
        """How many more people of each kind, in whole people; None where none were found."""
        rows = self._matrix()
        solver = _solver(rows, np.concatenate(self._costs), np.concatenate(self._high),
                         np.concatenate(self._low_row), np.concatenate(self._high_row))  # fmt: skip
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            _, there_is, ray = solver.getDualRay()  # type: ignore[attr-defined]
            if there_is and np.abs(ray).max(initial=0) > _TOLERANCE:
                self.ray = np.array(ray)
            return None
        answer = solver.getSolution()
        people = self._people(np.array(answer.col_value))
        whole = np.round(people)
        if np.abs(people - whole).max(initial=0) < _TOLERANCE:
            return whole.astype(np.int64)
        for near in _NEAR:
            found = self._branch(rows, people, np.array(answer.row_dual), near)
            if found is not None or near >= self.count:
                return found
        return None

    def _matrix(self) -> sparse.csr_matrix:
        extra = sum(block.shape[1] for _, block in self._blocks if block is not None)
        parts, before = [], 0
        for held, block in self._blocks:
            row = [held, -held[:, self.there]]
            if extra:
                width = 0 if block is None else block.shape[1]
                left = sparse.csr_matrix((held.shape[0], before))
                right = sparse.csr_matrix((held.shape[0], extra - before - width))
                row += [left, right] if block is None else [left, block, right]
                before += width
            parts.append(sparse.hstack(row, format="csr"))
        return sparse.vstack(parts, format="csr")

    def _people(self, values: Floats) -> Floats:
        people = values[: self.count].copy()
        people[self.there] -= values[self.count : self.count + len(self.there)]
        return people

    def _branch(
        self, rows: sparse.csr_matrix, people: Floats, duals: Floats, most: int
    ) -> Numbers | None:
        """Whole people by branch and bound, among the kinds nearest to a fractional answer."""
        costs, high = np.concatenate(self._costs), np.concatenate(self._high)
        dear = costs[: self.count] - rows[:, : self.count].T @ duals
        near = np.argsort(dear, kind="stable")[:most]
        kinds = np.union1d(np.flatnonzero(np.abs(people) > _TOLERANCE), near)
        fewer = np.flatnonzero(np.isin(self.there, kinds)) + self.count
        rest = np.arange(self.count + len(self.there), len(costs))
        inside = np.concatenate([kinds, fewer, rest])
        few = rows[:, inside]
        low, top = np.concatenate(self._low_row), np.concatenate(self._high_row)
        held = np.diff(few.indptr) > 0
        if ((low[~held] > 0) | (top[~held] < 0)).any():
            return None
        solver = _solver(few[held], costs[inside], high[inside], low[held], top[held])
        count = len(kinds) + len(fewer)
        solver.changeColsIntegrality(
            count, np.arange(count, dtype=np.int32), np.ones(count, dtype=np.uint8)
        )
        solver.setOptionValue("presolve", "on")
        solver.setOptionValue("mip_max_nodes", _NODES)
        solver.setOptionValue("mip_rel_gap", _GAP)
        if len(rest) == 0:
            solver.setOptionValue("mip_max_improving_sols", 1)
        solver.run()
        answer = solver.getSolution()
        if len(answer.col_value) != len(inside) or not solver.getInfo().primal_solution_status:
            return None
        values = np.zeros(len(costs))
        values[inside] = np.array(answer.col_value)
        return np.round(self._people(values)).astype(np.int64)


def _solver(
    rows: sparse.csr_matrix, costs: Floats, high: Floats, low_row: Floats, high_row: Floats
) -> highspy.Highs:
    solver = quiet()
    solver.silent()
    solver.setOptionValue("presolve", "off")
    columns, count = len(costs), len(low_row)
    solver.passModel(
        columns, count, rows.nnz, int(highspy.MatrixFormat.kRowwise),
        int(highspy.ObjSense.kMinimize), 0.0, costs, np.zeros(columns), high, low_row, high_row,
        rows.indptr.astype(np.int32), rows.indices.astype(np.int32), rows.data,
        np.zeros(columns, dtype=np.int32),
    )  # fmt: skip
    return solver
