"""A share beside what it might be: the whole workforce, a year ago, the people who live here."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Literal, cast

from goldenthread.workforce.intervals import Interval, katz_log
from goldenthread.workforce.proportion import (
    CHANCE,
    Proportion,
    confidence_of,
    difference,
    percent,
    points,
    proportion,
    signed,
)
from goldenthread.workforce.rates.benchmark import Benchmark
from goldenthread.workforce.rates.composition import Composition
from goldenthread.workforce.rounding import half_up
from goldenthread.workforce.staff_columns import Characteristic, in_words
from goldenthread.workforce.thresholds import least as at_least
from goldenthread.workforce.too_few import TooFew


@dataclass(frozen=True)
class Representation:
    """A share, what it is held against, and how far they are apart.

    ``difference`` is the interval of the share less the reference, ``ratio`` of the share over it;
    ``to_parity`` is how many more people of the group would make the share that of the reference,
    with the number of people held as it is; nought where it is there already.
    """

    share: Proportion
    reference: Fraction
    name: str
    difference: Interval
    ratio: Interval | TooFew
    to_parity: int

    @property
    def points(self) -> Decimal:
        """The difference in percentage points, below nought where the group is short."""
        return half_up(100 * (self.share.share - self.reference))

    @property
    def index(self) -> Fraction | None:
        """The share over the reference; below 1 is under-represented; None against nought."""
        return self.share.share / self.reference if self.reference else None

    @property
    def way(self) -> Literal["over", "under"] | None:
        """Over- or under-represented by more than chance; else None, and no arrow."""
        if not self.difference.excludes(0):
            return None
        return "over" if self.share.share > self.reference else "under"

    @cached_property
    def sentence(self) -> str:
        """Both shares, the difference and the ratio with intervals, and what may be said."""
        ends = f"{points(self.difference.low)} to {points(self.difference.high)}"
        gap = (
            f"a difference of {signed(self.points)} percentage points "
            f"({confidence_of(self.difference)} interval {ends})"
        )
        if self.index is not None and isinstance(self.ratio, Interval):
            low, high = (half_up(Fraction(end), 2) for end in (self.ratio.low, self.ratio.high))
            gap += f" and a ratio of {half_up(self.index, 2)} ({low} to {high})"
        said = {
            None: CHANCE,
            "over": "That is more than chance would explain.",
            "under": (
                f"That is less than chance would explain: {self.to_parity:,} more of "
                f"{self.share.base:,} would make it equal."
            ),
        }
        return (
            f"{self.share.per_cent}% ({self.share.count:,} of {self.share.base:,} {self.share.of}) "
            f"against {percent(float(self.reference))} {self.name}, {gap}. {said[self.way]}"
        )

    def __str__(self) -> str:
        return self.sentence


def against_figure(
    share: Proportion | TooFew, reference: Fraction, name: str, *, least: int | None = None
) -> Representation | TooFew:
    """A share beside a share that is known: of the whole workforce, or of a population.

    ``difference = p - r``, ``index = p / r`` and ``people to parity = ceil(n r) - count``. The
    reference is counted and not drawn, so the interval is the Wilson interval of the share, less
    the reference and over it.

    Shape: ``name`` says what the reference is, ``of people of working age in Havering in 2021``.
    Units: proportions, people.
    Missing: ``TooFew`` where the share is, or where the group and the number of it that the
    reference would give are both under the threshold ``change``.
    Raises ValueError where the reference is not from 0 to 1.

    Source: NHS WRES indicators 1 and 9 (share less that of the overall workforce),
    https://peoplefirst.nhsbt.nhs.uk/Diversity-and-Inclusion/workforce-race-equality-standard.htm;
    interval ``intervals.wilson``. In the example the benchmark is Trust for London's figure from
    the Census of 2021 for Havering,
    https://trustforlondon.org.uk/news/census-2021-deep-dive-ethnicity-and-deprivation-in-london/

    >>> staff = proportion(456, 2400, "staff whose ethnicity is known")
    >>> found = against_figure(staff, Fraction(247, 1000), "of people in Havering in 2021")
    >>> found.points, found.to_parity, found.way
    (Decimal('-5.7'), 137, 'under')
    """
    if isinstance(share, TooFew):
        return share
    if not 0 <= reference <= 1:
        raise ValueError("a reference is a proportion from 0 to 1")
    wanted = reference * share.base
    needed = at_least("change", least)
    larger = max(Fraction(share.count), wanted)
    left = share.base - min(Fraction(share.count), wanted)
    if min(larger, left) < needed:
        return TooFew(f"Fewer than {needed} people stand behind the difference.", least=needed)
    ratio: Interval | TooFew = TooFew("The reference is nought.", marker="[x]")
    if reference:
        ratio = share.interval.over(float(reference))
    return Representation(
        share, reference, name, share.interval.less(float(reference)), ratio, _parity(share, wanted)
    )


def against_counted(
    share: Proportion | TooFew,
    other: Proportion | TooFew,
    name: str,
    *,
    least: int | None = None,
) -> Representation | TooFew:
    """A share beside another that was counted too: last year's, or that of the other people here.

    Shape: ``name`` says what the other is, ``a year before``.
    Units: proportions, people.
    Missing: ``TooFew`` where either is, or where fewer people than the threshold ``change`` stand
    behind the difference. ``ratio`` is ``TooFew`` where nobody of one of them is of the group.

    Source: ``intervals.newcombe`` for the difference and ``intervals.katz_log`` for the ratio; the
    example has Newcombe's first case.

    >>> now, before = proportion(56, 70, "staff"), proportion(48, 80, "staff")
    >>> found = against_counted(now, before, "a year before")
    >>> found.points, found.way, round(found.difference.low, 4)
    (Decimal('20.0'), 'over', 0.0524)
    """
    apart = difference(share, other, least=least)
    if isinstance(apart, TooFew):
        return apart
    share, other = apart.first, apart.other
    cells = (share.count, share.base, other.count, other.base)
    none = TooFew("Nobody is of the group on one side.", marker="[x]")
    return Representation(
        share,
        other.share,
        name,
        apart.interval,
        katz_log(*cells) or none,
        _parity(share, other.share * share.base),
    )


def against_rest(
    share: Proportion | TooFew,
    whole: Proportion | TooFew,
    name: str,
    *,
    least: int | None = None,
) -> Representation | TooFew:
    """A unit's share beside that of everybody outside the unit.

    A unit is a part of its workforce: held against the whole it is partly held against itself, and
    half of the workforce could never be far from it. So the unit's own people are taken out first.

    Shape: the unit's share and the whole workforce's, of the same snapshot, group and kind of base.
    Units: proportions, people.
    Missing: as ``against_counted``; ``TooFew`` where nobody is outside.
    Raises ValueError where the unit holds more than the whole.

    Source: ours (decision 0037); ``intervals.newcombe``.

    >>> unit, whole = proportion(20, 200, "staff"), proportion(320, 1700, "staff")
    >>> against_rest(unit, whole, "of the rest of the workforce").points
    Decimal('-10.0')
    """
    if isinstance(share, TooFew):
        return share
    if isinstance(whole, TooFew):
        return whole
    count, base = whole.count - share.count, whole.base - share.base
    if min(count, base - count) < 0:
        raise ValueError("a unit holds no more than the whole")
    return against_counted(share, proportion(count, base, "others"), name, least=least)


def against_earlier(
    found: Composition,
    codes: Mapping[str, str],
    *,
    snapshot: date,
    before: date,
    unit: str | None = None,
    grade: str | None = None,
    least: int | None = None,
) -> Representation | TooFew:
    """A share of a workforce, or of a unit or grade of it, beside what it was on an earlier day.

    Units: proportions, people.
    Missing: people whose answer is missing are on neither side, so a campaign that brings answers
    moves a share though nobody came or went: read ``declaration`` beside it.

    Source: ``against_counted``. Most people are in both, so the interval is wider than need be, and
    a change that it calls one is one.
    """
    now, then = (
        found.share(day, codes, unit=unit, grade=grade, least=least) for day in (snapshot, before)
    )
    return against_counted(now, then, f"on {in_words(before)}", least=least)


def against_benchmark(
    found: Composition,
    benchmark: Benchmark,
    group: str,
    *,
    snapshot: date,
    unit: str | None = None,
    grade: str | None = None,
    least: int | None = None,
) -> Representation | TooFew:
    """A group's share of a workforce, or of a unit or grade of it, beside a population's.

    Units: proportions, people.
    Missing: people whose answer is missing are on neither side, here and in the population.
    Raises ValueError where the population is divided by other groups than the workforce was counted
    by, or lacks the group: shares by different roll-ups are not compared.

    Source: ``against_figure``; the population's own source is printed in the name of the figure.
    """
    characteristic = benchmark.characteristic
    rolled = dict(found.groupings).get(cast("Characteristic", characteristic), "detailed")
    if characteristic not in found.characteristics or rolled != benchmark.grouping:
        raise ValueError("the population and the workforce are divided by other groups")
    if group not in benchmark.shares:
        raise ValueError("the population has no such group")
    codes: dict[str, str] = {characteristic: group}
    share = found.share(snapshot, codes, unit=unit, grade=grade, least=least)
    return against_figure(share, benchmark.shares[group], benchmark.name, least=least)


def _parity(share: Proportion, wanted: Fraction) -> int:
    return max(0, math.ceil(wanted) - share.count)
