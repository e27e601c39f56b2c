"""The limits of what may be told of pay, and the three figures of it as they are rounded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class PayRules:
    """From how many people on, and how exactly, pay is told.

    ``mean_least``, ``median_least`` and ``gap_least`` are people; of a gap each of both groups. A
    mean is hidden where the largest pay is more than ``largest`` per cent of the total, or the two
    largest more than ``two_largest``. ``mean_dp`` and ``median_dp`` are decimals of pounds an hour,
    ``gap_dp`` those of a per cent. What may not be known must be able to move by more than
    ``apart`` per cent either way.

    A median goes to ten pence: the middle pay of an odd group is one person's, and to the penny it
    would name a point of a pay scale; ten pence an hour are some 190 pounds a year.

    Source: HESA (averages of seven and fewer are suppressed); [2023] UKUT 221 (AAC) on medians of
    few; the (2, 90 %) dominance rule; the guidance on ethnicity pay of 2023 for fifty people.

    >>> PUBLIC.least("gap"), INTERNAL.least("mean")
    (50, 8)
    """

    mean_least: int = 8
    median_least: int = 10
    gap_least: int = 10
    largest: int = 50
    two_largest: int = 90
    mean_dp: int = 2
    median_dp: int = 1
    gap_dp: int = 1
    apart: int = 10

    @classmethod
    def of(cls, numbers: Mapping[str, int | None]) -> PayRules:
        """The rules with the numbers of a policy, by what a policy calls them; None is our own.

        >>> PayRules.of({"means": 12, "gaps": None, "counts": 5}).mean_least
        12
        """
        names = {"means": "mean_least", "medians": "median_least", "gaps": "gap_least",
                 "largest": "largest", "two_largest": "two_largest"}  # fmt: skip
        told = {names[key]: value for key, value in numbers.items() if key in names and value}
        return cls(**told)

    def least(self, measure: str) -> int:
        """The fewest people that a measure may be of."""
        return {"mean": self.mean_least, "median": self.median_least, "gap": self.gap_least}[
            measure
        ]


INTERNAL = PayRules()
"""For the council itself."""

PUBLIC = PayRules(gap_least=50)
"""For everybody."""


def nearest(number: int, by: int) -> int:
    """A whole number divided and rounded, a half upwards.

    >>> nearest(5, 2), nearest(-5, 2)
    (3, -2)
    """
    return (2 * number + by) // (2 * by)


@dataclass(frozen=True)
class Mean:
    """A mean of a row of people, whose ``total`` is in pence."""

    row: int
    people: int
    total: int
    dp: int

    @property
    def value(self) -> int:
        """The mean in units of its last decimal of a pound."""
        return self.of(self.total)

    def of(self, total: int) -> int:
        """What would be told if they earned so much together."""
        return nearest(total * 10**self.dp, 100 * self.people)


@dataclass(frozen=True)
class Median:
    """A median of a row of people; ``doubled`` is twice the middle in pence."""

    row: int
    people: int
    doubled: int
    dp: int

    @property
    def value(self) -> int:
        """The median in units of its last decimal of a pound."""
        return self.of(self.doubled)

    def of(self, doubled: int) -> int:
        """What would be told if the middle were half of this."""
        return nearest(doubled * 10**self.dp, 200)


@dataclass(frozen=True)
class Gap:
    """How much less a group earns on average than its reference; both in this order."""

    rows: tuple[int, int]
    people: tuple[int, int]
    totals: tuple[int, int]
    dp: int

    @property
    def value(self) -> int:
        """The gap in units of its last decimal of a per cent."""
        return self.of(*self.totals)

    def of(self, group: int, reference: int) -> int:
        """What would be told if these were the totals; refused where the reference has nothing."""
        ours, theirs = self.people
        if not reference:
            return 10**12
        return nearest(100 * 10**self.dp * (reference * ours - group * theirs), reference * ours)
