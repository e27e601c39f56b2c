"""A gap in mean pay read by regression: what differences in the columns account for, and the rest.

Oaxaca-Blinder in two parts, by least squares, with what it cannot say beside every result.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import lstsq, qr

from goldenthread.errors import Unreadable
from goldenthread.workforce.rounding import half_up
from goldenthread.workforce.too_few import TooFew

_Values: TypeAlias = tuple[float | str, ...]
LEAST = 50
"""People on either side below which nothing is said: few people fit any columns."""
# What a column adds to the others, relative to its length, below which it adds nothing.
_NOTHING = 1e-9
CAVEATS = (
    "Explained means accounted for by the columns that were given, and not justified: who gets into"
    " which grade may itself be unequal.",
    "Unexplained is not proof of discrimination, nor is a part of nought proof that there is none:"
    " columns that are missing, or measured badly, move it either way.",
    "The parts are reckoned at the reference group's returns; at the comparison group's they would"
    " be others.",
    "It fits means of pay in pence, so it says nothing of the median or of any one person.",
)
"""What stands beside every such reading."""


@dataclass(frozen=True)
class Lot:
    """People who are alike in every column: their values, their mean pay, how many they are.

    That their pay differs among them changes neither means nor coefficients, so lots are few.

    ``values`` has a number for a numeric column and text for one of categories.
    """

    values: _Values
    pay: float
    people: int = 1


@dataclass(frozen=True)
class RegressionGap:
    """A gap in mean pay as explained and unexplained parts, which sum to it.

    Units: the unit of the pay that was given, above nought where the reference group is paid more.
    ``by_column`` shares the explained part among the columns. ``endowments``, ``coefficients`` and
    ``interaction`` are the three-fold reading of the same gap.
    """

    reference: str
    comparison: str
    reference_mean: float
    comparison_mean: float
    explained: float
    by_column: Mapping[str, float]
    endowments: float
    coefficients: float
    interaction: float
    reference_people: int
    comparison_people: int

    @property
    def gap(self) -> float:
        """The whole gap."""
        return self.reference_mean - self.comparison_mean

    @property
    def unexplained(self) -> float:
        """What is left of the gap beside the explained part."""
        return self.gap - self.explained

    @property
    def adjusted_per_cent(self) -> float:
        """The unexplained part in per cent of the reference group's mean pay."""
        return 100 * self.unexplained / self.reference_mean

    @property
    def caveats(self) -> tuple[str, ...]:
        """What it cannot say. Print these wherever the figures are printed."""
        return CAVEATS

    @property
    def sentence(self) -> str:
        """The whole and both parts, in per cent of the reference group's mean pay."""
        whole, explained, rest = (
            half_up(Fraction(100 * each / self.reference_mean))
            for each in (self.gap, self.explained, self.unexplained)
        )
        columns = ", ".join(self.by_column)
        way = (
            f"{abs(whole)}% {'lower' if whole > 0 else 'higher'} than"
            if whole
            else "within 0.1% of"
        )
        return (
            f"The mean pay of {self.comparison} is {way} that of {self.reference} (base: "
            f"{self.reference} {self.reference_people:,}, {self.comparison} "
            f"{self.comparison_people:,}). Differences in {columns} account for {explained} of "
            f"the {whole} percentage points, and {rest} are left. That is neither a justification "
            "nor a proof."
        )


def regression_gap(
    reference: Sequence[Lot],
    comparison: Sequence[Lot],
    columns: Sequence[str],
    names: tuple[str, str],
    *,
    least: int = LEAST,
) -> RegressionGap | TooFew:
    """The gap in mean pay as what the columns account for and what is left (Oaxaca-Blinder).

    Pay is fitted by least squares in each group by itself, ``y = x b`` with a constant. With means
    ``x`` and coefficients ``b`` of the reference group m and the comparison group f::

        gap         = explained + unexplained
        explained   = (x_m - x_f) b_m
        unexplained = x_f (b_m - b_f)

    Shape: lots of people alike; ``columns`` names each of ``Lot.values``; the groups' names in the
    plural. A column of text becomes one of noughts and ones per category but the first.
    Units: any one unit of pay; out come the same.
    Missing: leave out people without a value, and count them; there is no filling in. ``TooFew``
    where either side has fewer than ``least`` people.
    Raises ``Unreadable``, naming the columns, where they say the same thing twice in either group,
    where a category is in one group alone, or a number is not finite. The sentence names no value.

    Source: R. Oaxaca, Male-female wage differentials in urban labor markets, International Economic
    Review 14 (1973); A. Blinder, Wage discrimination, Journal of Human Resources 8 (1973). The
    reading is that of statsmodels.stats.oaxaca.

    >>> def lots(years, extra):
    ...     return [Lot((float(each),), 1000.0 + 10 * each - extra) for each in years]
    >>> men, women = lots(range(10, 70), 0), lots(range(60), 50)
    >>> found = regression_gap(men, women, ["years"], ("men", "women"))
    >>> round(found.gap, 6), round(found.explained, 6), round(found.unexplained, 6)
    (150.0, 100.0, 50.0)
    """
    people = [sum(lot.people for lot in lots) for lots in (reference, comparison)]
    if min(people) < max(least, 1):
        return TooFew(f"Fewer than {max(least, 1)} on one side or on both.", least=max(least, 1))
    design = _Design(columns, reference, comparison)
    (x_m, y_m, b_m), (x_f, y_f, b_f) = (
        design.fitted(lots, name) for lots, name in zip((reference, comparison), names, strict=True)
    )
    if y_m <= 0:
        return TooFew("The reference group is paid nothing.", marker="[x]")
    apart, returns = x_m - x_f, b_m - b_f
    explained = apart * b_m
    return RegressionGap(
        *names,
        reference_mean=y_m,
        comparison_mean=y_f,
        explained=float(explained.sum()),
        by_column=MappingProxyType(
            {
                column: float(explained[first:last].sum())
                for column, (first, last) in zip(columns, design.places, strict=True)
            }
        ),
        endowments=float(apart @ b_f),
        coefficients=float(x_f @ returns),
        interaction=float(apart @ returns),
        reference_people=people[0],
        comparison_people=people[1],
    )


def lots_of(
    rows: Iterable[tuple[Any, ...]], reference: str, comparison: str
) -> tuple[tuple[Lot, ...], tuple[Lot, ...], int]:
    """The lots of two groups and how many people were left out, from rows of ``hourly_pay_sql``.

    Shape: rows ``(value, …, grp, pence, people)`` of one snapshot, which is ``hourly_pay_sql`` with
    the columns in ``by`` and without its first column; groups other than the two are passed over.
    Units: pence an hour, people.
    Missing: people of the two groups without one of the values are left out and counted.

    Source: SI 2017/353 Schedule 1 paragraph 8 for who is counted and how pay is reckoned.

    >>> rows = [("g1", 40, "male", 1500, 3), ("g1", 40, "male", 1900, 1)]
    >>> lots_of([*rows, ("g1", None, "female", 1400, 2)], "male", "female")
    ((Lot(values=('g1', 40.0), pay=1600.0, people=4),), (), 2)
    """
    paid: dict[str, Counter[_Values]] = {reference: Counter(), comparison: Counter()}
    there: dict[str, Counter[_Values]] = {reference: Counter(), comparison: Counter()}
    left_out = 0
    for *values, group, pence, people in rows:
        if group not in paid:
            continue
        if pence is None or any(each is None for each in values):
            left_out += int(people)
            continue
        held = tuple(each if isinstance(each, str) else float(each) for each in values)
        paid[group][held] += int(pence) * int(people)
        there[group][held] += int(people)
    one, other = (
        tuple(
            Lot(held, paid[group][held] / people, people)
            for held, people in sorted(there[group].items(), key=lambda lot: str(lot[0]))
        )
        for group in (reference, comparison)
    )
    return one, other, left_out


class _Design:
    """The columns as numbers: a constant, then each column, a category less one for text."""

    def __init__(
        self, columns: Sequence[str], reference: Sequence[Lot], comparison: Sequence[Lot]
    ) -> None:
        lots = [*reference, *comparison]
        if any(len(lot.values) != len(columns) for lot in lots):
            raise ValueError("a value for each column")
        self.columns = columns
        self.categories: list[list[str] | None] = []
        for place, column in enumerate(columns):
            if not any(isinstance(lot.values[place], str) for lot in lots):
                self.categories.append(None)
                continue
            held = [{str(lot.values[place]) for lot in side} for side in (reference, comparison)]
            if held[0] != held[1]:
                raise Unreadable(
                    f"The column “{column}” has a category in which only one of the two groups is.",
                    do="Join such categories to others, or leave these people out and say so.",
                )
            self.categories.append(sorted(held[0]))
        widths = [1 if each is None else len(each) - 1 for each in self.categories]
        self.places = list(pairwise(accumulate(widths, initial=1)))

    def fitted(
        self, lots: Sequence[Lot], group: str
    ) -> tuple[NDArray[np.float64], float, NDArray[np.float64]]:
        """The means of the columns, the mean of pay, and the coefficients of one group."""
        x = self._numbers(lots)
        y = np.array([lot.pay for lot in lots], dtype=np.float64)
        weight = np.array([lot.people for lot in lots], dtype=np.float64)
        if not (np.isfinite(x).all() and np.isfinite(y).all()):
            raise Unreadable(
                "A column or pay has a number that is not finite.",
                do="Leave out people without a value, and say how many they are.",
            )
        mean = weight @ x / weight.sum()
        # Each lot has the weight of its people, and each column is made of length 1, so that
        # neither pounds nor years nor noughts and ones decide what counts as small.
        root = np.sqrt(weight)[:, None]
        length = np.linalg.norm(root * x, axis=0)
        length[length == 0] = 1
        self._refuse_what_is_said_twice((root * (x - mean) / length)[:, 1:], group)
        solved = lstsq(root * x / length, root[:, 0] * y)[0] / length
        return mean, float(weight @ y / weight.sum()), solved

    def _numbers(self, lots: Sequence[Lot]) -> NDArray[np.float64]:
        parts = [np.ones((len(lots), 1))]
        for place, categories in enumerate(self.categories):
            if categories is None:
                held = [[float(lot.values[place])] for lot in lots]
                parts.append(np.array(held, dtype=np.float64))
            else:
                said = np.array([str(lot.values[place]) for lot in lots])
                parts.append((said[:, None] == np.array(categories[1:])[None, :]).astype(float))
        return np.hstack(parts)

    def _refuse_what_is_said_twice(self, apart: NDArray[np.float64], group: str) -> None:
        """Refuse columns of which one follows from the others or never varies, and name them.

        ``apart`` is how far each column is from its mean, so that the constant is out of it.
        """
        triangle, order = qr(apart, mode="r", pivoting=True)
        size = np.abs(np.diag(triangle))
        missing = order[len(size) :].tolist() + order[: len(size)][size < _NOTHING].tolist()
        if missing:
            told = " and ".join(
                f"“{column}”"
                for column, (first, last) in zip(self.columns, self.places, strict=True)
                if any(first <= place + 1 < last for place in missing)
            )
            raise Unreadable(
                f"Among {group}, {told} can be told from the other columns, so that no part of the "
                "gap can be given to either.",
                do="Leave out one of the columns that say the same thing.",
            )
