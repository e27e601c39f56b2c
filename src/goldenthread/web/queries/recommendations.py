"""Recommendations and what answers them, as the workspace shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from goldenthread.web.audit import kind_of
from goldenthread.web.models import Person, Plan, Review
from goldenthread.web.models import Recommendation as Recommendation
from goldenthread.web.permissions import may, reach
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
    seen = reach(for_, "read_register", on)
    return Around(
        joined(links, seen=seen, kind=kind, public_id=thing.public_id),
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
