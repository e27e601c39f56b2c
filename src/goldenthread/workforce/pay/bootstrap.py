"""How far a pay gap might have come out otherwise by chance: percentile bootstrap intervals.

A workforce that is counted whole is no sample. The interval is a guide to how much a gap moves when
a few people come, go or are paid differently, and it is worded as that.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from goldenthread.workforce.pay.distribution import Distribution
from goldenthread.workforce.pay.pay_gap import Statistic
from goldenthread.workforce.rounding import half_up
from goldenthread.workforce.too_few import TooFew

_Floats: TypeAlias = NDArray[np.float64]

# The same figures give the same interval on every day and every machine.
SEED = 20170331
# “1000 or more”, and 2,000 in their examples: Efron and Tibshirani, section 13.
REPLICATES = 2000
CONFIDENCE = 0.95
LEAST = 10
# Of more rates than these the means are drawn from the inverted transform, which costs the same for
# any number of people; of fewer, how many are on each rate is drawn.
_RATES = 64
# The transform is taken at so many points, on so many standard errors of the mean, and the
# distribution is held at so many places there.
_POINTS, _WIDTH, _PLACES = 128, 40.0, 4096
# By Bernstein's inequality less than 1e-11 lies outside that width where no single person is
# further from the mean than one standard error of the sum.
_FURTHEST = 1.0
# How small the transform must have become where it is cut off.
_CUT = 1e-9
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
    """The intervals of the mean gap and of the median gap, each of as many replicates."""

    mean: GapInterval
    median: GapInterval


@dataclass(frozen=True, eq=False)
class Resampled:
    """One group drawn again many times: the mean and the median of each, in pence."""

    means: _Floats
    medians: _Floats


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
    interpolated linearly. Replicates are drawn without drawing people: see ``resampled``.

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

    def interval(statistic: Statistic, men: _Floats, women: _Floats) -> GapInterval:
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

    Nobody is drawn one by one, and yet each figure comes from the distribution that drawing people
    would give it:

    - A median is the rate at which as many people stand as an order statistic of as many uniform
      numbers says, and that has a beta distribution; of an even group the two in the middle are
      drawn together. It is exact, in the same few steps for ten rates or ten thousand.
    - A mean of up to 64 rates comes from how many are on each rate (a multinomial draw). Of more
      rates it is drawn from the distribution of the mean itself, which is had by inverting its
      Fourier transform; what is lost there is about a hundredth of a standard error. Where the
      transform does not do, as of a small group with one very high rate, how many are on each rate
      is drawn after all.

    A replicate's mean is not that of the people of its median: each is for an interval of its own.

    Units: pence.
    Raises ``ValueError`` for fewer than 1,000 replicates or a group of nobody.

    Source: as ``gap_intervals``. B. Efron, Bootstrap methods: another look at the jackknife, Annals
    of Statistics 7 (1979), section 3, has the bootstrap distribution of a median in closed form;
    L. Devroye, Non-Uniform Random Variate Generation, 1986, chapter V, draws order statistics as
    betas; J. Abate and W. Whitt, The Fourier-series method for inverting transforms of probability
    distributions, Queueing Systems 10 (1992), 5-88.

    >>> len(resampled(Distribution.of([1500] * 20), "reference").means)
    2000
    """
    if replicates < 1000 or not distribution.people:
        raise ValueError("1,000 replicates or more, of somebody")
    # A stream of its own for either side: the same draws for both would hide their difference.
    random = np.random.default_rng([seed, side == "comparison"])
    pence = np.array([each for each, _ in distribution.paid], dtype=np.float64)
    people = np.array([each for _, each in distribution.paid], dtype=np.int64)
    means = _from_transform(pence, people, replicates, random)
    if means is None:
        means = _from_counts(pence, people, replicates, random)
    return Resampled(means, _medians(pence, people, replicates, random))


def _medians(
    pence: _Floats, people: NDArray[np.int64], replicates: int, random: np.random.Generator
) -> _Floats:
    """The median of each replicate, from the order statistics of as many uniform numbers."""
    up_to = np.cumsum(people)
    everybody = int(up_to[-1])
    # Ranks from 1: the two in the middle, which are one and the same of an odd number of people.
    lower, upper = (everybody + 1) // 2, everybody // 2 + 1
    at = random.beta(upper, everybody - upper + 1, size=replicates)
    rates = pence[_rates_at(at, up_to)]
    if lower == upper:
        return rates
    # Those below are as uniform up to it as all were up to 1; the next lower is their greatest.
    at *= random.random(replicates) ** (1 / lower)
    return (rates + pence[_rates_at(at, up_to)]) / 2


def _rates_at(shares: _Floats, up_to: NDArray[np.int64]) -> NDArray[np.intp]:
    """The place of the rate below which this share of people stands, and at which they pass it."""
    found = np.searchsorted(up_to, shares * up_to[-1], side="right")
    within: NDArray[np.intp] = np.minimum(found, len(up_to) - 1)
    return within


def _from_counts(
    pence: _Floats, people: NDArray[np.int64], replicates: int, random: np.random.Generator
) -> _Floats:
    """The mean of each replicate, from how many are drawn on each rate."""
    everybody = int(people.sum())
    shares = people / everybody
    means = np.empty(replicates)
    at_a_time = max(1, _AT_A_TIME // len(pence))
    for start in range(0, replicates, at_a_time):
        drawn = random.multinomial(everybody, shares, size=min(at_a_time, replicates - start))
        means[start : start + len(drawn)] = drawn.astype(np.float64) @ pence / everybody
    return means


def _from_transform(
    pence: _Floats, people: NDArray[np.int64], replicates: int, random: np.random.Generator
) -> _Floats | None:
    """The mean of each replicate, from the distribution of the mean; None where it does not do.

    With ``z`` how far somebody is from the mean in standard errors of the sum, the transform of the
    sum is that of one person to the power of the number of people. Its values at the multiples of
    ``2 pi / width`` are the Fourier series of the distribution on that width.
    """
    if len(pence) <= _RATES:
        return None
    everybody = int(people.sum())
    shares = people / everybody
    mean = float(shares @ pence)
    error = float(np.sqrt(shares @ (pence - mean) ** 2 * everybody))
    z = (pence - mean) / error
    if np.abs(z).max() > _FURTHEST:
        return None
    step = np.exp(2j * np.pi / _WIDTH * z)
    turned, one = np.ones_like(step), np.empty(_POINTS, dtype=np.complex128)
    for point in range(_POINTS):
        turned *= step
        one[point] = shares @ turned
    transform = one**everybody
    if np.abs(transform[-8:]).max() > _CUT:
        return None
    points = np.arange(1, _POINTS + 1)
    series = np.zeros(_PLACES // 2 + 1, dtype=np.complex128)
    # The sign puts the middle of the width at the mean; dividing is integrating from its left end.
    series[1 : _POINTS + 1] = np.conj(transform * (-1.0) ** points / (-2j * np.pi * points))
    wave = np.fft.irfft(series, n=_PLACES) * _PLACES
    place = np.arange(_PLACES) / _PLACES
    up_to = np.maximum.accumulate(place + wave - wave[0])
    drawn = np.interp(random.random(replicates), up_to, (place - 0.5) * _WIDTH)
    return mean + drawn * error / everybody
