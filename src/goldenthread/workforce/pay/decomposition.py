"""A gap in mean pay taken apart by grade: what is pay within grades, and what is who is in which.

One number for all grades can say the opposite of every grade (Simpson's paradox). So the parts, the
whole and the number of grades that point either way are always said together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from goldenthread.workforce.pay.distribution import Distribution, by_group
from goldenthread.workforce.pay.pay_gap import relative
from goldenthread.workforce.proportion import signed
from goldenthread.workforce.rounding import half_up
from goldenthread.workforce.too_few import TooFew

LEAST = 10
EMPTY_GRADES = (
    "Where only one of the two groups is in a grade, the other is taken to be paid the same there, "
    "so that what the grade adds is all who is in which grade, and none of it pay within grades."
)
"""The convention for a grade with nobody of one group. It is said with every decomposition."""


@dataclass(frozen=True)
class Side:
    """How many of one group are in a grade, and their mean pay; None where there is nobody."""

    people: int
    mean: Fraction | None = None

    def __post_init__(self) -> None:
        if self.people < 0 or (self.people > 0 and self.mean is None):
            raise ValueError("a number of people, and their mean where there are any")


@dataclass(frozen=True)
class Grade:
    """One grade with both groups in it."""

    name: str
    reference: Side
    comparison: Side


@dataclass(frozen=True)
class GradeGap:
    """The gap within one grade, in per cent of the reference group's mean there."""

    name: str
    gap: Fraction | TooFew


@dataclass(frozen=True)
class Decomposition:
    """A gap in mean pay as the sum of two parts, with the grades that it was found in.

    Units: ``reference_mean``, ``comparison_mean``, ``between`` and ``within`` are in the unit of
    the pay that was given (pence an hour), above nought where the reference group is paid more;
    ``between`` is who is in which grade, ``within`` pay within grades.
    ``between + within`` is exactly ``gap``. ``same_grades`` is the gap that there would be if the
    comparison group were spread over grades as the reference group is.
    """

    reference: str
    comparison: str
    reference_mean: Fraction
    comparison_mean: Fraction
    between: Fraction
    within: Fraction
    same_grades: Fraction
    grades: tuple[GradeGap, ...]
    empty: tuple[str, ...]
    least: int

    @property
    def gap(self) -> Fraction:
        """The whole gap, in the unit of the pay."""
        return self.reference_mean - self.comparison_mean

    @property
    def per_cent(self) -> Fraction | None:
        """The whole gap in per cent of the reference group's mean."""
        return relative(self.reference_mean, self.comparison_mean)

    @property
    def opposed(self) -> bool:
        """Whether the two parts point in different directions, so that one hides the other."""
        return self.between * self.within < 0

    @property
    def lower_in(self) -> tuple[str, ...]:
        """The grades with enough of both groups in which the comparison group is paid less."""
        return tuple(
            each.name for each in self.grades if isinstance(each.gap, Fraction) and each.gap > 0
        )

    @property
    def higher_in(self) -> tuple[str, ...]:
        """The grades with enough of both groups in which the comparison group is paid more."""
        return tuple(
            each.name for each in self.grades if isinstance(each.gap, Fraction) and each.gap < 0
        )

    @property
    def compared_in(self) -> int:
        """How many grades have enough of both groups to compare."""
        return sum(isinstance(each.gap, Fraction) for each in self.grades)

    @property
    def sentence(self) -> str:
        """The whole gap, both parts, and in how many grades it points which way, all together."""
        return " ".join(
            each
            for each in (self._whole(), self._parts(), self._by_grade(), self._warning())
            if each
        )

    def _points(self, amount: Fraction) -> Fraction:
        return 100 * amount / self.reference_mean

    def _whole(self) -> str:
        size = half_up(abs(self._points(self.gap)))
        if not size:
            return (
                f"Overall the mean pay of {self.comparison} is within 0.1% of that of "
                f"{self.reference}."
            )
        way = "lower" if self.gap > 0 else "higher"
        return (
            f"Overall the mean pay of {self.comparison} is {size}% {way} than that of "
            f"{self.reference}."
        )

    def _parts(self) -> str:
        between, within = (half_up(self._points(each)) for each in (self.between, self.within))
        return (
            f"Of this, {signed(between)} percentage points come from who is in which grade, and "
            f"{signed(within)} from pay within grades (above nought: to the disadvantage of "
            f"{self.comparison})."
        )

    def _by_grade(self) -> str:
        if not self.compared_in:
            return f"No grade has {self.least} or more of both groups."
        alike = self.compared_in - len(self.lower_in) - len(self.higher_in)
        told = [
            f"lower in {len(self.lower_in)}",
            f"higher in {len(self.higher_in)}",
            *([f"the same in {alike}"] if alike else []),
        ]
        grades = "grade" if self.compared_in == 1 else "grades"
        return (
            f"In the {self.compared_in} {grades} with {self.least} or more of both groups, their "
            f"mean pay is {' and '.join(told)}."
        )

    def _warning(self) -> str:
        if self.opposed:
            return (
                "The two parts point in different directions, so neither they nor the whole may be "
                "told alone."
            )
        if self.lower_in and self.higher_in:
            return "Grades point in different directions, so their average hides a difference."
        if self.within > 0 if self.higher_in else self.within < 0 and self.lower_in:
            return "Grades with too few to be compared turn the average the other way."
        return ""


def decompose(
    grades: Sequence[Grade], names: tuple[str, str], *, least: int = LEAST
) -> Decomposition | TooFew:
    """The gap in mean pay as who is in which grade and pay within grades (Kitagawa).

    With ``w`` the share of a group that is in a grade and ``r`` its mean there, for the reference
    group m and the comparison group f, summed over grades::

        gap     = between + within
        between = sum of (w_m - w_f) x (r_m + r_f) / 2
        within  = sum of (r_m - r_f) x (w_m + w_f) / 2

    Shape: one ``Grade`` per grade, and the names of both groups in the plural, reference first.
    Units: any one unit of pay, as exact fractions; out come the same.
    Missing: people without a grade or pay are not in it. In a grade with nobody of one group that
    group is taken to be paid as the other (``EMPTY_GRADES``). ``TooFew`` where either group has
    fewer than ``least`` people in all; a grade with fewer of either has no gap of its own.
    Raises ``ValueError`` for a grade given twice.

    Source: E. M. Kitagawa, Components of a difference between two rates, Journal of the American
    Statistical Association 50 (1955); checked against github josiahpjking/DasGuptR, commit e6bbdd2,
    README (0.30 to 0.135 is 0.1425 and 0.0225).

    Every grade favours the comparison group, and yet it is paid a fifth less:

    >>> def mean(people, pounds):
    ...     return Side(people, Fraction(pounds))
    >>> found = decompose(
    ...     [
    ...         Grade("G1", mean(100, "12.0"), mean(260, "12.1")),
    ...         Grade("G2", mean(120, "16.0"), mean(90, "16.2")),
    ...         Grade("G3", mean(180, "24.0"), mean(50, "24.3")),
    ...     ],
    ...     ("men", "women"),
    ... )
    >>> float(found.gap), float(found.between), float(found.within)
    (4.0525, 4.23625, -0.18375)
    >>> print(found.sentence)
    Overall the mean pay of women is 21.8% lower than that of men. Of this, +22.8 percentage \
points come from who is in which grade, and -1.0 from pay within grades (above nought: to the \
disadvantage of women). In the 3 grades with 10 or more of both groups, their mean pay is lower in \
0 and higher in 3. The two parts point in different directions, so neither they nor the whole may \
be told alone.
    """
    if len({each.name for each in grades}) != len(grades):
        raise ValueError("each grade once")
    there = [each for each in grades if each.reference.people or each.comparison.people]
    men = sum(each.reference.people for each in there)
    women = sum(each.comparison.people for each in there)
    if min(men, women) < max(least, 1):
        return TooFew(f"Fewer than {max(least, 1)} on one side or on both.", least=max(least, 1))
    between = within = same = reference_mean = comparison_mean = Fraction(0)
    for each in there:
        w_m, w_f = Fraction(each.reference.people, men), Fraction(each.comparison.people, women)
        r_m, r_f = _means(each)
        between += (w_m - w_f) * (r_m + r_f) / 2
        within += (r_m - r_f) * (w_m + w_f) / 2
        same += w_m * (r_m - r_f)
        reference_mean += w_m * r_m
        comparison_mean += w_f * r_f
    if reference_mean == 0:
        return TooFew("The reference group is paid nothing.", marker="[x]")
    return Decomposition(
        *names,
        reference_mean=reference_mean,
        comparison_mean=comparison_mean,
        between=between,
        within=within,
        same_grades=same,
        grades=tuple(GradeGap(each.name, _gap(each, least)) for each in grades),
        empty=tuple(
            each.name for each in there if not (each.reference.people and each.comparison.people)
        ),
        least=least,
    )


def grades_of(
    rows: Iterable[tuple[Any, ...]], reference: str, comparison: str
) -> tuple[Grade, ...]:
    """The grades of two groups, in their order, from rows of ``hourly_pay_sql``.

    Shape: rows ``(grade, grade_order, grp, pence, people)`` of one snapshot, which is
    ``hourly_pay_sql(by=("grade", "grade_order"))`` without its first column; groups other than the
    two are passed over.
    Units: mean pay in pence an hour.
    Missing: a row without a rate is left out.

    Source: SI 2017/353 Schedule 1 paragraph 8 for who is counted and how pay is reckoned.

    >>> rows = [("g2", 2, "female", 2000, 3), ("g1", 1, "female", 1500, 1)]
    >>> rows += [("g1", 1, "male", 1600, 1)]
    >>> [(each.name, each.reference.people) for each in grades_of(rows, "male", "female")]
    [('g1', 1), ('g2', 0)]
    """
    paid = by_group(rows)
    order = {(position, name) for name, position, group in paid if group in (reference, comparison)}
    return tuple(
        Grade(
            name,
            *(
                _side(paid.get((name, position, group), Distribution()))
                for group in (reference, comparison)
            ),
        )
        for position, name in sorted(order)
    )


def _side(paid: Distribution) -> Side:
    return Side(paid.people, paid.mean)


def _means(grade: Grade) -> tuple[Fraction, Fraction]:
    """Both means in a grade; who is not there is taken to be paid as the other is."""
    known = [
        side.mean
        for side in (grade.reference, grade.comparison)
        if side.people and side.mean is not None
    ]
    return known[0], known[-1]


def _gap(grade: Grade, least: int) -> Fraction | TooFew:
    if min(grade.reference.people, grade.comparison.people) < max(least, 1):
        return TooFew(f"Fewer than {max(least, 1)} on one side or on both.", least=max(least, 1))
    found = relative(*_means(grade))
    return TooFew("The reference group is paid nothing.", marker="[x]") if found is None else found
