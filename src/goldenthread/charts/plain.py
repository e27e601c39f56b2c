"""A small series as a plain line or as bars, without limits: for figures, not for verdicts."""

from __future__ import annotations

from collections.abc import Iterator

from goldenthread.charts.control import WIDE, bare, figures
from goldenthread.charts.drawing import Drawing, described, finished, only_series
from goldenthread.charts.frame import Frame, axes, ends, tick_values, tick_words
from goldenthread.charts.ink import (
    BRAND,
    INK,
    INK_SOFT,
    WHITE,
    element,
    fitting,
    line,
    shorten,
    text,
    width_of,
)
from goldenthread.spc import Series, period


def line_chart(series: Series, *, width: int = WIDE) -> Drawing:
    """The series as a line, with its title, description, sentence and table.

    It judges nothing: the sentence gives the first and the latest figure. See ``control_chart`` for
    what width, gaps and refusals mean.
    """
    only_series(series)
    frame = _frame(series, width, inset=8)
    parts = [*_unit(frame, series), *axes(frame, series), *_target(frame, series)]
    parts += figures(frame, series, None)
    return _finished(parts, series, frame, width, "Line chart")


def bar_chart(series: Series, *, width: int = WIDE) -> Drawing:
    """The series as bars from nought, the figure on each where all have room.

    See ``control_chart`` for what width, gaps and refusals mean.
    """
    only_series(series)
    frame = _frame(series, width, inset=_inset(series, width))
    parts = [*_unit(frame, series), *axes(frame, series), *_bars(frame, series)]
    parts += _target(frame, series)
    return _finished(parts, series, frame, width, "Bar chart")


def _inset(series: Series, width: int) -> float:
    return max(8.0, 0.4 * width / max(1, len(series.points)))


def _frame(series: Series, width: int, *, inset: float) -> Frame:
    size = 13 if width < 480 else 15
    values = [point.value for point in series.points if point.value is not None]
    low, high, step = ends(series, [*values, *(t.value for t in series.targets), 0], 4)
    widest = max(width_of(tick_words(series, v, step), size) for v in tick_values(low, high, step))
    top = size * (2.9 if _has_unit(series) else 1.6)
    target, _shorter = _target_words(series)
    room = width_of(target, size, bold=True) + 14 if target and width >= 480 else 12
    return Frame(
        left=widest + 12,
        right=width - min(room, width * 0.3),
        top=top,
        end=width,
        bottom=top + (150 if width < 480 else 130 + width / 9),
        low=low,
        high=high,
        step=step,
        periods=len(series.points),
        size=size,
        inset=inset,
    )


def _finished(parts: list[str], series: Series, frame: Frame, width: int, what: str) -> Drawing:
    if series.points:
        what = f"{what} by {period(series)}"
    return finished(
        parts,
        series,
        None,
        width=width,
        height=round(frame.bottom + frame.size * 3.4),
        description=described(series, None, what),
    )


def _has_unit(series: Series) -> bool:
    return series.quantity.kind != "share" and bool(series.quantity.words.strip())


def _unit(frame: Frame, series: Series) -> Iterator[str]:
    if _has_unit(series):
        words = shorten(series.quantity.words.strip().capitalize(), frame.end - 4, frame.size)
        yield text(2, frame.size * 1.1, words, frame.size)


def _target_words(series: Series) -> tuple[str, str]:
    """What the target is called beside its line: in its own words, and shorter; empty for none."""
    target = series.target_at(series.points[-1].on) if series.points else None
    if target is None:
        return "", ""
    level = series.say(target.value)
    return f"{target.words.strip() or 'Target'}: {level}", f"Target: {level}"


def _target(frame: Frame, series: Series) -> Iterator[str]:
    target = series.target_at(series.points[-1].on) if series.points else None
    if target is None:
        return
    y = frame.y(target.value)
    yield line(frame.left, y, frame.right, y, INK, 2)
    beside = frame.size > 13
    room = (frame.end if beside else frame.right) - (frame.right if beside else frame.left) - 9
    words = fitting(*_target_words(series), room=room, size=frame.size, bold=True)
    if beside:
        yield text(frame.right + 8, y + 5, words, frame.size, colour=INK, bold=True)
    else:
        yield text(frame.left + 4, y - 5, words, frame.size, colour=INK, bold=True, halo=WHITE)


def _bars(frame: Frame, series: Series) -> Iterator[str]:
    wide = min(64.0, 0.66 * (frame.between if frame.periods > 1 else frame.right - frame.left))
    nought = frame.y(0)
    said = [
        "" if point.value is None else bare(series, point.value, series.places)
        for point in series.points
    ]
    fits = all(width_of(words, frame.size) <= max(wide, frame.between - 4) for words in said)
    for place, point in enumerate(series.points):
        x = frame.x(place)
        if point.value is None:
            yield line(x - 4, nought - 12, x + 4, nought - 4, INK_SOFT, 1.5)
            yield line(x - 4, nought - 4, x + 4, nought - 12, INK_SOFT, 1.5)
            continue
        y = frame.y(point.value)
        yield element(
            "rect", x=x - wide / 2, y=min(y, nought), width=wide, height=abs(y - nought), fill=BRAND
        )
        if fits:
            at = y - 6 if y <= nought else y + frame.size
            yield text(x, at, said[place], frame.size, colour=INK, anchor="middle", halo=WHITE)
