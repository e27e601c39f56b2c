"""Hiding as little as may be, with another workforce as the proof for every figure that is hidden.

``hide`` finds what to hide and the people who prove it; what it gives is checked by
``disclosure.verify``, which shares nothing with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goldenthread.disclosure.people import People
from goldenthread.disclosure.protect.bounds import beyond_reach
from goldenthread.disclosure.protect.demands import WIDTH, Demand, demands_of
from goldenthread.disclosure.protect.lifting import Change
from goldenthread.disclosure.protect.marks import Breakdown, Flags, Marks, mark
from goldenthread.disclosure.protect.search import Search
from goldenthread.disclosure.protect.withdrawing import to_withdraw
from goldenthread.disclosure.spec import Specification

__all__ = ["WIDTH", "Change", "Demand", "Hidden", "Marks", "hide"]

_ROUNDS = 12


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


def hide(spec: Specification, people: People, threshold: int) -> Hidden:
    """Hide until every small figure may be at the threshold or above in another workforce."""
    more: list[Breakdown] = []
    changes: tuple[Change, ...] = ()
    marks = mark(spec, people, threshold)
    if lost := beyond_reach(marks, threshold):
        # Nothing that could be hidden or withdrawn helps these, so that no search is begun.
        hidden = (marks.small | marks.withdrawn) & marks.shown
        return Hidden(marks, hidden, (), (), (), lost)
    for _ in range(_ROUNDS):
        found = _once(marks, threshold, more, changes)
        new = to_withdraw(marks, found.unproved, more)
        if not new:
            return found
        more += new
        changes = found.changes
        marks = mark(spec, people, threshold, more)
    return found


def _once(
    marks: Marks, threshold: int, more: Sequence[Breakdown], changes: Sequence[Change]
) -> Hidden:
    search = Search(marks, threshold)
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
