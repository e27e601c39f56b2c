"""How ratings moved, from the rows: for the rows of a register, and for one action from its story.

The rule is that of ``plan.edition.movement``; a test compares the two. What was taken back was not
said, and colours are called by the body's words of the time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.utils.timezone import get_current_timezone, localdate

from goldenthread.plan import edition as ed
from goldenthread.plan.edition.roadmap import quarter_began
from goldenthread.web.bridge import Scales
from goldenthread.web.models import Update

# The day that it speaks of, the day on which it was given, its number, its colour, and the moment.
_Told = tuple[date, date, int, str, datetime]


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

    One query, for any number of actions. Rows are set side by side here and not in the database:
    a subquery for each action would read all its updates once for every update that it has.
    """
    open_ones = [one.pk for one in actions if not over(one, as_at)]
    rows = (
        Update.objects.filter(action__in=open_ones)
        .exclude(rag="")
        .values_list("action_id", "number", "rag", "about", "said_on", "at")
    )
    # Asked for once: for thousands of moments it would be half of the work.
    zone = get_current_timezone()
    found: dict[int, list[_Told]] = {}
    for action, number, colour, about, said_on, at in rows.iterator() if open_ones else ():
        given = said_on or at.astimezone(zone).date()
        on = about or given
        if min(on, given) <= as_at:
            found.setdefault(action, []).append((on, given, number, colour, at))
    moved: dict[int, ed.Movement | None] = dict.fromkeys(one.pk for one in actions)
    for action, told in found.items():
        now = max(told)
        before = max((one for one in told if one[0] < quarter_began(now[0])), default=None)
        was = _read(before, rated) if before is not None else None
        moved[action] = ed.moved(_read(now, rated), was, as_at)
    return moved


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
