"""A series cut where its limits start anew, and what changed in each part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from goldenthread.spc.limits import Limits, reckon
from goldenthread.spc.series import Series, Step, exact
from goldenthread.spc.signals import Mark, Meaning, Rule, Side, marks


@dataclass(frozen=True)
class Phase:
    """Part of a series with limits of its own: the first and last place in its points.

    ``step`` is why it was started; None for the first. ``limits`` is None where no two figures are
    neighbours.
    """

    first: int
    last: int
    step: Step | None
    limits: Limits | None


@dataclass(frozen=True)
class Change:
    """Signals one after another on one side: the first and last place, and the rules that hold."""

    first: int
    last: int
    side: Side
    meaning: Meaning
    rules: tuple[Rule, ...]


def phases(series: Series, *, screen: bool) -> tuple[Phase, ...]:
    """The phases of a series, each with its limits; none where it has no points."""
    starts: dict[int, Step | None] = {0: None} if series.points else {}
    for step in sorted(series.steps, key=lambda step: step.on):
        place = sum(point.on < step.on for point in series.points)
        if place < len(series.points):
            starts[place] = step
    values = [None if point.value is None else exact(point.value) for point in series.points]
    return tuple(
        Phase(
            first,
            after - 1,
            starts[first],
            reckon(values[first:after], screen=screen, baseline=series.baseline),
        )
        for first, after in pairwise([*sorted(starts), len(values)])
    )


def marks_of(series: Series, found: Sequence[Phase]) -> tuple[Mark | None, ...]:
    """A mark or None for each point. Limits that rest on fewer than 6 figures mark nothing."""
    marked: list[Mark | None] = []
    for phase in found:
        points = series.points[phase.first : phase.last + 1]
        if phase.limits is None or not phase.limits.useful:
            marked += [None] * len(points)
            continue
        values = [None if point.value is None else exact(point.value) for point in points]
        marked += marks(values, phase.limits, series.better)
    return tuple(marked)


def changes(marked: Sequence[Mark | None], found: Sequence[Phase]) -> tuple[Change, ...]:
    """Neighbouring marks of one side in one phase, together."""
    starts = {phase.first for phase in found}
    together: list[list[int]] = []
    for place, mark in enumerate(marked):
        if mark is None:
            continue
        before = marked[place - 1] if place and place not in starts else None
        if before is not None and before.side == mark.side:
            together[-1].append(place)
        else:
            together.append([place])
    return tuple(_change([(place, marked[place]) for place in places]) for places in together)


def _change(signals: Sequence[tuple[int, Mark | None]]) -> Change:
    held = [mark for _, mark in signals if mark is not None]
    return Change(
        first=signals[0][0],
        last=signals[-1][0],
        side=held[0].side,
        meaning=held[0].meaning,
        rules=tuple(dict.fromkeys(mark.rule for mark in held)),
    )
