"""One measure of a safe table over one of its dimensions, as bars that lie: names have room.

A figure that is not shown has no bar. Its marker stands there in words, so that nobody takes what
is hidden for nought. Those who gave no answer are no group: their bar is pale, and the
sentence tells of them apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal

from goldenthread.charts.control import WIDE
from goldenthread.charts.drawing import Drawing, framed
from goldenthread.charts.frame import scale, tick_values
from goldenthread.charts.ink import (
    BRAND,
    HAIRLINE,
    INK,
    INK_SOFT,
    PAPER_DEEP,
    RULE,
    WHITE,
    element,
    line,
    shorten,
    text,
    width_of,
    wrap,
)
from goldenthread.disclosure import SafeTable, only_safe
from goldenthread.disclosure.safe import EVERYBODY, Measure, dimension_words
from goldenthread.disclosure.shorthand import Shown

_IN_WORDS = {
    "[c]": "[c] confidential",
    "[x]": "[x] not available",
    "[z]": "[z] not applicable",
    "[low]": "[low] rounds to nought",
}
_MOST = 60
_WIDE_ENOUGH = 480  # below it names stand over their bars


def group_chart(
    table: SafeTable,
    *,
    over: str,
    measure: Measure | None = None,
    under: str = EVERYBODY,
    where: Mapping[str, str] | None = None,
    period: str | None = None,
    width: int = WIDE,
) -> Drawing:
    """A bar for each code of a dimension, with title, description, sentence and table.

    Shape: ``over`` is the dimension and ``under`` the code whose parts are drawn, in the order of
    the release; ``measure`` is the table's first, ``period`` its latest, ``where`` the code of each
    other dimension, ``Total`` for what it does not name. ``width`` is in pixels. Units: the
    measure's own; every scale has its nought, and that of a percentage ends at 100 at most.
    Missing: a marker stands in words where the bar would be. Raises ``TypeError`` for anything but
    a safe table, ``ValueError`` where the table has no such rows or more than 60.
    """
    only_safe(table)
    measure = measure or table.measures[0]
    period = period or table.periods[-1]
    where = dict(where or {})
    known = over in table.dims and over not in where and set(where) <= set(table.dims)
    if not known or measure not in table.measures or period not in table.periods:
        raise ValueError("The table has no such dimension, measure or period.")
    bars = _bars(table, measure, period, over, under, where)
    if not 0 < len(bars) <= _MOST:
        raise ValueError(f"A chart of groups has 1 to {_MOST} bars, of rows that the table has.")
    plot = _Plot.of(bars, measure, width)
    heading = _heading(table, measure, over, under, where, period)
    apart = table.unanswered[over]
    sentence = _sentence(bars, measure, apart)
    described = _described(bars, over)
    title = f"{heading}. {sentence}"
    return Drawing(
        framed(
            "".join(plot.drawn(bars, measure, apart)),
            title,
            described,
            width=width,
            height=plot.height,
        ),
        width,
        plot.height,
        title,
        described,
        sentence,
        (dimension_words(over), _what(measure)),
        tuple((name, _say(measure, shown)) for name, shown in bars),
        (
            f"Source: {table.release.rstrip('.')}, release {table.fingerprint[:12]}.",
            *table.notes,
            *(
                f"{marker} {meaning}."
                for marker, meaning in table.markers
                if any(shown.marker == marker for _, shown in bars)
            ),
        ),
    )


Bars = Sequence[tuple[str, Shown]]


def _bars(
    table: SafeTable,
    measure: Measure,
    period: str,
    over: str,
    under: str,
    where: Mapping[str, str],
) -> Bars:
    """The first way to divide the code of which the table has every row."""
    for codes in table.below[period, over].get(under, ()):
        found = [(code, table.find(period, {**where, over: code}, measure)) for code in codes]
        if all(shown is not None for _, shown in found):
            return [(code, shown) for code, shown in found if shown is not None]
    return ()


@dataclass(frozen=True)
class _Plot:
    """Where bars lie: the edges of the plot, its scale, and what is taken by a bar."""

    left: float
    right: float
    end: float
    top: float
    low: float
    high: float
    step: float
    size: float
    lines: tuple[tuple[str, ...], ...]
    over_bar: bool
    empty: bool

    @classmethod
    def of(cls, bars: Bars, measure: Measure, width: int) -> _Plot:
        narrow = width < _WIDE_ENOUGH
        size = 13.0 if narrow else 15.0
        room = float(width) - 4 if narrow else min(width * 0.36, 300.0)
        lines = tuple(tuple(_at_most_two(name, room, size)) for name, _ in bars)
        widest = max(width_of(words, size) for each in lines for words in each)
        values = [float(shown.figure) for _, shown in bars if shown.figure is not None]
        low, high = min([0.0, *values]), max([0.0, *values])
        if low == high:
            high = 100.0 if measure.kind == "percent" else 1.0
        low, high, step = scale(low, high, 3 if narrow else 4, whole=measure.kind == "count")
        if measure.kind == "percent":
            high = min(high, 100.0)
        told = max((width_of(_say(measure, shown), size) for _, shown in bars), default=0.0)
        beside = told + 12 if values else 12.0
        half = width_of(_tick(measure, high, step), size) / 2
        return cls(
            left=(2.0 if narrow else widest + 14) + (beside if low < 0 else 0),
            right=width - max(beside, half + 2),
            end=float(width),
            top=size * 1.9,
            low=low,
            high=high,
            step=step,
            size=size,
            lines=lines,
            over_bar=narrow,
            empty=not values,
        )

    @property
    def thick(self) -> float:
        return self.size * 1.5

    def high_of(self, at: int) -> float:
        """How high what belongs to one bar is, with the room under it."""
        words = len(self.lines[at]) * self.size * 1.25
        if self.over_bar:
            return words + self.thick + self.size * 0.9
        return max(words, self.thick) + self.size * 0.75

    @property
    def bottom(self) -> float:
        return self.top + sum(self.high_of(at) for at in range(len(self.lines)))

    @property
    def height(self) -> int:
        return round(self.bottom + (0 if self.empty else self.size * 2))

    def x(self, value: float | Decimal) -> float:
        """Where a figure ends, never outside the plot."""
        share = (float(value) - self.low) / (self.high - self.low)
        return self.left + (self.right - self.left) * min(1.0, max(0.0, share))

    def drawn(self, bars: Bars, measure: Measure, apart: Set[str]) -> Iterator[str]:
        """The marks: what is measured, the scale, the names and the bars."""
        yield text(2, self.size * 1.1, shorten(_what(measure), self.end - 4, self.size), self.size)
        if not self.empty:
            yield from self._axis(measure)
        top, nought = self.top, self.x(0)
        for at, (name, shown) in enumerate(bars):
            middle = top + (self.high_of(at) - self.size * 0.75) / 2
            if self.over_bar:
                middle = top + len(self.lines[at]) * self.size * 1.25 + self.thick / 2
            yield from self._name(at, top, middle)
            yield from self._bar(measure, shown, middle, pale=name in apart)
            # On a phone the line of nought leaves room for the names, which begin where it stands.
            reach = self.thick / 2 + 4
            ends = (
                (middle - reach, middle + reach) if self.over_bar else (self.top - 4, self.bottom)
            )
            if self.over_bar or not at:
                yield line(nought, ends[0], nought, ends[1], RULE, 1.5)
            top += self.high_of(at)

    def _axis(self, measure: Measure) -> Iterator[str]:
        free = -1.0
        for value in tick_values(self.low, self.high, self.step):
            x, words = self.x(value), _tick(measure, value, self.step)
            yield line(x, self.top - 4, x, self.bottom, HAIRLINE)
            half = width_of(words, self.size) / 2
            at = min(max(x, half + 1), self.end - half - 1)
            if at - half > free:
                yield text(at, self.bottom + self.size * 1.3, words, self.size, anchor="middle")
                free = at + half + 6

    def _name(self, at: int, top: float, middle: float) -> Iterator[str]:
        lines = self.lines[at]
        if self.over_bar:
            for row, words in enumerate(lines):
                y = top + self.size * (0.95 + 1.25 * row)
                yield text(2, y, words, self.size, colour=INK, halo=WHITE)
            return
        first = middle + self.size * (0.35 - 0.625 * (len(lines) - 1))
        for row, words in enumerate(lines):
            # The plot may begin further right where figures hang to the left of nought.
            widest = max(width_of(one, self.size) for each in self.lines for one in each)
            y = first + row * self.size * 1.25
            yield text(widest + 4, y, words, self.size, colour=INK, anchor="end")

    def _bar(self, measure: Measure, shown: Shown, middle: float, *, pale: bool) -> Iterator[str]:
        nought, y = self.x(0), middle + self.size * 0.35
        if shown.figure is None:
            words = _IN_WORDS[shown.marker]
            room = self.end - nought - 8
            yield text(nought + 6, y, shorten(words, room, self.size), self.size, colour=INK_SOFT,
                       halo=WHITE)  # fmt: skip
            return
        end = self.x(shown.figure)
        if shown.figure:
            edge = 1.5 if pale else 0
            yield element("rect", x=min(nought, end), y=middle - self.thick / 2,
                          width=abs(end - nought), height=self.thick,
                          fill=PAPER_DEEP if pale else BRAND, stroke=BRAND,
                          stroke_width=edge)  # fmt: skip
        below = shown.figure < 0
        yield text(end - 6 if below else end + 6, y, _say(measure, shown), self.size, colour=INK,
                   anchor="end" if below else "start", halo=WHITE)  # fmt: skip


def _at_most_two(name: str, room: float, size: float) -> list[str]:
    """A name in one line or two; a third would be read as another bar's."""
    lines = wrap(name, room, size)
    return lines if len(lines) < 3 else [lines[0], shorten(f"{lines[1]} …", room, size)]


def _what(measure: Measure) -> str:
    return {"count": "People", "percent": "% of people", "mean": "Mean pay, £ an hour",
            "median": "Median pay, £ an hour"}.get(measure.kind, f"{measure.title}, %")  # fmt: skip


def _say(measure: Measure, shown: Shown) -> str:
    if shown.figure is None:
        return shown.marker
    words = f"{abs(shown.figure):,f}"
    if measure.unit == "%":
        words = f"{words}%"
    elif measure.unit.startswith("£"):
        words = f"£{words}"
    return f"−{words}" if shown.figure < 0 else words


def _tick(measure: Measure, value: float, step: float) -> str:
    places = next((n for n in range(9) if abs(round(step, n) - step) < step * 1e-6), 9)
    return _say(measure, Shown(round(Decimal(repr(round(value, 9))), places)))


def _heading(
    table: SafeTable,
    measure: Measure,
    over: str,
    under: str,
    where: Mapping[str, str],
    period: str,
) -> str:
    codes = [code for code in (under, *where.values()) if code != EVERYBODY]
    by = dimension_words(over).lower()
    return (
        f"{table.release.rstrip('.')}: {', '.join([f'{_what(measure)} by {by}', *codes, period])}"
    )


def _sentence(bars: Bars, measure: Measure, apart: Set[str]) -> str:
    """The least and the greatest group that are shown, who gave no answer, and what is hidden."""
    groups = [(name, one) for name, one in bars if name not in apart] or list(bars)
    shown = [(one.figure, name) for name, one in groups if one.figure is not None]
    hidden = sum(one.marker in ("[c]", "[x]") for _, one in bars)
    if hidden == len(bars) > 1:
        return f"No figure can be shown: all {hidden} are hidden so that nobody can be worked out."
    if not shown:
        said = "No figure can be shown." if groups == list(bars) else "No group can be shown."
    else:
        least, most = min(shown, key=lambda one: one[0]), max(shown, key=lambda one: one[0])
        words = [f"{_say(measure, Shown(value))} ({name})" for value, name in (least, most)]
        of = "Of those that are shown, from" if len(shown) < len(groups) else "From"
        said = f"{of} {words[0]} to {words[1]}." if least[0] != most[0] else (
            f"{_say(measure, Shown(least[0]))} each." if len(shown) > 1 else f"{words[0]}."
        )  # fmt: skip
    for name, one in bars:
        if one.figure and (name, one) not in groups:
            said += f" {name}: {_say(measure, one)}."
    if not hidden:
        return said
    are = "is" if hidden == 1 else "are"
    return f"{said} {hidden} of {len(bars)} figures {are} hidden so that nobody can be worked out."


def _described(bars: Bars, over: str) -> str:
    """What a chart shows, for who does not see it."""
    marked = sum(bool(shown.marker) for _, shown in bars)
    said = f"Bar chart, a row for each {dimension_words(over).lower()}, {len(bars)} in all."
    if marked:
        has = "has" if marked == 1 else "have"
        said += f" {marked} {has} no bar but a marker in words."
    return f"{said} The figures are in the table."
