"""Hiding as little as may be, with another workforce as the proof for every figure that is hidden.

``hide`` finds what to hide and the people who prove it; what it gives is checked by
``disclosure.verify``, which shares nothing with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from goldenthread.disclosure.figures import NOWHERE, Numbers
from goldenthread.disclosure.people import People
from goldenthread.disclosure.protect.bounds import beyond_reach
from goldenthread.disclosure.protect.lifting import Change, Lifting
from goldenthread.disclosure.protect.marks import Breakdown, Flags, Marks, mark
from goldenthread.disclosure.protect.moves import Demand
from goldenthread.disclosure.protect.search import WIDTH, search
from goldenthread.disclosure.protect.swaps import HIDDEN_ALREADY
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
    if lost := beyond_reach(marks := mark(spec, people, threshold), threshold):
        # Nothing that could be hidden or withdrawn helps these, so that no search is begun.
        hidden = (marks.small | marks.withdrawn) & marks.shown
        return Hidden(marks, hidden, (), (), (), lost)
    for _ in range(_ROUNDS):
        found = _once(spec, people, threshold, more)
        new = to_withdraw(found.marks, found.unproved, more)
        if not new:
            return found
        more += new
    return found


def _once(spec: Specification, people: People, threshold: int, more: Sequence[Breakdown]) -> Hidden:
    marks = mark(spec, people, threshold, more)
    pattern = search(marks, threshold)
    lifting = Lifting(marks)
    members = _members(pattern.merged)
    changes: list[Change] = []
    moved: list[dict[int, int]] = []
    for move in pattern.moves:
        figures = {
            cell: by
            for one, by in zip(move.cells.tolist(), move.by.tolist(), strict=True)
            for cell in members[one]
        }
        change = lifting.lift(figures)
        if change is not None:
            changes.append(change)
            moved.append(lifting.moved(change))
    hidden = (marks.small | marks.withdrawn) & marks.shown
    for each in moved:
        _hide(hidden, marks, each)
    first = _first(pattern.merged)
    demands = [
        Demand(first[one.cell], one.rise, _of(first, one.row), _of(first, one.still))
        for one in (*pattern.demands, *pattern.unproved)
    ]
    proofs: list[tuple[Demand, int]] = []
    unproved: list[Demand] = []
    for demand in demands:
        number = _meeting(demand, changes, moved, lifting)
        if number is None:
            asked = lifting.ask(demand, _prices(marks, hidden))
            if asked is None:
                unproved.append(demand)
                continue
            changes.append(asked)
            moved.append(lifting.moved(asked))
            _hide(hidden, marks, moved[-1])
            number = len(changes) - 1
        proofs.append((demand, number))
    return _pruned(marks, changes, moved, proofs, unproved, more)


def _pruned(
    marks: Marks,
    changes: list[Change],
    moved: list[dict[int, int]],
    proofs: list[tuple[Demand, int]],
    unproved: list[Demand],
    more: Sequence[Breakdown],
) -> Hidden:
    """What is hidden in the end: what is small or withdrawn, and what a proof in use moves."""
    used = sorted({number for _, number in proofs})
    place = {number: at for at, number in enumerate(used)}
    hidden = (marks.small | marks.withdrawn) & marks.shown
    for number in used:
        _hide(hidden, marks, moved[number])
    return Hidden(
        marks,
        hidden,
        tuple(changes[number] for number in used),
        tuple((demand, place[number]) for demand, number in proofs),
        tuple(more),
        tuple(unproved),
    )


def _hide(hidden: Flags, marks: Marks, moved: dict[int, int]) -> None:
    for cell in moved:
        if marks.shown[cell]:
            hidden[cell] = True


def _meeting(
    demand: Demand, changes: list[Change], moved: list[dict[int, int]], lifting: Lifting
) -> int | None:
    """The number of a change, this way round or the other, that meets a demand."""
    for number, each in enumerate(moved):
        by = each.get(demand.cell, 0)
        if demand.row >= 0:
            by = each.get(demand.row, 0) - by
        if abs(by) < demand.rise or (demand.still >= 0 and each.get(demand.still, 0)):
            continue
        if by >= demand.rise:
            return number
        turned = Change(changes[number].kinds, -changes[number].by)
        if lifting.allows(turned):
            changes.append(turned)
            moved.append({cell: -one for cell, one in each.items()})
            return len(changes) - 1
    return None


def _prices(marks: Marks, hidden: Flags) -> dict[int, float]:
    free = np.flatnonzero(marks.shown & ~marks.open)
    value = marks.figures.value
    return {
        cell: HIDDEN_ALREADY if hidden[cell] else float(value[cell]) + 0.5 for cell in free.tolist()
    }


def _members(merged: Numbers) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for cell, one in enumerate(merged.tolist()):
        found.setdefault(one, []).append(cell)
    return found


def _first(merged: Numbers) -> dict[int, int]:
    return {one: cells[0] for one, cells in _members(merged).items()}


def _of(first: dict[int, int], one: int) -> int:
    return NOWHERE if one < 0 else first[one]
