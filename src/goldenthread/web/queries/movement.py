"""How ratings moved, from the rows: for the rows of a register, and for one action from its story.

The rule is that of ``plan.edition.movement``; a test compares the two. What was taken back was not
said, and colours are called by the body's words of the time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.utils.timezone import get_current_timezone, localdate, make_aware

from goldenthread.plan import edition as ed
from goldenthread.plan.edition.roadmap import quarter_began
from goldenthread.web.bridge import Scales
from goldenthread.web.models import Update

# The day that it speaks of, the day on which it was given, its number, its colour, and the moment.
_Told = tuple[date, date, int, str, datetime]
# Of more actions than these only what was said of late is read first.
_FEW, _OF_LATE = 100, timedelta(days=400)


def unanswered(needing: Iterable[str]) -> tuple[Subquery, Q]:
    """What answers the rating that stands, and the condition that it needs one and has none.

    The subquery goes under the name ``recovered``.
    """
    recovered = Subquery(
        Update.objects.filter(action=OuterRef("pk"))
        .exclude(rag="")
        .order_by("-number")
        .values("recovery")[:1]
    )
    return recovered, Q(rag__in=tuple(needing)) & Q(recovered__isnull=True)


def movements(actions: Sequence[Any], as_at: date, rated: Scales) -> dict[int, ed.Movement | None]:
    """How the rating of each action moved, by its key; None for none, or for what is over.

    One query for a page of actions, and two for a file of them. Rows are set side by side here and
    not in the database: a subquery for each action would read all its updates once for each.
    """
    moved: dict[int, ed.Movement | None] = dict.fromkeys(one.pk for one in actions)
    wanted = [one.pk for one in actions if not over(one, as_at)]
    # Where both ratings speak of a day since then, nothing older in every way can be either.
    since = as_at - _OF_LATE
    began = make_aware(datetime.combine(since, time.min))
    late = Q(about__gte=since) | Q(said_on__gte=since) | Q(at__gte=began)
    for narrowed in (late, Q()) if len(wanted) > _FEW else (Q(),):
        told = _told(wanted, narrowed, as_at) if wanted else {}
        for action, ratings_ in told.items():
            now = max(ratings_)
            before = max((r for r in ratings_ if r[0] < quarter_began(now[0])), default=None)
            was = _read(before, rated) if before is not None else None
            moved[action] = ed.moved(_read(now, rated), was, as_at)
        wanted = [key for key in wanted if not _since(moved[key], since)]
    return moved


def _since(found: ed.Movement | None, day: date) -> bool:
    return found is not None and found.was is not None and found.was.on >= day


def _told(actions: list[int], narrowed: Q, as_at: date) -> dict[int, list[_Told]]:
    """The ratings that were given by a day, by action."""
    rows = (
        Update.objects.filter(narrowed, action__in=actions)
        .exclude(rag="")
        .values_list("action_id", "number", "rag", "about", "said_on", "at")
    )
    # Asked for once: for thousands of moments it would be half of the work.
    zone = get_current_timezone()
    found: dict[int, list[_Told]] = {}
    for action, number, colour, about, said_on, at in rows.iterator():
        given = said_on or at.astimezone(zone).date()
        on = about or given
        if min(on, given) <= as_at:
            found.setdefault(action, []).append((on, given, number, colour, at))
    return found


def _read(told: _Told, rated: Scales) -> ed.Rated:
    on, _given, _number, colour, at = told
    return _rated(colour, on, at, rated)


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
