"""How ratings moved, from the rows: for the register in SQL, for one action from its story.

The rule is that of ``plan.edition.movement``; a test compares the two. What was taken back was not
said, and colours are called by the body's words of the time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import DateField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate, TruncQuarter
from django.utils.timezone import localdate

from goldenthread.plan import edition as ed
from goldenthread.web.bridge import Scales
from goldenthread.web.models import Update


def unanswered(needing: Iterable[str]) -> tuple[Subquery, Q]:
    """What answers the rating that stands, and the condition that it needs one and has none.

    The subquery goes under the name ``recovered``.
    """
    recovered = Subquery(
        Update.objects.filter(action=OuterRef("pk"), taken_back__isnull=True)
        .exclude(rag="")
        .order_by("-number")
        .values("recovery")[:1]
    )
    return recovered, Q(rag__in=tuple(needing)) & Q(recovered__isnull=True)


def with_ratings(actions: QuerySet[Any], as_at: date) -> QuerySet[Any]:
    """The actions with the keys of the newest rating by a day and the last of a quarter before.

    Keys alone: what the updates say is fetched by :func:`rated_updates`. (JSON_OBJECT would do it
    at once, but Django tries it in SQLite with a lock, and nobody could read while another saves.)
    """
    given = Coalesce("said_on", TruncDate("at"), output_field=DateField())
    spoke = Coalesce("about", "said_on", TruncDate("at"), output_field=DateField())
    rated = (
        Update.objects.filter(action=OuterRef("pk"), taken_back__isnull=True)
        .exclude(rag="")
        .annotate(given=given, spoke=spoke)
        .filter(Q(spoke__lte=as_at) | Q(given__lte=as_at))
        .order_by("-spoke", "-given", "-number")
    )
    told_of: QuerySet[Any] = (
        actions.annotate(rated_on=Subquery(rated.values("spoke")[:1]))
        .annotate(rated_quarter=TruncQuarter("rated_on", output_field=DateField()))
        .annotate(
            rated_now=Subquery(rated.values("pk")[:1]),
            rated_before=Subquery(
                rated.filter(spoke__lt=OuterRef("rated_quarter")).values("pk")[:1]
            ),
        )
    )
    return told_of


def rated_updates(actions: Iterable[Any]) -> dict[int, Update]:
    """The updates that rate these actions of :func:`with_ratings`, by their keys, in one query."""
    keys = {key for one in actions for key in (one.rated_now, one.rated_before) if key is not None}
    found = Update.objects.filter(pk__in=keys).only("rag", "about", "said_on", "at")
    return {one.pk: one for one in found} if keys else {}


def movement(
    action: Any,  # noqa: ANN401
    told: Mapping[int, Update],
    as_at: date,
    rated: Scales,
) -> ed.Movement | None:
    """How the rating of one of :func:`with_ratings` moved; None for none, or for what is over.

    No query.
    """
    if action.rated_now is None or over(action, as_at):
        return None
    before = _read(told[action.rated_before], rated) if action.rated_before is not None else None
    return ed.moved(_read(told[action.rated_now], rated), before, as_at)


def over(action: Any, as_at: date) -> bool:  # noqa: ANN401
    """Whether nothing more is to come of an action, by its columns."""
    done: date | None = action.completed_on
    return action.status == "withdrawn" or (
        action.status == "completed" and done is not None and done <= as_at
    )


def ratings(updates: Iterable[Update], as_at: date, rated: Scales) -> tuple[ed.Rated, ...]:
    """The ratings that the updates of one action gave by a day, the newest first. No query."""
    found = []
    for update in updates:
        given = update.said_on or localdate(update.at)
        on = update.about or given
        if update.rag and min(on, given) <= as_at:
            found.append(((on, given, update.number), _rated(update.rag, on, update.at, rated)))
    return tuple(one for _, one in sorted(found, key=lambda one: one[0]))[::-1]


def _rated(colour: str, on: date, at: datetime, rated: Scales) -> ed.Rated:
    return ed.Rated(rated.word(colour, at), on, colour)


def _read(update: Update, rated: Scales) -> ed.Rated:
    on = update.about or update.said_on or localdate(update.at)
    return _rated(update.rag, on, update.at, rated)
