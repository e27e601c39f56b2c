"""From other figures to another workforce: whole people who make exactly those figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import highspy
import numpy as np
from numpy.typing import NDArray

from goldenthread.disclosure.figures import NOWHERE, Figures, Numbers
from goldenthread.disclosure.protect.marks import Marks
from goldenthread.disclosure.protect.moves import Demand
from goldenthread.disclosure.protect.solver import Solver
from goldenthread.disclosure.spec import TOTAL

# How many of the fullest teams of a unit, and whether with every answer or those that move.
_TRIES = ((1, False), (3, False), (3, True), (1_000, True))
_MOST = 40_000
# Of so few kinds whole people are looked for by branching where the answer is fractional.
_FEW = 1_000
_NODES = 40
# In which units to look, and the dearest cell that may move: first inside what is hidden already,
# from the division outwards, and only then with more hidden.
_INSIDE = 0.1
_ASKS = (
    *((level, _INSIDE) for level in (2, 1, 0)),
    *((level, 1e9) for level in (1, 0)),
)
_GAP = 0.1
_TOLERANCE = 1e-6
_REACH = 20.0


@dataclass(frozen=True)
class Change:
    """How many people more or fewer there are of some kinds; ``kinds`` as ``Figures`` has them."""

    kinds: Numbers
    by: Numbers


class Lifting:
    """Finds people for moves of figures, one move after another."""

    def __init__(self, marks: Marks) -> None:
        self.marks = marks
        self.figures = figures = marks.figures
        self.finest = _finest(figures)
        self.never = _structural(figures)
        self._sizes: dict[bytes, int] = {
            kind.tobytes(): int(size)
            for kind, size in zip(figures.kinds, figures.sizes, strict=True)
        }

    def lift(self, move: Mapping[int, int]) -> Change | None:
        """Whole people whose coming and going makes this move, cell by cell; None if none is found.

        ``move`` is by cell, and holds every cell that moves. Kinds of people are tried near to the
        cells that move first, then farther away.
        """
        for teams, every_answer in _TRIES:
            kinds = self._candidates(move, teams, every_answer=every_answer)
            if not len(kinds) or len(kinds) > _MOST:
                continue
            found = self._solve(kinds, move)
            if found is not None:
                return found
        return None

    def _candidates(self, move: Mapping[int, int], teams: int, *, every_answer: bool) -> Numbers:
        """Kinds that may be of use: people who are there, as they are or with other answers."""
        rows = self.figures.kinds[self._near(move, teams)]
        if every_answer:
            return self._answers(rows, self._codes({}, self.figures.kinds))
        return self._answers(rows, self._codes(move, rows))

    def _around(self, cell: int, level: int) -> Numbers:
        """The kinds in the units of a level that a cell is in, 0 for all, with any answers."""
        figures = self.figures
        near = np.ones(len(figures.kinds), dtype=bool)
        if "org" in figures.dims and level:
            at = figures.dims.index("org")
            period = figures.families[int(figures.family[cell])].period
            where = figures.kinds[:, period * len(figures.dims) + at]
            slots = figures.slots[period][at]
            slot = slots[min(level, len(slots) - 1)]
            inside = figures.cell_of_kind[int(figures.family[cell])] == cell
            units = np.unique(slot.code_of[where[inside]])
            near = (where != NOWHERE) & np.isin(slot.code_of[where], units)
        return self._answers(figures.kinds[near], self._codes({}, figures.kinds))

    def _answers(self, rows: Numbers, codes: list[list[int]]) -> Numbers:
        """These kinds, and those who are where they are with every combination of answers."""
        figures = self.figures
        width = len(figures.dims)
        fixed = figures.dims.index("org") if "org" in figures.dims else NOWHERE
        free = [at for at in range(width) if at != fixed]
        # The same answers in every period in which somebody is there.
        places = np.unique(
            np.where(rows == NOWHERE, NOWHERE, rows)[:, self._columns(fixed)], axis=0
        )
        told = []
        for answer in product(*(codes[at] for at in free)):
            made = np.full((len(places), rows.shape[1]), NOWHERE, dtype=np.int64)
            for period in range(len(figures.spec.periods)):
                there = places[:, period] != NOWHERE
                start = period * width
                if fixed != NOWHERE:
                    made[:, start + fixed] = places[:, period]
                for at, code in zip(free, answer, strict=True):
                    made[there, start + at] = code
            told.append(made)
        every = np.unique(np.concatenate([rows, *told]), axis=0)
        return every[self._possible(every)]

    def _columns(self, fixed: int) -> list[int]:
        """The columns that say in which periods, and where, somebody is."""
        width = len(self.figures.dims)
        at = fixed if fixed != NOWHERE else 0
        return [period * width + at for period in range(len(self.figures.spec.periods))]

    def _near(self, move: Mapping[int, int], teams: int) -> Numbers:
        """The kinds in cells that move; of larger units a few of their fullest teams."""
        figures = self.figures
        found = np.zeros(len(figures.kinds), dtype=bool)
        if "org" not in figures.dims:
            return np.flatnonzero(~found)
        at = figures.dims.index("org")
        for cell in move:
            family = int(figures.family[cell])
            column = figures.families[family].period * len(figures.dims) + at
            where = figures.kinds[:, column]
            # Those of the same unit who are not in the cell themselves can come into it.
            slot = figures.slot(family, "org")
            unit = slot.codes.index(figures.codes(cell).get("org", TOTAL))
            inside = (where != NOWHERE) & (slot.code_of[where] == unit)
            held = np.bincount(where[inside], weights=figures.sizes[inside])
            fullest = np.argsort(-held, kind="stable")[:teams]
            found |= inside & np.isin(where, fullest[held[fullest] > 0])
        return np.flatnonzero(found)

    def _codes(self, move: Mapping[int, int], rows: Numbers) -> list[list[int]]:
        """Of each dimension the lowest codes that any cell in the move holds."""
        figures = self.figures
        found: list[set[int]] = [set() for _ in figures.dims]
        for cell in move:
            told = figures.codes(cell)
            family = int(figures.family[cell])
            for at, dim in enumerate(figures.dims):
                if dim in told:
                    slot = figures.slot(family, dim)
                    code = slot.codes.index(told[dim])
                    found[at].update(np.flatnonzero(slot.code_of == code).tolist())
        width = len(figures.dims)
        for at, codes in enumerate(found):
            if not codes:
                held = rows[:, at::width]
                codes.update(np.unique(held[held != NOWHERE]).tolist())
        return [sorted(codes) for codes in found]

    def _possible(self, kinds: Numbers) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Kinds that are in no cell which everybody sees to be empty."""
        figures = self.figures
        found = np.ones(len(kinds), dtype=bool)
        for family in figures.shown:
            keys = figures.keys_of(family, kinds)
            found &= (keys == NOWHERE) | (figures.find(family, keys) != NOWHERE)
        for ban in self.never:
            held = np.ones(len(kinds), dtype=bool)
            for column, leaves in ban:
                held &= np.isin(kinds[:, column], leaves)
            found &= ~held
        return found

    def _solve(self, kinds: Numbers, move: Mapping[int, int]) -> Change | None:
        held = self._cells_of(kinds, self.finest)
        finest = set(self.finest)
        if any(int(self.figures.family[cell]) in finest and cell not in held for cell in move):
            return None
        people = self._people(kinds, float(sum(map(abs, move.values()))), 1.0)
        for cell, inside in held.items():
            people.row(inside, [], float(move.get(cell, 0)), float(move.get(cell, 0)))
        by = people.solve(branch=len(kinds) <= _FEW)
        if by is None:
            return None
        change = Change(kinds[by != 0], by[by != 0])
        return change if self.makes(change, move) else None

    def ask(self, demand: Demand, price: Mapping[int, float]) -> Change | None:
        """The cheapest workforce found that meets a demand, whatever figures it moves.

        ``demand`` and ``price`` are by cell; a cell without a price may not move. This asks for
        people at once, and so costs more than ``Swaps`` and a lifting, and finds what they miss.
        """
        for level, dearest in _ASKS:
            kinds = self._around(demand.cell, level)
            if not len(kinds) or len(kinds) > _MOST:
                continue
            held = self._cells_of(kinds, sorted(self.figures.shown))
            if demand.cell not in held:
                continue
            people = self._people(kinds, _REACH, 0.01)
            for cell, inside in held.items():
                if not self.marks.shown[cell] and cell != demand.still:
                    continue
                if price.get(cell, highspy.kHighsInf) > dearest or cell == demand.still:
                    people.row(inside, [], 0.0, 0.0)
                    continue
                least = 0 if self.marks.withdrawn[cell] else 1
                fall = max(int(self.figures.value[cell]) - least, 0)
                rise = max(int(self.figures.value[cell]), int(_REACH))
                columns = people.columns([(rise, price[cell]), (fall, price[cell])])
                people.row(inside, [(columns[0], -1.0), (columns[1], 1.0)], 0.0, 0.0)
            rest = held.get(demand.row, []) if demand.row >= 0 else held[demand.cell]
            if demand.row >= 0:
                alike = set(held[demand.cell])
                rest = [at for at in rest if at not in alike]
            people.row(rest, [], float(demand.rise), highspy.kHighsInf)
            by = people.solve()
            if by is not None:
                change = Change(kinds[by != 0], by[by != 0])
                if self.allows(change):
                    return change
        return None

    def _cells_of(self, kinds: Numbers, families: Sequence[int]) -> dict[int, list[int]]:
        """The cells of these families that kinds are in, with the places of those kinds."""
        found: dict[int, list[int]] = {}
        for family in families:
            cells = self.figures.find(family, self.figures.keys_of(family, kinds))
            for at, cell in enumerate(cells.tolist()):
                if cell != NOWHERE:
                    found.setdefault(cell, []).append(at)
        return found

    def _people(self, kinds: Numbers, reach: float, cost: float) -> _Model:
        sizes = np.array([float(self._sizes.get(kind.tobytes(), 0)) for kind in kinds])
        return _Model(sizes, reach, cost)

    def moved(self, change: Change) -> dict[int, int]:
        """By cell how a change of people moves it; cells that do not move are left out."""
        figures = self.figures
        moved: dict[int, int] = {}
        for family in range(len(figures.families)):
            cells = figures.find(family, figures.keys_of(family, change.kinds))
            for cell, by in zip(cells.tolist(), change.by.tolist(), strict=True):
                if cell != NOWHERE:
                    moved[cell] = moved.get(cell, 0) + by
        return {cell: by for cell, by in moved.items() if by}

    def holds(self, change: Change) -> bool:
        """Whether a change leaves nobody below nought and nobody in a cell seen to be empty."""
        for kind, by in zip(change.kinds, change.by, strict=True):
            if self._sizes.get(kind.tobytes(), 0) + by < 0:
                return False
        return bool(self._possible(change.kinds).all())

    def allows(self, change: Change) -> bool:
        """Whether a change holds and leaves every hidden cell with somebody in it."""
        value, marks = self.figures.value, self.marks
        return self.holds(change) and all(
            value[cell] + by >= (0 if marks.withdrawn[cell] else 1)
            for cell, by in self.moved(change).items()
            if marks.shown[cell]
        )

    def makes(self, change: Change, move: Mapping[int, int]) -> bool:
        """Whether a change of people holds and moves what is shown exactly like this."""
        shown = self.marks.shown
        made = {cell: by for cell, by in self.moved(change).items() if shown[cell]}
        return self.holds(change) and made == {
            cell: by for cell, by in move.items() if shown[cell] and by
        }


class _Model:
    """Columns for more and for fewer people of each kind, further ones, and rows over them."""

    def __init__(self, sizes: NDArray[np.float64], reach: float, cost: float) -> None:
        self.count = len(sizes)
        self._high = [np.full(self.count, reach), sizes]
        self._cost = [np.full(2 * self.count, cost)]
        self._width = 2 * self.count
        self._starts, self._low_row, self._high_row = [0], [], []  # type: ignore[var-annotated]
        self._places: list[NDArray[np.int64]] = []
        self._signs: list[NDArray[np.float64]] = []

    def columns(self, told: Sequence[tuple[float, float]]) -> list[int]:
        """Add columns from nought to a bound at a cost; their places."""
        self._high.append(np.array([bound for bound, _ in told], dtype=np.float64))
        self._cost.append(np.array([cost for _, cost in told], dtype=np.float64))
        self._width += len(told)
        return list(range(self._width - len(told), self._width))

    def row(
        self, kinds: Sequence[int], more: Sequence[tuple[int, float]], low: float, high: float
    ) -> None:
        """Add a row: the people of these kinds, more less fewer, with further columns."""
        at = np.array(kinds, dtype=np.int64)
        self._places += [at, at + self.count, np.array([place for place, _ in more], np.int64)]
        self._signs += [
            np.ones(len(at)), -np.ones(len(at)), np.array([sign for _, sign in more], np.float64)
        ]  # fmt: skip
        self._starts.append(self._starts[-1] + 2 * len(at) + len(more))
        self._low_row.append(low)
        self._high_row.append(high)

    def solve(self, *, branch: bool = True) -> Numbers | None:
        """How many more people of each kind, in whole people; None where none were found.

        Without ``branch`` a fractional answer is none.
        """
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = self._width, len(self._low_row)
        model.col_cost_ = np.concatenate(self._cost)
        model.col_lower_ = np.zeros(self._width)
        model.col_upper_ = np.concatenate(self._high)
        model.row_lower_ = np.array(self._low_row)
        model.row_upper_ = np.array(self._high_row)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.array(self._starts)
        model.a_matrix_.index_ = np.concatenate(self._places)
        model.a_matrix_.value_ = np.concatenate(self._signs)
        solver = Solver()
        solver.silent()
        solver.passModel(model)
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        people = np.array(solver.getSolution().col_value)[: 2 * self.count]
        if np.abs(people - np.round(people)).max(initial=0) > _TOLERANCE:
            if not branch:
                return None
            every = np.arange(2 * self.count, dtype=np.int32)
            solver.changeColsIntegrality(
                2 * self.count, every, [highspy.HighsVarType.kInteger] * (2 * self.count)
            )
            solver.setOptionValue("mip_max_nodes", _NODES)
            solver.setOptionValue("mip_rel_gap", _GAP)
            solver.run()
            if not solver.getInfo().primal_solution_status:
                return None
            people = np.array(solver.getSolution().col_value)[: 2 * self.count]
        found: Numbers = np.round(people[: self.count] - people[self.count :]).astype(np.int64)
        return found


def _finest(figures: Figures) -> list[int]:
    """Families that no other refines: what makes their cells makes every cell."""
    coarser = {coarse for coarse, _fine, _at in figures.finer()}
    return [number for number in range(len(figures.families)) if number not in coarser]


def _structural(figures: Figures) -> list[list[tuple[int, Numbers]]]:
    """What everybody knows cannot be: by period, columns with the lowest codes that are banned."""
    found = []
    width = len(figures.dims)
    for told in figures.spec.structural:
        for period, name in enumerate(figures.spec.periods):
            ban = []
            for dim, code in told.items():
                held = figures.spec.dims[dim].of(name)
                leaves = [
                    at
                    for at, leaf in enumerate(figures.names[dim])
                    if code in held.above.get(leaf, ())
                ]
                at = period * width + figures.dims.index(dim)
                ban.append((at, np.array(leaves, dtype=np.int64)))
            found.append(ban)
    return found
