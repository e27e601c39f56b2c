"""What changed between two editions, said in the order in which a committee would ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from goldenthread.plan.compare import Changes, DatesMoved
from goldenthread.plan.model import Lead
from goldenthread.timescale import Timescale, in_words

_STATES = {
    None: "no status",
    "not_started": "not started",
    "in_progress": "in progress",
    "completed": "completed",
    "delayed": "delayed",
    "on_hold": "on hold",
    "withdrawn": "withdrawn",
}


def sentences(changes: Changes) -> Iterator[str]:
    """One sentence for each change; none where nothing changed.

    >>> list(sentences(Changes()))
    []
    """
    for where in changes.recommendations_added:
        yield f"Added, {where.label}: “{where.text}”"
    for where in changes.recommendations_removed:
        yield f"Gone, {where.label}: “{where.text}”"
    for where in changes.actions_added:
        yield f"Added, {where.label}: “{where.text}”"
    for where in changes.actions_removed:
        yield f"Gone, {where.label}: “{where.text}”"
    for status in changes.statuses_changed:
        before, after = _STATES[status.status_before], _STATES[status.status_after]
        yield f"Status, {status.after.label}: {before} became {after}. “{status.after.text}”"
    for moved in changes.dates_moved:
        yield f"Timescale, {moved.after.label}: {_moves(moved)}. “{moved.after.text}”"
    for leads in changes.leads_changed:
        before, after = _names(leads.leads_before), _names(leads.leads_after)
        yield f"Lead, {leads.after.label}: {before} became {after}. “{leads.after.text}”"
    for pair in changes.actions_moved:
        yield f"Moved, {pair.before.label} became {pair.after.label}: “{pair.after.text}”"
    for pair in (*changes.recommendations_reworded, *changes.actions_reworded):
        yield f"Reworded, {pair.after.label}: “{pair.before.text}” became “{pair.after.text}”"


def _moves(moved: DatesMoved) -> str:
    return "; ".join(f"{_said(before)} became {_said(after)}" for before, after in moved.dates)


def _said(timescale: Timescale | None) -> str:
    return in_words(timescale) if timescale is not None else "no timescale"


def _names(leads: Sequence[Lead]) -> str:
    return ", ".join(lead.text or "a named person" for lead in leads) or "nobody"
