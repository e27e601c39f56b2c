"""Which cells are likely to be hidden: a small linear programme that asks for companions only."""

from __future__ import annotations

import highspy
import numpy as np
from numpy.typing import NDArray

from goldenthread.disclosure.figures import NOWHERE
from goldenthread.disclosure.protect.marks import Flags
from goldenthread.disclosure.protect.solver import quiet
from goldenthread.disclosure.protect.swaps import Swaps

_TOO_DEAR = 60
"""A cell of more people than this is hidden as a companion only where nothing else will do."""


def covering(swaps: Swaps, hidden: Flags) -> NDArray[np.float64]:
    """Of each (merged) cell how much of it would be hidden at least, from 0 to 1.

    A hidden cell needs another hidden one in every sum that it stands in, or the sum gives it back.
    So for each cell c of each sum: the others together are hidden at least as much as c.
    """
    count = len(swaps.tables)
    fixed = swaps.rises == 0
    dear = (swaps.people > _TOO_DEAR * np.maximum(swaps.tables, 1)) & ~hidden
    starts, places, signs = [0], [], []
    for held in swaps.rows:
        row = held[held != NOWHERE]
        if dear[row].all():
            continue
        for at, cell in enumerate(row):
            if dear[cell] or fixed[cell]:
                continue
            signed = np.ones(len(row))
            signed[at] = -1.0
            places.append(row)
            signs.append(signed)
            starts.append(starts[-1] + len(row))
    model = highspy.HighsLp()
    model.num_col_ = count
    model.num_row_ = len(starts) - 1
    model.col_cost_ = np.maximum(swaps.people, 0.01)
    model.col_lower_ = np.where(hidden, 1.0, 0.0)
    model.col_upper_ = np.maximum(np.where(fixed, 0.0, 1.0), model.col_lower_)
    model.row_lower_ = np.zeros(model.num_row_)
    model.row_upper_ = np.full(model.num_row_, highspy.kHighsInf)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.array(starts)
    model.a_matrix_.index_ = np.concatenate(places) if places else np.empty(0, dtype=np.int32)
    model.a_matrix_.value_ = np.concatenate(signs) if signs else np.empty(0)
    solver = quiet()
    solver.silent()
    solver.passModel(model)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return hidden.astype(np.float64)
    return np.array(solver.getSolution().col_value)
