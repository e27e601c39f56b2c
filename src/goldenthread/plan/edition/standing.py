"""How an edition is counted: the six standings, what slipped, and who was silent.

Late is counted from the first promise: moving a date does not make an action on time.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from goldenthread.plan.edition.value import (
    Action,
    Edition,
    Promise,
    Recommendation,
    Theme,
    Update,
)
from goldenthread.plan.wording import fold

Standing = Literal["done", "on_track", "at_risk", "late", "not_due", "withdrawn"]
STANDINGS: tuple[Standing, ...] = (
    *("done", "on_track", "at_risk", "late", "not_due", "withdrawn"),
)
# What became of a date: it was kept late; a later one is promised; it passed without a new one; or
# the action was given up after it.
Became = Literal["done", "promised", "passed", "withdrawn"]


@dataclass(frozen=True)
class Span:
    """A length of time as people say it: whole months, or days where it is less than a month."""

    months: int
    days: int


@dataclass(frozen=True)
class Slip:
    """How far an action is behind its first promise, from ``first`` to ``until``."""

    first: date
    until: date
    span: Span
    moves: int
    became: Became


@dataclass(frozen=True)
class Counts:
    """How many actions stand where; the six standings add up to ``total``.

    ``moved`` counts actions whose date has ever moved. Of the actions whose first date has passed
    (``should_be_done``), ``on_time`` and ``done_late`` are finished, ``given_up`` were withdrawn,
    before that date or after it, and the rest are ``late``.
    """

    total: int
    done: int
    on_track: int
    at_risk: int
    late: int
    not_due: int
    moved: int
    on_time: int
    done_late: int
    withdrawn: int = 0
    given_up: int = 0

    @property
    def should_be_done(self) -> int:
        """How many promises should be finished by now."""
        return self.on_time + self.done_late + self.late + self.given_up

    def of(self, standing: Standing) -> int:
        """How many stand there."""
        found: int = getattr(self, standing)
        return found


def given(action: Action, at: date) -> tuple[Promise, ...]:
    """The promises of an action that had been given by a day, the first promise first."""
    return tuple(promise for promise in action.promises if promise.given_on <= at)


def first_promised(action: Action, at: date) -> date | None:
    """The first date that was ever promised; None where no date has been."""
    return next((promise.due for promise in given(action, at) if promise.due), None)


def now_promised(action: Action, at: date) -> date | None:
    """The date that is promised now; None where none is, or where it has passed unkept."""
    promises = given(action, at)
    due = promises[-1].due if promises else None
    return due if due is not None and (due >= at or is_done(action, at)) else None


def moves(action: Action, at: date) -> tuple[Promise, ...]:
    """Each move of the date: every promise after the one that first gave a date."""
    promises = given(action, at)
    dated = [number for number, promise in enumerate(promises) if promise.due is not None]
    return promises[dated[0] + 1 :] if dated else ()


def is_done(action: Action, at: date) -> bool:
    """Whether it had been finished by a day."""
    return action.done_on is not None and action.done_on <= at


def is_withdrawn(action: Action, at: date) -> bool:
    """Whether it had been given up by a day, and had not been finished before."""
    gone = action.withdrawn
    return gone is not None and gone.on <= at and not is_done(action, at)


def is_over(action: Action, at: date) -> bool:
    """Whether nothing more is to come of it: it was finished by a day, or given up."""
    return is_done(action, at) or is_withdrawn(action, at)


def updates(action: Action, at: date) -> tuple[Update, ...]:
    """The updates that were given by a day, or speak of a time up to it, the newest first.

    A word on the quarter that is given before the quarter ends is known from the day it was given;
    one that is given after it counts for the quarter all the same.
    """
    known = [update for update in action.updates if min(update.given_on, update.speaks_of) <= at]
    return tuple(sorted(known, key=lambda update: (update.speaks_of, update.given_on)))[::-1]


def standing(action: Action, at: date) -> Standing:
    """Where an action stands on a day: exactly one of the six.

    Done: finished by then. Withdrawn: given up by then, whatever its dates were. Late: past the
    first date promised and not done, whatever the new date is. At risk: the lead says so in the
    newest update, a later date than the first is promised, or the day for reviewing something
    ongoing has passed. Not due: it starts later. On track: all others.
    """
    if is_done(action, at):
        return "done"
    if is_withdrawn(action, at):
        return "withdrawn"
    first, now = first_promised(action, at), now_promised(action, at)
    if first is not None and first < at:
        return "late"
    said = updates(action, at)
    if said and said[0].outlook == "at_risk":
        return "at_risk"
    if first is not None and now is not None and now > first:
        return "at_risk"
    if action.next_review is not None and action.next_review < at:
        return "at_risk"
    if action.starts_on is not None and action.starts_on > at:
        return "not_due"
    return "on_track"


def slipped(action: Action, at: date) -> Slip | None:
    """How far an action is behind its first promise; None where it is not, or has no date.

    Counted to the day it was done or withdrawn, else to the date now promised, else to ``at``.
    """
    first = first_promised(action, at)
    if first is None:
        return None
    until, became = _until(action, at)
    if until <= first:
        return None
    return Slip(first, until, between(first, until), len(moves(action, at)), became)


def _until(action: Action, at: date) -> tuple[date, Became]:
    now = now_promised(action, at)
    if is_done(action, at) and action.done_on is not None:
        return action.done_on, "done"
    if is_withdrawn(action, at) and action.withdrawn is not None:
        return action.withdrawn.on, "withdrawn"
    return (now, "promised") if now is not None else (at, "passed")


def between(earlier: date, later: date) -> Span:
    """The time between two days, to the nearest month; in days where it is less than one.

    From the last day of a month, the last day of another counts as whole months.

    >>> between(date(2025, 12, 31), date(2027, 3, 31))
    Span(months=15, days=0)
    >>> between(date(2025, 12, 31), date(2026, 2, 27)).months
    2
    >>> between(date(2026, 6, 30), date(2026, 7, 12))
    Span(months=0, days=12)
    """
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    if _after(earlier, months) > later:
        months -= 1
    if months == 0:
        return Span(0, (later - earlier).days)
    left = (later - _after(earlier, months)).days
    return Span(months + (left >= 15), 0)


def _after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    last = monthrange(year, month)[1]
    ends = day.day == monthrange(day.year, day.month)[1]
    return date(year, month, last if ends else min(day.day, last))


def counts(edition: Edition, at: date | None = None) -> Counts:
    """How many of an edition's actions stand where, on its own day where none is given."""
    return count(edition.actions, at or edition.as_at)


def count(actions: Iterable[Action], at: date) -> Counts:
    """How many of these actions stand where on a day."""
    actions = tuple(actions)
    stand = [standing(action, at) for action in actions]
    due = [
        action
        for action in actions
        if is_done(action, at) and (first_promised(action, at) or date.max) <= at
    ]
    behind = sum(slipped(action, at) is not None for action in due)
    given_up = [
        action
        for action in actions
        if is_withdrawn(action, at) and (first_promised(action, at) or date.max) < at
    ]
    return Counts(
        total=len(actions),
        done=stand.count("done"),
        on_track=stand.count("on_track"),
        at_risk=stand.count("at_risk"),
        late=stand.count("late"),
        not_due=stand.count("not_due"),
        moved=sum(bool(moves(action, at)) for action in actions),
        on_time=len(due) - behind,
        done_late=behind,
        withdrawn=stand.count("withdrawn"),
        given_up=len(given_up),
    )


def by_theme(edition: Edition) -> tuple[tuple[Theme, tuple[Action, ...]], ...]:
    """Each theme with its actions; actions without one come last, under a theme with no title."""
    groups = [
        (theme, tuple(a for a in edition.actions if a.theme == theme.code))
        for theme in (*edition.themes, Theme("", ""))
    ]
    return tuple((theme, found) for theme, found in groups if found)


def by_recommendation(
    edition: Edition,
) -> tuple[tuple[Recommendation | None, tuple[Action, ...]], ...]:
    """Each recommendation with the actions that answer it, none included; last, under None, the
    actions that answer no recommendation.

    An action that answers two recommendations stands under both.
    """
    groups: list[tuple[Recommendation | None, tuple[Action, ...]]] = [
        (rec, tuple(a for a in edition.actions if rec.number in a.recommendations))
        for rec in edition.recommendations
    ]
    alone = tuple(a for a in edition.actions if not a.recommendations)
    return (*groups, (None, alone)) if alone else tuple(groups)


def silent_quarters(action: Action, at: date) -> int:
    """For how many whole quarters up to a day nothing has been said of an unfinished action.

    Counted back from the last quarter that had ended; April begins quarter 1.
    """
    if is_over(action, at) or (action.starts_on is not None and action.starts_on > at):
        return 0
    known = updates(action, at)
    begins = [promise.given_on for promise in action.promises[:1]]
    since = known[0].speaks_of if known else (begins[0] if begins else at)
    return max(0, _quarter(at + timedelta(days=1)) - 1 - _quarter(since))


def same_words(action: Action, at: date) -> int:
    """How many times in a row the newest update repeats the one before it, word for word."""
    said = [fold(update.done) for update in updates(action, at)]
    repeated = 0
    for newer, older in pairwise(said):
        if newer != older:
            break
        repeated += 1
    return repeated


def _quarter(day: date) -> int:
    """Quarters counted on and on, so that they can be subtracted."""
    return day.year * 4 + (day.month - 1) // 3
