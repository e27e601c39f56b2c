"""Pay quarters: the lowest paid fourth to the highest, and how many men and women are in each.

The result depends on how many are on each rate, and never on the order in which they were given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate, pairwise, product
from math import floor
from typing import Literal, get_args

from goldenthread.workforce.pay.distribution import Distribution
from goldenthread.workforce.rounding import half_up

Name = Literal["lower", "lower middle", "upper middle", "upper"]
NAMES: tuple[Name, ...] = get_args(Name)
# Who is left over after dividing by four goes to these quarters.
_LEFT_OVER: tuple[tuple[int, ...], ...] = ((), (0,), (0, 2), (0, 1, 2))


@dataclass(frozen=True)
class Quarter:
    """One quarter: its people, men among them, and the men it would have if people could be split.

    ``ideal_men`` has on each rate that crosses an edge the same share of men on either side.
    """

    name: Name
    people: int
    men: int
    ideal_men: Fraction

    @property
    def women(self) -> int:
        """How many women are in it."""
        return self.people - self.men

    @property
    def women_per_cent(self) -> Decimal | None:
        """The women in it in per cent, at one decimal; None where nobody is in it."""
        return half_up(Fraction(100 * self.women, self.people)) if self.people else None

    @property
    def men_per_cent(self) -> Decimal | None:
        """What is left of 100 beside the women: both rounded can make 100.1, which is refused."""
        return None if self.women_per_cent is None else 100 - self.women_per_cent


def sizes(people: int) -> tuple[int, int, int, int]:
    """How many people are in each quarter, lower to upper.

    Units: people. One left over goes to the lower quarter; two to the lower and the upper middle;
    three to all but the upper.

    Source: SI 2017/353 Schedule 1 paragraph 13(1) step 2, "so far as possible, an equal number";
    where the rest goes is from guidance, as councils' methods restate it.

    >>> sizes(249), sizes(250), sizes(251)
    ((63, 62, 62, 62), (63, 62, 63, 62), (63, 63, 63, 62))
    """
    if people < 0:
        raise ValueError("a number of people")
    each, left = divmod(people, 4)
    lower, lower_middle, upper_middle, upper = (
        each + (place in _LEFT_OVER[left]) for place in range(4)
    )
    return lower, lower_middle, upper_middle, upper


def quarters(men: Distribution, women: Distribution) -> tuple[Quarter, Quarter, Quarter, Quarter]:
    """The four quarters, lower to upper, with whole men and women in each.

    Shape: the two distributions of hourly pay in; four quarters out.
    Units: people. Men in a quarter are within 1 of the ideal, exact where that is whole; men and
    women together are as many as there were. Of two splits that are as near, the one with more men
    in the lower quarters is taken.
    Missing: whoever is neither man nor woman in the record is not in it, as the statute asks.

    Source: SI 2017/353 Schedule 1 paragraph 13. Where a rate lies in more than one quarter,
    13(2) asks that the relative proportion of men and women on it be the same in each, so far as
    possible.

    Four people on 11.00 fill two places of one quarter and two of the next: a man and a woman each.

    >>> men = Distribution.of([1050, 1100, 1100, 1300])
    >>> women = Distribution.of([1000, 1100, 1100, 1200])
    >>> [(each.name, each.men, each.women) for each in quarters(men, women)]
    [('lower', 1, 1), ('lower middle', 1, 1), ('upper middle', 1, 1), ('upper', 1, 1)]
    """
    people = men.people + women.people
    held = sizes(people)
    edges = (0, *accumulate(held))
    ideal_up_to = cumulative({"men": men, "women": women}, edges)["men"]
    ideal = [after - before for before, after in pairwise(ideal_up_to)]
    counted = _whole(ideal_up_to, ideal)
    lower, lower_middle, upper_middle, upper = (
        Quarter(*each) for each in zip(NAMES, held, counted, ideal, strict=True)
    )
    return lower, lower_middle, upper_middle, upper


def cumulative(
    groups: Mapping[str, Distribution], edges: tuple[int, ...]
) -> dict[str, tuple[Fraction, ...]]:
    """How many of each group are among so many lowest paid, with each rate split in proportion.

    Shape: distributions by group, and edges as numbers of people that rise; out come as many
    numbers for each group as there are edges.
    Units: people, as exact fractions where an edge falls inside a rate.

    Source: SI 2017/353 Schedule 1 paragraph 13(2).

    >>> lot = {"men": Distribution.of([1100]), "women": Distribution.of([1100, 1100])}
    >>> cumulative(lot, (0, 1))["men"]
    (Fraction(0, 1), Fraction(1, 3))
    """
    on_rate: dict[int, int] = {}
    for distribution in groups.values():
        for pence, people in distribution.paid:
            on_rate[pence] = on_rate.get(pence, 0) + people
    held = {name: dict(distribution.paid) for name, distribution in groups.items()}
    below = dict.fromkeys(groups, 0)
    found: dict[str, list[Fraction]] = {name: [] for name in groups}
    passed, place = 0, 0
    for pence in sorted(on_rate):
        people = on_rate[pence]
        while place < len(edges) and edges[place] <= passed + people:
            part = Fraction(edges[place] - passed, people)
            for name in groups:
                found[name].append(below[name] + part * held[name].get(pence, 0))
            place += 1
        passed += people
        for name in groups:
            below[name] += held[name].get(pence, 0)
    if not on_rate:
        return {name: (Fraction(0),) * len(edges) for name in groups}
    if place < len(edges):
        raise ValueError("an edge lies above the number of people")
    return {name: tuple(numbers) for name, numbers in found.items()}


def _whole(up_to: tuple[Fraction, ...], ideal: list[Fraction]) -> list[int]:
    """Whole men in each quarter, as near to the ideal as whole numbers come.

    Rounding how many men there are up to each edge, rather than in each quarter, keeps their
    number, and keeps the men on every single rate as well. Either way of rounding each of the
    three edges is tried.
    """
    inner = [
        (floor(edge), floor(edge) + 1) if edge.denominator > 1 else (floor(edge),) * 1
        for edge in up_to[1:-1]
    ]
    splits: list[tuple[Fraction, list[int]]] = []
    for edges in product(*(sorted(choice, reverse=True) for choice in inner)):
        counted = [b - a for a, b in pairwise((0, *edges, int(up_to[-1])))]
        away = [abs(n - wanted) for n, wanted in zip(counted, ideal, strict=True)]
        if max(away) < 1:
            splits.append((sum((each * each for each in away), Fraction(0)), counted))
    # Rounding every edge down is within 1, so there is a split; the first of the nearest is taken.
    return min(splits, key=lambda split: split[0])[1]
