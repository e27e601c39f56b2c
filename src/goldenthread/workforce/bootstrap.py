"""How far a pay gap might have come out otherwise by chance: percentile bootstrap intervals.

A workforce that is counted whole is no sample. The interval is a guide to how much a gap moves when
a few people come, go or are paid differently, and it is worded as that.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from goldenthread.workforce.distribution import Distribution
from goldenthread.workforce.pay_gap import Statistic
from goldenthread.workforce.rounding import half_up
from goldenthread.workforce.too_few import TooFew

# The same figures give the same interval on every day and every machine.
SEED = 20170331
REPLICATES = 4000
CONFIDENCE = 0.95
LEAST = 10
# Numbers that are held at a time: 16 MB of them.
_AT_A_TIME = 2_000_000


@dataclass(frozen=True)
class Interval:
    """Between what a gap lies, in per cent of the reference group's pay, and how that was found."""

    statistic: Statistic
    lower: float
    upper: float
    confidence: float
    replicates: int

    @property
    def crosses_nought(self) -> bool:
        """Whether no gap at all lies in it."""
        return self.lower <= 0 <= self.upper

    @property
    def sentence(self) -> str:
        """What it says, and what it cannot say."""
        lower, upper = (half_up(Fraction(each)) for each in (self.lower, self.upper))
        told = (
            f"By chance alone the {self.statistic} gap might lie anywhere between {lower}% and "
            f"{upper}% (a {self.confidence:.0%} interval, a guide to chance variation)"
        )
        if self.crosses_nought:
            return f"{told}, so this cannot tell it from no gap."
        return f"{told}; no gap at all lies outside it."


@dataclass(frozen=True)
class GapIntervals:
    """The intervals of the mean gap and of the median gap, from the same resampled people."""

    mean: Interval
    median: Interval


def gap_intervals(
    reference: Distribution,
    comparison: Distribution,
    *,
    confidence: float = CONFIDENCE,
    replicates: int = REPLICATES,
    seed: int = SEED,
    least: int = LEAST,
) -> GapIntervals | TooFew:
    """The percentile bootstrap intervals of the mean gap and of the median gap.

    Each group is resampled by itself, with replacement, at its own size; the gap is reckoned each
    time; the interval lies between the quantiles (1 - confidence) / 2 from either end, which are
    interpolated linearly. Drawing how many are on each rate is the same as drawing people.

    Shape: two distributions in, reference first.
    Units: per cent of the reference group's pay, above nought where the reference is paid more.
    Missing: ``TooFew`` where either side has fewer than ``least`` people, since an interval
    discloses as a figure does, or where the reference group may be paid nothing.
    Raises ``ValueError`` for a confidence outside 0 to 1 or fewer than 1,000 replicates.

    Source: B. Efron and R. Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13 (the
    percentile interval); people on either side are drawn separately, chapter 8.

    >>> some = Distribution.of(range(1500, 1560))
    >>> found = gap_intervals(some, Distribution.of(range(1400, 1440)))
    >>> found.median.crosses_nought, gap_intervals(some, Distribution.of([1400] * 9)).least
    (False, 10)
    """
    if not 0 < confidence < 1 or replicates < 1000:
        raise ValueError("a confidence between 0 and 1, and 1,000 replicates or more")
    if min(reference.people, comparison.people) < max(least, 1):
        return TooFew(f"Fewer than {max(least, 1)} on one side or on both.", least=max(least, 1))
    random = np.random.default_rng(seed)
    a = _resampled(reference, replicates, random)
    b = _resampled(comparison, replicates, random)
    if min(one.min() for one in a) <= 0:
        return TooFew("The reference group may be paid nothing.", marker="[x]")
    tail = (1 - confidence) / 2
    mean, median = (
        np.quantile(100 * (men - women) / men, [tail, 1 - tail])
        for men, women in zip(a, b, strict=True)
    )
    return GapIntervals(
        Interval("mean", float(mean[0]), float(mean[1]), confidence, replicates),
        Interval("median", float(median[0]), float(median[1]), confidence, replicates),
    )


def _resampled(
    distribution: Distribution, replicates: int, random: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The mean and the median of each replicate, in pence."""
    pence = np.array([each for each, _ in distribution.paid], dtype=np.float64)
    shares = np.array([each for _, each in distribution.paid], dtype=np.float64)
    people = distribution.people
    shares /= people
    means, medians = np.empty(replicates), np.empty(replicates)
    at_a_time = max(1, _AT_A_TIME // len(pence))
    for start in range(0, replicates, at_a_time):
        drawn = random.multinomial(people, shares, size=min(at_a_time, replicates - start))
        held = slice(start, start + len(drawn))
        means[held] = drawn @ pence / people
        up_to = np.cumsum(drawn, axis=1)
        low = np.argmax(up_to > (people - 1) // 2, axis=1)
        high = np.argmax(up_to > people // 2, axis=1)
        medians[held] = (pence[low] + pence[high]) / 2
    return means, medians
