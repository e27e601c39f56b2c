"""One action's thread: what was recommended, promised, moved, said, measured and finished."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from goldenthread.plan import edition as ed

Kind = Literal[
    "recommendation",
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


def knots(edition: ed.Edition, action: ed.Action) -> tuple[Knot, ...]:
    """The events of an action's thread as a reader follows them, from the voice that asked."""
    at = edition.as_at
    found = [
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
        for number, measure in enumerate(action.measures, start=1)
    ]
    last: Kind = "withdrawn" if ed.is_withdrawn(action, at) else "next"
    last = "done" if ed.is_done(action, at) else last
    return (*found, Knot(last, "result"))


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
