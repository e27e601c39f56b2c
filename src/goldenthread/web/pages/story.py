"""One action's thread: what was recommended, promised, moved, said, measured and finished."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from goldenthread.plan import edition as ed
from goldenthread.web.pages.choices import slug as _slug

Kind = Literal[
    "heard",
    "priority",
    "serves",
    "recommendation",
    "answer",
    "promise",
    "moved",
    "update",
    "review",
    "milestone",
    "measure",
    "done",
    "withdrawn",
    "next",
]


# What belongs to one action's own thread, and not to that of the recommendation that it answers.
_NOT_TOLD_AGAIN = ("recommendation", "measure", "next", "heard", "priority", "serves")


@dataclass(frozen=True)
class Move:
    """A move of a date: from which, by how much, and whether it is the first."""

    promise: ed.Promise
    span: ed.Span | None
    earlier: bool
    again: bool


@dataclass(frozen=True)
class Knot:
    """An event on the thread. ``same`` says that an update repeats the one before it."""

    kind: Kind
    anchor: str = ""
    on: date | None = None
    recommendation: ed.Recommendation | None = None
    promise: ed.Promise | None = None
    move: Move | None = None
    update: ed.Update | None = None
    review: ed.Review | None = None
    measure: ed.Measure | None = None
    milestone: ed.Milestone | None = None
    same: bool = False
    action: ed.Action | None = None
    heard: ed.Heard | None = None
    priority: ed.Priority | None = None


def recommended(
    edition: ed.Edition, rec: ed.Recommendation, actions: Sequence[ed.Action]
) -> tuple[Knot, ...]:
    """The thread of a recommendation: it, the answer, and all that became of what was promised.

    The dated events of every action that answers it, oldest first, each with its action; at one
    time in the order of the plan.
    """
    at, happened = edition.as_at, []
    for action in actions:
        for knot in knots(edition, action):
            if knot.kind in _NOT_TOLD_AGAIN:
                continue
            on = knot.on
            if knot.kind == "promise":
                on = knot.promise.given_on if knot.promise else None
            elif knot.kind == "done":
                on = action.done_on
            elif knot.kind == "withdrawn":
                on = action.withdrawn.on if action.withdrawn else None
            happened.append(replace(knot, on=on, action=action, anchor=""))
    first = [Knot("recommendation", "recommendation", rec.made_on, recommendation=rec)]
    if rec.answer is not None:
        first.append(Knot("answer", "answer", rec.answer.on, recommendation=rec))
    return (*first, *sorted(happened, key=lambda knot: knot.on or at))


def recommendation_paths(edition: ed.Edition) -> dict[str, str]:
    """Where each recommendation's thread stands, by its number; no two share a place.

    >>> deed = ed.Deed("Head of Policy", date(2026, 4, 1))
    >>> recs = (ed.Recommendation("4", "Train"), ed.Recommendation("4.", "Hear"))
    >>> plan = ed.Edition("B", "P", 1, deed.on, deed, deed, recommendations=recs)
    >>> recommendation_paths(plan)
    {'4': 'recommendations/4', '4.': 'recommendations/4-2'}
    """
    taken: set[str] = set()
    return {
        rec.number: f"recommendations/{_slug(rec.number, taken)}" for rec in edition.recommendations
    }


def knots(edition: ed.Edition, action: ed.Action) -> tuple[Knot, ...]:
    """The events of an action's thread as a reader follows them, from the voice that asked."""
    at = edition.as_at
    found = [
        Knot("heard", heard=one)
        for code in action.heard
        if (one := edition.theme_heard(code)) is not None
    ]
    found += [
        Knot("priority", priority=priority)
        for number in action.priorities
        if (priority := edition.priority(number)) is not None
    ]
    found += [Knot("serves", "serves")] if action.serves else []
    found += [
        Knot("recommendation", f"recommendation-{number}", rec.made_on, recommendation=rec)
        for number in action.recommendations
        if (rec := edition.recommendation(number)) is not None
    ]
    found.append(Knot("promise", "promise", promise=_first(action, at)))
    happened = [Knot("moved", on=m.promise.given_on, move=m) for m in _moves(action, at)]
    said = ed.updates(action, at)[::-1]
    for number, update in enumerate(said):
        same = number > 0 and ed.same_words(action, update.speaks_of) > 0
        happened.append(Knot("update", on=update.given_on, update=update, same=same))
    happened += [Knot("review", on=r.on, review=r) for r in action.reviews if r.on <= at]
    happened += [
        Knot("milestone", on=on, milestone=one)
        for one in ed.milestones(action, at)
        if (on := _over(one, at)) is not None
    ]
    found += sorted(happened, key=lambda knot: knot.on or at)
    found += [
        Knot("measure", f"measure-{number}", measure=measure)
        for number, measure in enumerate(_measures(edition, action), start=1)
    ]
    last: Kind = "withdrawn" if ed.is_withdrawn(action, at) else "next"
    last = "done" if ed.is_done(action, at) else last
    return (*found, Knot(last, "result"))


def _measures(edition: ed.Edition, action: ed.Action) -> tuple[ed.Measure, ...]:
    """The measures of an action, and those that stand elsewhere and measure it too."""
    also = (edition.measure(one) for one in action.also_measured_by)
    return (*action.measures, *(measure for measure in also if measure is not None))


def _over(milestone: ed.Milestone, at: date) -> date | None:
    """The day on which a milestone was reached or dropped; None while it is open."""
    stands = ed.milestone_standing(milestone, at)
    if stands == "dropped" and milestone.dropped is not None:
        return milestone.dropped.on
    return milestone.reached_on if stands == "reached" else None


def _first(action: ed.Action, at: date) -> ed.Promise | None:
    given = [promise for promise in action.promises if promise.given_on <= at]
    dated = [promise for promise in given if promise.due is not None]
    return next(iter([*dated, *given]), None)


def _moves(action: ed.Action, at: date) -> list[Move]:
    found: list[Move] = []
    before = ed.first_promised(action, at)
    for promise in ed.moves(action, at):
        span, earlier = None, False
        if before is not None and promise.due is not None:
            earlier = promise.due < before
            span = ed.between(*sorted((before, promise.due)))
        found.append(Move(promise, span, earlier, bool(found)))
        before = promise.due or before
    return found
