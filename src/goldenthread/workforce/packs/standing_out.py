"""What stands out of many comparisons: beyond chance by itself, and beyond chance among all."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from goldenthread.workforce.rates.likelihood import fisher_exact

_HALF_WIDTH = 1.959963984540054  # standard errors on either side in a 95% interval
_BEYOND = math.nextafter(_HALF_WIDTH, math.inf)


LEAST_NAMED = 10
"""Of fewer people of a group than this nothing is said where everybody looks first: four people of
a rare group in a named team are four people whom their colleagues know."""


@dataclass(frozen=True)
class Comparison:
    """One comparison that was made: what it says, and how many standard errors it is from none.

    ``where`` is what it is of, such as ``Place``. ``few`` where it tells of some people of a group
    and of fewer than ``LEAST_NAMED``: it counts among all that were made, and is not told first.
    ``counts``, where both sides were counted, are so many of so many against so many of so many:
    then its chance is exact.
    """

    where: str
    says: str
    distance: float
    few: bool = False
    counts: tuple[int, int, int, int] | None = None

    @property
    def chance(self) -> float:
        """How often chance alone gives so much or more, on either side.

        Of counts that look far enough to matter it is Fisher's exact test: so far out as the
        sharpest of a thousand lie, an interval read as if chance were normal says too much.
        """
        if self.counts is not None and self.distance > _HALF_WIDTH:
            return fisher_exact(*self.counts)
        return math.erfc(self.distance / math.sqrt(2))


@dataclass(frozen=True)
class StandsOut:
    """A comparison that chance alone would hardly give.

    ``firm`` where it would still be so if every comparison of its table were held to one chance of
    error of 5% together.
    """

    comparison: Comparison
    firm: bool


def distance(estimate: float, low: float, high: float) -> float:
    """How far an estimate lies from no difference, in standard errors, read off its 95% interval.

    The half of the interval that looks towards no difference counts: ``1.96 x estimate / (estimate
    - end)``. Beyond 1.96 the interval excludes no difference, as it was made to, and within 1.96 it
    does not. An interval of resampled medians may end at the estimate itself, or beyond it; of such
    a one half of the whole counts.

    Units: standard errors, nought or more.
    Missing: nothing may be. Infinite where the interval has no width, as where no chance was in it.

    Source: D. G. Altman and J. M. Bland, How to obtain the P value from a confidence interval, BMJ
    343 (2011), d2304, who halve the whole interval; ours are not the same on both sides. Their
    first example is a difference of 16.5 (2.5 to 30.5).

    >>> round(distance(16.5, 2.5, 30.5), 2)
    2.31
    """
    if not estimate:
        return 0.0
    width = estimate - low if estimate > 0 else high - estimate
    if width <= 0:
        width = (high - low) / 2
    far = _HALF_WIDTH * abs(estimate) / width if width else math.inf
    # Where an end is no difference itself, a rounding of the division may not decide.
    return min(far, _HALF_WIDTH) if low <= 0 <= high else max(far, _BEYOND)


def distance_of_ratio(ratio: float, low: float, high: float) -> float:
    """The same for a ratio, on the scale of logarithms, on which its interval was made.

    Units: standard errors.
    Missing: a ratio or an end of nought lies on no such scale; then it is 0.0.

    Source: as ``distance``; the second example there is a relative risk of 0.81 (0.70 to 0.94).

    >>> round(distance_of_ratio(0.81, 0.70, 0.94), 2)
    2.77
    """
    if min(ratio, low, high) <= 0:
        return 0.0
    return distance(math.log(ratio), math.log(low), math.log(high))


def standing_out(
    comparisons: Sequence[Comparison], *, error: float = 0.05
) -> tuple[StandsOut, ...]:
    """What stands out of all the comparisons of one table, the furthest first.

    Whoever makes a hundred comparisons finds five beyond chance where there is nothing. So each is
    marked ``firm`` only where it passes Holm's step-down test over all of them, the sharpest of m
    at ``error / m``, the next at ``error / (m - 1)``, and so on until one fails. Of counts the
    chance is exact (``Comparison.chance``).

    Shape: every comparison that was made goes in, also those that show nothing: they count.
    Units: standard errors in.
    Missing: a comparison that could not be made (``TooFew``) is none.

    Source: S. Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal
    of Statistics 6 (1979), 65-70.

    >>> found = standing_out(
    ...     [Comparison("a", "", 2.0), Comparison("b", "", 5.0), *[Comparison("c", "", 0.3)] * 18]
    ... )
    >>> [(one.comparison.where, one.firm) for one in found]
    [('b', True), ('a', False)]
    """
    far = [one for one in comparisons if one.distance > _HALF_WIDTH]
    firm: set[int] = set()
    for place, (chance, at) in enumerate(sorted((one.chance, at) for at, one in enumerate(far))):
        if chance > error / (len(comparisons) - place):
            break
        firm.add(at)
    order = sorted(range(len(far)), key=lambda at: -far[at].distance)
    return tuple(StandsOut(far[at], at in firm) for at in order)
