"""What the first page says: what was finished, what slipped and by how much, what comes next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from goldenthread.plan import edition as ed

# The drawing of one slip: pixels across, and the room left for the marks at both ends.
_WIDTH, _EDGE = 300, 7


@dataclass(frozen=True)
class Line:
    """A slip on a time axis that all slips share, in pixels from the left."""

    first: float
    today: float
    until: float
    ahead: bool
    passed: float


@dataclass(frozen=True)
class Slipped:
    """A late action, how far behind it is, and why its date moved, in the lead's words."""

    action: ed.Action
    slip: ed.Slip
    line: Line
    now: date | None
    reason: str
    silent: int


@dataclass(frozen=True)
class Next:
    """Something to come: an action's date, or an event that is no action."""

    on: date
    words: str
    action: ed.Action | None = None
    moved: bool = False
    standing: ed.Standing | None = None
    cancelled: bool = False


def late(edition: ed.Edition) -> tuple[Slipped, ...]:
    """Every late action, the furthest behind its first promise first."""
    at = edition.as_at
    found = [
        (action, slip)
        for action in edition.actions
        if ed.standing(action, at) == "late" and (slip := ed.slipped(action, at)) is not None
    ]
    found.sort(key=lambda pair: (pair[1].first - pair[1].until, pair[1].first))
    axis = _axis([slip for _, slip in found], at, edition.decided_on or at)
    return tuple(
        Slipped(
            action,
            slip,
            _line(slip, at, axis),
            ed.now_promised(action, at),
            next((m.reason for m in reversed(ed.moves(action, at)) if m.reason), ""),
            ed.silent_quarters(action, at),
        )
        for action, slip in found
    )


def moved_but_not_late(edition: ed.Edition) -> tuple[ed.Action, ...]:
    """Actions that are promised for later than at first, though the first date is still to come."""
    at = edition.as_at
    return tuple(
        action
        for action in edition.actions
        if ed.standing(action, at) not in ("late", "done", "withdrawn")
        and ed.slipped(action, at) is not None
    )


def newly_done(edition: ed.Edition, most: int = 3) -> tuple[ed.Action, ...]:
    """The actions that were finished last, the newest first."""
    at = edition.as_at
    done = [action for action in edition.actions if ed.is_done(action, at)]
    return tuple(sorted(done, key=lambda action: action.done_on or at, reverse=True)[:most])


def withdrawn(edition: ed.Edition) -> tuple[ed.Action, ...]:
    """The actions that were given up, the newest first."""
    gone = [action for action in edition.actions if ed.is_withdrawn(action, edition.as_at)]
    return tuple(sorted(gone, key=_gone_on, reverse=True))


def _gone_on(action: ed.Action) -> date:
    return action.withdrawn.on if action.withdrawn else date.min


def measures(edition: ed.Edition) -> tuple[tuple[ed.Action | None, ed.Measure], ...]:
    """Every measure with the action it belongs to; None for those of the plan as a whole."""
    return edition.every_measure


def coming(edition: ed.Edition, most: int = 8) -> tuple[Next, ...]:
    """What is due in the three months or so after the edition's day, soonest first."""
    at = edition.as_at
    until = at + timedelta(days=93)
    found = [
        Next(event.on, event.words, cancelled=event.cancelled)
        for event in edition.coming
        if at <= event.on <= until
    ]
    for action in edition.actions:
        if ed.is_over(action, at):
            continue
        now = ed.now_promised(action, at) or action.next_review
        if now is not None and at <= now <= until:
            moved = bool(ed.moves(action, at))
            found.append(Next(now, action.title, action, moved, ed.standing(action, at)))
    return tuple(sorted(found, key=lambda item: item.on)[:most])


def said_of_measure(measure: ed.Measure, at: date) -> tuple[str, str, str]:
    """A measure's newest figure, the first one, and its target, each with its unit; or nothing."""
    known = [(one.on, one.value) for one in measure.readings if one.value is not None]
    first = ed.figure(min(known)[1], measure.unit) if len(known) > 1 else ""
    target = ed.figure(measure.target, measure.unit) if measure.target is not None else ""
    return ed.newest_figure(measure, at), first, target


def _axis(slips: Iterable[ed.Slip], at: date, begun: date) -> tuple[date, date]:
    days = [at, min(at, begun), *(slip.first for slip in slips), *(slip.until for slip in slips)]
    return min(days), max(max(days), min(days) + timedelta(days=1))


def _line(slip: ed.Slip, at: date, axis: tuple[date, date]) -> Line:
    begins, ends = axis

    def across(day: date) -> float:
        share = (day - begins).days / (ends - begins).days
        return round(_EDGE + share * (_WIDTH - 2 * _EDGE), 1)

    return Line(
        across(slip.first),
        across(at),
        across(slip.until),
        slip.until > at,
        across(min(slip.until, at)),
    )
