"""Objectives counted: what stands of a planning and its actions, and the one public total."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.timezone import localdate

from goldenthread.plan.objectives import (
    Counted,
    public_total,
    public_total_up_to,
    said,
    share,
)
from goldenthread.timescale import Period, last_ended, period_of
from goldenthread.web.models import ObjectiveCount, Planning, Succession
from goldenthread.web.permissions import lineage, units_above

# How many quarters back a count can be given for.
_BACK = 6


@dataclass(frozen=True)
class Stands:
    """A count as a page inside may show it: up to which day, in words, and in per cent or not."""

    ends: date
    words: str
    share: str

    @property
    def quarter(self) -> str:
        """The quarter up to which the year is counted, as a council calls it."""
        return period_of(self.ends).name

    @property
    def year(self) -> str:
        """The financial year whose appraisals count."""
        return period_of(self.ends, 12).name


@dataclass(frozen=True)
class OfPlanning:
    """What was counted of a planning, the newest quarter first, and last of each of its actions."""

    whole: tuple[Stands, ...]
    actions: Mapping[int, Stands]

    @property
    def now(self) -> Stands | None:
        """The newest count of the planning as a whole."""
        return self.whole[0] if self.whole else None


def of_planning(planning: Planning) -> OfPlanning:
    """What stands of a planning, told so that nobody is meant: one query."""
    whole: list[Stands] = []
    actions: dict[int, Stands] = {}
    rows = ObjectiveCount.objects.filter(planning=planning, replaced_by__isnull=True)
    for row in rows.order_by("-ends", "-pk"):
        stands = Stands(row.ends, said(row.serving, row.held), share(row.serving, row.held))
        if row.action_id is None:
            whole.append(stands)
        else:
            actions.setdefault(row.action_id, stands)
    return OfPlanning(tuple(whole), actions)


def periods(planning: Planning, *, on: date) -> tuple[Period, ...]:
    """The quarters for which a planning can be counted on a day, the newest first."""
    found: list[Period] = []
    at = last_ended(on, 3)
    while len(found) < _BACK and at.ends >= planning.begins:
        found.append(at)
        at = period_of(at.begins - timedelta(days=1))
    return tuple(found)


def body_total(on: date) -> tuple[int, int] | None:
    """The one total of the body that an edition of this day may hold: (with, of); None for none.

    ``with`` appraisals of ``of`` have an objective that serves a directorate's plan. It is the only
    count of objectives that may leave the workspace; :func:`~goldenthread.plan.objectives.
    public_total` says when there is one. The same day always gives the same answer.
    """
    return public_total(*_counted(), on=on)


def body_total_up_to(on: date) -> date | None:
    """The last day of the quarter up to which :func:`body_total` of this day counts."""
    return public_total_up_to(*_counted(), on=on)


def _counted() -> tuple[list[Counted], dict[int, frozenset[int]]]:
    """All that was ever counted of plannings, in order, and which units cover which."""
    rows = ObjectiveCount.objects.filter(action__isnull=True).order_by("pk")
    told = list(rows.values_list("planning__unit", "planning", "ends", "serving", "held", "at"))
    parents, (after, before) = units_above(), _successions()
    part_of = {row[0]: _line(row[0], after, before) for row in told}
    counts = [
        Counted(part_of[unit], planning, ends, serving, held, localdate(at))
        for unit, planning, ends, serving, held, at in told
    ]
    covers = {
        part: (lineage(part, parents) | _after(part, after)) - {part} for part in part_of.values()
    }
    return counts, covers


def _successions() -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """The units that took over from each unit, and those that each took over from."""
    after: dict[int, set[int]] = {}
    before: dict[int, set[int]] = {}
    for gone, came in Succession.objects.values_list("before", "after"):
        after.setdefault(gone, set()).add(came)
        before.setdefault(came, set()).add(gone)
    return after, before


def _line(unit: int, after: Mapping[int, Iterable[int]], before: Mapping[int, set[int]]) -> int:
    """The unit that a unit became, as long as each was taken over whole by one other."""
    seen = {unit}
    while len(next_ones := set(after.get(unit, ()))) == 1:
        (came,) = next_ones
        if len(before.get(came, ())) > 1 or came in seen:
            break
        seen.add(came)
        unit = came
    return unit


def _after(unit: int, after: Mapping[int, Iterable[int]]) -> frozenset[int]:
    """Every unit that took over from a unit, or from one that did."""
    found: set[int] = set()
    waiting = list(after.get(unit, ()))
    while waiting:
        came = waiting.pop()
        if came not in found:
            found.add(came)
            waiting += after.get(came, ())
    return frozenset(found)
