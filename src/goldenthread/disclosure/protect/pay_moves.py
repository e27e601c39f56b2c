"""Other pay of the same people that fits what is told: found, dealt out to people, and checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

import highspy
import numpy as np
from numpy.typing import NDArray

from goldenthread.disclosure.figures import Numbers
from goldenthread.disclosure.protect.dealing import Dealing
from goldenthread.disclosure.protect.earners import Earners
from goldenthread.disclosure.protect.pay_rules import Gap, Mean, Median, PayRules
from goldenthread.disclosure.protect.solver import quiet

Told = Mean | Median | Gap

_HEAD = 1000
_MOVE, _CROSSING = 0.001, 0.05
_SHRINK = (1.0, 0.5)
_GAP_ROOM = 0.8
_WITHIN = ("none", "others", "all")


@dataclass(frozen=True)
class _Option:
    """A pair of changes, up and down, the figures that they would hide, and what those cost."""

    pays: tuple[Numbers, Numbers]
    broken: frozenset[int]
    cost: float


class PayMoves:
    """Changes of pay, and the figures told: those that every change leaves right.

    ``told`` are the figures that the rules on single figures allow. A target is proved where one
    change raises its total by more than the rules ask and another lowers it by as much.
    """

    def __init__(self, earners: Earners, told: list[Told], rules: PayRules) -> None:
        self.earners, self.rules, self.told = earners, rules, told
        self._number = {one: at for at, one in enumerate(told)}
        self._shown = [True] * len(told)
        self._touching: dict[int, list[int]] = {}
        for at, one in enumerate(told):
            for row in _rows(one):
                self._touching.setdefault(row, []).append(at)
        heads = {row for cell, row in earners.cell_rows().items() if _is_head(earners, cell)}
        self.price = [
            (min(earners.people[row] for row in _rows(one)) + 0.5)
            * (_HEAD if set(_rows(one)) <= heads else 1)
            for one in told
        ]
        self._changes: list[Numbers] = []
        self._by_atom: dict[int, list[tuple[int, int]]] = {}
        self._proved: dict[int, tuple[int, int]] = {}
        self._dealing: Dealing | None = None
        self._groups: Numbers | None = None
        self._programme: _Programme | None = None

    def is_shown(self, one: Told) -> bool:
        """Whether a figure is told."""
        return self._shown[self._number[one]]

    def is_proved(self, row: int) -> bool:
        """Whether a target has its two changes."""
        return row in self._proved

    def used(self) -> Iterator[tuple[Numbers, Numbers]]:
        """Each change: which earners, and by how many pence."""
        for new in self._changes:
            by = new - self.earners.pay
            at = np.flatnonzero(by)
            yield at, by[at]

    def hide_all(self) -> None:
        """Tell nothing of pay."""
        self._shown = [False] * len(self.told)

    def need(self, row: int) -> int:
        """By how many pence a total must be able to move, either way.

        More than a tenth; of a hidden cell of many, whose total is nobody's pay, more than a tenth
        of one average pay.
        """
        earners = self.earners
        shares = 1 if earners.is_close(row, self.rules) else earners.people[row]
        return earners.total[row] * self.rules.apart // (100 * shares) + 1

    def prove(self, row: int) -> None:
        """Find changes that prove a target, and hide what they would make wrong."""
        if row in self._proved or self._reuse(row):
            return
        inner = self._option(row, self._inside(row))
        best = inner
        if best is None or best.broken:
            for shrink, within in product(_SHRINK, _WITHIN):
                found = self._option(row, self._solved(row, shrink, within))
                if found is not None and (best is None or found.cost < best.cost):
                    best = found
                if best is not None and not best.broken:
                    break
        best = best or self._option(row, self._alone(row))
        assert best is not None  # noqa: S101 - somebody's pay alone can always differ
        numbers = [self._keep(pay) for pay in best.pays]
        self._proved[row] = (numbers[0], numbers[1])
        for at in best.broken:
            self._shown[at] = False
        if best.broken:
            self._dealing = self._groups = None
            if self._programme is not None:
                self._programme.free(best.broken)

    def left_over(self) -> set[int]:
        """What can be worked out of the totals told, where that is of too few people."""
        earners = self.earners
        known = {
            row
            for at, one in enumerate(self.told)
            if self._shown[at] and not isinstance(one, Median)
            for row in _rows(one)
        }
        found = set(earners.below(known))
        held = sorted(known, key=lambda row: (earners.people[row], row))
        parts = {row: set(earners.atoms_of[row].tolist()) for row in held}
        for at, small in enumerate(held):
            for large in held[at + 1 :]:
                if earners.people[large] - earners.people[small] >= self.rules.mean_least:
                    break
                if parts[small] < parts[large]:
                    found.add(earners.row(np.array(sorted(parts[large] - parts[small]))))
        found.update(earners.worked_out(known, self.rules.mean_least))
        return {row for row in found if earners.is_close(row, self.rules)}

    # How changes are found.

    def _reuse(self, row: int) -> bool:
        moved: dict[int, int] = {}
        for atom in self.earners.atoms_of[row].tolist():
            for change, by in self._by_atom.get(atom, ()):
                moved[change] = moved.get(change, 0) + by
        need = self.need(row)
        up = next((change for change, by in moved.items() if by >= need), None)
        down = next((change for change, by in moved.items() if by <= -need), None)
        if up is None or down is None:
            return False
        self._proved[row] = (up, down)
        return True

    def _inside(self, row: int) -> dict[int, int] | None:
        """A shift between two atoms that no figure told has apart, one of them in the row."""
        earners, need = self.earners, self.need(row)
        groups = self._group()
        mine = earners.atoms_of[row]
        inside = np.zeros(len(earners.size), dtype=bool)
        inside[mine] = True
        for atom in mine[np.argsort(-earners.sums[mine], kind="stable")].tolist():
            others = np.flatnonzero((groups == groups[atom]) & ~inside & ~earners.unknown)
            if len(others) and earners.sums[atom] >= need:
                other = int(others[np.argmax(earners.sums[others])])
                if earners.sums[other] >= need:
                    return {atom: need, other: -need}
        return None

    def _group(self) -> Numbers:
        if self._groups is None:
            self._groups = self._together()
        return self._groups

    def _together(self) -> Numbers:
        """Of each atom the number of those that are in the same totals told."""
        marks: list[list[int]] = [[] for _ in range(len(self.earners.size))]
        rows = {
            row
            for at, one in enumerate(self.told)
            if self._shown[at] and not isinstance(one, Median)
            for row in _rows(one)
        }
        for row in sorted(rows):
            for atom in self.earners.atoms_of[row].tolist():
                marks[atom].append(row)
        number: dict[tuple[int, ...], int] = {}
        return np.array([number.setdefault(tuple(one), len(number)) for one in marks])

    def _alone(self, row: int) -> dict[int, int]:
        left, found = self.need(row), {}
        atoms = self.earners.atoms_of[row]
        for atom in atoms[np.argsort(-self.earners.sums[atoms], kind="stable")].tolist():
            found[atom] = min(left, int(self.earners.sums[atom]))
            left -= found[atom]
        return {atom: by for atom, by in found.items() if by}

    def _solved(self, row: int, shrink: float, within: str) -> dict[int, int] | None:
        """The cheapest change; ``within`` says whose pay keeps to its side of each median told."""
        if self._programme is None:
            self._programme = _Programme(self.earners, self.told, self.price)
            self._programme.free({at for at, shown in enumerate(self._shown) if not shown})
        dealt = self._dealt()
        most = np.where(self.earners.unknown, 0, self.earners.sums)
        if within != "none":
            kept = np.minimum(most, dealt.room)
            if within == "others":
                mine = self.earners.atoms_of[row]
                kept[mine] = most[mine]
            most = kept
        return self._programme.ask(row, self.need(row) + 1, shrink, most, dealt.is_rigid)

    def _dealt(self) -> Dealing:
        if self._dealing is None:
            medians = [
                one
                for at, one in enumerate(self.told)
                if self._shown[at] and isinstance(one, Median)
            ]
            self._dealing = Dealing(self.earners, medians, self._group())
        return self._dealing

    def _option(self, row: int, by: dict[int, int] | None) -> _Option | None:
        """The change both ways, dealt out to people, and what it would hide."""
        if by is None:
            return None
        mine = set(self.earners.atoms_of[row].tolist())
        inside = np.isin(self.earners.atom, sorted(mine))
        pays, broken = [], set()
        for sign in (1, -1):
            new = self._dealt().deal({atom: sign * each for atom, each in by.items()}, inside)
            if new is None or sign * int((new - self.earners.pay)[inside].sum()) < self.need(row):
                return None
            pays.append(new)
            broken |= self._broken(new)
        cost = sum(self.price[at] for at in broken)
        return _Option((pays[0], pays[1]), frozenset(broken), cost)

    def _broken(self, new: Numbers) -> set[int]:
        """The figures told that would be others with this pay."""
        earners = self.earners
        moved: dict[int, int] = {}
        for at in np.flatnonzero(new != earners.pay).tolist():
            by = int(new[at] - earners.pay[at])
            for row in earners.rows_of[int(earners.atom[at])]:
                moved[row] = moved.get(row, 0) + by
        broken: set[int] = set()
        for row in moved:
            for at in self._touching.get(row, ()):
                if not self._shown[at] or at in broken:
                    continue
                one = self.told[at]
                if isinstance(one, Mean):
                    right = one.of(one.total + moved[row]) == one.value
                elif isinstance(one, Gap):
                    totals = [
                        t + moved.get(r, 0) for r, t in zip(one.rows, one.totals, strict=True)
                    ]
                    right = one.of(*totals) == one.value
                else:
                    right = self._dealt().is_right(one, new)
                if not right:
                    broken.add(at)
        return broken

    def _keep(self, new: Numbers) -> int:
        number = len(self._changes)
        self._changes.append(new)
        by_atom: dict[int, int] = {}
        for at in np.flatnonzero(new != self.earners.pay).tolist():
            atom = int(self.earners.atom[at])
            by_atom[atom] = by_atom.get(atom, 0) + int(new[at] - self.earners.pay[at])
        for atom, by in by_atom.items():
            self._by_atom.setdefault(atom, []).append((number, by))
        return number


class _Programme:
    """The cheapest change of what atoms earn in which a total moves, asked again and again.

    A column for the rise and one for the fall of each atom, and of each mean and gap told two by
    which it may be wrong, at the price of hiding it. What is right must be so with the change
    turned round too.
    """

    def __init__(self, earners: Earners, told: list[Told], price: list[float]) -> None:
        self.earners = earners
        self.atoms = len(earners.size)
        self._row_of: dict[int, int] = {}
        self._room: list[float] = []
        rows: list[tuple[NDArray[np.int64], NDArray[np.float64]]] = []
        prices: list[float] = []
        for at, one in enumerate(told):
            if isinstance(one, Median):
                continue
            self._row_of[at] = len(rows)
            weights = np.zeros(self.atoms)
            if isinstance(one, Mean):
                weights[earners.atoms_of[one.row]] = 1.0
                self._room.append(_room_of_mean(one))
            else:
                room, slope = _room_of_gap(one)
                weights[earners.atoms_of[one.rows[0]]] += 1.0
                weights[earners.atoms_of[one.rows[1]]] -= slope
                self._room.append(room)
            places = np.flatnonzero(weights)
            rows.append((places, weights[places]))
            prices.append(price[at])
        self._solver = self._model(rows, np.array(prices))

    def _model(
        self, rows: list[tuple[NDArray[np.int64], NDArray[np.float64]]], price: NDArray[np.float64]
    ) -> highspy.Highs:
        atoms, many = self.atoms, len(rows)
        most = np.where(self.earners.unknown, 0, self.earners.sums).astype(np.float64)
        far = np.full(2 * many, highspy.kHighsInf)
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = 2 * (atoms + many), many
        model.col_cost_ = np.concatenate([np.full(2 * atoms, _MOVE), price, price])
        model.col_lower_ = np.zeros(2 * (atoms + many))
        model.col_upper_ = np.concatenate([most, most, far])
        model.row_lower_ = -np.array(self._room)
        model.row_upper_ = np.array(self._room)
        starts, places, weights = [0], [np.empty(0, dtype=np.int64)], [np.empty(0)]
        for at, (held, weight) in enumerate(rows):
            own = np.array([2 * atoms + at, 2 * atoms + many + at])
            places += [held, held + atoms, own]
            weights += [weight, -weight, np.array([1.0, -1.0])]
            starts.append(starts[-1] + 2 * len(held) + 2)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.array(starts)
        model.a_matrix_.index_ = np.concatenate(places)
        model.a_matrix_.value_ = np.concatenate(weights)
        solver = quiet()
        solver.silent()
        solver.passModel(model)
        return solver

    def free(self, figures: Iterable[int]) -> None:
        """These figures are told no longer."""
        for at in figures:
            if at in self._row_of:
                self._room[self._row_of[at]] = highspy.kHighsInf

    def ask(
        self, row: int, rise: int, shrink: float, most: Numbers, rigid: NDArray[np.bool_]
    ) -> dict[int, int] | None:
        """By how much each atom is to earn more or less, in whole pence; None where none is found.

        No atom moves by more than ``most``; ``rigid`` atoms are those in which somebody would
        change sides of a median told. Of the room of each figure the share ``shrink`` is used.
        """
        solver, atoms = self._solver, self.atoms
        for at, room in enumerate(self._room):
            solver.changeRowBounds(at, -room * shrink, room * shrink)
        costs = np.tile(np.where(rigid, _CROSSING, _MOVE), 2)
        every = np.arange(2 * atoms, dtype=np.int32)
        solver.changeColsCost(2 * atoms, every, costs)
        bounds = np.tile(most.astype(np.float64), 2)
        solver.changeColsBounds(2 * atoms, every, np.zeros(2 * atoms), bounds)
        mine = self.earners.atoms_of[row]
        places = np.concatenate([mine, mine + atoms]).astype(np.int32)
        signs = np.concatenate([np.ones(len(mine)), -np.ones(len(mine))])
        solver.addRow(float(rise), highspy.kHighsInf, len(places), places, signs)
        try:
            solver.clearSolver()
            solver.run()
            if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                return None
            held = np.array(solver.getSolution().col_value)
        finally:
            solver.deleteRows(1, np.array([len(self._room)], dtype=np.int32))
        by = np.rint(held[:atoms] - held[atoms : 2 * atoms]).astype(np.int64)
        return {int(atom): int(by[atom]) for atom in np.flatnonzero(by)}


def _rows(one: Told) -> tuple[int, ...]:
    return one.rows if isinstance(one, Gap) else (one.row,)


def _is_head(earners: Earners, cell: int) -> bool:
    """Whether a cell is the body or one of its directorates, by nothing else."""
    codes = earners.figures.codes(cell)
    if not codes:
        return True
    figures = earners.figures
    period = figures.families[int(figures.family[cell])].period
    held = figures.spec.dims["org"].of(figures.spec.periods[period]) if "org" in codes else None
    return held is not None and set(codes) == {"org"} and held.depths[codes["org"]] == 1


def _room_of_mean(one: Mean) -> float:
    """By how many whole pence a total may rise or fall with its mean told alike."""
    scale, step = 2 * 10**one.dp, 200 * one.people
    low = -(-(step * one.value - step // 2) // scale)
    high = (step * one.value + step // 2 - 1) // scale
    return float(max(min(high - one.total, one.total - low), 0))


def _room_of_gap(one: Gap) -> tuple[float, float]:
    """The room of the group's total, and how much of it one penny of the reference takes up."""
    (ours, theirs), (group, reference) = one.people, one.totals
    unit = ours * reference / theirs / (100 * 10**one.dp)
    exact = 100 * 10**one.dp * (1 - group * theirs / (reference * ours))
    room = 0.5 - abs(exact - one.value)
    return max(room, 0.0) * unit * _GAP_ROOM, group / reference
