"""How the latest figure differs from the one before and from a year ago: a difference, no verdict.

Two figures always differ. Whether it means anything is the reading's to say, so an arrow always
names what it compares with, and never says better or worse.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from goldenthread.spc.series import Point, Series, exact
from goldenthread.spc.wording import difference, period


@dataclass(frozen=True)
class Arrow:
    """The latest figure against one named other: up, down or level, by how much, in words."""

    against: Literal["the period before", "a year before"]
    other: Point
    way: Literal["up", "down", "level"]
    by: Fraction
    words: str


def arrows(series: Series) -> tuple[Arrow, ...]:
    """The arrows that can be drawn from the latest figure: none, one or both.

    Missing: no arrow where the period before, or the same one a year before, has no figure.
    """
    points = series.points
    place = max((i for i, point in enumerate(points) if point.value is not None), default=None)
    if place is None:
        return ()
    latest, noun = points[place], period(series)
    found = []
    if place and (arrow := _arrow(series, latest, points[place - 1], "the period before", noun)):
        found.append(arrow)
    year_ago = _a_year_before(points, latest)
    if year_ago and (arrow := _arrow(series, latest, year_ago, "a year before", noun)):
        found.append(arrow)
    return tuple(found)


def _arrow(
    series: Series,
    latest: Point,
    other: Point,
    against: Literal["the period before", "a year before"],
    noun: str,
) -> Arrow | None:
    if latest.value is None or other.value is None:
        return None
    by = exact(latest.value) - exact(other.value)
    when = f"the {noun} before" if against == "the period before" else "a year before"
    if by == 0:
        return Arrow(against, other, "level", by, f"The same as in {other.label}, {when}")
    way: Literal["up", "down"] = "up" if by > 0 else "down"
    words = f"{way.capitalize()} {difference(series, abs(by))} on {other.label}, {when}"
    return Arrow(against, other, way, by, words)


def _a_year_before(points: Sequence[Point], latest: Point) -> Point | None:
    """The one point in the same month of the year before; of several, the one on the same day."""
    same = [
        point
        for point in points
        if (point.on.year, point.on.month) == (latest.on.year - 1, latest.on.month)
    ]
    if len(same) > 1:
        same = [point for point in same if point.on.day == latest.on.day]
    return same[0] if len(same) == 1 else None
