"""The range of ordinary ups and downs: the limits of an XmR chart.

Source: NHS England's Making Data Count method as the package NHSRplotthedots computes it
(github nhs-r-community/NHSRplotthedots, commit 050b07d, R/ptd_spc_standard.R).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from goldenthread.spc.series import FIRM

# Three standard deviations are 3 / 1.128 = 2.66 average moving ranges; near is two thirds of that.
_LIMIT = Fraction("2.66")
_NEAR = _LIMIT * 2 / 3
# A single range this many times the average is itself a signal, and would hide others.
_SCREEN = Fraction("3.267")
# "Useful limits may be constructed with as few as five or six values": D. J. Wheeler,
# Understanding Variation, as the package's vignette on the number of points quotes it.
USEFUL = 6


@dataclass(frozen=True)
class Limits:
    """Mean, limits and near limits of one phase, in the series' own unit.

    ``based_on`` counts the figures they rest on, ``left_out`` the moving ranges that were screened
    out. Lower limits may lie below nought where no figure can: clip them where they are shown.
    """

    mean: Fraction
    average_range: Fraction
    based_on: int
    left_out: int

    @property
    def lower(self) -> Fraction:
        """The lower process limit: mean less 2.66 average ranges."""
        return self.mean - _LIMIT * self.average_range

    @property
    def upper(self) -> Fraction:
        """The upper process limit: mean and 2.66 average ranges."""
        return self.mean + _LIMIT * self.average_range

    @property
    def near_lower(self) -> Fraction:
        """Two thirds of the way from the mean to the lower limit."""
        return self.mean - _NEAR * self.average_range

    @property
    def near_upper(self) -> Fraction:
        """Two thirds of the way from the mean to the upper limit."""
        return self.mean + _NEAR * self.average_range

    @property
    def trial(self) -> bool:
        """Whether they rest on fewer than 12 figures and will still move."""
        return self.based_on < FIRM

    @property
    def useful(self) -> bool:
        """Whether they rest on enough figures to say anything at all: 6."""
        return self.based_on >= USEFUL


def reckon(
    values: Sequence[Fraction | None], *, screen: bool = True, baseline: int | None = None
) -> Limits | None:
    """The limits of one phase; None where nothing says how much its figures vary by themselves.

    That is so where no two figures are neighbours, or neighbours are alike and differ across gaps.

    Missing: a gap has no range to either side, and is not bridged.

    Screening leaves out moving ranges of 3.267 average ranges or more, once. Where that would leave
    no variation at all though figures differ, nothing is left out: limits of no width would call
    every figure a signal.

    >>> limits = reckon([Fraction(value) for value in [5, 6, 4, 5, 7, 6, 5, 4]])
    >>> float(limits.mean), float(limits.lower), float(limits.upper), limits.trial
    (5.25, 1.83, 8.67, True)
    """
    used = _first_figures(values, baseline)
    figures = [value for value in used if value is not None]
    ranges = [
        abs(after - before)
        for before, after in pairwise(used)
        if before is not None and after is not None
    ]
    if not ranges or (not any(ranges) and len(set(figures)) > 1):
        return None
    average = _mean(ranges)
    kept = [one for one in ranges if one < _SCREEN * average] if screen else ranges
    if not any(kept):
        kept = ranges
    return Limits(
        mean=_mean(figures),
        average_range=_mean(kept),
        based_on=len(figures),
        left_out=len(ranges) - len(kept),
    )


def _first_figures(
    values: Sequence[Fraction | None], baseline: int | None
) -> Sequence[Fraction | None]:
    """The values as far as the baseline's last figure."""
    seen = 0
    for place, value in enumerate(values):
        seen += value is not None
        if seen == baseline:
            return values[: place + 1]
    return values


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)
