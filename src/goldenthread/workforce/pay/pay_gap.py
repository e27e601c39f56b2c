"""A pay gap: what one group is paid less than another, in per cent of what the other is paid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from goldenthread.workforce.pay.distribution import Distribution, by_group
from goldenthread.workforce.rounding import half_up
from goldenthread.workforce.too_few import TooFew

Statistic = Literal["mean", "median"]
Pay = Literal["hourly pay", "bonus pay"]
# Parts of a body are held to what the 2026 response asks of groups, until a body asks for more.
LEAST = 10


@dataclass(frozen=True)
class Gap:
    """One gap with the groups it is of: the reference is part of the figure and stands beside it.

    Units: ``exact`` and ``per_cent`` are per cent of the reference group's pay, above nought where
    the reference group is paid more. ``reference_people`` and ``comparison_people`` are its base.

    >>> men, women = Distribution.of([2150, 1820, 3075, 2500]), Distribution.of([1540, 1820, 2210])
    >>> print(gap(men, women, ("men", "women")))
    The mean hourly pay of women is 22.2% lower than that of men (base: men 4, women 3).
    """

    pay: Pay
    statistic: Statistic
    reference: str
    comparison: str
    exact: Fraction
    reference_people: int
    comparison_people: int

    @property
    def per_cent(self) -> Decimal:
        """The gap at one decimal, a half away from nought, never -0.0."""
        return half_up(self.exact)

    @property
    def sentence(self) -> str:
        """What it says, with its reference group and its base."""
        size = abs(self.per_cent)
        base = (
            f"(base: {self.reference} {self.reference_people:,}, "
            f"{self.comparison} {self.comparison_people:,})"
        )
        if not size:
            near = "the same as" if self.exact == 0 else "within 0.1% of"
            return (
                f"The {self.statistic} {self.pay} of {self.comparison} is {near} that of "
                f"{self.reference} {base}."
            )
        way = "lower" if self.exact > 0 else "higher"
        return (
            f"The {self.statistic} {self.pay} of {self.comparison} is {size}% {way} than that of "
            f"{self.reference} {base}."
        )

    def __str__(self) -> str:
        return self.sentence


def gap(
    reference: Distribution,
    comparison: Distribution,
    names: tuple[str, str],
    *,
    statistic: Statistic = "mean",
    pay: Pay = "hourly pay",
    least: int = 1,
) -> Gap | TooFew:
    """``100 x (A - B) / A``, where A is the reference group's mean or median and B the other's.

    Shape: two distributions, and the names of their groups in the plural, reference first.
    Units: per cent of A; above nought where the reference group is paid more.
    Missing: ``TooFew`` where either side has fewer than ``least`` people, or A is nought. People
    whose group is not known belong on neither side.

    Source: SI 2017/353 Schedule 1 paragraphs 8 to 11, where A is men and B is women.

    >>> men, women = Distribution.of([1250, 1550]), Distribution.of([1550, 1250])
    >>> gap(men, women, ("men", "women"), statistic="median").per_cent
    Decimal('0.0')
    """
    if min(reference.people, comparison.people) < max(least, 1):
        return TooFew(f"Fewer than {max(least, 1)} on one side or on both.", least=max(least, 1))
    a, b = average(reference, statistic), average(comparison, statistic)
    per_cent = None if a is None or b is None else relative(a, b)
    if per_cent is None:
        return TooFew("The reference group is paid nothing.", marker="[x]")
    return Gap(pay, statistic, *names, per_cent, reference.people, comparison.people)


def gaps_by(
    rows: Iterable[tuple[Any, ...]],
    groups: tuple[str, str],
    names: tuple[str, str],
    *,
    least: int = LEAST,
) -> dict[tuple[Any, ...], tuple[Gap | TooFew, Gap | TooFew]]:
    """The mean and the median gap of each unit, grade or whatever else rows are told apart by.

    Shape: rows ``(key, …, grp, pence, people)``, as ``hourly_pay_sql`` gives them with columns in
    ``by``; codes and names of the two groups, reference first. By key: mean gap, median gap.
    Units: per cent of the reference group's pay, above nought where the reference is paid more.
    Missing: other groups are passed over; ``TooFew`` where either side has fewer than ``least``.
    Gaps of many small parts differ by chance: do not rank them.

    Source: SI 2017/353 Schedule 1 paragraphs 8 and 9, for each part; for parts there is no duty.

    >>> rows = [("g1", "male", 2000, 12), ("g1", "female", 1800, 12), ("g2", "male", 3000, 12)]
    >>> found = gaps_by(rows, ("male", "female"), ("men", "women"))
    >>> found["g1",][0].per_cent, found["g2",][0].marker
    (Decimal('10.0'), '[c]')
    """
    paid = by_group(rows)
    keys = dict.fromkeys(key[:-1] for key in paid)
    nobody = Distribution()
    found: dict[tuple[Any, ...], tuple[Gap | TooFew, Gap | TooFew]] = {}
    for key in keys:
        one, other = (paid.get((*key, group), nobody) for group in groups)
        found[key] = (
            gap(one, other, names, least=least),
            gap(one, other, names, statistic="median", least=least),
        )
    return found


def relative(reference: Fraction, comparison: Fraction) -> Fraction | None:
    """``100 x (A - B) / A``; None where A is nought.

    >>> relative(Fraction(2000), Fraction(1500))
    Fraction(25, 1)
    """
    return 100 * (reference - comparison) / reference if reference else None


def average(distribution: Distribution, statistic: Statistic) -> Fraction | None:
    """The mean or the median in pence; None where there is nobody.

    >>> average(Distribution.of([1000, 1500]), "median")
    Fraction(1250, 1)
    """
    return distribution.mean if statistic == "mean" else distribution.median
