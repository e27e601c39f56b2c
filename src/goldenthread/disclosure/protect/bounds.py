"""How large a figure can be at most when everything is withdrawn but what must stay open."""

from __future__ import annotations

import numpy as np

from goldenthread.disclosure.figures import Numbers
from goldenthread.disclosure.protect.demands import WIDTH, Demand
from goldenthread.disclosure.protect.marks import Marks

ENDLESS = 1_000_000_000_000
"""The bound of a figure that nothing bounds."""
_ROUNDS = 12


def bounds(marks: Marks) -> tuple[Numbers, Numbers]:
    """The least and the most that each cell can be for somebody who knows the open headcounts only.

    Every figure that may be withdrawn counts from nought. Whoever knows more can only know the cell
    more narrowly, so that what is out of reach here is out of reach whatever is hidden.
    """
    value = marks.figures.value
    low = np.where(marks.open, value, 0)
    high = np.where(marks.open, value, ENDLESS)
    sums = list(marks.figures.sums())
    for _ in range(_ROUNDS):
        before = int(low.sum()), int(high.sum())
        for total, parts in sums:
            # Parts with nobody in them have no number, so that parts bound no total from above.
            least = int(low[parts].sum())
            low[total] = max(low[total], least)
            high[parts] = np.minimum(high[parts], high[total] - (least - low[parts]))
        if before == (int(low.sum()), int(high.sum())):
            break
    return low, high


def beyond_reach(marks: Marks, threshold: int) -> tuple[Demand, ...]:
    """What the open headcounts alone make impossible of small figures, whatever else is withdrawn.

    A small figure must be able to be at the threshold, and ``WIDTH`` or more from what it is.
    """
    small = np.flatnonzero(marks.small)
    value = marks.figures.value[small]
    need = np.maximum(threshold, value + WIDTH)
    _, high = bounds(marks)
    return tuple(
        Demand(int(small[at]), int(need[at] - value[at]))
        for at in np.flatnonzero(need > high[small])
    )
