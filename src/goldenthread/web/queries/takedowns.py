"""Requests to take an edition down: what was asked of one, and what waits for whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet

from goldenthread.web.models import Edition, Person
from goldenthread.web.models import TakeDown as TakeDown
from goldenthread.web.permissions import reach


def of_edition(edition: Edition) -> tuple[TakeDown, ...]:
    """Everything that was ever asked of an edition, the newest first. One query."""
    asked = TakeDown.objects.filter(edition=edition).select_related(
        "asked_by", "agreed_by", "stands_by"
    )
    return tuple(asked.order_by("-asked_at", "-pk"))


def waiting(*, for_: Person, as_at: date) -> QuerySet[TakeDown]:
    """The requests that nobody has decided, where this person reaches, the first asked first."""
    return (
        TakeDown.objects.filter(
            agreed_at__isnull=True,
            stands_at__isnull=True,
            edition__unit__in=reach(for_, "let_edition_stand", as_at),
        )
        .select_related("edition__plan", "edition__unit", "asked_by")
        .defer("edition__content")
        .order_by("asked_at", "pk")
    )


def states(editions: Iterable[Edition], at: datetime) -> dict[int, str]:
    """How editions that were asked about stand at a moment, by their keys: one query.

    taken_down, hidden (while it is checked) or asked (it stands, and somebody asked).
    """
    asked = TakeDown.objects.filter(
        edition__in=[one.pk for one in editions], stands_at__isnull=True
    )
    return {one.edition_id: state(one, at) for one in asked}


def state(asked: TakeDown, at: datetime) -> str:
    """What a request means for its edition at a moment: stands, taken_down, hidden or asked."""
    if asked.stands_at is not None:
        return "stands"
    if asked.agreed_at is not None:
        return "taken_down"
    hidden = asked.hidden_until is not None and at < asked.hidden_until
    return "hidden" if hidden else "asked"
