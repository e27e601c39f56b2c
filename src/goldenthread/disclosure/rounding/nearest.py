"""Multiples of five near the true figures that add up in every table and hierarchy at once.

Each figure is one of the two multiples beside it, and one that is a multiple already stays. Which
of the two is chosen so that every sum holds and figures are near; the headcounts of the body and
of its directorates weigh most. HiGHS looks; what it finds is checked with whole numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack, identity, vstack

from goldenthread.disclosure.rounding.cube import Cube, Flags, Numbers

Costs = NDArray[np.float64]

BASE = 5
ROOM = BASE - 1
"""How far a figure shown may be from the true one at most."""

_HEADCOUNT = 50.0
_WIDER = 200.0
# What it costs that a figure changes between periods; where it is small, the same people are often
# all there is to doubt it by in each.
_APART, _APART_SMALL = 0.5, 3.0
_STAYS, _TURNS = 5.0, 40.0
_FARTHER = 8
_FOUND = 2  # HiGHS: the solution that it gives fits
_NODES = 200
_GAP = 0.02


class Silent(highspy.Highs):
    """A model that prints nothing: HiGHS says its name as callbacks are enabled, so hush first."""

    def enableCallbacks(self) -> None:  # noqa: N802 - HiGHS names it
        """Hush, then do as HiGHS does."""
        self.silent()
        super().enableCallbacks()  # type: ignore[no-untyped-call]


@dataclass(frozen=True)
class Nearest:
    """What is shown of each asked cell, and which cells could not be brought near and add up."""

    shown: Numbers
    withdrawn: Flags


def nearest(
    cube: Cube, threshold: int, before: Numbers | None = None, other: Sequence[int] = ()
) -> Nearest | None:
    """Rounded figures of all asked cells that add up, None where the search found none.

    With ``before``, figures that were shown, as few as can be are changed, and as many as can be
    of the cells ``other``, which want the other of their two multiples.
    Where no figures less than ``BASE`` away add up, as few as could be found are let go farther and
    are withdrawn. A multiple from which the reader would know that somebody, and fewer people than
    the threshold, are in a cell is none to choose.
    """
    value = cube.value
    there = np.flatnonzero(value > 0)
    place = np.full(cube.count, -1, dtype=np.int64)
    place[there] = np.arange(len(there))
    near = value[there]
    low, high = near // BASE, -(-near // BASE)
    for limit, instead in ((low, high), (high, low)):
        wrong = (limit > 0) & (BASE * limit + ROOM < threshold)
        limit[wrong] = instead[wrong]
    lost = ((low > 0) & (BASE * low + ROOM < threshold)) | ~cube.told[there]
    rows = _rows(cube, place)
    weight = np.ones(len(there))
    heads = place[cube.headcounts()]
    weight[heads[heads >= 0]] = _HEADCOUNT
    cost = weight * (np.abs(BASE * high - near) - np.abs(BASE * low - near))
    if before is not None:
        stays = np.full(len(there), _STAYS)
        stays[place[np.array(other, dtype=np.int64)]] = -_TURNS
        cost = 0.1 * cost + np.where(before[there] == BASE * low, stays, -stays) * (low != high)
    cost[lost] = 0.0
    columns = cost, np.where(lost, 0, low), np.where(lost, near // BASE + _FARTHER, high)
    pairs = place[cube.beside()]
    pairs = pairs[np.abs(near[pairs[:, 0]] - near[pairs[:, 1]]) < BASE]
    apart = np.where(near[pairs].min(axis=1) < threshold + BASE, _APART_SMALL, _APART)
    found = _solve(rows, columns, pairs, apart)
    if found is None and before is None:
        found = _solve(rows, columns, pairs, apart, _WIDER * weight)
    if found is None:
        return None
    if (rows @ found != 0).any():
        return None
    shown = np.zeros(cube.count, dtype=np.int64)
    shown[there] = BASE * found
    away = np.abs(shown - value) > ROOM
    small = (shown > 0) & (shown + ROOM < threshold)
    return Nearest(shown, cube.told & (away | small))


def _rows(cube: Cube, place: Numbers) -> csr_matrix:
    """The sums between cells that hold anybody: whole less parts is nought."""
    rows, columns, signs = [], [], []
    count = 0
    for whole, parts in cube.sums():
        there = place[whole] >= 0
        whole, parts = place[whole[there]], place[parts[there]]
        number = np.arange(len(whole)) + count
        inside = parts >= 0
        rows += [number, np.repeat(number, parts.shape[1])[inside.ravel()]]
        columns += [whole, parts.ravel()[inside.ravel()]]
        signs += [np.ones(len(whole)), -np.ones(int(inside.sum()))]
        count += len(whole)
    shape = (count, int((place >= 0).sum()))
    if not count:
        return csr_matrix(shape)
    data = (np.concatenate(signs), (np.concatenate(rows), np.concatenate(columns)))
    return csr_matrix(data, shape=shape)


def _solve(
    rows: csr_matrix,
    columns: tuple[Costs, Numbers, Numbers],
    pairs: Numbers,
    price: Costs,
    wider: Costs | None = None,
) -> Numbers | None:
    """Whole numbers between bounds at the least cost for which every row is nought.

    ``columns`` are cost, least and most of each. The two of a pair are alike, at a
    ``price`` where they are not.
    With ``wider``, a price for each, columns may go beyond their bounds by whole numbers.
    """
    cost, least, most = (each.astype(float) for each in columns)
    count = len(cost)
    matrix = rows
    if wider is not None:
        matrix = hstack([rows, rows, -rows], format="csr")
        cost = np.concatenate([cost, wider, wider])
        most = np.concatenate([most, np.full(count, _FARTHER), np.minimum(least, _FARTHER)])
        least = np.concatenate([least, np.zeros(2 * count)])
    apart = len(pairs)
    if apart:
        # How far the two are apart is a column of its own, at least the one less the other.
        at = np.arange(apart)
        ends = csr_matrix(
            (np.tile([1.0, -1.0], apart), (np.repeat(at, 2), pairs.ravel())),
            shape=(apart, matrix.shape[1]),
        )
        gap = identity(apart, format="csr")
        matrix = vstack(
            [
                hstack([matrix, csr_matrix((matrix.shape[0], apart))]),
                hstack([ends, -gap]),
                hstack([-ends, -gap]),
            ],
            format="csr",
        )
        cost = np.concatenate([cost, price])
        least = np.concatenate([least, np.zeros(apart)])
        most = np.concatenate([most, np.full(apart, _FARTHER)])
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = matrix.shape
    model.col_cost_, model.col_lower_, model.col_upper_ = cost, least, most
    low = np.zeros(matrix.shape[0])
    low[rows.shape[0] :] = -highspy.kHighsInf
    model.row_lower_, model.row_upper_ = low, np.zeros(matrix.shape[0])
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = matrix.indptr.astype(np.int32)
    model.a_matrix_.index_ = matrix.indices.astype(np.int32)
    model.a_matrix_.value_ = matrix.data.astype(float)
    model.integrality_ = [highspy.HighsVarType.kInteger] * (len(cost) - apart) + [
        highspy.HighsVarType.kContinuous
    ] * apart
    solver = Silent()  # type: ignore[no-untyped-call]
    # Steps end the search and never a clock, so that the answer is the same every time.
    for name, setting in (("random_seed", 1), ("mip_max_nodes", _NODES),
                          ("mip_rel_gap", _GAP)):  # fmt: skip
        solver.setOptionValue(name, setting)
    solver.passModel(model)
    solver.run()
    held = np.array(solver.getSolution().col_value)
    if solver.getInfo().primal_solution_status != _FOUND or len(held) != len(cost):
        return None
    whole = np.rint(held).astype(np.int64)
    found: Numbers = whole[:count]
    if wider is not None:
        found = found + whole[count : 2 * count] - whole[2 * count : 3 * count]
    return found
