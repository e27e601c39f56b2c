"""The linear programme over what bounds alone leave open, part by part, with HiGHS.

The solver is never trusted where it says that something is possible: such an answer counts when it
is whole numbers that agree with every sum, checked here with integers. Where it says that nothing
more is possible, its multipliers are made fractions and the combination is added up again.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack

from goldenthread.disclosure.attack.bounds import FAR, HIGH, LOW, Bounds, Contradiction, Sum, Why

_NEAR = 1e-6
_LIKELY_DENOMINATOR = 720_720
_MOST_NODES, _FEW_NODES = 2_000, 100
_CROWD = 10**7
_FEASIBLE = 2  # HiGHS: the solution that it gives fits
Vector = NDArray[np.int64]


class _Silent(highspy.Highs):
    """A model that prints nothing: HiGHS says its name as callbacks are enabled, so hush first."""

    def enableCallbacks(self) -> None:  # noqa: N802 - HiGHS names it
        self.silent()
        super().enableCallbacks()  # type: ignore[no-untyped-call]


@dataclass(frozen=True)
class Answer:
    """What the solver says of one question.

    ``value`` is the greatest or least that the objective can be, None where there is no answer;
    ``values`` are the part's unknowns there, ``whole`` the same where they are whole numbers and
    checked; ``multipliers`` are those of the part's sums.
    """

    value: float | None
    values: NDArray[np.float64]
    whole: Vector | None
    multipliers: NDArray[np.float64]


class Part:
    """Unknowns that hang together through sums, with those sums and one model that is kept.

    ``cells`` are numbers of unknowns, ``sums`` numbers of sums.
    """

    def __init__(self, bounds: Bounds, cells: list[int], sums: list[int]) -> None:
        self.cells, self.sums, self._bounds = cells, sums, bounds
        self.column = {cell: at for at, cell in enumerate(cells)}
        rows: list[int] = []
        columns: list[int] = []
        values: list[int] = []
        least, most = [], []
        for row, number in enumerate(sums):
            one = bounds.sums[number]
            room = _room(bounds, one, self.column)
            least.append(room[0])
            most.append(room[1])
            for which, each in one.terms:
                if which in self.column:
                    rows.append(row)
                    columns.append(self.column[which])
                    values.append(each)
        shape = (len(sums), len(cells))
        self._matrix = csr_matrix((np.array(values, dtype=np.int64), (rows, columns)), shape=shape)
        self._least, self._most = np.array(least), np.array(most)
        # Further than any body has people, and near enough that no programme runs away.
        self.low = np.array([max(bounds.low[cell], -_CROWD) for cell in cells])
        self.high = np.array([min(bounds.high[cell], _CROWD) for cell in cells])
        self._model: highspy.Highs | None = None

    def ask(self, objective: Mapping[int, int], most: bool) -> Answer:
        """The greatest (or least) of a weighted sum of the part's unknowns, by column.

        Raises ``Contradiction`` where nothing fits all that is told.
        """
        model = self._model or self._begin()
        costs = np.zeros(len(self.cells))
        for at, each in objective.items():
            costs[at] = -each if most else each
        model.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)
        model.run()
        if model.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            # Whatever is asked: nothing fits all that is told.
            raise Contradiction(self.cells[0])
        if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return Answer(None, np.zeros(0), None, np.zeros(0))
        solution = model.getSolution()
        value = model.getInfo().objective_function_value
        values, multipliers = np.array(solution.col_value), np.array(solution.row_dual)
        return Answer(
            -value if most else value,
            values,
            self._whole(values),
            -multipliers if most else multipliers,
        )

    def mended(self, values: NDArray[np.float64], reach: int) -> Vector | None:
        """Whole numbers near an answer that is not: what is whole far from a fraction stays.

        ``reach`` is how many sums away from a fraction an unknown may still move.
        """
        free = np.abs(values - np.rint(values)) > _NEAR
        for _ in range(reach):
            touched = np.asarray(abs(self._matrix) @ free.astype(np.int64)) > 0
            free |= np.asarray(abs(self._matrix).T @ touched.astype(np.int64)) > 0
        low, high = self.low.copy(), self.high.copy()
        near = np.clip(np.rint(values).astype(np.int64), low, high)
        low[~free] = high[~free] = near[~free]
        columns = np.flatnonzero(free)
        known = np.asarray(self._matrix @ np.where(free, 0, near))
        inner = self._matrix[:, columns]
        rows = np.flatnonzero(np.diff(inner.indptr))
        left = np.setdiff1d(np.arange(len(known)), rows)
        if ((known[left] < self._least[left]) | (known[left] > self._most[left])).any():
            return None
        lp = _lp(
            inner[rows],
            (low[columns], high[columns]),
            (self._least[rows] - known[rows], self._most[rows] - known[rows]),
        )
        found = _whole_numbers(lp, _FEW_NODES)
        if found is None or isinstance(found, bool):
            return None
        near[columns] = np.rint(found).astype(np.int64)
        return self._whole(near.astype(float))

    def possible(self, objective: Mapping[int, int], least: int) -> Vector | bool | None:
        """Whole numbers for which a weighted sum is at least so much; False where there are none.

        None where the search was ended before it knew; a number of steps ends it and never a clock,
        so that the answer is the same every time.
        """
        at = sorted(objective)
        row = csr_matrix(
            (np.array([objective[one] for one in at]), ([0] * len(at), at)),
            shape=(1, len(self.cells)),
        )
        lp = _lp(
            vstack([self._matrix, row], format="csr"),
            (self.low, self.high),
            (np.append(self._least, least), np.append(self._most, FAR)),
        )
        found = _whole_numbers(lp, _MOST_NODES)
        if found is None or isinstance(found, bool):
            return found
        return self._whole(found)

    def why(self, objective: Mapping[int, int], answer: Answer, most: bool) -> Why | None:
        """Why a weighted sum is no more (or no less): the combination that the multipliers give.

        None where the combination, added up exactly, does not come to the answer.
        """
        if answer.value is None:
            return None
        weight: dict[int, Fraction] = {
            self.cells[at]: Fraction(each) for at, each in objective.items()
        }
        for row in np.flatnonzero(np.abs(answer.multipliers) > _NEAR):
            each = Fraction(float(answer.multipliers[row])).limit_denominator(_LIKELY_DENOMINATOR)
            one = self._bounds.sums[self.sums[row]]
            edge = one.most if (each > 0) == most else one.least
            if edge != 0:
                return None
            for which, coefficient in one.terms:
                weight[which] = weight.get(which, Fraction(0)) - each * coefficient
        asked = []
        for which, each in sorted(weight.items()):
            if each:
                side = HIGH if (each > 0) == most else LOW
                held = self._bounds.high[which] if side == HIGH else self._bounds.low[which]
                if not -FAR < held < FAR:
                    return None
                asked.append((which, side, each))
        found = self._bounds.combine(asked)
        limit = answer.value + 0.5 if most else answer.value - 0.5
        return found if (found.value <= limit if most else found.value >= limit) else None

    def _begin(self) -> highspy.Highs:
        model = _Silent()  # type: ignore[no-untyped-call]
        # What was possible stays possible when the question changes: primal steps from there.
        model.setOptionValue("solver", "simplex")
        model.setOptionValue("simplex_strategy", 4)
        model.passModel(_lp(self._matrix, (self.low, self.high), (self._least, self._most)))
        self._model = model
        return model

    def _whole(self, values: NDArray[np.float64]) -> Vector | None:
        near = np.rint(values)
        if np.abs(values - near).max(initial=0.0) > _NEAR:
            return None
        whole = near.astype(np.int64)
        if (whole < self.low).any() or (whole > self.high).any():
            return None
        total = self._matrix @ whole
        return whole if ((total >= self._least) & (total <= self._most)).all() else None


def _lp(
    matrix: csr_matrix, columns: tuple[Vector, Vector], rows: tuple[Vector, Vector]
) -> highspy.HighsLp:
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = matrix.shape
    lp.col_cost_ = np.zeros(matrix.shape[1])
    lp.col_lower_, lp.col_upper_ = map(_far, columns)
    lp.row_lower_, lp.row_upper_ = map(_far, rows)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = matrix.indptr.astype(np.int32)
    lp.a_matrix_.index_ = matrix.indices.astype(np.int32)
    lp.a_matrix_.value_ = matrix.data.astype(float)
    return lp


def _whole_numbers(lp: highspy.HighsLp, nodes: int) -> NDArray[np.float64] | bool | None:
    """Any whole numbers that fit, False where there are none, None where the search was ended."""
    model = _Silent()  # type: ignore[no-untyped-call]
    lp.integrality_ = [highspy.HighsVarType.kInteger] * lp.num_col_
    model.passModel(lp)
    model.setOptionValue("mip_max_nodes", nodes)
    model.setOptionValue("mip_max_improving_sols", 1)
    model.run()
    if model.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
        return False
    if model.getInfo().primal_solution_status != _FEASIBLE:
        return None
    return np.array(model.getSolution().col_value)


def _far(values: Vector) -> NDArray[np.float64]:
    found = values.astype(float)
    found[values >= FAR // 2] = highspy.kHighsInf
    found[values <= -FAR // 2] = -highspy.kHighsInf
    return found


def _room(bounds: Bounds, one: Sum, inside: Container[int]) -> tuple[int, int]:
    """Between what the terms of a sum that are inside may come to, whatever the others are."""
    least, most = _span(bounds, [term for term in one.terms if term[0] not in inside])
    return (
        -FAR if one.least <= -FAR or most >= FAR else one.least - most,
        FAR if one.most >= FAR or least <= -FAR else one.most - least,
    )


def _span(bounds: Bounds, terms: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """The least and the most that terms may come to by their bounds alone."""
    least = most = 0
    for which, each in terms:
        edges = bounds.low[which], bounds.high[which]
        low, high = edges if each > 0 else edges[::-1]
        least = -FAR if least <= -FAR or abs(low) >= FAR else least + each * low
        most = FAR if most >= FAR or abs(high) >= FAR else most + each * high
    return least, most


def parts(bounds: Bounds, among: Iterable[int]) -> list[Part]:
    """The parts into which the unknowns that are not settled fall, the first unknown first.

    Unknowns that are not among them may be anything between their bounds. A sum that bounds alone
    keep is left out.
    """
    open_ = [cell for cell in among if bounds.low[cell] < bounds.high[cell]]
    inside = set(open_)
    root = {cell: cell for cell in open_}

    def find(cell: int) -> int:
        while root[cell] != cell:
            root[cell] = root[root[cell]]
            cell = root[cell]
        return cell

    held: list[tuple[int, int]] = []
    for number, one in enumerate(bounds.sums):
        free = [which for which, _ in one.terms if which in inside]
        if not free:
            continue
        room = _room(bounds, one, inside)
        least, most = _span(bounds, [term for term in one.terms if term[0] in inside])
        if room[0] <= least and most <= room[1]:
            continue
        held.append((number, free[0]))
        for other in free[1:]:
            a, b = find(free[0]), find(other)
            root[max(a, b)] = min(a, b)
    cells: dict[int, list[int]] = {}
    sums: dict[int, list[int]] = {}
    for cell in open_:
        cells.setdefault(find(cell), []).append(cell)
    for number, cell in held:
        sums.setdefault(find(cell), []).append(number)
    return [Part(bounds, one, sums.get(first, [])) for first, one in cells.items()]
