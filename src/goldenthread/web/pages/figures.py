"""A measure as a page shows it: its chart at both widths, its sentence, its table, its arrows.

Everything is drawn from the measure of an edition, so the workspace, the public pages and a paper
say the same of the same figures, and what has no series has no chart.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from markupsafe import Markup

from goldenthread.charts import NARROW, WIDE, Drawing, control_chart
from goldenthread.plan import edition as ed
from goldenthread.spc import IN_WORDS, Arrow, Polarity, Reading, read

Way = Literal["better", "worse", "neither", "level"]


@dataclass(frozen=True)
class Drawn:
    """What is shown of one measure; a chart is drawn when a page first asks for it."""

    measure: ed.Measure
    reading: Reading

    @cached_property
    def _wide(self) -> Drawing:
        return control_chart(self.reading.series, self.reading, width=WIDE)

    @property
    def wide(self) -> Markup:
        """The chart for a desktop or paper, as SVG with its own title and description."""
        # Ours, with every word in it escaped where it was drawn.
        return Markup(self._wide.svg)  # noqa: S704

    @cached_property
    def narrow(self) -> Markup:
        """The chart for a phone."""
        narrow = control_chart(self.reading.series, self.reading, width=NARROW)
        return Markup(narrow.svg)  # noqa: S704

    @property
    def sentence(self) -> str:
        """What the figures say, for a headline."""
        return ed.measure_headline(self.reading)

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings of the table; the commentary comes behind them."""
        return self._wide.columns

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The table in plain words, a row for each reading, with its commentary last."""
        said = self._said
        points = self.reading.series.points
        return tuple(
            (*row, said.get(point.on, ""))
            for row, point in zip(self._wide.rows, points, strict=True)
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """What to know about the figures, a sentence each."""
        return self._wide.notes

    @property
    def arrows(self) -> tuple[tuple[Arrow, Way], ...]:
        """Differences from the period before and from a year before, each with its way."""
        better = self.reading.series.better
        return tuple((arrow, way(arrow, better)) for arrow in self.reading.arrows)

    @property
    def commentary(self) -> str:
        """What was said with the latest figure."""
        place = self.reading.latest
        return "" if place is None else self._said.get(self.reading.series.points[place].on, "")

    @property
    def variation(self) -> tuple[str, str]:
        """The icon of what the latest figure is, and its words."""
        return self.reading.variation, IN_WORDS[self.reading.variation]

    @property
    def assurance(self) -> tuple[str, str] | None:
        """The icon of whether the target will be met, and its words; None where none is drawn.

        Where the latest figure is a real change the limits tell what used to be, so there is none.
        """
        found, place = self.reading.assurance, self.reading.latest
        if found is None or place is None or self.reading.marks[place] is not None:
            return None
        return found, IN_WORDS[found]

    @property
    def about_target(self) -> str:
        """Whether the target will be met as things are, in a sentence; or nothing."""
        return self.reading.about_target

    @cached_property
    def _said(self) -> dict[date, str]:
        return {one.on: one.commentary for one in self.measure.readings}


def drawn(measure: ed.Measure, at: date) -> Drawn | None:
    """The chart of a measure with all that goes with it; None where it has no series.

    >>> drawn(ed.Measure("Panels held"), date(2026, 9, 30)) is None
    True
    """
    series = ed.series(measure, at)
    return None if series is None else Drawn(measure, read(series))


def way(arrow: Arrow, better: Polarity) -> Way:
    """Whether a difference goes the better or the worse way; it is no verdict."""
    if arrow.way == "level":
        return "level"
    if better == "neither":
        return "neither"
    return "better" if (arrow.way == "up") == (better == "higher") else "worse"
