"""Hiding as little as may be, with another workforce as the proof for every figure that is hidden.

``hide`` finds what to hide and the people who prove it; what it gives is checked by
``disclosure.verify``, which shares nothing with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from time import monotonic

import numpy as np

from goldenthread.disclosure.people import People
from goldenthread.disclosure.protect.bounds import beyond_reach
from goldenthread.disclosure.protect.demands import WIDTH, Demand, demands_of
from goldenthread.disclosure.protect.lifting import Change
from goldenthread.disclosure.protect.marks import Breakdown, Flags, Marks, mark
from goldenthread.disclosure.protect.search import Search
from goldenthread.disclosure.protect.withdrawing import levels, to_withdraw
from goldenthread.disclosure.spec import Specification

__all__ = ["WIDTH", "Change", "Demand", "Hidden", "Marks", "hide"]

_ROUNDS = 12
# From which round on whole levels are withdrawn, and from which on all but headcounts.
_LEVELS, _EVERYTHING = 5, 8
# What part of the time set may be used to hide what is asked for, and after that without the
# levels that were left; what comes then is soon made.
_FIRST, _SECOND = 0.5, 0.3


@dataclass(frozen=True)
class Hidden:
    """What is hidden of a release, by cell, and the people who prove it.

    ``proofs`` give for each demand the number of a change in ``changes`` that meets it.
    ``withdrawn`` are breakdowns that had to be withdrawn because no ``[c]`` would do.
    """

    marks: Marks
    hidden: Flags
    changes: tuple[Change, ...]
    proofs: tuple[tuple[Demand, int], ...]
    withdrawn: tuple[Breakdown, ...]
    unproved: tuple[Demand, ...]


def hide(
    spec: Specification, people: People, threshold: int, seconds: float | None = None
) -> Hidden:
    """Hide until every small figure may be at the threshold or above in another workforce.

    Where ``seconds`` are set, half of them are for what is asked for; every table and level that
    holds a figure not proved by then is withdrawn whole, and a little later all but the headcounts,
    which is soon proved. What comes of it is as safe and tells
    less; and since a clock decides, it may differ from run to run. The same people and the same
    specification give the same answer where no time is set.
    """
    ends = inf if seconds is None else monotonic() + _FIRST * seconds
    more: list[Breakdown] = []
    changes: tuple[Change, ...] = ()
    marks = mark(spec, people, threshold)
    if lost := beyond_reach(marks, threshold):
        # Nothing that could be hidden or withdrawn helps these, so that no search is begun.
        hidden = (marks.small | marks.withdrawn) & marks.shown
        return Hidden(marks, hidden, (), (), (), lost)
    late = 0
    for number in range(_ROUNDS):
        found = _once(marks, threshold, more, changes, ends)
        if found.unproved and monotonic() >= ends:
            late += 1
            ends = inf if late > 1 or seconds is None else monotonic() + _SECOND * seconds
        before = marks
        while before is marks or np.array_equal(before.withdrawn, marks.withdrawn):
            if late or number >= _LEVELS:
                everything = late > 1 or number >= _EVERYTHING
                new = levels(marks, found.unproved, more, everything=everything)
            else:
                new = to_withdraw(marks, found.unproved, more)
            if not new:
                return found
            more += new
            marks = mark(spec, people, threshold, more)
        changes = found.changes
    return found


def _once(
    marks: Marks,
    threshold: int,
    more: Sequence[Breakdown],
    changes: Sequence[Change],
    ends: float,
) -> Hidden:
    search = Search(marks, threshold, ends)
    search.keep(changes)
    unproved = search.meet(list(demands_of(marks, threshold)))
    search.prune()
    unproved += search.meet_neighbours()
    return Hidden(
        marks,
        search.hidden,
        tuple(search.changes),
        tuple(search.proofs()),
        tuple(more),
        tuple(unproved),
    )
