"""The frame of a chart: where a figure and a period stand, the ticks, the names of the periods."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil, floor, log10

from goldenthread.charts.ink import HAIRLINE, RULE, clean, line, shorten, text, width_of, wrap
from goldenthread.spc import Number, Series
from goldenthread.spc.series import figure

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_NAMED = re.compile(
    rf"(?P<short>Q[1-4]|[Qq]uarter [1-4],?|{'|'.join(_MONTHS)}) (?P<year>\d{{4}}(?:/\d\d)?)"
)


@dataclass(frozen=True)
class Frame:
    """The plot inside a drawing: its edges, the values at bottom and top, how many periods.

    ``end`` is the right edge of the drawing; ``inset`` the room between the edges of the plot and
    the first and last period.
    """

    left: float
    right: float
    end: float
    top: float
    bottom: float
    low: float
    high: float
    step: float
    periods: int
    size: float
    inset: float

    def x(self, place: float) -> float:
        """Where a period stands; a single one in the middle."""
        start, end = self.left + self.inset, self.right - self.inset
        if self.periods < 2:
            return (start + end) / 2
        return start + (end - start) * place / (self.periods - 1)

    def y(self, value: Number) -> float:
        """Where a figure stands, never outside the plot."""
        share = (float(value) - self.low) / (self.high - self.low)
        return self.bottom - (self.bottom - self.top) * min(1, max(0, share))

    @property
    def between(self) -> float:
        """The distance of two neighbouring periods."""
        return (self.right - self.left - 2 * self.inset) / max(1, self.periods - 1)


def ends(series: Series, values: Sequence[Number], ticks: int) -> tuple[float, float, float]:
    """The bottom and top of the scale and the step of its ticks.

    The scale of a share, count or rate starts at nought, and that of a share stops at 100.

    >>> from goldenthread.spc import Counts, Quantity
    >>> shares = Series("Panels", Quantity("share"), "higher", Counts.THINGS, (), "The panel log")
    >>> ends(shares, [21, 61, 100], 4)
    (0.0, 100.0, 25.0)
    """
    kind = series.quantity.kind
    numbers = [float(value) for value in values] or [0.0]
    low, high = min(numbers), max(numbers)
    if kind != "number":
        low = 0.0
    if high - low < 1e-6 * max(1, abs(low), abs(high)):
        # Nothing to tell apart: a whole scale for a share, a step to either side for the rest.
        high, low = (100.0, 0.0) if kind == "share" else (high + 1, low - (kind == "number"))
    bottom, top, step = scale(low, high, ticks, whole=kind == "count")
    return bottom, min(top, 100.0) if kind == "share" else top, step


def scale(low: float, high: float, ticks: int, *, whole: bool) -> tuple[float, float, float]:
    """Bottom and top at whole steps around two numbers that differ, and the step between ticks.

    >>> scale(0, 88, 4, whole=False)
    (0.0, 100.0, 25.0)
    """
    step = _nice((high - low) / ticks, whole=whole)
    return floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step, step


def tick_values(low: float, high: float, step: float) -> list[float]:
    """The values with a tick, from the bottom up."""
    return [low + step * n for n in range(int((high - low) / step + 1e-6) + 1)]


def tick_words(series: Series, value: float, step: float) -> str:
    """What stands beside a tick: the number, and per cent for a share."""
    places = next((n for n in range(9) if abs(round(step, n) - step) < step * 1e-6), 9)
    said = figure(round(value, 9), places)
    return f"{said}%" if series.quantity.kind == "share" else said


def axes(frame: Frame, series: Series) -> Iterator[str]:
    """Hairlines with their values, the line of nought, and the names of the periods."""
    for value in tick_values(frame.low, frame.high, frame.step):
        y = frame.y(value)
        nought = abs(value) < frame.step / 1000
        yield line(frame.left, y, frame.right, y, RULE if nought else HAIRLINE)
        words = tick_words(series, value, frame.step)
        yield text(frame.left - 8, y + frame.size / 3, words, frame.size, anchor="end")
    yield from _periods(frame, series)


def _periods(frame: Frame, series: Series) -> Iterator[str]:
    labels = [clean(point.label) for point in series.points]
    named = [_NAMED.fullmatch(label) for label in labels]
    if labels and all(named):
        pairs = [(_short(match["short"]), match["year"]) for match in named if match]
        yield from _by_year(frame, pairs)
    else:
        yield from _thinned(frame, labels)


def _by_year(frame: Frame, pairs: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Quarters or months in one row where they fit, and the year under the first of each.

    Years that have no room are left out from the last one backwards, which stays.
    """
    size, y, reach = frame.size, frame.bottom + frame.size * 1.4, 6.0
    fits = all(width_of(short, size) <= frame.between - 5 for short, _ in pairs)
    if fits:
        for place, (short, _) in enumerate(pairs):
            yield text(frame.x(place), y, short, size, anchor="middle")
        y, reach = y + size * 1.35, size * 2.75 + 4
    starts = [next(group)[0] for _, group in groupby(enumerate(pairs), key=lambda one: one[1][1])]
    free = frame.end
    for place in reversed(starts):
        year, edge = pairs[place][1], frame.x(place) - frame.between / 2
        left = max(edge + 5 if fits else edge, frame.left - 4)
        if not place:
            half = width_of(pairs[0][0], size) / 2
            left = max(frame.x(0) - half, 0) if fits else frame.left - 4
        wide = width_of(year, size, bold=True)
        if place:
            yield line(edge, frame.bottom, edge, frame.bottom + reach, RULE)
        left = min(left, frame.end - wide)
        if left + wide <= free and (left > edge or not fits or not place):
            yield text(left, y, year, size, bold=True)
            free = left - 8


def _thinned(frame: Frame, labels: Sequence[str]) -> Iterator[str]:
    """As many labels as fit, counted back from the last, which is always there."""
    size, y = frame.size, frame.bottom + frame.size * 1.4
    lines = [_two_lines(label, min(frame.right - frame.left, 130), size) for label in labels]
    widths = [max(width_of(words, size) for words in pair) for pair in lines]
    every = max(1, ceil((max(widths, default=0) + 12) / max(frame.between, 1e-9)))
    free = frame.end
    for place in range(len(lines) - 1, -1, -every):
        x, half = frame.x(place), widths[place] / 2
        middle = max(min(x, frame.end - half), half)
        if middle + half > free:
            continue
        free = middle - half - 8
        yield line(x, frame.bottom, x, frame.bottom + 4, RULE)
        for row, words in enumerate(lines[place]):
            yield text(middle, y + row * size * 1.25, words, size, anchor="middle")


def _two_lines(label: str, room: float, size: float) -> list[str]:
    """A name in at most two lines: its beginning and its end, for many differ only there."""
    lines = wrap(label, room, size)
    return lines if len(lines) < 3 else [lines[0], shorten(f"…{lines[-1]}", room, size)]


def _short(words: str) -> str:
    """ "Apr" for April, "Q1" for quarter 1."""
    return f"Q{words.rstrip(',')[-1]}" if words[0] in "qQ" else words[:3]


def _nice(step: float, *, whole: bool) -> float:
    """The next larger of 1, 2, 2.5, 5 and 10 times a power of ten; whole for counts."""
    power = 10.0 ** floor(log10(step))
    nice = next(n for n in (1, 2, 2.5, 5, 10) if n * power >= step * (1 - 1e-9)) * power
    return max(1.0, ceil(nice)) if whole else nice
