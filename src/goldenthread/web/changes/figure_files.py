"""A file of figures: read against its measure, every fault at once, and settled row by row.

Nothing is stored before all is settled. What travels between the pages is what was typed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import IO

from django.utils.timezone import localdate

from goldenthread import intake
from goldenthread.errors import Missing, Refusal, Unsafe
from goldenthread.plan.figure_table import HEADINGS, Line, Table, read_table
from goldenthread.plan.typed_figures import Typed, read_figure
from goldenthread.timescale import read_period
from goldenthread.web.bridge import Figure
from goldenthread.web.changes.figures import MOST, kept, settled, wants
from goldenthread.web.changes.uploads import file_name, quarantined
from goldenthread.web.models import Measure, Person, Point
from goldenthread.web.permissions import require


@dataclass(frozen=True)
class Said:
    """What somebody answered to a row: whether it is taken as it is read, left out, or retyped."""

    take: str = ""
    value: str = ""


@dataclass(frozen=True)
class Judged:
    """One row of a file: what it would keep, what is wrong with it, and what must be confirmed.

    ``faults`` and ``asks`` are sentences by the name of their column. ``known`` says that the very
    same figure is kept already, ``left_out`` that somebody chose to leave the row.
    """

    line: Line
    figure: Figure | None
    name: str
    faults: Mapping[str, str] = field(default_factory=dict)
    asks: Mapping[str, str] = field(default_factory=dict)
    known: bool = False
    left_out: bool = False

    @property
    def settled(self) -> bool:
        """Whether nothing about it is open."""
        return self.known or self.left_out or not (self.faults or self.asks)


def read_figure_file(
    *, by: Person, measure: Measure, file: IO[bytes], name: str, at: datetime
) -> Table:
    """The rows of a file of figures as typed; nothing is stored, and the file is gone.

    Who may: give_figures. Recorded: nothing, since nothing changes. Raises ``Missing`` where it is
    no table of figures or too long a one, ``Unreadable`` or ``Unsafe`` with the file's own name.
    """
    require(by, "give_figures", measure, localdate(at))
    called = file_name(name)
    with quarantined(file, called) as path:
        try:
            rows = []
            for one in intake.rows(path):
                if isinstance(one, intake.Record):
                    rows.append((one.place.row or 0, one.values))
                if len(rows) > MOST * 3:
                    break
        except Refusal as refusal:
            raise refusal.in_file(called) from None
    table = read_table(rows)
    if table.wrong:
        raise Missing(f"{called} is no table of figures.", needs={"file": table.wrong})
    if len(table.lines) > MOST:
        sentence = f"It has more than {MOST} rows of figures. Split it into several files."
        raise Missing(f"{called} is too long.", needs={"file": sentence})
    return table


def judge(
    *, measure: Measure, lines: Sequence[Line], said: Mapping[int, Said], on: date
) -> tuple[Judged, ...]:
    """Every row of a file as it would be kept, with all that is wrong or to be confirmed.

    ``said`` are the answers by the number of the row. A number is never guessed: what can mean two
    things is asked about, and what is none is a fault.
    """
    stands = {
        point.ends: point
        for point in Point.objects.filter(measure=measure, replaced_by__isnull=True)
    }
    before = [point.value for point in stands.values() if point.value is not None]
    read = [_read(measure, line, said.get(line.row, Said()), before) for line in lines]
    coming = [one.figure for one in read if one.figure is not None and not one.left_out]
    counted = Counter(figure.ends for figure in coming)
    everything = kept(measure) | {figure.ends: figure.value for figure in coming}
    return tuple(_judged(measure, one, stands, everything, counted, on) for one in read)


def _read(measure: Measure, line: Line, said: Said, before: Sequence[Decimal]) -> Judged:
    """One row read alone: its period, its numbers, its words."""
    faults: dict[str, str] = {}
    asks: dict[str, str] = {}
    period = read_period(line.period, measure.months)
    if period is None:
        faults["period"] = _no_period(measure)
    retyped = said.value.strip()
    kinds = {"value": measure.quantity or "number", "part": "count", "whole": "count"}
    numbers: dict[str, Decimal | None] = {}
    for name, kind in kinds.items():
        typed = retyped if name == "value" and retyped else getattr(line, name)
        found: Typed = read_figure(typed, kind, before if name == "value" else ())  # type: ignore[arg-type]
        numbers[name] = found.value
        if found.wrong:
            faults[name] = found.wrong
        elif found.ask and said.take != "as_read":
            asks[name] = found.ask
    figure = None
    if period is not None:
        figure = Figure(
            period.ends,
            numbers["value"],
            line.commentary,
            part=numbers["part"],
            whole=numbers["whole"],
            remedy=line.remedy,
        )
    name = period.name if period else line.period
    return Judged(line, figure, name, faults, asks, left_out=said.take == "leave_out")


def _no_period(measure: Measure) -> str:
    example = {1: "September 2026", 3: "Q2 2026/27", 6: "First half of 2026/27", 12: "2026/27"}
    return f"This names no one period of the measure. Write it like {example[measure.months]}."


def _judged(
    measure: Measure,
    one: Judged,
    stands: Mapping[date, Point],
    everything: Mapping[date, Decimal | None],
    counted: Mapping[date, int],
    on: date,
) -> Judged:
    """One row judged beside what is kept and what comes with it."""
    figure = one.figure
    if figure is None or one.left_out:
        return one
    try:
        whole = settled(measure, figure)
    except Unsafe as refusal:  # words that are too long to be kept
        return replace(one, faults=dict(one.faults) | {"commentary": str(refusal)})
    point = stands.get(whole.ends)
    if point is not None and not one.faults:
        same = (point.value, point.commentary) == (whole.value, whole.commentary)
        if same and not one.asks:
            return Judged(one.line, whole, one.name, known=True)
        sentence = f"{one.name} has another figure already. Correct it on its own page."
        return Judged(one.line, whole, one.name, dict(one.faults) | {"period": sentence}, one.asks)
    faults = dict(one.faults)
    if counted.get(whole.ends, 0) > 1:
        faults["period"] = f"{one.name} is there twice. Leave one of them out."
    others = {ends: value for ends, value in everything.items() if ends != whole.ends}
    called = {"ends": "period", "measure": "period"}
    for name, sentence in wants(measure, whole, on=on, kept=others).items():
        # A number that cannot be read yet is not also said to be missing.
        faults.setdefault(called.get(name, name), sentence)
    return Judged(one.line, whole, one.name, faults, one.asks)


def column_words(name: str) -> str:
    """What a column is called, for a sentence beside its row."""
    return HEADINGS.get(name, name.capitalize())
