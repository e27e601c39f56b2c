"""A series read: its limits, its signals, and the sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from goldenthread.spc import wording
from goldenthread.spc.arrows import Arrow, arrows
from goldenthread.spc.phases import Change, Phase, changes, marks_of, phases
from goldenthread.spc.series import Series, exact
from goldenthread.spc.signals import Mark

Kind = Literal["XmR", "XmR, nothing left out"]
"""An XmR chart with unusually large jumps left out of the range, or with all of them in it."""

Variation = Literal[
    "common cause",
    "improvement high",
    "improvement low",
    "concern high",
    "concern low",
    "neutral high",
    "neutral low",
    "too few",
]
Assurance = Literal["will be met", "will be missed", "hit and miss"]

_NATURE = {"better": "improvement", "worse": "concern", "neither": "neutral"}


@dataclass(frozen=True)
class Reading:
    """What a series says.

    ``phases`` has the limits, ``marks`` a mark or None for each point, ``changes`` the marks put
    together. ``variation`` and ``assurance`` name the icons of Making Data Count
    (``IN_WORDS`` says them); ``assurance`` is None without a target, where neither way is better,
    or with too few figures. ``sentence`` is the verdict; ``about_target`` and ``cautions`` are to
    be read with it.
    """

    series: Series
    kind: Kind
    phases: tuple[Phase, ...]
    marks: tuple[Mark | None, ...]
    changes: tuple[Change, ...]
    variation: Variation
    assurance: Assurance | None
    sentence: str
    about_target: str
    arrows: tuple[Arrow, ...]
    cautions: tuple[str, ...]

    @property
    def trial(self) -> bool:
        """Whether the latest limits rest on fewer than 12 figures, or there are none."""
        limits = self.phases[-1].limits if self.phases else None
        return limits is None or limits.trial

    @property
    def latest(self) -> int | None:
        """The place of the latest figure among the points; None where there is none."""
        return _latest(self.series)


def read(series: Series, kind: Kind = "XmR") -> Reading:
    """The limits, signals and sentence of a series.

    Units: limits are in the series' own unit, exact fractions.
    Missing: a gap has no moving range to either side, and no rule reaches across it. With fewer
    than 6 figures nothing is a signal and the sentence says that it is not enough; under 12 the
    limits are on trial and a caution says so.
    Source: Making Data Count's XmR chart as NHSRplotthedots computes it (commit 050b07d); the
    kind without screening is that of the method's spreadsheet, by the package's own account.

    >>> from datetime import date
    >>> from goldenthread.spc import Counts, Point, Quantity
    >>> figures = [61.2, 60.4, 62.1, 61.0, 60.7, 61.9, 60.9, 62.3, 61.4, 60.2, 61.6, 61.1]
    >>> reading = read(Series(
    ...     title="Staff networks' requests answered within a month",
    ...     quantity=Quantity("share"), better="higher", counts=Counts.THINGS,
    ...     source="Register of requests",
    ...     points=tuple(Point(date(2026, month, 1), f"{month}/2026", value)
    ...                  for month, value in enumerate(figures, 1)),
    ... ))
    >>> reading.variation, reading.trial
    ('common cause', False)
    >>> reading.sentence
    'No real change: 61.1% in 12/2026 is within the ordinary ups and downs, 58.5% to 64.0%.'
    >>> [arrow.words for arrow in reading.arrows]
    ['Down 0.5 percentage points on 11/2026, the month before']
    """
    if kind not in ("XmR", "XmR, nothing left out"):
        raise ValueError("kind is “XmR” or “XmR, nothing left out”")
    found = phases(series, screen=kind == "XmR")
    marked = marks_of(series, found)
    changed = changes(marked, found)
    latest = _latest(series)
    phase = _phase_at(found, latest)
    mark = marked[latest] if latest is not None else None
    change = changed[-1] if mark is not None else None
    assurance = _assurance(series, phase, latest)
    return Reading(
        series=series,
        kind=kind,
        phases=found,
        marks=marked,
        changes=changed,
        variation=_variation(phase, mark),
        assurance=assurance,
        sentence=wording.verdict(series, phase, latest, mark, change),
        about_target=wording.about_target(series, assurance, latest, mark),
        arrows=arrows(series),
        cautions=wording.cautions(series, found, latest, changed),
    )


def _latest(series: Series) -> int | None:
    places = [place for place, point in enumerate(series.points) if point.value is not None]
    return places[-1] if places else None


def _phase_at(found: tuple[Phase, ...], place: int | None) -> Phase | None:
    if place is None:
        return None
    return next(phase for phase in found if phase.first <= place <= phase.last)


def _variation(phase: Phase | None, mark: Mark | None) -> Variation:
    if phase is None or phase.limits is None or not phase.limits.useful:
        return "too few"
    if mark is None:
        return "common cause"
    return f"{_NATURE[mark.meaning]} {mark.side}"  # type: ignore[return-value]


def _assurance(series: Series, phase: Phase | None, latest: int | None) -> Assurance | None:
    if latest is None or phase is None or phase.limits is None or not phase.limits.useful:
        return None
    target = series.target_at(series.points[latest].on)
    if target is None or series.better == "neither":
        return None
    level = exact(target.value)
    if phase.limits.lower <= level <= phase.limits.upper:
        return "hit and miss"
    out_of_reach = (level > phase.limits.upper) == (series.better == "higher")
    return "will be missed" if out_of_reach else "will be met"
