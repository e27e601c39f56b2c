"""What does not fit into ordinary ups and downs: the four rules, and what a mark means.

Source: R/ptd_calculate_point_type.R of NHSRplotthedots, commit 050b07d. Seven, not six or eight,
for runs and trends alike. No rule reaches across a gap or into another phase.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from goldenthread.spc.limits import Limits
from goldenthread.spc.series import Polarity

Rule = Literal["outside", "trend", "two of three", "run"]
"""In the order in which they are named where several hold."""

Side = Literal["high", "low"]
Meaning = Literal["better", "worse", "neither"]

_LONG = 7


@dataclass(frozen=True)
class Mark:
    """Why one figure is a signal: by which rule, on which side, and whether that is better."""

    rule: Rule
    side: Side
    meaning: Meaning


def marks(
    values: Sequence[Fraction | None], limits: Limits, better: Polarity
) -> tuple[Mark | None, ...]:
    """A mark for each value of one phase; None where it is ordinary or missing.

    >>> from goldenthread.spc.limits import reckon
    >>> values = [Fraction(value) for value in [14, 15, 13, 14, 16, 15, 14, 13, 15, 14, 16, 15, 3]]
    >>> marks(values, reckon(values), "lower")[-1]
    Mark(rule='outside', side='low', meaning='better')
    """
    found: list[Mark | None] = [None] * len(values)
    for start, stretch in _stretches(values):
        for place, signal in enumerate(_signals(stretch, limits)):
            if signal is not None:
                rule, sign = signal
                side: Side = "high" if sign > 0 else "low"
                found[start + place] = Mark(rule, side, _meaning(side, better))
    return tuple(found)


def _stretches(values: Sequence[Fraction | None]) -> Iterator[tuple[int, list[Fraction]]]:
    """Where each run of neighbours without a gap starts, and its values."""
    stretch: list[Fraction] = []
    for place, value in enumerate([*values, None]):
        if value is not None:
            stretch.append(value)
        elif stretch:
            yield place - len(stretch), stretch
            stretch = []


def _signals(values: Sequence[Fraction], limits: Limits) -> list[tuple[Rule, int] | None]:
    """The first rule that holds for each value, with +1 for high or rising, -1 for low."""
    sides = [_sign(value - limits.mean) for value in values]
    outside = [not limits.lower <= value <= limits.upper for value in values]
    near = [
        not beyond and not limits.near_lower <= value <= limits.near_upper
        for value, beyond in zip(values, outside, strict=True)
    ]
    steps = [_sign(after - before) for before, after in pairwise(values)]
    trend, run = [0] * len(values), [0] * len(values)
    two_of_three = [0] * len(values)
    for last in range(_LONG, len(values) + 1):
        first = last - _LONG
        # At a turn a value ends one trend and starts another: the later one names it.
        if way := _all_alike(steps[first : last - 1]):
            trend[first:last] = [way] * _LONG
        if side := _all_alike(sides[first:last]):
            run[first:last] = [side] * _LONG
    for first in range(len(values) - 2):
        three = range(first, first + 3)
        side = _all_alike(sides[first : first + 3])
        if side and sum(near[place] for place in three) >= 2:
            for place in three:
                two_of_three[place] = two_of_three[place] or side * near[place]
    found: list[tuple[Rule, int] | None] = []
    for place in range(len(values)):
        if outside[place]:
            found.append(("outside", sides[place]))
        elif trend[place]:
            found.append(("trend", trend[place]))
        elif two_of_three[place]:
            found.append(("two of three", sides[place]))
        elif run[place]:
            found.append(("run", sides[place]))
        else:
            found.append(None)
    return found


def _all_alike(signs: Sequence[int]) -> int:
    """The sign that all share; 0 where they differ or one is 0."""
    return signs[0] if len(set(signs)) == 1 else 0


def _sign(value: Fraction) -> int:
    return (value > 0) - (value < 0)


def _meaning(side: Side, better: Polarity) -> Meaning:
    if better == "neither":
        return "neither"
    return "better" if (side == "high") == (better == "higher") else "worse"
