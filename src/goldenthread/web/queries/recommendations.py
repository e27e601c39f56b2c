"""Recommendations and what answers them, as the workspace shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import localdate

from goldenthread.web.audit import kind_of
from goldenthread.web.models import Action, Link, Person, Plan, Promise, Response, Review, Update
from goldenthread.web.models import Recommendation as Recommendation
from goldenthread.web.permissions import current, may, reach
from goldenthread.web.queries.links import Joined, joined, links_of


@dataclass(frozen=True)
class Around:
    """What stands around a thing: its links, and whether this person may change it."""

    links: tuple[Joined, ...]
    may_edit: bool


def around(thing: Recommendation | Plan, *, for_: Person, on: date) -> Around:
    """What a page of one recommendation, or one plan, shows beside its words and its actions."""
    kind = kind_of(thing)
    links = links_of(kind, thing.public_id)
    seen, planned = reach(for_, "read_register", on), reach(for_, "read_planning", on)
    return Around(
        joined(links, seen=seen, kind=kind, public_id=thing.public_id, planned=planned),
        bool(may(for_, "edit_plan", thing, on)),
    )


def of_plan(plan: Plan) -> QuerySet[Recommendation]:
    """The recommendations of a plan in its order, each with how many actions answer it."""
    return (
        Recommendation.objects.filter(plan=plan)
        .select_related("theme")
        .annotate(action_count=Count("actions"))
    )


def reviews(plan: Plan) -> tuple[Review, ...]:
    """The reviews that made a plan's recommendations, the first recorded first."""
    return tuple(Review.objects.filter(recommendations__plan=plan).distinct().order_by("pk"))


def answers(recommendation: Recommendation) -> tuple[Response, ...]:
    """Every answer that the body gave, the newest first; nothing where only a document has one."""
    if not getattr(recommendation, "has_responses", True):
        return ()
    return tuple(recommendation.responses.select_related("by").order_by("-id"))


# How many events of a recommendation's thread a page tells; each action tells all of its own.
_MOST_EVENTS = 200


@dataclass(frozen=True)
class Event:
    """One event of a recommendation's thread: its action, and the promise or update it tells of."""

    on: date
    kind: Literal["promise", "moved", "update"]
    action: Action
    row: Any


@dataclass(frozen=True)
class Thread:
    """What became of a recommendation, oldest first, and what stands before and after it.

    ``left_out`` is how many earlier events are not told here.
    """

    events: tuple[Event, ...]
    left_out: int
    before: Recommendation | None
    after: Recommendation | None


def thread(recommendation: Recommendation, *, for_: Person, on: date) -> Thread:
    """The dated story of a recommendation, from the promises and updates of all that answers it.

    Actions answer it by their own plan or by a link, where this person may see them. Three queries,
    however many actions there are. What was taken back is not told.
    """
    linked = Link.objects.filter(
        current(on),
        from_kind="action",
        from_id=OuterRef("public_id"),
        to_kind="recommendation",
        to_id=recommendation.public_id,
    )
    actions = Action.objects.filter(
        Q(recommendation=recommendation) | Exists(linked),
        plan__unit__in=reach(for_, "read_register", on),
    ).values("pk")
    events = [
        Event(
            promise.given_on or promise.action.plan.begins,
            "promise" if promise.replaces_id is None else "moved",
            promise.action,
            promise,
        )
        for promise in Promise.objects.filter(action__in=actions)
        .select_related("action__plan")
        .order_by("id")
    ]
    events += [
        Event(update.said_on or localdate(update.at), "update", update.action, update)
        for update in Update.objects.filter(action__in=actions)
        .select_related("action__plan", "by", "recovery")
        .order_by("action__position", "number")
    ]
    events.sort(key=lambda event: event.on)
    beside = Recommendation.objects.filter(plan=recommendation.plan_id)
    if recommendation.plan_id is None:
        beside = beside.filter(review=recommendation.review_id)
    before = beside.filter(position__lt=recommendation.position).order_by("-position", "-pk")
    after = beside.filter(position__gt=recommendation.position).order_by("position", "pk")
    found = tuple(
        Recommendation.objects.filter(
            Q(pk=Subquery(before.values("pk")[:1])) | Q(pk=Subquery(after.values("pk")[:1]))
        )
    )
    return Thread(
        events=tuple(events[-_MOST_EVENTS:]),
        left_out=len(events[:-_MOST_EVENTS]),
        before=next((one for one in found if one.position < recommendation.position), None),
        after=next((one for one in found if one.position > recommendation.position), None),
    )
