"""Service plans: those of a directorate and its divisions, and the thread above one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from goldenthread.web.models import Action, InServicePlan, Link, Person, Unit
from goldenthread.web.models import ServicePlan as ServicePlan
from goldenthread.web.permissions import current, lineage, reach, units_above
from goldenthread.web.queries.links import Joined, ahead
from goldenthread.web.queries.smart import UPWARD


def parts(unit: Unit) -> tuple[Unit, ...]:
    """A unit and all below it that have not ended, itself first: who can have a service plan."""
    below = _below(unit.pk)
    rows = Unit.objects.filter(pk__in=below, ends__isnull=True)
    return tuple(sorted(rows, key=lambda one: (one.pk != unit.pk, one.name)))


def of_unit(unit: int) -> QuerySet[ServicePlan]:
    """The service plans of a unit and all below it that count still, with how many actions."""
    standing = Q(entries__until__isnull=True)
    return (
        ServicePlan.objects.filter(unit__in=_below(unit), ended_on__isnull=True)
        .select_related("unit")
        .annotate(action_count=Count("entries", filter=standing))
        .order_by("unit__name", "-begins", "pk")
    )


@dataclass(frozen=True)
class Entry:
    """An action in a service plan: under which reference, since when, and what it serves above."""

    row: InServicePlan
    serves: tuple[Joined, ...]


@dataclass(frozen=True)
class OfPlan:
    """What stands in a service plan now, what stood in it, and how many serve nothing above."""

    now: tuple[Entry, ...]
    past: tuple[InServicePlan, ...]

    @property
    def orphans(self) -> int:
        """How many of its actions serve nothing above them."""
        return sum(not one.serves for one in self.now)


def of_plan(plan: ServicePlan, *, for_: Person, on: date) -> OfPlan:
    """The thread as a service plan sees it: its actions, and what each serves or comes from.

    Only what this person may see: an action of a plan that they may not read is not told.
    """
    seen = reach(for_, "read_register", on)
    rows = list(
        InServicePlan.objects.filter(service_plan=plan, action__plan__unit__in=seen)
        .select_related("action__plan")
        .order_by("reference", "action__position", "pk")
    )
    now = [row for row in rows if row.until is None or row.until >= on]
    ids = [row.action.public_id for row in now]
    by_action: dict[str, list[Link]] = {}
    links = Link.objects.filter(
        current(on), from_kind="action", from_id__in=ids, meaning__in=UPWARD
    )
    every = list(links.order_by("since", "pk"))
    for link in every:
        by_action.setdefault(link.from_id, []).append(link)
    ends = ahead(every, seen=seen, planned=reach(for_, "read_planning", on))
    return OfPlan(
        tuple(
            Entry(
                row,
                tuple(
                    ends[link.public_id]
                    for link in by_action.get(row.action.public_id, ())
                    if link.public_id in ends
                ),
            )
            for row in now
        ),
        tuple(row for row in rows if row not in now),
    )


def choosable(plan: ServicePlan, *, for_: Person, on: date) -> tuple[Action, ...]:
    """The actions that can be put in a service plan: of its own part, of those above and below."""
    near = _below(plan.unit_id) | lineage(plan.unit_id, units_above())
    seen = reach(for_, "read_register", on)
    return tuple(
        Action.objects.filter(plan__unit__in=near & seen, plan__ends__isnull=True)
        .exclude(status__in=("completed", "withdrawn"))
        .select_related("plan__unit")
        .order_by("plan_id", "position", "pk")
    )


def _below(unit: int) -> frozenset[int]:
    parents = units_above()
    return frozenset(key for key in parents if unit in lineage(key, parents))
