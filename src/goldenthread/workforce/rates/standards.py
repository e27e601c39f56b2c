"""The indicators of a published standard, each reckoned from these files or said to need others."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Literal, cast, get_args

from goldenthread.workforce.proportion import Proportion
from goldenthread.workforce.rates.benchmark import Benchmark
from goldenthread.workforce.rates.composition import Composition, Posts, composition
from goldenthread.workforce.rates.likelihood import RelativeLikelihood
from goldenthread.workforce.rates.outcomes import EVENTS, Event, outcomes
from goldenthread.workforce.rates.representation import (
    Representation,
    against_benchmark,
    against_figure,
)
from goldenthread.workforce.records import Records
from goldenthread.workforce.staff_columns import Characteristic, GroupingName
from goldenthread.workforce.too_few import TooFew

Name = Literal["sc_wres", "nhs_wres", "nhs_wdes"]
Kind = Literal["share by grade", "share of leadership", "share of board", "likelihood", "needs"]
Needed = Literal["a survey", "regulator data"]


@dataclass(frozen=True)
class Indicator:
    """One indicator as a standard defines it, and which of our figures gives it.

    ``numerator`` over ``denominator`` is its orientation: standards differ in it. ``needs`` says
    what files it would take where staff records cannot give it.
    """

    number: str
    title: str
    definition: str
    kind: Kind
    group: str = ""
    event: Event | None = None
    numerator: str = ""
    denominator: str = ""
    needs: Needed | None = None


@dataclass(frozen=True)
class Standard:
    """A published standard: its indicators, how it divides people, and where it is written."""

    name: Name
    title: str
    version: str
    source: str
    address: str
    note: str
    characteristic: Characteristic
    grouping: GroupingName
    labels: Mapping[str, str]
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True)
class Line:
    """One figure of an indicator: of what it is, and what was found."""

    of: str
    found: Representation | RelativeLikelihood | Proportion | TooFew

    @property
    def sentence(self) -> str:
        """The figure as a sentence, under what it is of."""
        return f"{self.of}: {self.found}"


@dataclass(frozen=True)
class Answer:
    """An indicator with its figures, or with what it needs; nobody reads a blank for a nought."""

    indicator: Indicator
    lines: tuple[Line, ...]

    @property
    def needs(self) -> str | None:
        """``Needs a survey.`` or ``Needs regulator data.``; None where there are figures."""
        return f"Needs {self.indicator.needs}." if self.indicator.needs else None


@cache
def standard(name: Name) -> Standard:
    """A standard by its name, as its file in ``definitions`` defines it.

    Shape: ``sc_wres`` and ``nhs_wres`` of nine indicators, ``nhs_wdes`` of ten.
    Raises ValueError for another name, or a file that names an event or a kind that there is not.

    Source: each file names its own, as the value does.

    >>> [(one.number, one.needs) for one in standard("sc_wres").indicators if one.needs]
    [('4', 'regulator data'), ('6', 'a survey'), ('7', 'a survey')]
    >>> one = standard("nhs_wres").indicators[1]
    >>> f"{one.event}: {one.numerator} / {one.denominator}"
    'appointment: white / all_other'
    """
    if name not in get_args(Name):
        raise ValueError("there is no standard of this name")
    folder = resources.files(__package__).joinpath("definitions")
    told = tomllib.loads(folder.joinpath(f"{name}.toml").read_text(encoding="utf-8"))
    indicators = tuple(Indicator(**one) for one in told.pop("indicator"))
    for one in indicators:
        if one.kind not in get_args(Kind) or (one.kind == "needs") != (one.needs is not None):
            raise ValueError(f"indicator {one.number} of {name} is of no kind")
        if (one.kind == "likelihood") != (one.event in EVENTS):
            raise ValueError(f"indicator {one.number} of {name} has no event")
    labels = MappingProxyType(told.pop("labels"))
    return Standard(**told, labels=labels, indicators=indicators)


def answer(
    chosen: Standard,
    records: Records,
    *,
    snapshot: date,
    begins: date,
    ends: date,
    benchmark: Benchmark | None = None,
    least: int | None = None,
) -> tuple[Answer, ...]:
    """Every indicator of a standard, in its order, from the records or with what it needs.

    Shape: one answer per indicator; a share by grade has a line for each grade from the lowest up.
    Shares are of the snapshot, likelihoods of the period from ``begins`` to ``ends``, both in it.
    Units: proportions and percentage points, or a ratio above which 1 is more likely for the group
    over the line.
    Missing: people whose answer is missing are on neither side; a figure on fewer people than its
    threshold is ``TooFew``; an indicator that staff records cannot give says what it needs.
    Raises ValueError where the benchmark is divided by other groups than the standard.

    Source: the standard's own, and the functions that reckon each figure: ``against_figure``,
    ``against_benchmark``, ``relative_likelihood``. What is below the line of a likelihood is in
    ``outcomes_sql``, and departs from the NHS where it says so.
    """
    held: dict[Posts, Composition] = {}

    def staff(posts: Posts) -> Composition:
        if posts not in held:
            held[posts] = composition(
                records,
                [chosen.characteristic],
                groupings={chosen.characteristic: chosen.grouping},
                snapshots=[snapshot],
                posts=posts,
            )
        return held[posts]

    def lines(one: Indicator) -> tuple[Line, ...]:
        if one.kind == "needs":
            return ()
        if one.kind == "likelihood":
            told = outcomes(
                records,
                cast("Event", one.event),
                begins,
                ends,
                characteristic=chosen.characteristic,
                grouping=chosen.grouping,
            )
            found = told.relative(one.numerator, one.denominator, labels=chosen.labels, least=least)
            return (Line(found.label, found),)
        codes: dict[str, str] = {chosen.characteristic: one.group}
        whole = staff("all").share(snapshot, codes, least=least)
        if one.kind == "share by grade":
            grades = staff("all").grades
            return tuple(
                Line(
                    grade,
                    _beside(
                        staff("all").share(snapshot, codes, grade=grade, least=least), whole, least
                    ),
                )
                for grade in grades
            )
        posts: Posts = "board" if one.kind == "share of board" else "leadership"
        share = staff(posts).share(snapshot, codes, least=least)
        found_lines = [Line("Against the whole workforce", _beside(share, whole, least))]
        if benchmark is not None:
            beside = against_benchmark(
                staff(posts), benchmark, one.group, snapshot=snapshot, least=least
            )
            found_lines.append(Line("Against the population", beside))
        return tuple(found_lines)

    return tuple(Answer(one, lines(one)) for one in chosen.indicators)


def _beside(
    share: Proportion | TooFew, whole: Proportion | TooFew, least: int | None
) -> Representation | TooFew:
    """A share beside that of the whole workforce, whose base it names."""
    if isinstance(whole, TooFew):
        return whole
    name = f"of the whole workforce ({whole.count:,} of {whole.base:,})"
    return against_figure(share, whole.share, name, least=least)
