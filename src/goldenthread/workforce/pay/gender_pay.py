"""The statutory gender pay gap: all six figures, from how many are paid how much."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from goldenthread.workforce.pay.bootstrap import GapIntervals, gap_intervals
from goldenthread.workforce.pay.distribution import Distribution, by_group
from goldenthread.workforce.pay.pay_gap import Gap, gap
from goldenthread.workforce.pay.pay_records import bonus_pay_sql, hourly_pay_sql, staff_sql
from goldenthread.workforce.pay.published_figures import SixFigures
from goldenthread.workforce.pay.quarters import Quarter, quarters
from goldenthread.workforce.pay.reporting_dates import last_day_to_publish, must_publish
from goldenthread.workforce.proportion import proportion
from goldenthread.workforce.records import Records
from goldenthread.workforce.rounding import half_up
from goldenthread.workforce.too_few import TooFew

MEN, WOMEN = "male", "female"
_NAMES = ("men", "women")


@dataclass(frozen=True)
class Staff:
    """How many of one sex there are to be counted.

    ``relevant`` are employed on the snapshot date; ``full_pay`` of them are not paid less because
    of leave; ``not_reckoned`` of these have no hourly rate; ``with_bonus`` of the relevant had one.
    """

    relevant: int = 0
    full_pay: int = 0
    not_reckoned: int = 0
    with_bonus: int = 0

    def __add__(self, other: Staff) -> Staff:
        return Staff(
            self.relevant + other.relevant,
            self.full_pay + other.full_pay,
            self.not_reckoned + other.not_reckoned,
            self.with_bonus + other.with_bonus,
        )

    @property
    def bonus_share(self) -> Fraction | None:
        """Those with a bonus in per cent of the relevant; None where there are none."""
        return Fraction(100 * self.with_bonus, self.relevant) if self.relevant else None


@dataclass(frozen=True)
class GenderPayGap:
    """The six figures of a snapshot, with what they rest on.

    ``other`` counts people whose record says neither man nor woman: the statute has no place for
    them in its figures, so the number that was left out stands beside these. ``intervals`` are of
    the hourly gaps, where they were asked for.
    """

    snapshot: date
    mean_hourly: Gap | TooFew
    median_hourly: Gap | TooFew
    mean_bonus: Gap | TooFew
    median_bonus: Gap | TooFew
    men: Staff
    women: Staff
    other: Staff
    quarters: tuple[Quarter, Quarter, Quarter, Quarter]
    intervals: GapIntervals | TooFew | None = None

    @property
    def employees(self) -> int:
        """All relevant employees, of whatever sex."""
        return (self.men + self.women + self.other).relevant

    @property
    def must_publish(self) -> bool:
        """Whether there are 250 or more employees."""
        return must_publish(self.employees)

    @property
    def last_day(self) -> date:
        """The last day on which they may be published."""
        return last_day_to_publish(self.snapshot)

    @property
    def left_out(self) -> int:
        """Full-pay relevant employees whom the hourly figures leave out."""
        return self.men.not_reckoned + self.women.not_reckoned + self.other.full_pay

    @property
    def figures(self) -> SixFigures:
        """The six figures as the national service takes them, at one decimal.

        A bonus gap is None where no man had a bonus, and 100 where men had and no woman did.
        """
        women_only = self.women.with_bonus == 0 < self.men.with_bonus
        hundred = half_up(Fraction(100))
        shares = self.men.bonus_share, self.women.bonus_share
        return SixFigures(
            mean_hourly=_per_cent(self.mean_hourly),
            median_hourly=_per_cent(self.median_hourly),
            mean_bonus=hundred if women_only else _per_cent(self.mean_bonus),
            median_bonus=hundred if women_only else _per_cent(self.median_bonus),
            men_with_bonus=None if shares[0] is None else half_up(shares[0]),
            women_with_bonus=None if shares[1] is None else half_up(shares[1]),
            men_in_quarters=tuple(each.men_per_cent for each in self.quarters),
            women_in_quarters=tuple(each.women_per_cent for each in self.quarters),
        )

    @property
    def sentences(self) -> tuple[str, ...]:
        """The figures in words, each with its reference group and base."""
        said = [
            each.sentence
            for each in (self.mean_hourly, self.median_hourly, self.mean_bonus, self.median_bonus)
        ]
        if isinstance(self.intervals, GapIntervals):
            said += [self.intervals.mean.sentence, self.intervals.median.sentence]
        for name, staff in (("men", self.men), ("women", self.women)):
            had = proportion(staff.with_bonus, staff.relevant, name, least=1)
            said.append(f"{name.capitalize()} with a bonus: {had}")
        for each in self.quarters:
            women = proportion(each.women, each.people, f"in the {each.name} quarter", least=1)
            said.append(f"Women in the {each.name} quarter: {women}")
        if self.left_out:
            said.append(
                f"{self.left_out:,} on full pay are left out of the hourly figures: their pay could"
                " not be reckoned, or their record says neither man nor woman."
            )
        return tuple(said)


def read_gender_pay_gap(
    snapshot: date,
    hourly: Iterable[tuple[Any, ...]],
    bonus: Iterable[tuple[Any, ...]],
    staff: Iterable[tuple[Any, ...]],
    *,
    intervals: bool = False,
) -> GenderPayGap:
    """The statutory figures of one snapshot, from the rows of ``pay_records`` by sex.

    Shape: ``hourly`` rows ``(snapshot, grp, pence, people)`` and ``bonus`` rows alike, ``staff``
    rows ``(snapshot, grp, relevant, full_pay, not_reckoned, with_bonus)``; rows of other snapshots
    are passed over.
    Units: gaps in per cent of men's pay, above nought where men are paid more; shares in per cent.
    Missing: a gap is ``TooFew`` where one side has nobody. Whoever is neither ``male`` nor
    ``female`` in the record is counted in ``other`` and is in no figure.

    Source: SI 2017/353 Schedule 1 paragraphs 2 and 8 to 13,
    https://www.legislation.gov.uk/uksi/2017/353/schedule/1/made. That mean and median bonus are of
    those who had one is from GOV.UK's guidance and the national service.

    Four men's and three women's bonuses, and 57 men and 143 women there:

    >>> day = date(2026, 3, 31)
    >>> bonus = [(day, "male", pounds * 100, 1) for pounds in (1200, 600, 900, 300)]
    >>> bonus += [(day, "female", pounds * 100, 1) for pounds in (450, 300, 150)]
    >>> staff = [(day, "male", 57, 0, 0, 4), (day, "female", 143, 0, 0, 3)]
    >>> found = read_gender_pay_gap(day, [], bonus, staff)
    >>> found.mean_bonus.per_cent, found.figures.men_with_bonus, found.figures.women_with_bonus
    (Decimal('60.0'), Decimal('7.0'), Decimal('2.1'))
    """
    paid = by_group(row[1:] for row in hourly if row[0] == snapshot)
    given = by_group(row[1:] for row in bonus if row[0] == snapshot)
    nobody = Distribution()
    hourly_pay = paid.get((MEN,), nobody), paid.get((WOMEN,), nobody)
    bonus_pay = given.get((MEN,), nobody), given.get((WOMEN,), nobody)
    there = {MEN: Staff(), WOMEN: Staff(), "": Staff()}
    for day, group, *numbers in staff:
        if day == snapshot:
            kept = group if group in (MEN, WOMEN) else ""
            there[kept] += Staff(*(int(number) for number in numbers))
    return GenderPayGap(
        snapshot=snapshot,
        mean_hourly=gap(*hourly_pay, _NAMES),
        median_hourly=gap(*hourly_pay, _NAMES, statistic="median"),
        mean_bonus=gap(*bonus_pay, _NAMES, pay="bonus pay"),
        median_bonus=gap(*bonus_pay, _NAMES, statistic="median", pay="bonus pay"),
        men=there[MEN],
        women=there[WOMEN],
        other=there[""],
        quarters=quarters(*hourly_pay),
        intervals=gap_intervals(*hourly_pay) if intervals else None,
    )


def gender_pay_gap(records: Records, snapshot: date, *, intervals: bool = False) -> GenderPayGap:
    """The statutory figures of one snapshot, asked of the records.

    Shape, Units, Missing and Source as ``read_gender_pay_gap``, to which it gives the rows of
    ``hourly_pay_sql``, ``bonus_pay_sql`` and ``staff_sql`` by sex.
    """
    return read_gender_pay_gap(
        snapshot,
        records.rows(hourly_pay_sql(snapshot=snapshot)),
        records.rows(bonus_pay_sql(snapshot=snapshot)),
        records.rows(staff_sql(snapshot=snapshot)),
        intervals=intervals,
    )


def _per_cent(found: Gap | TooFew) -> Any:  # noqa: ANN401
    return None if isinstance(found, TooFew) else found.per_cent
