"""A plan over time: where each action, milestone and horizon lies between two ends of one axis.

Only places are worked out here, in per cent of the axis; how they look is the page's. Nothing is
left out: every action has a line, and what lies beyond an end stands at that end and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from goldenthread.plan.edition.milestones import (
    MilestoneStanding,
    horizon_of,
    milestone_due,
    milestone_standing,
    milestones,
)
from goldenthread.plan.edition.standing import (
    Standing,
    first_promised,
    given,
    is_done,
    is_withdrawn,
    now_promised,
    standing,
)
from goldenthread.plan.edition.value import Action, Coming, Edition, Horizon, Milestone, Theme
from goldenthread.timescale import financial_year

# Of what was given, of delay that has been, of delay to come, and of what has no end.
Stretch = Literal["given", "late", "ahead", "open"]
Sign = Literal["first", "now", "done", "withdrawn", "review"]

# A plan of more years than this is told to its ends in words; its line ends at the edge.
_MOST_BEFORE, _MOST_AFTER = 5 * 366, 10 * 366
# With more quarters than this their names run into one another.
_MOST_QUARTERS = 20


@dataclass(frozen=True)
class Axis:
    """Whole quarters, from the first day to the last."""

    begins: date
    ends: date

    def place(self, day: date) -> float:
        """How far along a day lies, in per cent; at an end where it lies beyond it.

        >>> Axis(date(2026, 4, 1), date(2027, 3, 31)).place(date(2030, 1, 1))
        100.0
        """
        whole = (self.ends - self.begins).days + 1
        along = 100 * (day - self.begins).days / whole
        return round(min(max(along, 0.0), 100.0), 2)

    def end_of(self, day: date) -> float:
        """The same for the end of a day, by which something is to be done."""
        return self.place(day + timedelta(days=1)) if day < date.max else 100.0

    def holds(self, day: date) -> bool:
        """Whether a day lies between the ends."""
        return self.begins <= day <= self.ends


@dataclass(frozen=True)
class Quarter:
    """A quarter of the axis: its first day, where it begins and ends, and its number from 1."""

    begins: date
    left: float
    right: float
    number: int


@dataclass(frozen=True)
class Year:
    """What the axis holds of a financial year: where that begins and ends, and its name."""

    left: float
    right: float
    name: str


@dataclass(frozen=True)
class Bar:
    """A stretch of time of an action, from ``left`` to ``right`` in per cent of the axis."""

    kind: Stretch
    left: float
    right: float


@dataclass(frozen=True)
class Mark:
    """A day of an action and where it lies."""

    kind: Sign
    on: date
    at: float


@dataclass(frozen=True)
class Step:
    """A milestone, how it stands, and where the day lies that says so."""

    milestone: Milestone
    standing: MilestoneStanding
    at: float


@dataclass(frozen=True)
class Line:
    """One action on the axis; ``beyond`` is true where a day of it lies outside the ends."""

    action: Action
    standing: Standing
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    steps: tuple[Step, ...]
    horizon: Horizon | None
    beyond: bool = False


@dataclass(frozen=True)
class Roadmap:
    """Lines under their themes on one axis, with today, horizons and what is to come.

    ``quarters`` are all quarters of the axis, and empty where there are too many to name.
    """

    axis: Axis
    at: date
    today: float
    groups: tuple[tuple[Theme, tuple[Line, ...]], ...]
    quarters: tuple[Quarter, ...]
    years: tuple[Year, ...]
    horizons: tuple[tuple[Horizon, float | None], ...]
    coming: tuple[tuple[Coming, float], ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line, in order."""
        return tuple(line for _theme, lines in self.groups for line in lines)


def roadmap(edition: Edition, actions: Sequence[Action] | None = None) -> Roadmap:
    """An edition over time as it stood on its day; of ``actions`` alone where they are given.

    The axis is that of the whole edition, so that pages of parts can be laid side by side. Actions
    stand in the edition's order under their themes, those without a theme last.
    """
    at = edition.as_at
    axis = axis_of(edition)
    chosen = edition.actions if actions is None else actions
    groups = tuple(
        (theme, tuple(_line(action, edition, axis) for action in chosen if action.theme == code))
        for code, theme in [*((one.code, one) for one in edition.themes), ("", Theme("", ""))]
    )
    return Roadmap(
        axis=axis,
        at=at,
        today=axis.end_of(at),
        groups=tuple((theme, lines) for theme, lines in groups if lines),
        quarters=_quarters(axis),
        years=_years(axis),
        horizons=tuple(
            (one, axis.end_of(one.ends) if axis.holds(one.ends) else None)
            for one in sorted(edition.horizons, key=lambda one: one.ends)
        ),
        coming=tuple(
            (one, axis.end_of(one.on))
            for one in sorted(edition.coming, key=lambda one: one.on)
            if one.on >= at and axis.holds(one.on)
        ),
    )


def axis_of(edition: Edition) -> Axis:
    """Whole quarters around every day that the edition's actions and milestones speak of.

    At least four quarters, its own day among them; no more than five years back and ten ahead.
    """
    at = edition.as_at
    first, last = _shift(at, -_MOST_BEFORE), _shift(at, _MOST_AFTER)
    days = [at, *(one.on for one in edition.coming)]
    for action in edition.actions:
        days += _days(action, at)
    within = [min(max(day, first), last) for day in days]
    begins, after = quarter_began(min(within)), _next_quarter(quarter_began(max(within)))
    while (after - begins).days < 360:
        after = _next_quarter(after)
    return Axis(begins, after - timedelta(days=1))


def quarter_began(day: date) -> date:
    """The first day of the quarter of a day."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def _next_quarter(began: date) -> date:
    return date(began.year + (began.month > 9), (began.month + 2) % 12 + 1, 1)


def _shift(day: date, days: int) -> date:
    """A day so many days away, and never one that the calendar or a quarter's end lacks."""
    number = min(max(day.toordinal() + days, 366), date.max.toordinal() - 366)
    return date.fromordinal(number)


def _quarters(axis: Axis) -> tuple[Quarter, ...]:
    found, began = [], axis.begins
    while began <= axis.ends:
        after = _next_quarter(began)
        left, right = axis.place(began), axis.place(after)
        found.append(Quarter(began, left, right, (began.month - 4) % 12 // 3 + 1))
        began = after
    return tuple(found) if len(found) <= _MOST_QUARTERS else ()


def _years(axis: Axis) -> tuple[Year, ...]:
    found, began = [], axis.begins
    while began <= axis.ends:
        first = began.year if began.month >= 4 else began.year - 1
        after = date(first + 1, 4, 1)
        found.append(Year(axis.place(began), axis.place(after), financial_year(first)))
        began = after
    return tuple(found)


def starts(action: Action, at: date) -> date | None:
    """The day from which an action is drawn: its start, else the day that it was promised on."""
    promised = given(action, at)
    return action.starts_on or (promised[0].given_on if promised else None)


def _days(action: Action, at: date) -> Iterable[date]:
    """Every day that the line of an action needs."""
    found = [starts(action, at), action.done_on if is_done(action, at) else None]
    found += [promise.due for promise in given(action, at)]
    found += [action.withdrawn.on if action.withdrawn and is_withdrawn(action, at) else None]
    found += [_day_of(one, at) for one in milestones(action, at)]
    return [day for day in found if day is not None]


def _day_of(milestone: Milestone, at: date) -> date | None:
    """The day at which it is drawn: when it was reached or dropped, else when it is due."""
    stands = milestone_standing(milestone, at)
    if stands == "reached":
        return milestone.reached_on
    if stands == "dropped" and milestone.dropped is not None:
        return milestone.dropped.on
    return milestone_due(milestone, at)


def _line(action: Action, edition: Edition, axis: Axis) -> Line:
    at = edition.as_at
    first, now = first_promised(action, at), now_promised(action, at)
    steps = []
    for one in milestones(action, at):
        on = _day_of(one, at)
        if on is not None:
            steps.append(Step(one, milestone_standing(one, at), axis.end_of(on)))
    ends = action.done_on if is_done(action, at) else now or first
    return Line(
        action,
        standing(action, at),
        tuple(_bars(action, at, axis)),
        tuple(_marks(action, at, axis)),
        tuple(steps),
        horizon_of(edition.horizons, ends),
        beyond=any(not axis.holds(day) for day in _days(action, at)),
    )


def _bars(action: Action, at: date, axis: Axis) -> Iterable[Bar]:
    """What was given, then the delay that has been, then the delay to come; or what has no end."""
    first, now = first_promised(action, at), now_promised(action, at)
    begun = starts(action, at)
    over = action.done_on if is_done(action, at) else None
    if over is None and is_withdrawn(action, at) and action.withdrawn is not None:
        over = action.withdrawn.on
    left = axis.place(min(day for day in (begun, first, over, axis.ends) if day is not None))
    if first is None:
        until = axis.end_of(over) if over is not None else 100.0
        yield Bar("given" if over is not None else "open", left, max(left, until))
        return
    due = axis.end_of(first)
    if over is not None:
        yield Bar("given", left, max(left, min(due, axis.end_of(over))))
        if over > first:
            yield Bar("late", due, axis.end_of(over))
        return
    yield Bar("given", left, max(left, due))
    passed = axis.end_of(at) if at > first else due
    if passed > due:
        yield Bar("late", due, passed)
    if now is not None and axis.end_of(now) > passed:
        yield Bar("ahead", passed, axis.end_of(now))


def _marks(action: Action, at: date, axis: Axis) -> Iterable[Mark]:
    first, now = first_promised(action, at), now_promised(action, at)
    if first is not None:
        yield Mark("first", first, axis.end_of(first))
    if is_done(action, at) and action.done_on is not None:
        yield Mark("done", action.done_on, axis.end_of(action.done_on))
    elif is_withdrawn(action, at) and action.withdrawn is not None:
        yield Mark("withdrawn", action.withdrawn.on, axis.end_of(action.withdrawn.on))
    elif now is not None and now != first:
        yield Mark("now", now, axis.end_of(now))
    elif action.next_review is not None and axis.holds(action.next_review):
        yield Mark("review", action.next_review, axis.end_of(action.next_review))
