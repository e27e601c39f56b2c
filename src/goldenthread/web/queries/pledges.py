"""Pledges as the workspace shows them: whose, what became of them, and which nobody spoke of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django.db.models import Count, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from goldenthread.plan.smart import Smart
from goldenthread.timescale import last_ended, period_of
from goldenthread.web.models import FollowUp, InServicePlan, Person, Planning, Post, Unit
from goldenthread.web.models import Pledge as Pledge
from goldenthread.web.permissions import lineage, reach, units_above
from goldenthread.web.queries.facts import how_many

PAGE = 50
Standing = Literal["kept", "not_kept", "no_longer", ""]


@dataclass(frozen=True)
class Told:
    """A pledge as a page shows it: its row, who made it, and all that was said of it since.

    ``kept`` of ``looked`` is how often it had been kept when somebody looked. ``silent`` is whether
    nobody has said a word of it for two whole quarters.
    """

    row: Pledge
    maker: str
    said: tuple[FollowUp, ...]
    silent: bool

    @property
    def last(self) -> FollowUp | None:
        """The newest word of it."""
        return self.said[-1] if self.said else None

    @property
    def standing(self) -> Standing:
        """What became of it by the newest word; empty before the first."""
        return self.said[-1].what if self.said else ""  # type: ignore[return-value]

    @property
    def kept(self) -> int:
        """How often it was kept."""
        return sum(one.what == "kept" for one in self.said)

    @property
    def looked(self) -> int:
        """How often somebody looked."""
        return len(self.said)


def maker_of(pledge: Pledge) -> str:
    """Whose pledge it is: a post, a part of the body, or another team by its words."""
    if pledge.post is not None:
        return pledge.post.title
    return pledge.team.name if pledge.team is not None else pledge.team_words


def of_planning(planning: Planning, *, on: date) -> tuple[Told, ...]:
    """The pledges of a planning, first made first: two queries."""
    return _told(Pledge.objects.filter(planning=planning), on)


def of_pledge(pledge: Pledge, *, on: date) -> Told:
    """One pledge with all that was said of it."""
    return _told(Pledge.objects.filter(pk=pledge.pk), on)[0]


@dataclass(frozen=True)
class Listed:
    """A page of the pledges that somebody may see, and how many there are of each kind."""

    told: tuple[Told, ...]
    found: int
    silent: int
    of_members: int
    page: int
    pages: int


def listed(
    *, for_: Person, on: date, silent: bool = False, members: bool = False, page: int = 1
) -> Listed:
    """The pledges that somebody may see, those that nobody spoke of longest first.

    ``silent`` leaves those alone that want a word, ``members`` those of no directorate.
    """
    since = Subquery(
        FollowUp.objects.filter(pledge=OuterRef("pk"))
        .order_by()
        .values("pledge")
        .annotate(last=Max("on"))
        .values("last")
    )
    over = Subquery(
        FollowUp.objects.filter(pledge=OuterRef("pk")).order_by("-on", "-pk").values("what")[:1]
    )
    seen = Pledge.objects.filter(unit__in=reach(for_, "read_planning", on)).annotate(
        spoken=Greatest(Coalesce(since, "made_on"), "made_on"), became=over
    )
    wants = Q(spoken__lt=_before_two_quarters(on)) & (
        Q(became__isnull=True) | ~Q(became="no_longer")
    )
    counts = seen.aggregate(
        silent=Count("pk", filter=wants), members=Count("pk", filter=Q(planning__isnull=True))
    )
    rows = seen.filter(wants) if silent else seen
    rows = rows.filter(planning__isnull=True) if members else rows
    found = rows.count()
    pages = max(1, -(-found // PAGE))
    page = min(max(page, 1), pages)
    rows = rows.order_by("spoken", "pk")[(page - 1) * PAGE : page * PAGE]
    return Listed(_told(rows, on), found, counts["silent"], counts["members"], page, pages)


def _told(rows: QuerySet[Pledge], on: date) -> tuple[Told, ...]:
    said = Prefetch("follow_ups", FollowUp.objects.select_related("by"))
    quiet = _before_two_quarters(on)
    found = []
    for row in rows.select_related("post", "team", "unit", "planning").prefetch_related(said):
        told = tuple(row.follow_ups.all())
        last = told[-1].on if told else row.made_on
        ended = bool(told) and told[-1].what == "no_longer"
        found.append(Told(row, maker_of(row), told, not ended and last < quiet))
    return tuple(found)


def _before_two_quarters(on: date) -> date:
    """The first day of the last two whole quarters: what was said before it is long ago.

    >>> _before_two_quarters(date(2026, 11, 28))
    datetime.date(2026, 4, 1)
    """
    return period_of(last_ended(on, 3).begins - timedelta(days=1)).begins


def makers(of: Planning | Unit, *, on: date) -> tuple[tuple[Post, ...], tuple[Unit, ...]]:
    """The posts and the teams that can make a pledge there: those of the unit and below, by name.

    Of the whole body it is its own posts first, and no team.
    """
    unit = of.unit if isinstance(of, Planning) else of
    parents = units_above()
    below = {key for key in parents if unit.pk in lineage(key, parents)}
    now = Q(ends__isnull=True) | Q(ends__gte=on)
    posts = Post.objects.filter(now, begins__lte=on, unit__in=below).select_related("unit")
    teams = Unit.objects.filter(now, begins__lte=on, pk__in=below).exclude(parent__isnull=True)
    return (
        tuple(sorted(posts, key=lambda post: (post.unit_id != unit.pk, post.title))),
        tuple(sorted(teams, key=lambda team: team.name)),
    )


COUNTED = {
    "pledges": how_many(Pledge.objects.all()),
    "service_plans": how_many(
        InServicePlan.objects.filter(until__isnull=True, service_plan__ended_on__isnull=True),
        "action__plan",
        by="plan",
        what=Count("service_plan", distinct=True),
    ),
}
"""What step 5 has besides its actions, for gates: ``pledges``, and ``service_plans`` in which any
of its actions stands.
"""


def judged(actions: Mapping[int, Smart]) -> dict[str, int]:
    """What gates count of the actions of a plan: ``actions``, and ``actions_smart`` of them."""
    return {
        "actions": len(actions),
        "actions_smart": sum(one.passes for one in actions.values()),
    }


def unit_of_body(root: tuple[int, str] | None) -> Unit | None:
    """The unit that is the whole body, of which pledges of Members are."""
    return Unit.objects.filter(pk=root[0]).first() if root else None
