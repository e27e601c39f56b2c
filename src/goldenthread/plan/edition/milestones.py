"""How milestones stand, and in which horizon of the plan a day falls.

A milestone is late by the first day that was promised for it, as an action is: a later day does not
make it on time.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from goldenthread.plan.edition.language import ENGLISH, Say, day
from goldenthread.plan.edition.value import Action, Horizon, Milestone

MilestoneStanding = Literal["reached", "missed", "moved", "coming", "dropped"]
MILESTONE_STANDINGS: tuple[MilestoneStanding, ...] = (
    *("reached", "missed", "moved", "coming", "dropped"),
)


def milestone_promised(milestone: Milestone, at: date) -> date | None:
    """The first day that was promised for it by a day; None where it had not been promised."""
    return next((one.due for one in milestone.promises if one.given_on <= at), None)


def milestone_due(milestone: Milestone, at: date) -> date | None:
    """The day that was promised last by a day; None where none had been."""
    given = [one.due for one in milestone.promises if one.given_on <= at]
    return given[-1] if given else None


def milestone_moves(milestone: Milestone, at: date) -> int:
    """How often its day had moved."""
    return max(0, sum(one.given_on <= at for one in milestone.promises) - 1)


def milestone_standing(milestone: Milestone, at: date) -> MilestoneStanding:
    """How a milestone stands on a day: exactly one of the five.

    Reached: by then. Dropped: given up by then. Missed: past the first day promised, whatever the
    new day is. Moved: not past it, and a later day is promised. Coming: all others.
    """
    if milestone.reached_on is not None and milestone.reached_on <= at:
        return "reached"
    if milestone.dropped is not None and milestone.dropped.on <= at:
        return "dropped"
    first, now = milestone_promised(milestone, at), milestone_due(milestone, at)
    if first is not None and first < at:
        return "missed"
    return "moved" if first is not None and now is not None and now > first else "coming"


def milestones(action: Action, at: date) -> tuple[Milestone, ...]:
    """The milestones that had been promised by a day, in the order of the days that stand."""
    known = [one for one in action.milestones if milestone_promised(one, at) is not None]
    return tuple(sorted(known, key=lambda one: _place(one, at)))


def next_milestone(action: Action, at: date) -> Milestone | None:
    """The first milestone that is neither reached nor dropped; None where none is open."""
    still_open = (
        one
        for one in milestones(action, at)
        if milestone_standing(one, at) not in ("reached", "dropped")
    )
    return next(still_open, None)


def horizon_of(horizons: Sequence[Horizon], on: date | None) -> Horizon | None:
    """The nearest horizon whose last day is not before a day; None where it lies beyond them all.

    >>> short, long = Horizon("Short", date(2027, 3, 31)), Horizon("Long", date(2030, 3, 31))
    >>> horizon_of((long, short), date(2027, 3, 31)).name
    'Short'
    """
    reaches = [one for one in horizons if on is not None and one.ends >= on]
    return min(reaches, key=lambda one: one.ends, default=None)


def milestone_words(milestone: Milestone, at: date, *, say: Say = ENGLISH) -> str:
    """How a milestone stands in a phrase: “missed: due 31 March 2026, now 30 June 2026”."""
    first, now = milestone_promised(milestone, at), milestone_due(milestone, at)
    stands = milestone_standing(milestone, at)
    words = {"first": day(first, say=say) if first else "", "now": day(now, say=say) if now else ""}
    if stands == "reached" and milestone.reached_on is not None:
        words["on"] = day(milestone.reached_on, say=say)
        if first is not None and milestone.reached_on > first:
            return say.gettext("reached %(on)s, first promised for %(first)s") % words
        return say.gettext("reached %(on)s") % words
    if stands == "dropped" and milestone.dropped is not None:
        words["on"] = day(milestone.dropped.on, say=say)
        return say.gettext("dropped %(on)s, promised for %(first)s") % words
    if stands == "missed" and (now is None or now == first or now < at):
        return say.gettext("missed: it was due %(first)s") % words
    if stands == "missed":
        return say.gettext("missed: it was due %(first)s, and is now promised for %(now)s") % words
    if stands == "moved":
        return say.gettext("moved: first %(first)s, now %(now)s") % words
    return say.gettext("due %(now)s") % words


def _place(milestone: Milestone, at: date) -> date:
    return milestone.reached_on or milestone_due(milestone, at) or at
