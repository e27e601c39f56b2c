"""Reviews: what each recommended, what the body answered, and how the actions stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from goldenthread.plan.evaluation import worst
from goldenthread.web.models import Link, Person, Recommendation, Strand, Theme, Unit
from goldenthread.web.models import Review as Review
from goldenthread.web.models import ReviewReport as ReviewReport
from goldenthread.web.permissions import Known, current, may, reach
from goldenthread.web.queries.plan import actions_for
from goldenthread.web.queries.strands import further

PAGE = 25
_ANSWER = ("answers", "serves")


@dataclass(frozen=True)
class Listed:
    """A review in a list: how much it recommended, and how much of it was answered."""

    row: Review
    made: int
    answered: int


def reviews(*, for_: Person, on: date, page: int = 1) -> tuple[tuple[Listed, ...], int, int]:
    """The reviews that somebody may see, the newest first: a page, how many in all, how many pages.

    A review that has not reported comes first.
    """
    found = Review.objects.filter(unit__in=reach(for_, "read_register", on))
    count = found.count()
    pages = max(1, -(-count // PAGE))
    page = min(max(page, 1), pages)
    rows: QuerySet[Any] = found.select_related("unit", "strand").annotate(
        made=Count("recommendations"),
        answered=Count("recommendations", filter=~Q(recommendations__answer_position="")),
    )
    rows = rows.order_by(F("reported").desc(nulls_first=True), "-pk")
    rows = rows[(page - 1) * PAGE : page * PAGE]
    return tuple(Listed(row, row.made, row.answered) for row in rows), count, pages


@dataclass(frozen=True)
class Recommended:
    """One recommendation: its answer, and the actions of any plan that answer it, worst first."""

    row: Recommendation
    actions: tuple[Any, ...]

    @property
    def worst(self) -> str:
        """How the worst of its actions stands; empty where it has none."""
        return worst([action.standing for action in self.actions])

    @property
    def done(self) -> int:
        """How many of its actions are done."""
        return sum(action.standing == "done" for action in self.actions)

    @property
    def waits(self) -> bool:
        """Whether the council has not answered it."""
        return not self.row.answer_position

    @property
    def frays(self) -> bool:
        """Whether it was accepted, wholly or in part, and nothing was promised in answer to it."""
        return self.row.answer_position in ("accepted", "partly_accepted") and not self.actions


@dataclass(frozen=True)
class Under:
    """What a review recommended under one theme; under none where ``theme`` is None."""

    theme: Theme | None
    made: tuple[Recommended, ...]


@dataclass(frozen=True)
class Page:
    """A review on one page; ``besides`` are the strands that it is of besides its own."""

    row: Review
    reports: tuple[ReviewReport, ...]
    themes: tuple[Under, ...]
    may_keep: bool
    may_open: bool
    besides: tuple[Strand, ...] = ()

    @property
    def made(self) -> tuple[Recommended, ...]:
        """Every recommendation, theme by theme."""
        return tuple(one for under in self.themes for one in under.made)

    @property
    def answered(self) -> int:
        """How many were answered."""
        return sum(not one.waits for one in self.made)

    @property
    def with_actions(self) -> int:
        """How many have an action that answers them."""
        return sum(bool(one.actions) for one in self.made)

    @property
    def frays(self) -> int:
        """How many were accepted, and nothing was promised in answer."""
        return sum(one.frays for one in self.made)

    @property
    def late(self) -> int:
        """How many have an action that is late."""
        return sum(one.worst == "late" for one in self.made)


def page(review: Review, *, for_: Person, on: date) -> Page:
    """A review with all that it recommended, in queries that do not grow with it.

    A recommendation in a plan that somebody may not see is left out, as are such actions.
    """
    known = Known.of(for_, on)
    seen = reach(for_, "read_register", on, known)
    rows = list(
        Recommendation.objects.filter(review=review)
        .filter(Q(plan__isnull=True) | Q(plan__unit__in=seen))
        .select_related("theme", "plan")
        .order_by("position", "pk")
    )
    answering = _answering(rows, for_, on, known)
    themes: dict[int | None, list[Recommended]] = {}
    named: dict[int | None, Theme | None] = {}
    for row in sorted(rows, key=lambda one: one.theme.position if one.theme is not None else -1):
        named[row.theme_id] = row.theme
        themes.setdefault(row.theme_id, []).append(
            Recommended(row, tuple(answering.get(row.pk, ())))
        )
    return Page(
        row=review,
        reports=tuple(review.reports.select_related("by")),
        themes=tuple(Under(named[key], tuple(made)) for key, made in themes.items()),
        may_keep=bool(may(for_, "keep_reviews", review, on, known)),
        may_open=bool(may(for_, "open_evidence", review, on, known)),
        besides=further(review),
    )


def _answering(
    rows: Iterable[Recommendation], for_: Person, on: date, known: Known
) -> dict[int, list[Any]]:
    """The actions that answer each recommendation, by their plan or by a link, the worst first."""
    listed = {row.public_id: row.pk for row in rows}
    linked: dict[str, set[int]] = {}
    links = Link.objects.filter(
        current(on),
        from_kind="action",
        to_kind="recommendation",
        to_id__in=listed,
        meaning__in=_ANSWER,
    )
    for link in links:
        linked.setdefault(link.from_id, set()).add(listed[link.to_id])
    actions = (
        actions_for(for_=for_, as_at=on, known=known)
        .filter(Q(recommendation__in=listed.values()) | Q(public_id__in=linked))
        .order_by("standing_order", "pk")
        .select_related("plan")
    )
    found: dict[int, list[Any]] = {}
    for action in actions:
        own = {action.recommendation_id} & set(listed.values())
        for key in sorted(own | linked.get(action.public_id, set())):
            found.setdefault(key, []).append(action)
    return found


def to_enter(*, for_: Person, on: date) -> tuple[tuple[Unit, ...], tuple[Strand, ...]]:
    """In which parts of the body somebody may record a review, and the strands it can be in."""
    units = Unit.objects.filter(
        Q(ends__isnull=True) | Q(ends__gte=on),
        pk__in=reach(for_, "keep_reviews", on),
        begins__lte=on,
    )
    return tuple(units.order_by("name", "pk")), tuple(Strand.objects.order_by("name"))


def strands() -> tuple[Strand, ...]:
    """Every strand, by name."""
    return tuple(Strand.objects.order_by("name"))


def themes_of(review: Review) -> tuple[str, ...]:
    """The names of the themes of a review's strand, in their order."""
    found = Theme.objects.filter(strand=review.strand_id)
    return tuple(found.values_list("name", flat=True))
