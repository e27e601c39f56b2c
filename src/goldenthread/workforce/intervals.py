"""How far chance alone could move a share: intervals for one proportion and for two.

A whole workforce is no sample, and its count is no estimate of itself. The interval says how much a
share would swing if the same odds were drawn again, which is what a reader asks before believing
that a change is one. It is a guide to chance, and says nothing about who did not declare.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from scipy.special import betaincinv, ndtri

Method = Literal["Wilson", "Clopper-Pearson", "Newcombe", "Katz log"]
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Interval:
    """From ``low`` to ``high``, with the method and the confidence that it was reckoned by.

    >>> wilson(65, 100).excludes(0.5), wilson(65, 100).excludes(0.6)
    (True, False)
    """

    low: float
    high: float
    method: Method
    confidence: float = CONFIDENCE

    def excludes(self, value: float) -> bool:
        """Whether a value lies outside, and so is more than chance would usually explain."""
        return not self.low <= value <= self.high

    def less(self, value: float) -> Interval:
        """The interval of the difference from a number that is known, such as a census share."""
        return Interval(self.low - value, self.high - value, self.method, self.confidence)

    def over(self, value: float) -> Interval:
        """The interval of the ratio to a number above nought that is known."""
        return Interval(self.low / value, self.high / value, self.method, self.confidence)


def wilson(count: int, base: int, confidence: float = CONFIDENCE) -> Interval:
    """The Wilson score interval of a proportion: the one that every share here is printed with.

    With p = count / base, n = base and z the normal quantile, it is
    ``(p + z²/2n ± z sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n)``.

    Units: proportions from 0 to 1.
    Missing: whoever is not in the base says nothing about it.
    Raises ValueError where the count is not from 0 to the base, or the base is nought.

    Source: E. B. Wilson, Probable inference, Journal of the American Statistical Association 22
    (1927), 209-212; recommended by R. G. Newcombe, Statistics in Medicine 17 (1998), 857-872. The
    example is a published expectation of UKHSA's package PHEindicatormethods (github
    ukhsa-collaboration/PHEindicatormethods, commit 093fd28, tests/testthat, testdata_Proportion).

    >>> found = wilson(65, 100)
    >>> round(found.low, 4), round(found.high, 4)
    (0.5525, 0.7364)
    """
    _sound(count, base, confidence)
    z, share = _quantile(confidence), count / base
    whole = 1 + z * z / base
    centre = (share + z * z / (2 * base)) / whole
    # p(1-p)/n by whole numbers first, so that 0 and the base come out exactly.
    half = z / whole * math.sqrt(count * (base - count) / base**3 + z * z / (4 * base * base))
    low = 0.0 if count == 0 else max(0.0, centre - half)
    high = 1.0 if count == base else min(1.0, centre + half)
    return Interval(low, high, "Wilson", confidence)


def clopper_pearson(count: int, base: int, confidence: float = CONFIDENCE) -> Interval:
    """The exact interval of a proportion, by the tails of the binomial distribution.

    Its ends are quantiles of beta distributions: with a = (1 - confidence) / 2, the a-quantile of
    Beta(count, base - count + 1) and the (1 - a)-quantile of Beta(count + 1, base - count). It is
    never too short and often too long: a companion to Wilson's where a claim must hold for certain.

    Units: proportions from 0 to 1.
    Missing: whoever is not in the base says nothing about it.
    Raises ValueError where the count is not from 0 to the base, or the base is nought.

    Source: C. J. Clopper and E. S. Pearson, The use of confidence or fiducial limits, Biometrika 26
    (1934), 404-413. The example is a published expectation of UKHSA's PHEindicatormethods (commit
    093fd28, tests/testthat/testdata_Proportion.xlsx).

    >>> found = clopper_pearson(65, 100)
    >>> round(found.low, 4), round(found.high, 4)
    (0.5482, 0.7427)
    """
    _sound(count, base, confidence)
    tail = (1 - confidence) / 2
    low = 0.0 if count == 0 else float(betaincinv(count, base - count + 1, tail))
    high = 1.0 if count == base else float(betaincinv(count + 1, base - count, 1 - tail))
    return Interval(low, high, "Clopper-Pearson", confidence)


def newcombe(
    count: int, base: int, other_count: int, other_base: int, confidence: float = CONFIDENCE
) -> Interval:
    """The interval of the difference of two proportions, the first less the other.

    With Wilson intervals (l1, u1) of p1 and (l2, u2) of p2 it reaches from
    ``p1 - p2 - sqrt((p1 - l1)² + (u2 - p2)²)`` to ``p1 - p2 + sqrt((u1 - p1)² + (p2 - l2)²)``. It
    takes the two for independent. Two snapshots share most of their people, so for them it is wider
    than need be: a change that it calls one is one.

    Units: proportions from -1 to 1.
    Missing: whoever is in neither base says nothing about it.
    Raises ValueError where a count is not from 0 to its base, or a base is nought.

    Source: R. G. Newcombe, Interval estimation for the difference between independent proportions,
    Statistics in Medicine 17 (1998), 873-890, method 10. The example is its first case, 56 of 70
    less 48 of 80, printed there as 0.0524 to 0.3339.

    >>> found = newcombe(56, 70, 48, 80)
    >>> round(found.low, 4), round(found.high, 4)
    (0.0524, 0.3339)
    """
    first, other = wilson(count, base, confidence), wilson(other_count, other_base, confidence)
    p1, p2 = count / base, other_count / other_base
    below = math.hypot(p1 - first.low, other.high - p2)
    above = math.hypot(first.high - p1, p2 - other.low)
    return Interval(p1 - p2 - below, p1 - p2 + above, "Newcombe", confidence)


def katz_log(
    count: int, base: int, other_count: int, other_base: int, confidence: float = CONFIDENCE
) -> Interval | None:
    """The interval of the ratio of two proportions; None where either count is nought.

    ``exp(ln R ± z sqrt(1/a - 1/n1 + 1/c - 1/n2))`` where R = (a / n1) / (c / n2). A logarithm of
    nought is no number, and adding a half to every cell would make up people.

    Units: a ratio above nought; 1 is no difference.
    Missing: whoever is in neither base says nothing about it.
    Raises ValueError where a count is not from 0 to its base, or a base is nought.

    Source: D. Katz and others, Obtaining confidence intervals for the risk ratio in cohort studies,
    Biometrics 34 (1978), 469-474. The example is that of SciPy's documentation,
    https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.contingency.relative_risk.html

    >>> found = katz_log(27, 122, 44, 487)
    >>> round(found.low, 2), round(found.high, 2)
    (1.58, 3.79)
    """
    _sound(count, base, confidence)
    _sound(other_count, other_base, confidence)
    if not count or not other_count:
        return None
    ratio = count * other_base / (base * other_count)
    error = math.sqrt(
        (base - count) / (count * base) + (other_base - other_count) / (other_count * other_base)
    )
    spread = math.exp(_quantile(confidence) * error)
    return Interval(ratio / spread, ratio * spread, "Katz log", confidence)


def _quantile(confidence: float) -> float:
    return float(ndtri((1 + confidence) / 2))


def _sound(count: int, base: int, confidence: float) -> None:
    if base <= 0 or not 0 <= count <= base:
        raise ValueError("a count lies between 0 and its base, and a base is at least 1")
    if not 0 < confidence < 1:
        raise ValueError("a confidence lies between 0 and 1")
