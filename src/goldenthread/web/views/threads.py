"""An action's rows as the knots of its thread, in the order of time, for its page in the workspace.

The public page tells the same story from an edition (``web/pages/story.py``); this one tells it
from what stands now, with who wrote what.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.utils.timezone import localdate

from goldenthread.plan import edition as ed
from goldenthread.web.queries.plan import Action, History


@dataclass(frozen=True)
class Knot:
    """One event of the thread; ``row`` is the promise, update or lead that it tells of.

    ``span`` is how far a date moved, ``earlier`` true where it came forward, ``again`` true from
    the second move on; ``evidence`` is what an update gave, and ``elsewhere`` whether it came by a
    link from another device than the first.
    """

    kind: Literal["promise", "moved", "update", "lead", "evidence"]
    on: date
    row: Any
    span: str = ""
    earlier: bool = False
    again: bool = False
    same: bool = False
    evidence: tuple[Any, ...] = ()
    elsewhere: bool = False


_ORDER = {"promise": 0, "lead": 1, "moved": 2, "update": 3, "evidence": 4}


def knots(history: History) -> tuple[Knot, ...]:
    """Every promise, move, update, change of lead and loose piece of evidence, oldest first."""
    begins = history.action.plan.begins
    found: list[Knot] = []
    moves = 0
    for promise in history.promises:
        on = promise.given_on or begins
        if promise.replaces_id is None:
            found.append(Knot("promise", on, promise))
            continue
        moves += 1
        before = promise.replaces.end if promise.replaces else None
        span, earlier = "", False
        if before and promise.end and before != promise.end:
            earlier = promise.end < before
            span = ed.span_words(ed.between(*sorted((before, promise.end))))
        found.append(Knot("moved", on, promise, span, earlier, moves > 1))
    said_before = ""
    for update in history.updates:
        on = update.said_on or localdate(update.at)
        shown = tuple(one for one in history.evidence if one.update_id == update.pk)
        same = bool(update.done) and update.done.split() == said_before.split()
        apart = update.pk in history.elsewhere
        found.append(Knot("update", on, update, same=same, evidence=shown, elsewhere=apart))
        said_before = update.done or said_before
    found += [
        Knot("lead", lead.since, lead)
        for lead in history.leads
        if lead.role == "accountable" and lead.since > begins
    ]
    found += [
        Knot("evidence", localdate(one.at), one)
        for one in history.evidence
        if one.update_id is None
    ]
    return tuple(sorted(found, key=lambda knot: (knot.on, _ORDER[knot.kind])))


def now_promised(action: Action, at: date) -> date | None:
    """The date that is promised now; None where none is, or where it has passed unkept."""
    due: date | None = action.now_due
    return due if due is not None and (due >= at or action.completed_on is not None) else None


def slip(action: Action, at: date) -> str:
    """How far an action is behind its first promise, in a phrase; nothing where it is not."""
    first = action.first_due
    if first is None or action.status == "withdrawn":
        return ""
    now = now_promised(action, at)
    if action.status == "completed" and action.completed_on:
        until, became = action.completed_on, "done"
    elif now is not None:
        until, became = now, "promised"
    else:
        until, became = at, "passed"
    if until <= first:
        return ""
    span = ed.between(first, until)
    return ed.slip_words(ed.Slip(first, until, span, action.moves, became))  # type: ignore[arg-type]
