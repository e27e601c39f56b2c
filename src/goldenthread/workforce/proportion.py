"""A percentage with its base and its interval, two of them compared, and printed ones checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from goldenthread.workforce.intervals import CONFIDENCE, Interval, newcombe, wilson
from goldenthread.workforce.rounding import half_up
from goldenthread.workforce.thresholds import least as at_least
from goldenthread.workforce.too_few import TooFew

CHANCE = "Chance alone could explain the difference."


@dataclass(frozen=True)
class Proportion:
    """How many of how many, never one without the other.

    Units: ``share`` is exact, from 0 to 1; ``per_cent`` has one decimal, a half rounded up;
    ``interval`` is in proportions.

    >>> print(proportion(65, 100, "people in post"))
    65.0% (65 of 100 people in post; 95% interval 55.3% to 73.6%)
    """

    count: int
    base: int
    of: str
    interval: Interval

    @property
    def share(self) -> Fraction:
        """The proportion itself."""
        return Fraction(self.count, self.base)

    @property
    def per_cent(self) -> Decimal:
        """In per cent, at one decimal."""
        return half_up(100 * self.share)

    @property
    def sentence(self) -> str:
        """The percentage with its base and its interval."""
        return (
            f"{self.per_cent}% ({self.count:,} of {self.base:,} {self.of}; "
            f"{confidence_of(self.interval)} interval {percent(self.interval.low)} to "
            f"{percent(self.interval.high)})"
        )

    def __str__(self) -> str:
        return self.sentence


def proportion(
    count: int,
    base: int,
    of: str,
    *,
    least: int | None = None,
    confidence: float = CONFIDENCE,
) -> Proportion | TooFew:
    """So many of so many, with the Wilson interval, or that there are too few to say.

    Shape: ``of`` names the base in the plural, such as ``people whose ethnicity is known``.
    Units: people.
    Missing: the base decides whether people whose answer is missing are in it, so it is named.
    Gives ``TooFew`` where the base is nought or under ``least`` (threshold ``share``).
    Raises ValueError where the count is not from 0 to the base.

    Source: ``intervals.wilson``; the threshold is in ``thresholds.toml`` with its own.

    >>> print(proportion(3, 8, "people in post"))
    Not enough to say. Fewer than 10 people in post.
    """
    if base == 0 and count == 0:
        return TooFew(f"There are no {of}.", marker="[x]")
    interval = wilson(count, base, confidence)
    needed = at_least("share", least)
    if base < needed:
        return TooFew(f"Fewer than {needed} {of}.", least=needed)
    return Proportion(count, base, of, interval)


@dataclass(frozen=True)
class Difference:
    """One proportion less another, and whether that is more than chance.

    ``way`` is ``up`` or ``down`` where the interval excludes nought, else None: then no arrow may
    be drawn. Units: ``points`` is percentage points at one decimal.
    """

    first: Proportion
    other: Proportion
    interval: Interval

    @property
    def points(self) -> Decimal:
        """The difference in percentage points."""
        return half_up(100 * (self.first.share - self.other.share))

    @property
    def way(self) -> Literal["up", "down"] | None:
        """Which way the first is from the other; None where chance alone could explain it."""
        if not self.interval.excludes(0):
            return None
        return "up" if self.first.share > self.other.share else "down"

    @property
    def sentence(self) -> str:
        """Both, their difference, its interval, and what may be said of it."""
        said = {
            None: CHANCE,
            "up": "It is higher by more than chance.",
            "down": "It is lower by more than chance.",
        }
        return (
            f"{self.first.per_cent}% ({self.first.count:,} of {self.first.base:,} {self.first.of}) "
            f"against {self.other.per_cent}% ({self.other.count:,} of {self.other.base:,} "
            f"{self.other.of}), a difference of {signed(self.points)} percentage points "
            f"({confidence_of(self.interval)} interval {points(self.interval.low)} to "
            f"{points(self.interval.high)}). {said[self.way]}"
        )

    def __str__(self) -> str:
        return self.sentence


def difference(
    first: Proportion | TooFew, other: Proportion | TooFew, *, least: int | None = None
) -> Difference | TooFew:
    """The first proportion less the other, with Newcombe's interval, or that it cannot be said.

    Units: proportions; above nought where the first is larger.
    Missing: ``TooFew`` where either is, or where the larger of the two counts, or of the two
    numbers left over, is under ``least`` (threshold ``change``): three people who became five, or
    all but three who became all but five, are no trend.

    Source: ``intervals.newcombe``; the threshold is in ``thresholds.toml``.

    >>> a, b = proportion(56, 70, "people asked"), proportion(48, 80, "people asked")
    >>> difference(a, b).points, difference(a, b).way
    (Decimal('20.0'), 'up')
    >>> print(difference(proportion(5, 400, "staff"), proportion(3, 400, "staff")))
    Not enough to say. Fewer than 10 people stand behind the difference.
    """
    if isinstance(first, TooFew):
        return first
    if isinstance(other, TooFew):
        return other
    needed = at_least("change", least)
    larger = max(first.count, other.count)
    left = max(first.base - first.count, other.base - other.count)
    if min(larger, left) < needed:
        return TooFew(f"Fewer than {needed} people stand behind the difference.", least=needed)
    interval = newcombe(first.count, first.base, other.count, other.base, first.interval.confidence)
    return Difference(first, other, interval)


@dataclass(frozen=True)
class Misprint:
    """A printed percentage that its own counts do not give; ``fits`` names bases that would."""

    printed: Decimal
    is_: Decimal
    fits: tuple[str, ...]
    sentence: str

    def __str__(self) -> str:
        return self.sentence


def misprint(
    printed: Decimal,
    count: int,
    base: int,
    *,
    others: Mapping[str, int] | None = None,
) -> Misprint | None:
    """What is wrong with a printed percentage, given its counts; None where it is right.

    Shape: ``others`` are bases that it may have been taken of instead, by their names.
    Units: per cent, to as many decimals as are printed; a half may have been rounded either way.

    Source: ours. The example is NHS Blood and Transplant's report, which prints 135 of 5,463 as
    2.3%: https://peoplefirst.nhsbt.nhs.uk/Diversity-and-Inclusion/workforce-race-equality-standard.htm

    >>> print(misprint(Decimal("2.3"), 135, 5463))
    2.3% is printed, and 135 of 5,463 is 2.5%.
    """
    exact = 100 * Fraction(count, base)
    if _prints_as(printed, exact):
        return None
    is_ = half_up(exact, _places(printed))
    fits = tuple(
        name
        for name, size in (others or {}).items()
        if size and _prints_as(printed, 100 * Fraction(count, size))
    )
    said = f"{printed}% is printed, and {count:,} of {base:,} is {is_}%."
    if fits:
        said += f" It would be right of {' or of '.join(fits)}."
    return Misprint(printed, is_, fits, said)


def percent(value: float) -> str:
    """A proportion as a percentage with one decimal.

    >>> percent(0.125)
    '12.5%'
    """
    return f"{half_up(Fraction(value) * 100)}%"


def points(value: float) -> str:
    """A difference of proportions in percentage points with its sign.

    >>> points(-0.0567), points(0.0)
    ('-5.7', '0.0')
    """
    return signed(half_up(Fraction(value) * 100))


def signed(value: Decimal) -> str:
    """A number with its sign, none on nought.

    >>> signed(Decimal("5.7"))
    '+5.7'
    """
    return f"{value:+}" if value else str(value)


def confidence_of(interval: Interval) -> str:
    """The confidence of an interval, in per cent.

    >>> confidence_of(wilson(1, 2, 0.9))
    '90%'
    """
    return f"{interval.confidence * 100:g}%"


def _places(printed: Decimal) -> int:
    exponent = printed.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _prints_as(printed: Decimal, exact: Fraction) -> bool:
    return abs(Fraction(printed) - exact) <= Fraction(1, 2 * 10 ** _places(printed))
