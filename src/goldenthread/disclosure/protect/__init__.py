"""Hiding as little as may be, with another workforce as the proof for every figure that is hidden.

``hide`` finds what to hide and the people who prove it; what it gives is checked by
``disclosure.verify``, which shares nothing with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goldenthread.disclosure.people import People
from goldenthread.disclosure.protect.demands import WIDTH, Demand, demands_of
from goldenthread.disclosure.protect.lifting import Change
from goldenthread.disclosure.protect.marks import Breakdown, Flags, Marks, mark
from goldenthread.disclosure.protect.search import Search
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
    for _ in range(_ROUNDS):
        found = _once(mark(spec, people, threshold, more), threshold, more, changes)
        new = [one for one in _to_withdraw(found) if one not in more]
        if not new:
            return found
        more += new
        changes = found.changes
    return found


def _once(
    marks: Marks, threshold: int, more: Sequence[Breakdown], changes: Sequence[Change]
) -> Hidden:
    search = Search(marks)
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


def _to_withdraw(found: Hidden) -> list[Breakdown]:
    """For what nothing proves: the breakdown that it stands in, by its last dimension."""
    figures = found.marks.figures
    told: list[Breakdown] = []
    for demand in found.unproved:
        family = int(figures.family[demand.cell])
        key = int(figures.held_keys(family)[demand.cell - figures.first[family]])
        by = [at for at, slot in enumerate(figures.families[family].slots) if slot]
        by.sort(key=lambda at: (figures.spec.dims[figures.dims[at]].sensitive, at))
        for at in reversed(by):
            one = Breakdown(family, key, at)
            if one not in told and one not in found.withdrawn:
                told.append(one)
                break
    return told
