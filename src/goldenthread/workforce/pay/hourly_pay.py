"""Hourly pay from the elements on a payslip, exact until it is rounded to the penny.

Paragraph 6 has six steps: take what was paid in the pay period that holds the snapshot; of ordinary
pay leave out what belongs to another period; of a bonus for another length of time take the part
for this length; add up; multiply by 7 days over the days of the period; divide by the hours of a
week. Where that cannot be done, what is in the way is said, and never what anybody is paid.

The order of the steps is that of SI 2017/353 Schedule 1 paragraph 6 (SI 2017/172 regulation 6) as
guidance and payroll makers restate it; the paragraph's own text was not to be had, so hold it
against https://www.legislation.gov.uk/uksi/2017/353/schedule/1/made before relying on the order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Literal, TypeAlias

from goldenthread.workforce.rounding import half_up

WEEKS = 12
_HOURS_OF_A_WEEK = 168
Treatment = Literal["ordinary", "bonus", "neither"]


class Period(StrEnum):
    """How long a pay period, or the time that a bonus is for, is."""

    WEEK = "week"
    FORTNIGHT = "fortnight"
    FOUR_WEEKS = "four weeks"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def days(self) -> Fraction:
        """Its days: 30.44 for a month and 365.25 for a year, whichever month or year it is."""
        return _DAYS[self]


# SI 2017/353 Schedule 1 paragraph 6; the table is at
# https://help-selectpay.theaccessgroup.com/en/articles/12050510-gender-pay-gap-calculation,
# which gives a quarter the days of four months; three are taken here.
_DAYS = {
    Period.WEEK: Fraction(7),
    Period.FORTNIGHT: Fraction(14),
    Period.FOUR_WEEKS: Fraction(28),
    Period.MONTH: Fraction("30.44"),
    Period.QUARTER: 3 * Fraction("30.44"),
    Period.YEAR: Fraction("365.25"),
}


class Kind(StrEnum):
    """What an amount on a payslip is."""

    BASIC = "basic pay"
    ALLOWANCE = "allowance"
    PIECEWORK = "piecework"
    LEAVE = "pay for leave"
    SHIFT_PREMIUM = "shift premium"
    SALARY_SACRIFICE = "salary sacrifice"
    PROFIT_SHARING = "profit sharing"
    PRODUCTIVITY = "productivity"
    PERFORMANCE = "performance"
    INCENTIVE = "incentive"
    COMMISSION = "commission"
    OVERTIME = "overtime"
    REDUNDANCY = "redundancy"
    TERMINATION = "termination"
    PAY_IN_LIEU_OF_LEAVE = "pay in lieu of leave"
    EXPENSES = "expenses"
    BENEFIT_IN_KIND = "benefit in kind"


TREATMENT: Mapping[Kind, Treatment] = MappingProxyType(
    {
        Kind.BASIC: "ordinary",
        Kind.ALLOWANCE: "ordinary",
        Kind.PIECEWORK: "ordinary",
        Kind.LEAVE: "ordinary",
        Kind.SHIFT_PREMIUM: "ordinary",
        Kind.SALARY_SACRIFICE: "ordinary",
        Kind.PROFIT_SHARING: "bonus",
        Kind.PRODUCTIVITY: "bonus",
        Kind.PERFORMANCE: "bonus",
        Kind.INCENTIVE: "bonus",
        Kind.COMMISSION: "bonus",
        Kind.OVERTIME: "neither",
        Kind.REDUNDANCY: "neither",
        Kind.TERMINATION: "neither",
        Kind.PAY_IN_LIEU_OF_LEAVE: "neither",
        Kind.EXPENSES: "neither",
        Kind.BENEFIT_IN_KIND: "neither",
    }
)
"""What counts as ordinary pay, as bonus pay, and as neither.

Source: SI 2017/353 Schedule 1 paragraphs 3 and 4, as restated by
https://gov.uk/guidance/the-gender-pay-gap-data-you-must-gather and
https://cintraiq.zendesk.com/hc/en-gb/articles/13641772233489, which also says that pay is taken
after salary sacrifice and before tax and pension.
"""


Length: TypeAlias = Period | Fraction | Decimal | int
"""How long a time is: one of the periods, or a number of days."""


@dataclass(frozen=True)
class PayElement:
    """One amount on a payslip, in pence.

    ``bonus_period`` is how long a time a bonus is for, as a ``Period`` or in days; None is the pay
    period itself. ``of_another_period`` marks ordinary pay that would normally be paid in another
    period, such as arrears. Salary sacrifice is taken off whichever sign payroll gives it.
    """

    kind: Kind
    pence: int
    bonus_period: Length | None = None
    of_another_period: bool = False


@dataclass(frozen=True)
class WeeklyHours:
    """The hours of a week that pay is divided by, and how many weeks they are the mean of.

    ``weeks`` is None for hours that do not vary.
    """

    hours: Fraction
    weeks: int | None = None

    @property
    def assumed(self) -> str:
        """What was assumed, in a sentence; empty where nothing was."""
        if self.weeks is None or self.weeks == WEEKS:
            return ""
        return f"Fewer than {WEEKS} weeks with hours were there, so the mean is of those there are."


@dataclass(frozen=True)
class HourlyPay:
    """An hourly rate: ``pence`` to the whole penny, a half up, and ``exact`` before rounding.

    Units: pence an hour. ``ordinary`` and ``bonus`` are the pence of the pay period it is of.
    ``assumed`` are sentences on what had to be assumed.
    """

    exact: Fraction
    ordinary: Fraction
    bonus: Fraction
    assumed: tuple[str, ...] = ()

    @property
    def pence(self) -> int:
        """The rate in whole pence an hour, a half up."""
        return int(half_up(self.exact, 0))


@dataclass(frozen=True)
class Fault:
    """One thing that is in the way of an hourly rate. It names a rule and never an amount."""

    rule: str
    what: str
    do: str

    def __str__(self) -> str:
        return f"{self.what} {self.do}"


@dataclass(frozen=True)
class NotReckoned:
    """That an hourly rate could not be reckoned, and everything that was in the way."""

    faults: tuple[Fault, ...]


_NO_HOURS = Fault(
    "no weekly hours",
    "There are no weekly hours to divide by.",
    "Give the contract's hours, or those worked in the last 12 weeks.",
)
_HOURS = Fault(
    "weekly hours that cannot be",
    "The weekly hours are nought, below nought, more than a week has, or no number.",
    "Give the contract's hours in a week.",
)
_NO_PAY = Fault(
    "no ordinary pay",
    "There is no ordinary pay in the pay period.",
    "Give basic pay and allowances; without them somebody is on reduced pay or left.",
)
_BELOW = Fault(
    "pay below nought",
    "What was paid in the pay period is nought or less.",
    "Look for a correction that belongs to another pay period, and mark it so.",
)
_NO_PERIOD = Fault(
    "pay period of no time",
    "The pay period has no length.",
    "Give the period that basic pay is for, or its days.",
)
_LENGTH = Fault(
    "bonus for no time",
    "A bonus is for a time of no length.",
    "Give the days that it is for, or leave them out where it is for the pay period.",
)


def hourly_pay(
    elements: Sequence[PayElement], period: Length, hours: WeeklyHours | Decimal | int | None
) -> HourlyPay | NotReckoned:
    """One person's hourly rate in the pay period that holds the snapshot.

    Shape: every element of one person's payslip in; one rate out, or all that was in the way.
    Units: pence in, pence an hour out; hours in a week.
    Missing: no hours, hours that cannot be, a period of no length, no ordinary pay, pay of nought
    or less: ``NotReckoned`` names each, and never an amount.

    Source: SI 2017/353 Schedule 1 paragraphs 3 to 7; the examples are reckoned as
    http://employmentblog.practicallaw.com/gender-pay-reporting-observations-on-some-practical-difficulties/
    describes. What is in doubt about the order of the steps is said at the head of this module.

    2,500.00 a month for 37 hours; then with a bonus of 1,200.00 for the year paid that month:

    >>> salary = PayElement(Kind.BASIC, 250_000)
    >>> hourly_pay([salary], Period.MONTH, 37).pence
    1554
    >>> bonus = PayElement(Kind.PERFORMANCE, 120_000, bonus_period=Period.YEAR)
    >>> hourly_pay([salary, bonus], Period.MONTH, 37).pence
    1616
    >>> for fault in hourly_pay([bonus], Period.MONTH, None).faults:
    ...     print(fault.what)
    There are no weekly hours to divide by.
    There is no ordinary pay in the pay period.
    """
    faults: list[Fault] = []
    week, days = _week(hours, faults), _days(period)
    if days is None:
        faults.append(_NO_PERIOD)
    ordinary, bonus = Fraction(0), Fraction(0)
    has_pay = False
    for element in elements:
        treatment = TREATMENT[Kind(element.kind)]
        if treatment == "bonus":
            bonus += _part(element, days, faults)
        elif treatment == "ordinary" and not element.of_another_period:
            sacrificed = element.kind == Kind.SALARY_SACRIFICE
            ordinary += -abs(element.pence) if sacrificed else element.pence
            has_pay = has_pay or not sacrificed
    if not has_pay:
        faults.append(_NO_PAY)
    elif ordinary + bonus <= 0:
        faults.append(_BELOW)
    if faults or week is None or days is None:
        return NotReckoned(tuple(dict.fromkeys(faults)))
    rate = (ordinary + bonus) * 7 / days / week.hours
    return HourlyPay(rate, ordinary, bonus, (week.assumed,) if week.assumed else ())


def average_hours(weeks: Sequence[Decimal | int | None]) -> WeeklyHours | None:
    """The weekly hours of somebody whose hours vary: the mean of the last 12 weeks with hours.

    Shape: hours worked in each complete week, oldest first, ending with the last complete week of
    the pay period.
    Units: hours in a week; overtime is not among them.
    Missing: a week without hours (None or 0) is passed over and an earlier one taken. With fewer
    than 12 there are, the mean is of these, and says so; with none, None.

    Source: SI 2017/353 Schedule 1 paragraph 7, as described at
    http://employmentblog.practicallaw.com/gender-pay-reporting-observations-on-some-practical-difficulties/

    >>> average_hours([30, 36, 37, 41, 28, 35, 37, 40, 33, 36, 38, 39]).hours
    Fraction(215, 6)
    >>> average_hours([30, 0, 36]).assumed
    'Fewer than 12 weeks with hours were there, so the mean is of those there are.'
    """
    worked = [Fraction(each) for each in weeks if each]
    taken = worked[-WEEKS:]
    if not taken:
        return None
    return WeeklyHours(sum(taken, Fraction(0)) / len(taken), len(taken))


def twelve_months_bonus(elements: Sequence[PayElement]) -> int:
    """The bonus pay in pence of the twelve months that end with the snapshot: all of it, whole.

    It is not apportioned: for the bonus gap, what was paid in the twelve months counts.

    Source: SI 2017/353 Schedule 1 paragraphs 4, 10 and 12.

    >>> twelve_months_bonus([PayElement(Kind.BASIC, 250_000), PayElement(Kind.INCENTIVE, 30_000)])
    30000
    """
    return sum(each.pence for each in elements if TREATMENT[Kind(each.kind)] == "bonus")


def _week(hours: WeeklyHours | Decimal | int | None, faults: list[Fault]) -> WeeklyHours | None:
    if hours is None:
        faults.append(_NO_HOURS)
        return None
    if isinstance(hours, Decimal) and not hours.is_finite():
        faults.append(_HOURS)
        return None
    week = hours if isinstance(hours, WeeklyHours) else WeeklyHours(Fraction(hours))
    if not 0 < week.hours <= _HOURS_OF_A_WEEK:
        faults.append(_HOURS)
        return None
    return week


def _days(length: Length) -> Fraction | None:
    """How many days a time has; None where it has none."""
    if isinstance(length, Period):
        return length.days
    if isinstance(length, Decimal) and not length.is_finite():
        return None
    days = Fraction(length)
    return days if days > 0 else None


def _part(element: PayElement, period: Fraction | None, faults: list[Fault]) -> Fraction:
    """What of a bonus falls to the pay period."""
    if element.bonus_period is None or period is None:
        return Fraction(element.pence)
    days = _days(element.bonus_period)
    if days is None:
        faults.append(_LENGTH)
        return Fraction(0)
    return element.pence * period / days
