"""How many people are paid how much: the one value that every pay gap is reckoned from.

It holds whole pence and whole people, so a mean and a median are exact fractions, and two million
people take no more room than the rates that they are on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from typing import Any


@dataclass(frozen=True)
class Distribution:
    """How many people are on each rate, lowest rate first: ``(pence, people)``.

    Units: whole pence, of an hour or of a bonus; people.
    Missing: somebody whose pay could not be reckoned is not in it; who makes it counts them.
    Raises ``ValueError`` for a rate given twice, out of order, or with fewer than one on it.

    >>> Distribution.of([1840, 1250, 1840])
    Distribution(paid=((1250, 1), (1840, 2)))
    """

    paid: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        before = None
        for pence, people in self.paid:
            if people < 1 or (before is not None and pence <= before):
                raise ValueError("rates rise, each is given once, and somebody is on it")
            before = pence

    @classmethod
    def of(cls, rates: Iterable[int]) -> Distribution:
        """The distribution of one rate for each person, in any order."""
        return cls(tuple(sorted(Counter(rates).items())))

    @classmethod
    def counted(cls, rates: Mapping[int, int]) -> Distribution:
        """The distribution of people by rate, in any order; rates that nobody is on are dropped."""
        return cls(tuple(sorted((pence, people) for pence, people in rates.items() if people)))

    @cached_property
    def people(self) -> int:
        """How many people there are."""
        return sum(people for _, people in self.paid)

    @cached_property
    def total(self) -> int:
        """What they are paid together, in pence."""
        return sum(pence * people for pence, people in self.paid)

    @property
    def mean(self) -> Fraction | None:
        """The mean in pence, exact; None where there is nobody.

        Source: SI 2017/353 Schedule 1 paragraphs 8 and 10.

        >>> Distribution.of([1000, 1001, 1001]).mean
        Fraction(3002, 3)
        """
        return Fraction(self.total, self.people) if self.people else None

    @property
    def median(self) -> Fraction | None:
        """The middle rate in pence, exact; of an even number, half way between the middle two.

        None where there is nobody.

        Source: SI 2017/353 Schedule 1 paragraphs 9 and 11; that an even list has the mean of its
        middle two is said by https://www.emplaw.co.uk/article/gender-pay-gap-regulations-faqs-%E2%80%93-private-and-public-sector
        and by councils' methods.

        >>> Distribution.of([1250, 1840, 2210, 1840]).median, Distribution.of([1250, 1255]).median
        (Fraction(1840, 1), Fraction(2505, 2))
        """
        if not self.people:
            return None
        return Fraction(
            self.at((self.people - 1) // 2) + self.at(self.people // 2),
            2,
        )

    def at(self, rank: int) -> int:
        """The rate in pence of the person at a rank, the lowest paid being 0."""
        if not 0 <= rank < self.people:
            raise IndexError("nobody has that rank")
        for (pence, _), so_far in zip(
            self.paid, accumulate(people for _, people in self.paid), strict=True
        ):
            if rank < so_far:
                return pence
        raise AssertionError("ranks and people differ")

    def __add__(self, other: Distribution) -> Distribution:
        """Both together."""
        return Distribution.counted(Counter(dict(self.paid)) + Counter(dict(other.paid)))


def by_group(rows: Iterable[tuple[Any, ...]]) -> dict[tuple[Any, ...], Distribution]:
    """The distribution of each group, from rows that end in pence and people.

    Shape: rows ``(key, …, pence, people)`` as ``pay_records`` asks for them; out come the keys
    before the last two columns, each with its distribution.
    Missing: a row without a rate (pence None) is left out; count those by ``staff_sql``.

    >>> by_group([("female", 1250, 2), ("male", 1840, 1), ("female", 1410, 1)])[("female",)].people
    3
    """
    found: dict[tuple[Any, ...], Counter[int]] = {}
    for *key, pence, people in rows:
        if pence is not None:
            found.setdefault(tuple(key), Counter())[int(pence)] += int(people)
    return {key: Distribution.counted(rates) for key, rates in found.items()}
