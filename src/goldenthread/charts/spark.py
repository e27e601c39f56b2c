"""A sparkline: the run of a series beside its name, small enough for a row of a table."""

from __future__ import annotations

from itertools import groupby

from goldenthread.charts.drawing import Drawing, described, finished, only_series
from goldenthread.charts.frame import Frame
from goldenthread.charts.ink import INK, PAPER_DEEP, element, path, sign
from goldenthread.spc import Reading, Series, read
from goldenthread.spc.wording import clipped

_WIDTH, _HEIGHT = 120, 28


def sparkline(series: Series, reading: Reading | None = None) -> Drawing:
    """The line of a series over its ordinary range, the latest figure marked; no words in it.

    The scale is that of the figures and not from nought: it shows the run, and its table the
    figures. Its sentence and table are those of the control chart.
    """
    only_series(series)
    reading = reading or read(series)
    if reading.series != series:
        raise ValueError("the reading is of another series")
    limits = reading.phases[-1].limits if reading.phases else None
    span = [float(point.value) for point in series.points if point.value is not None]
    parts = []
    if limits and limits.useful:
        span += [float(edge) for edge in clipped(series, limits)]
    low, high = (min(span), max(span)) if span else (0.0, 1.0)
    frame = Frame(
        left=0,
        right=_WIDTH,
        end=_WIDTH,
        top=5,
        bottom=_HEIGHT - 5,
        low=low if high > low else low - 1,
        high=high if high > low else high + 1,
        step=1,
        periods=len(series.points),
        size=10,
        inset=6,
    )
    for phase in reading.phases:
        if phase.limits and phase.limits.useful:
            lowest, highest = clipped(series, phase.limits)
            x1 = frame.x(phase.first - 0.5) if phase.first else 0
            x2 = frame.x(phase.last + 0.5) if phase.last < frame.periods - 1 else _WIDTH
            y1, y2 = frame.y(highest), frame.y(lowest)
            parts.append(
                element("rect", x=x1, y=y1, width=x2 - x1, height=max(1, y2 - y1), fill=PAPER_DEEP)
            )
    numbered = enumerate(series.points)
    for has, group in groupby(numbered, key=lambda one: one[1].value is not None):
        joined = [(frame.x(i), frame.y(p.value)) for i, p in group if p.value is not None]
        if has and len(joined) > 1:
            parts.append(path(joined, closed=False, fill="none", stroke=INK, stroke_width=1.5))
    if reading.latest is not None:
        place, value = reading.latest, series.points[reading.latest].value
        mark = reading.marks[place]
        x, y = frame.x(place), frame.y(value or 0)
        parts.append(
            sign(x, y, 3, mark.meaning, mark.side)
            if mark
            else element("circle", cx=x, cy=y, r=3, fill=INK)
        )
    return finished(
        parts,
        series,
        reading,
        width=_WIDTH,
        height=_HEIGHT,
        description=described(series, reading, "Small line chart"),
    )
