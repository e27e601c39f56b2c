"""How far a pay gap might have come out otherwise by chance: percentile bootstrap intervals.

A workforce that is counted whole is no sample. The interval is a guide to how much a gap moves when
a few people come, go or are paid differently, and it is worded as that.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from goldenthread.workforce.pay.distribution import Distribution
from goldenthread.workforce.pay.pay_gap import Statistic
from goldenthread.workforce.rounding import half_up
from goldenthread.workforce.too_few import TooFew

# The same figures give the same interval on every day and every machine.
SEED = 20170331
# “1000 or more”, and 2,000 in their examples: Efron and Tibshirani, section 13.
REPLICATES = 2000
CONFIDENCE = 0.95
LEAST = 10
# Numbers that are held at a time: 16 MB of them.
_AT_A_TIME = 2_000_000


@dataclass(frozen=True)
class GapInterval:
    """Between what a gap lies, in per cent of the reference group's pay, and how that was found."""

    statistic: Statistic
    low: float
    high: float
    confidence: float
    replicates: int

    @property
    def crosses_nought(self) -> bool:
        """Whether no gap at all lies in it."""
        return self.low <= 0 <= self.high

    @property
    def sentence(self) -> str:
        """What it says, and what it cannot say."""
        low, high = (half_up(Fraction(each)) for each in (self.low, self.high))
        told = (
            f"By chance alone the {self.statistic} gap might lie anywhere between {low}% and "
            f"{high}% (a {self.confidence:.0%} interval, a guide to chance variation)"
        )
        if self.crosses_nought:
            return f"{told}, so this cannot tell it from no gap."
        return f"{told}; no gap at all lies outside it."


@dataclass(frozen=True)
class GapIntervals:
    """The intervals of the mean gap and of the median gap, from the same resampled people."""

    mean: GapInterval
    median: GapInterval


@dataclass(frozen=True, eq=False)
class Resampled:
    """One group drawn again many times: the mean and the median of each, in pence."""

    means: NDArray[np.float64]
    medians: NDArray[np.float64]


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
    if min(reference.people, comparison.people) < max(least, 1):
        return TooFew(f"Fewer than {max(least, 1)} on one side or on both.", least=max(least, 1))
    return intervals_between(
        resampled(reference, "reference", replicates=replicates, seed=seed),
        resampled(comparison, "comparison", replicates=replicates, seed=seed),
        confidence=confidence,
    )


def intervals_between(
    reference: Resampled, comparison: Resampled, *, confidence: float = CONFIDENCE
) -> GapIntervals | TooFew:
    """The intervals of ``gap_intervals`` from groups that are resampled already.

    A reference group that many are compared with is then resampled once. Whoever calls it holds
    both groups to a least number first.

    Units: per cent of the reference group's pay.
    Missing: ``TooFew`` where the reference group may be paid nothing.
    Raises ``ValueError`` for a confidence outside 0 to 1 or for different numbers of replicates.

    Source: as ``gap_intervals``.

    >>> men, women = Distribution.of(range(1500, 1560)), Distribution.of(range(1400, 1440))
    >>> apart = resampled(men, "reference"), resampled(women, "comparison")
    >>> intervals_between(*apart) == gap_intervals(men, women)
    True
    """
    if not 0 < confidence < 1:
        raise ValueError("a confidence between 0 and 1")
    if min(reference.means.min(), reference.medians.min()) <= 0:
        return TooFew("The reference group may be paid nothing.", marker="[x]")
    tail = (1 - confidence) / 2

    def interval(
        statistic: Statistic, men: NDArray[np.float64], women: NDArray[np.float64]
    ) -> GapInterval:
        low, high = np.quantile(100 * (men - women) / men, [tail, 1 - tail])
        return GapInterval(statistic, float(low), float(high), confidence, len(men))

    return GapIntervals(
        interval("mean", reference.means, comparison.means),
        interval("median", reference.medians, comparison.medians),
    )


def resampled(
    distribution: Distribution,
    side: Literal["reference", "comparison"],
    *,
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> Resampled:
    """The mean and the median of each replicate of one group, drawn apart from the other side's.

    Units: pence.
    Raises ``ValueError`` for fewer than 1,000 replicates or a group of nobody.

    Source: as ``gap_intervals``.

    >>> len(resampled(Distribution.of([1500] * 20), "reference").means)
    2000
    """
    if replicates < 1000 or not distribution.people:
        raise ValueError("1,000 replicates or more, of somebody")
    # A stream of its own for either side: the same draws for both would hide their difference.
    random = np.random.default_rng([seed, side == "comparison"])
    pence = np.array([each for each, _ in distribution.paid], dtype=np.float64)
    shares = np.array([each for _, each in distribution.paid], dtype=np.float64)
    people = distribution.people
    shares /= people
    means, medians = np.empty(replicates), np.empty(replicates)
    at_a_time = max(1, _AT_A_TIME // len(pence))
    for start in range(0, replicates, at_a_time):
        drawn = random.multinomial(people, shares, size=min(at_a_time, replicates - start))
        held = slice(start, start + len(drawn))
        means[held] = drawn.astype(np.float64) @ pence / people
        up_to = np.cumsum(drawn, axis=1)
        low = np.argmax(up_to > (people - 1) // 2, axis=1)
        high = np.argmax(up_to > people // 2, axis=1)
        medians[held] = (pence[low] + pence[high]) / 2
    return Resampled(means, medians)
