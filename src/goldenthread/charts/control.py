"""A control chart: the figures, their ordinary range, what is more than that, and the target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from goldenthread.charts.drawing import Drawing, described, finished, only_series
from goldenthread.charts.frame import Frame, axes, ends, tick_values, tick_words
from goldenthread.charts.ink import (
    BETTER,
    INK,
    INK_SOFT,
    NEITHER,
    PAPER_DEEP,
    RULE,
    THREAD,
    WHITE,
    WORSE,
    dot,
    element,
    fitting,
    line,
    path,
    shorten,
    sign,
    text,
    width_of,
    wrap,
)
from goldenthread.spc import Number, Phase, Reading, Series, period, read
from goldenthread.spc.series import exact, figure
from goldenthread.spc.wording import clipped, places_of, range_of

NARROW, MIDDLE, WIDE = 300, 600, 900
"""The widths that a page chooses from: a phone, a tablet or half a page, a desktop or paper."""

# Narrower than this, words go over the plot and only numbers beside it.
_ROOMY = 480
# As much of the width as the names of lines may take.
_BESIDE = 0.3

_COLOURS = {"better": BETTER, "worse": WORSE, "neither": NEITHER}
_MEANS = {
    "better": "more than ordinary ups and downs, for the better",
    "worse": "more than ordinary ups and downs, for the worse",
    "neither": "more than ordinary ups and downs",
}


@dataclass(frozen=True)
class _Label:
    """Words beside the right edge, at the height of a figure."""

    value: Number
    words: str
    bold: bool = False


def control_chart(series: Series, reading: Reading | None = None, *, width: int = WIDE) -> Drawing:
    """The series as a control chart, with its title, description, sentence and table.

    Shape: one period after another from left to right; limits dashed, the average thin, the target
    thick, new limits from a dotted line on. A signal changes its shape as well as its colour.
    Units: ``width`` is that of the viewBox, in pixels at the size it will be seen; text keeps its
    size, so draw for about the width that it will have.
    Missing: a period without a figure breaks the line and has a small cross on the axis. Limits
    that rest on fewer than 6 figures are not drawn.
    Raises: ``ValueError`` where the reading is of another series, ``TypeError`` for anything that
    is no series.

    >>> from goldenthread.spc import Counts, Quantity
    >>> empty = Series("Panels", Quantity("share"), "higher", Counts.THINGS, (), "The panel log")
    >>> control_chart(empty).description
    'Control chart without figures yet.'
    """
    only_series(series)
    reading = reading or read(series)
    if reading.series != series:
        raise ValueError("the reading is of another series")
    frame, key = _frame(series, reading, width)
    parts = [*_key(frame, reading, key), *_bands(frame, reading), *axes(frame, series)]
    parts += _limits(frame, reading)
    parts += _targets(frame, series)
    parts += _steps(frame, series, reading)
    parts += figures(frame, series, reading)
    parts += _labels(frame, series, reading, width)
    what = f"Control chart by {period(series)}" if series.points else "Control chart"
    return finished(
        parts,
        series,
        reading,
        width=width,
        height=round(frame.bottom + frame.size * 3.4),
        description=described(series, reading, what),
    )


def figures(frame: Frame, series: Series, reading: Reading | None) -> Iterator[str]:
    """The line, broken at gaps, its points and signals, and the latest figure in words."""
    radius = max(1.5, min(4.2, frame.between * 0.3))
    numbered = enumerate(series.points)
    for has, group in groupby(numbered, key=lambda one: one[1].value is not None):
        places = [(frame.x(i), point.value) for i, point in group]
        if has and len(places) > 1:
            joined = [(x, frame.y(value)) for x, value in places if value is not None]
            yield path(joined, closed=False, fill="none", stroke=INK, stroke_width=2)
        elif not has:
            for x, _ in places:
                y, r = frame.bottom - 8, 4.0
                yield line(x - r, y - r, x + r, y + r, INK_SOFT, 1.5)
                yield line(x - r, y + r, x + r, y - r, INK_SOFT, 1.5)
    for place, point in enumerate(series.points):
        if point.value is None:
            continue
        mark = reading.marks[place] if reading else None
        x, y = frame.x(place), frame.y(point.value)
        yield sign(x, y, radius, mark.meaning, mark.side) if mark else dot(x, y, radius)
    yield from _latest(frame, series, reading)


def _latest(frame: Frame, series: Series, reading: Reading | None) -> Iterator[str]:
    places = [place for place, point in enumerate(series.points) if point.value is not None]
    if not places:
        return
    place, size = places[-1], frame.size * 1.12
    value = series.points[place].value
    if value is None:
        return
    before = series.points[place - 1].value if place else None
    mark = reading.marks[place] if reading else None
    words = bare(series, value, series.places)
    half = width_of(words, size, bold=True) / 2
    x, y = min(frame.x(place), frame.right + 2 - half), frame.y(value)
    over, under = y - size * 0.85, y + size * 1.6
    # The line comes from the left: the words stand on the other side of the point, or where they
    # cover fewer of the points before it.
    sides = [over, under] if before is None or exact(before) <= exact(value) else [under, over]
    beside = [
        frame.y(point.value)
        for near, point in enumerate(series.points[:place])
        if point.value is not None and frame.x(near) > x - half - 6
    ]
    at = min(sides, key=lambda base: sum(base - size < one < base + 6 for one in beside))
    at = over if at > frame.bottom - 4 else at
    yield text(
        x,
        at,
        words,
        size,
        colour=_COLOURS[mark.meaning] if mark else INK,
        anchor="middle",
        bold=True,
        halo=_paper(frame, reading, place, at),
    )


def _paper(frame: Frame, reading: Reading | None, place: int, y: float) -> str:
    """The colour under words at a height: that of the ordinary range, or white."""
    for phase, low, high in _useful(reading) if reading else ():
        if phase.first <= place <= phase.last and frame.y(high) < y < frame.y(low) + 8:
            return PAPER_DEEP
    return WHITE


def _frame(series: Series, reading: Reading, width: int) -> tuple[Frame, list[str]]:
    size = 13 if width < _ROOMY else 15
    values = [point.value for point in series.points if point.value is not None]
    values += [target.value for target in series.targets]
    for phase in reading.phases:
        if phase.limits and phase.limits.useful:
            values += clipped(series, phase.limits)
    height = 0.52 * width if width < _ROOMY else 190 + width / 9
    low, high, step = ends(series, values, 4)
    widest = max(width_of(tick_words(series, v, step), size) for v in tick_values(low, high, step))
    labels = _edge_words(series, reading, width)
    room = max((width_of(one.words, size, bold=True) for one in labels), default=0)
    left = widest + 12
    right = width - min(room + 14, width * _BESIDE)
    key = _key_lines(series, reading, width - 4, size)
    top = size * 1.35 * len(key) + size * 1.9
    frame = Frame(
        left=left,
        right=right,
        end=width,
        top=top,
        bottom=top + max(height, 150),
        low=low,
        high=high,
        step=step,
        periods=len(series.points),
        size=size,
        inset=8,
    )
    return frame, key


def _key_lines(series: Series, reading: Reading, room: float, size: float) -> list[str]:
    """The lines over the plot: its unit, and how to see the range where there is no room beside."""
    lines = []
    if series.quantity.kind != "share" and series.quantity.words.strip():
        lines += wrap(series.quantity.words.strip().capitalize(), room, size)[:2]
    limits = reading.phases[-1].limits if reading.phases else None
    if limits is None or not limits.useful:
        lines += wrap("Not enough figures yet to show an ordinary range.", room, size)
    elif room < _ROOMY and limits.average_range:
        lines += wrap(f"Shaded: ordinary ups and downs, {range_of(series, limits)}.", room, size)
    lines += [f"\0{meaning}" for meaning in _present(reading)]
    return lines


def _present(reading: Reading) -> list[str]:
    meanings = {mark.meaning for mark in reading.marks if mark}
    return [meaning for meaning in _MEANS if meaning in meanings]


def _key(frame: Frame, reading: Reading, lines: list[str]) -> Iterator[str]:
    """What the shapes mean, said once beside one of each."""
    size = frame.size
    for row, words in enumerate(lines):
        y = size * 1.1 + row * size * 1.35
        if not words.startswith("\0"):
            yield text(2, y, words, size)
            continue
        meaning = words[1:]
        side = next(mark.side for mark in reading.marks if mark and mark.meaning == meaning)
        yield sign(9, y - size * 0.35, 4.2, meaning, side)
        said = _MEANS[meaning] if frame.size > 13 else _MEANS[meaning].split(", ")[-1]
        yield text(22, y, said.capitalize(), size, colour=_COLOURS[meaning])


def _bands(frame: Frame, reading: Reading) -> Iterator[str]:
    for phase, low, high in _useful(reading):
        x1, x2 = _reach(frame, phase)
        top, bottom = frame.y(high), frame.y(low)
        yield element(
            "rect", x=x1, y=top, width=x2 - x1, height=max(bottom - top, 1), fill=PAPER_DEEP
        )


def _limits(frame: Frame, reading: Reading) -> Iterator[str]:
    for phase, low, high in _useful(reading):
        x1, x2 = _reach(frame, phase)
        for edge in (low, high):
            yield line(x1, frame.y(edge), x2, frame.y(edge), RULE, 1.5, "5 4")
        if phase.limits:
            middle = frame.y(phase.limits.mean)
            yield line(x1, middle, x2, middle, RULE, 1.5)


def _useful(reading: Reading) -> Iterator[tuple[Phase, Fraction, Fraction]]:
    for phase in reading.phases:
        if phase.limits and phase.limits.useful:
            yield phase, *clipped(reading.series, phase.limits)


def _reach(frame: Frame, phase: Phase) -> tuple[float, float]:
    """From half-way after the period before to half-way before the next; the edges at the ends."""
    first = frame.left if phase.first == 0 else frame.x(phase.first - 0.5)
    last = frame.right if phase.last == frame.periods - 1 else frame.x(phase.last + 0.5)
    return first, last


def _targets(frame: Frame, series: Series) -> Iterator[str]:
    levels = [series.target_at(point.on) for point in series.points]
    for target, group in groupby(enumerate(levels), key=lambda one: one[1]):
        places = [place for place, _ in group]
        if target is None:
            continue
        x1, x2 = _reach(frame, Phase(places[0], places[-1], None, None))
        y = frame.y(target.value)
        yield line(x1, y, x2, y, INK, 2)


def _steps(frame: Frame, series: Series, reading: Reading) -> Iterator[str]:
    """A dotted line where limits start anew, named where there is room between two of them."""
    started = [phase for phase in reading.phases if phase.step]
    lines = [frame.x(phase.first - 0.5) if phase.first else frame.left for phase in started]
    taken = frame.left
    for place, phase in enumerate(started):
        x, after = lines[place], [*lines, frame.right][place + 1]
        yield line(x, frame.top - 4, x, frame.bottom, THREAD, 2, "2 4")
        label = series.points[phase.first].label
        for words in (f"New limits from {label}", "New limits"):
            wide = width_of(words, frame.size) + 12
            right = wide <= after - x
            if right or wide <= x - taken:
                taken = x + wide if right else x
                yield text(
                    x + 6 if right else x - 6,
                    frame.bottom - frame.size * 0.8,
                    words,
                    frame.size,
                    colour=INK,
                    anchor="start" if right else "end",
                    halo=WHITE,
                )
                break


def bare(series: Series, value: Number, places: int) -> str:
    """A figure without the words of its unit, which stand over the plot; per cent stays.

    >>> from goldenthread.spc import Counts, Quantity
    >>> days = Series("Days", Quantity("rate", "days"), "lower", Counts.THINGS, (), "The register")
    >>> bare(days, 9.5, 1)
    '9.5'
    """
    sign = "%" if series.quantity.kind == "share" else ""
    return f"{figure(value, places)}{sign}"


def _edge_words(series: Series, reading: Reading, width: int) -> list[_Label]:
    """What stands beside the right edge and at which figure: on a phone only numbers."""
    labels = []
    short = width < _ROOMY

    target = series.target_at(series.points[-1].on) if series.points else None
    if target is not None:
        level = bare(series, target.value, series.places)
        room = width * _BESIDE - 14 - width_of(f": {level}", 15, bold=True)
        # A promise that is cut is no promise: better its figure alone.
        named = fitting(target.words.strip() or "Target", "Target", room=room, size=15, bold=True)
        labels.append(_Label(target.value, level if short else f"{named}: {level}", bold=True))
    limits = reading.phases[-1].limits if reading.phases else None
    if limits and limits.useful:
        low, high = clipped(series, limits)
        places = places_of(series, limits)
        named_lines = [("Upper", high), ("Average", limits.mean), ("Lower", low)]
        if limits.average_range == 0:
            named_lines = named_lines[1:2]
        for name, value in named_lines:
            said = bare(series, value, places if value else 0)
            labels.append(_Label(value, said if short else f"{name} {said}"))
    return labels


def _labels(frame: Frame, series: Series, reading: Reading, width: int) -> Iterator[str]:
    labels = sorted(_edge_words(series, reading, width), key=lambda label: frame.y(label.value))
    gap = frame.size * 1.25
    heights: list[float] = []
    for label in labels:
        y = frame.y(label.value)
        heights.append(max(y, heights[-1] + gap) if heights else y)
    over = heights[-1] - (frame.bottom + 2) if heights else 0
    if over > 0:
        heights[-1] -= over
        for place in range(len(heights) - 2, -1, -1):
            heights[place] = min(heights[place], heights[place + 1] - gap)
    for label, y in zip(labels, heights, strict=True):
        words = shorten(label.words, width - frame.right - 10, frame.size, bold=label.bold)
        colour = INK if label.bold else INK_SOFT
        yield text(
            frame.right + 8, y + frame.size / 3, words, frame.size, colour=colour, bold=label.bold
        )
