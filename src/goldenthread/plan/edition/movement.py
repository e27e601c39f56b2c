"""How a lead's rating has moved: what it was a period ago, and what it is now.

A rating belongs to the period that its update speaks of. It is set beside the last rating of any
earlier period, whenever the two were given, so that a quarter's rating given in the weeks after the
quarter is still that quarter's. What is said of it is words; whoever draws it adds a shape.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from goldenthread.plan.edition.language import ENGLISH, Say, period
from goldenthread.plan.edition.standing import is_over, updates
from goldenthread.plan.edition.value import Action
from goldenthread.plan.wording import fold

# Better and worse are said only of these, best first; what another colour means is the body's own.
_IN_ORDER = ("blue", "green", "amber", "red")

Way = Literal["first", "same", "better", "worse", "other", "unheard"]


@dataclass(frozen=True)
class Rated:
    """One rating: the body's own word, its colour where it is known, and the day it speaks of."""

    label: str
    on: date
    colour: str = ""


@dataclass(frozen=True)
class Movement:
    """A rating beside the last one of an earlier period; ``was`` is None for the first ever.

    ``way`` is "unheard" where the newest rating is of a period before the last that has ended:
    nothing says how it stands since, whatever it was before. ``months`` is how long a period is.
    """

    now: Rated
    was: Rated | None
    way: Way
    months: int = 3


def movement(action: Action, at: date, *, months: int = 3) -> Movement | None:
    """How an action's rating has moved by a day; None where it has none, or is over.

    ``months`` is how long its periods are: 1, 3, 6 or 12, each beginning with the financial year.

    >>> from goldenthread.plan.edition.value import Lead, Update
    >>> said = [Update(day, "Said", label=word, colour=word.lower()) for day, word in (
    ...     (date(2026, 6, 30), "Green"), (date(2026, 9, 30), "Amber"))]
    >>> action = Action("a1b2", "A1", "Do it", Lead("Head of Policy"), updates=tuple(said))
    >>> movement_words(movement(action, date(2026, 9, 30)))
    'down from Green in Q1 2026/27'
    """
    return None if is_over(action, at) else newest_moved(_rated(action, at), at, months=months)


def newest_moved(found: Sequence[Rated], at: date, *, months: int = 3) -> Movement | None:
    """The newest rating beside the last of an earlier period; ``found`` has the newest first."""
    if not found:
        return None
    now = found[0]
    was = next((one for one in found if _number(one.on, months) < _number(now.on, months)), None)
    return moved(now, was, at, months=months)


def moved(now: Rated, was: Rated | None, at: date, *, months: int = 3) -> Movement:
    """Two ratings set beside each other as they are seen on a day."""
    ended = _number(at + timedelta(days=1), months) - 1
    if _number(now.on, months) < ended:
        way: Way = "unheard"
    elif was is None:
        way = "first"
    else:
        way = _way(now, was)
    return Movement(now, was, way, months)


def _way(now: Rated, was: Rated) -> Way:
    if (now.colour or fold(now.label)) == (was.colour or fold(was.label)):
        return "same"
    if now.colour in _IN_ORDER and was.colour in _IN_ORDER:
        worse = _IN_ORDER.index(now.colour) > _IN_ORDER.index(was.colour)
        return "worse" if worse else "better"
    return "other"


def movement_words(found: Movement, *, say: Say = ENGLISH) -> str:
    """How a rating has moved, in a phrase that stands after its word.

    >>> green = Rated("Green", date(2026, 6, 30), "green")
    >>> movement_words(moved(green, None, date(2026, 6, 30)))
    'first rated in Q1 2026/27'
    """
    if found.way == "unheard" or found.was is None:
        words = {"period": period(found.now.on, found.months, say=say)}
        if found.way == "unheard":
            return say.gettext("last rated in %(period)s") % words
        return say.gettext("first rated in %(period)s") % words
    words = {"period": period(found.was.on, found.months, say=say), "rating": found.was.label}
    return {
        "same": say.gettext("as in %(period)s"),
        "better": say.gettext("up from %(rating)s in %(period)s"),
        "worse": say.gettext("down from %(rating)s in %(period)s"),
        "other": say.gettext("was %(rating)s in %(period)s"),
    }[found.way] % words


def ratings_by_period(
    action: Action, at: date, *, months: int = 3, say: Say = ENGLISH
) -> tuple[tuple[str, Rated | None], ...]:
    """The rating of each period since the first one rated, oldest first: :func:`by_period`."""
    return by_period(_rated(action, at)[::-1], at, months=months, say=say)


def by_period(
    found: Iterable[Rated], at: date, *, months: int = 3, say: Say = ENGLISH
) -> tuple[tuple[str, Rated | None], ...]:
    """Each period by its name with the last rating that speaks of it, oldest first.

    From the period of the first rating to the last that has ended, or that of the newest rating;
    None where nothing was said of a period. Of two that speak of one day the later in order counts.

    >>> [name for name, _ in by_period([Rated("Green", date(2026, 3, 1))], date(2026, 9, 30))]
    ['Q4 2025/26', 'Q1 2026/27', 'Q2 2026/27']
    """
    last: dict[int, Rated] = {}
    for one in sorted(found, key=lambda one: one.on):
        last[_number(one.on, months)] = one
    if not last:
        return ()
    ended = _number(at + timedelta(days=1), months) - 1
    return tuple(
        (period(_begins(number, months), months, say=say), last.get(number))
        for number in range(min(last), max(ended, *last) + 1)
    )


def _rated(action: Action, at: date) -> tuple[Rated, ...]:
    """An action's ratings by a day, the newest first."""
    return tuple(
        Rated(update.label, update.speaks_of, update.colour or "")
        for update in updates(action, at)
        if update.label
    )


def _number(day: date, months: int) -> int:
    """Periods counted on and on from an April."""
    return (day.year * 12 + day.month - 4) // months


def _begins(number: int, months: int) -> date:
    year, month = divmod(number * months + 3, 12)
    return date(year, month + 1, 1)
