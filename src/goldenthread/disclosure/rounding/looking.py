"""A workforce by whole-number programme, for what moving one person after another did not reach."""

from __future__ import annotations

import highspy
import numpy as np
from scipy.sparse import csr_matrix, hstack

from goldenthread.disclosure.rounding.cube import NOWHERE, Cube, Flags, Numbers
from goldenthread.disclosure.rounding.nearest import Silent

_MOST_KINDS = 4_000
_NODES = 60
_REACH = 12
_FAR = 10**8
_FOUND = 2  # HiGHS: the solution that it gives fits


def look(
    cube: Cube, bounds: tuple[Numbers, Numbers], cell: int, goal: tuple[int, int], made: Numbers
) -> tuple[Numbers, Numbers] | None:
    """Kinds of people and how many more of each, so that a count lies between two, or None.

    All other cells stay between ``bounds``. ``made`` are kinds that may be new. Of people who are
    there, those are tried who differ in at most two dimensions from somebody in the cell, or from
    whom it could be filled. The answer is whole people, checked with whole numbers.
    """
    inside = (cube.places == cell).any(axis=1)
    near = _near(cube, cube.kinds[inside], len(cube.dims))
    kinds = np.unique(np.concatenate([cube.kinds[near], made]), axis=0)
    if len(kinds) > _MOST_KINDS:
        kinds = np.unique(np.concatenate([cube.kinds[inside], made]), axis=0)[:_MOST_KINDS]
    number = {kind.tobytes(): int(size) for kind, size in zip(cube.kinds, cube.sizes, strict=True)}
    sizes = np.array([number.get(kind.tobytes(), 0) for kind in kinds], dtype=np.int64)
    places = cube.places_of(kinds)
    there = places != NOWHERE
    touched, row = np.unique(places[there], return_inverse=True)
    column = np.repeat(np.arange(len(kinds)), there.sum(axis=1))
    shape = (len(touched), len(kinds))
    matrix = csr_matrix((np.ones(len(row), dtype=np.int64), (row, column)), shape=shape)
    value = cube.value[touched]
    low, high = bounds[0][touched] - value, bounds[1][touched] - value
    at = np.flatnonzero(touched == cell)
    if not len(at):
        return None
    low[at], high[at] = goal[0] - value[at], goal[1] - value[at]
    found = _solve(matrix, low, high, sizes)
    if found is None:
        return None
    moved = matrix @ found
    if (moved < low).any() or (moved > high).any() or (sizes + found < 0).any() or not found.any():
        return None
    changed = np.flatnonzero(found)
    return kinds[changed], found[changed]


def _near(cube: Cube, held: Numbers, width: int) -> Flags:
    """Kinds that differ in at most two dimensions from one of these, there in the same periods."""
    found = np.zeros(len(cube.kinds), dtype=bool)
    periods = cube.kinds.shape[1] // max(width, 1)
    for kind in held:
        other = (cube.kinds != kind).reshape(-1, periods, width).any(axis=1).sum(axis=1)
        present = ((cube.kinds == NOWHERE) == (kind == NOWHERE)).all(axis=1)
        found |= (other <= 2) & present
    return found


def _solve(matrix: csr_matrix, low: Numbers, high: Numbers, sizes: Numbers) -> Numbers | None:
    count = len(sizes)
    both = hstack([matrix, -matrix], format="csr")
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = 2 * count, matrix.shape[0]
    model.col_cost_ = np.ones(2 * count)
    model.col_lower_ = np.zeros(2 * count)
    model.col_upper_ = np.concatenate([np.full(count, _REACH), np.minimum(sizes, _REACH)])
    model.row_lower_ = np.where(low < -_FAR, -highspy.kHighsInf, low).astype(float)
    model.row_upper_ = np.where(high > _FAR, highspy.kHighsInf, high).astype(float)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = both.indptr.astype(np.int32)
    model.a_matrix_.index_ = both.indices.astype(np.int32)
    model.a_matrix_.value_ = both.data.astype(float)
    model.integrality_ = [highspy.HighsVarType.kInteger] * (2 * count)
    solver = Silent()  # type: ignore[no-untyped-call]
    for name, setting in (("random_seed", 1), ("mip_max_nodes", _NODES),
                          ("mip_max_improving_sols", 1)):  # fmt: skip
        solver.setOptionValue(name, setting)
    solver.passModel(model)
    solver.run()
    if solver.getInfo().primal_solution_status != _FOUND:
        return None
    held = np.rint(np.array(solver.getSolution().col_value)).astype(np.int64)
    found: Numbers = held[:count] - held[count:]
    return found
