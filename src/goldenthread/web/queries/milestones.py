"""Milestones: of an action, the next of many, and how many were reached in each quarter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from goldenthread import spc
from goldenthread.plan import edition as ed
from goldenthread.plan.edition.roadmap import quarter_began
from goldenthread.timescale import quarter
from goldenthread.web import bridge
from goldenthread.web.models import Action, Horizon, Milestone, MilestoneEvent, Person, Plan
from goldenthread.web.permissions import reach

OPEN = Q(reached_on__isnull=True, dropped_on__isnull=True)
SOURCE = "Milestones of the plan, as their leads reported them"


def missed(as_at: date) -> Exists:
    """The condition that an action has a milestone past its first day and not reached."""
    late = Milestone.objects.filter(OPEN, action=OuterRef("pk"), first_due__lt=as_at)
    return Exists(late)


def next_ones() -> Prefetch[str, QuerySet[Milestone], str]:
    """The open milestones of each action of a list, the next first, as ``milestones_open``."""
    return Prefetch("milestones", Milestone.objects.filter(OPEN), to_attr="milestones_open")


@dataclass(frozen=True)
class Stands:
    """A milestone as a page of its action shows it: what the public reads of it, and its story."""

    row: Milestone
    told: ed.Milestone
    standing: str
    events: tuple[MilestoneEvent, ...]


def of_action(action: Action, as_at: date) -> tuple[Stands, ...]:
    """The milestones of an action with their events, in the order of their days: two queries."""
    return _stand(action.milestones.all(), as_at)


def of_plan(plan: Plan, as_at: date) -> tuple[Stands, ...]:
    """The milestones of every action of a plan, in the order of the plan."""
    rows = Milestone.objects.filter(action__plan=plan).select_related("action")
    return _stand(rows.order_by("action__position", "action_id", "now_due", "pk"), as_at)


def _stand(rows: QuerySet[Milestone], as_at: date) -> tuple[Stands, ...]:
    events = Prefetch("events", MilestoneEvent.objects.select_related("by"))
    found = []
    for row in rows.prefetch_related(events):
        told = bridge.milestone_value(row)
        stands = ed.milestone_standing(told, as_at)
        found.append(Stands(row, told, stands, tuple(row.events.all())))
    return tuple(found)


def horizons(plan: Plan) -> tuple[Horizon, ...]:
    """What a plan means by short, medium and long term now, the nearest first."""
    return tuple(plan.horizons.filter(ended_at__isnull=True))


def horizon_of(found: Sequence[Horizon], on: date | None) -> Horizon | None:
    """The nearest horizon that a day does not lie beyond."""
    return next((one for one in found if on is not None and one.ends >= on), None)


def reached(
    *, for_: Person, as_at: date, plan: Plan | None = None, quarters: int = 12
) -> spc.Series:
    """How many milestones were reached in each of the last whole quarters, the oldest first.

    Of one plan, or of every plan that somebody may see. A quarter counts once it is over: it ends
    on or before ``as_at``. Quarters before the first promise have no figure, and say so. The
    series counts things and never people. One query.
    """
    seen = Milestone.objects.filter(action__plan__unit__in=reach(for_, "read_register", as_at))
    if plan is not None:
        seen = seen.filter(action__plan=plan)
    rows = list(seen.values_list("reached_on", "action__plan__begins"))
    began = min((begins for _reached, begins in rows), default=None)
    points = []
    after = quarter_began(as_at + timedelta(days=1))
    for _number in range(quarters):
        begins = quarter_began(after - timedelta(days=1))
        ends = after - timedelta(days=1)
        count = sum(on is not None and begins <= on <= ends for on, _begins in rows)
        known = began is not None and ends >= began
        points.append(
            spc.Point(
                ends,
                quarter(begins),
                count if known else None,
                why="" if known else "nothing had been promised yet",
            )
        )
        after = begins
    return spc.Series(
        title="Milestones reached",
        quantity=spc.Quantity("count", "milestones", one="milestone"),
        better="higher",
        counts=spc.Counts.THINGS,
        points=tuple(reversed(points)),
        source=SOURCE,
    )
