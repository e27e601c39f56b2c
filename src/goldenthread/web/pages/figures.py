"""A measure as a page shows it: its chart at both widths, its sentence, its table, its arrows.

Everything is drawn from the measure of an edition, so the workspace, the public pages and a paper
say the same of the same figures, and what has no series has no chart.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from markupsafe import Markup

from goldenthread.charts import NARROW, WIDE, control_chart
from goldenthread.plan import edition as ed
from goldenthread.spc import IN_WORDS, Arrow, Polarity, Reading, read

Way = Literal["better", "worse", "neither", "level"]


@dataclass(frozen=True)
class Drawn:
    """What is shown of one measure; ``wide`` and ``narrow`` are SVG with its own words in it.

    ``rows`` are plain words under ``columns``, one for each reading, with its commentary last;
    ``arrows`` are differences, each with the way it goes; ``variation`` and ``assurance`` name
    icons, with their words beside them.
    """

    reading: Reading
    wide: Markup
    narrow: Markup
    sentence: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    arrows: tuple[tuple[Arrow, Way], ...]
    commentary: str

    @property
    def variation(self) -> tuple[str, str]:
        """The icon of what the latest figure is, and its words."""
        return self.reading.variation, IN_WORDS[self.reading.variation]

    @property
    def assurance(self) -> tuple[str, str] | None:
        """The icon of whether the target will be met, and its words; None where none is drawn."""
        found = self.reading.assurance
        return (found, IN_WORDS[found]) if found else None


def drawn(measure: ed.Measure, at: date) -> Drawn | None:
    """The chart of a measure with all that goes with it; None where it has no series.

    >>> drawn(ed.Measure("Panels held"), date(2026, 9, 30)) is None
    True
    """
    series = ed.series(measure, at)
    if series is None:
        return None
    reading = read(series)
    wide = control_chart(series, reading, width=WIDE)
    narrow = control_chart(series, reading, width=NARROW)
    said = {one.on: one.commentary for one in measure.readings}
    latest = reading.latest
    return Drawn(
        reading=reading,
        # Ours, with every word in it escaped where it was drawn.
        wide=Markup(wide.svg),  # noqa: S704
        narrow=Markup(narrow.svg),  # noqa: S704
        sentence=ed.measure_headline(reading),
        columns=wide.columns,
        rows=tuple(
            (*row, said.get(point.on, ""))
            for row, point in zip(wide.rows, series.points, strict=True)
        ),
        notes=wide.notes,
        arrows=tuple((arrow, way(arrow, series.better)) for arrow in reading.arrows),
        commentary=said.get(series.points[latest].on, "") if latest is not None else "",
    )


def way(arrow: Arrow, better: Polarity) -> Way:
    """Whether a difference goes the better or the worse way; it is no verdict."""
    if arrow.way == "level":
        return "level"
    if better == "neither":
        return "neither"
    return "better" if (arrow.way == "up") == (better == "higher") else "worse"
