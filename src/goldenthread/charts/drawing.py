"""A drawing with everything that must go with it: its name, its words, its table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from goldenthread.charts.ink import FAMILY, WHITE, element
from goldenthread.spc import Point, Reading, Series
from goldenthread.spc.wording import mark_in_words, range_of

NO_FIGURE = "[x]"
"""What a table prints where there is no figure (the shorthand of the Analysis Function)."""


@dataclass(frozen=True)
class Drawing:
    """One picture, and the same in words and as a table; a page shows all three.

    ``svg`` has no width of its own and fills what it is put in; ``width`` and ``height`` are those
    of its viewBox, in pixels at the size it was drawn for. ``title`` and ``description`` are those
    inside it. ``rows`` are plain words under ``columns``; ``notes`` explain the shorthand in them
    and what to know about the figures.
    """

    svg: str
    width: int
    height: int
    title: str
    description: str
    sentence: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]


def only_series(series: Series) -> None:
    """Refuse anything but a series: what is drawn has passed its wall.

    Raises ``TypeError``: to hand a chart rows or numbers is a mistake of the program.
    """
    if not isinstance(series, Series):
        raise TypeError("a chart draws a spc.Series and nothing else")


def finished(
    parts: Iterable[str],
    series: Series,
    reading: Reading | None,
    *,
    width: int,
    height: int,
    description: str,
) -> Drawing:
    """The drawing with its title, description, words and table around it."""
    sentence = reading.sentence if reading else _plain_sentence(series)
    title = f"{series.title.strip().rstrip('.')}. {sentence}"
    svg = framed("".join(parts), title, description, width=width, height=height)
    columns, rows = _table(series, reading)
    return Drawing(
        svg, width, height, title, description, sentence, columns, rows, _notes(series, reading)
    )


def framed(body: str, title: str, description: str, *, width: int, height: int) -> str:
    """The SVG of a body of marks, on white, with its title and its description inside."""
    # The same drawing has the same ids wherever it stands, and no two drawings share them.
    key = sha256(f"{width}x{height} {title} {description} {body}".encode()).hexdigest()[:10]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-labelledby="chart-{key}-t chart-{key}-d" font-family="{FAMILY}">'
        + element("title", title, id=f"chart-{key}-t")
        + element("desc", description, id=f"chart-{key}-d")
        + element("rect", width=width, height=height, fill=WHITE)
        + body
        + "</svg>"
    )


def described(series: Series, reading: Reading | None, what: str) -> str:
    """What a chart shows, for who does not see it: its reach, its range, its latest and target."""
    figured = [point for point in series.points if point.value is not None]
    if not figured:
        return f"{what} without figures yet."
    first, last = series.points[0], figured[-1]
    said = [f"{what} from {first.label} to {series.points[-1].label}."]
    limits = reading.phases[-1].limits if reading and reading.phases else None
    if limits and limits.useful:
        said.append(
            f"The ordinary range is {range_of(series, limits)}, around an average of "
            f"{series.quantity.say(limits.mean, series.places)}."
        )
    said.append(f"The latest figure is {_say(series, last)} in {last.label}.")
    target = series.target_at(last.on)
    if target is not None:
        said.append(f"The target is {series.say(target.value)}.")
    gaps = len(series.points) - len(figured)
    if gaps:
        said.append(f"{gaps} {'periods have' if gaps > 1 else 'period has'} no figure.")
    signals = sum(mark is not None for mark in reading.marks) if reading else 0
    if signals:
        said.append(
            f"{signals} {'figures are' if signals > 1 else 'figure is'} marked as more than "
            "ordinary ups and downs."
        )
    said.append("The figures are in the table.")
    return " ".join(said)


def _plain_sentence(series: Series) -> str:
    figured = [point for point in series.points if point.value is not None]
    if not figured:
        return "There are no figures yet."
    last = figured[-1]
    if len(figured) == 1:
        return f"{_say(series, last)} in {last.label}."
    first = figured[0]
    return f"{_say(series, first)} in {first.label}, {_say(series, last)} in {last.label}."


def _table(
    series: Series, reading: Reading | None
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    based = any(point.of is not None for point in series.points)
    promised = bool(series.targets)
    columns = ["Period", "Figure"]
    columns += ["Out of"] * based + ["Target"] * promised
    columns += ["More than ordinary ups and downs?"] * (reading is not None)
    rows = []
    for place, point in enumerate(series.points):
        row = [point.label, _say(series, point)]
        if based:
            row.append(NO_FIGURE if point.of is None else f"{point.of:,}")
        if promised:
            target = series.target_at(point.on)
            row.append("[z]" if target is None else series.say(target.value))
        if reading is not None:
            mark = reading.marks[place]
            row.append(f"Yes: {mark_in_words(mark)}" if mark else _no(reading, place))
        rows.append(tuple(row))
    return tuple(columns), tuple(rows)


def _no(reading: Reading, place: int) -> str:
    if reading.series.points[place].value is None:
        return NO_FIGURE
    phase = next(phase for phase in reading.phases if phase.first <= place <= phase.last)
    if phase.limits is None or not phase.limits.useful:
        return "Not enough to say"
    return "No"


def _notes(series: Series, reading: Reading | None) -> tuple[str, ...]:
    notes = [f"Source: {series.source.strip().rstrip('.')}."]
    if reading:
        notes += [reading.about_target] * bool(reading.about_target)
        notes += reading.cautions
    if any(point.value is None for point in series.points):
        notes.append(f"{NO_FIGURE} not available: there is no figure.")
    if any(series.target_at(point.on) is None for point in series.points) and series.targets:
        notes.append("[z] not applicable: no target was in force.")
    return tuple(notes)


def _say(series: Series, point: Point) -> str:
    return NO_FIGURE if point.value is None else series.say(point.value)
