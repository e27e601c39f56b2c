from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.workforce.pay.hourly_pay import (
    TREATMENT,
    HourlyPay,
    Kind,
    NotReckoned,
    PayElement,
    Period,
    WeeklyHours,
    average_hours,
    hourly_pay,
    twelve_months_bonus,
)
from goldenthread.workforce.rounding import half_up
from oracles import pay

SALARY = PayElement(Kind.BASIC, 250_000)
PERIODS = st.sampled_from(Period)
PENCE = st.integers(1, 2_000_000)
HOURS = st.decimals("0.5", 60, places=2)


def _rules(*elements, hours=37):
    found = hourly_pay(elements, Period.MONTH, hours)
    return [fault.rule for fault in found.faults] if isinstance(found, NotReckoned) else []


@given(PENCE, st.lists(st.tuples(PENCE, PERIODS), max_size=4), PERIODS, HOURS)
def test_a_rate_is_that_of_the_slow_obvious_way(ordinary, bonuses, period, hours):
    elements = [PayElement(Kind.BASIC, ordinary)]
    elements += [PayElement(Kind.COMMISSION, each, bonus_period=over) for each, over in bonuses]
    found = hourly_pay(elements, period, hours)
    days = [(each, over.days) for each, over in bonuses]
    assert found.exact == pay.hourly(ordinary, days, period.days, hours)
    assert found.pence == half_up(found.exact, 0)


@given(PENCE, PERIODS, HOURS)
def test_a_bonus_for_the_pay_period_is_as_good_as_pay(pence, period, hours):
    bonus = hourly_pay([SALARY, PayElement(Kind.INCENTIVE, pence)], period, hours)
    allowance = hourly_pay([SALARY, PayElement(Kind.ALLOWANCE, pence)], period, hours)
    assert bonus.exact == allowance.exact
    assert (bonus.bonus, allowance.bonus) == (pence, 0)


@given(st.sampled_from([kind for kind, how in TREATMENT.items() if how == "neither"]), PENCE)
def test_what_is_neither_pay_nor_bonus_changes_nothing(kind, pence):
    with_it = hourly_pay([SALARY, PayElement(kind, pence)], Period.MONTH, 37)
    assert with_it == hourly_pay([SALARY], Period.MONTH, 37)


def test_every_kind_of_element_is_treated():
    assert set(TREATMENT) == set(Kind)


def test_arrears_of_another_period_are_left_out():
    arrears = PayElement(Kind.BASIC, 90_000, of_another_period=True)
    assert hourly_pay([SALARY, arrears], Period.MONTH, 37).pence == 1554
    assert _rules(arrears) == ["no ordinary pay"]


@pytest.mark.parametrize("sign", [1, -1])
def test_salary_sacrifice_is_taken_off_whichever_sign_payroll_gives_it(sign):
    sacrifice = PayElement(Kind.SALARY_SACRIFICE, sign * 25_000)
    found = hourly_pay([SALARY, sacrifice], Period.MONTH, 37)
    assert found.ordinary == 225_000
    assert _rules(sacrifice) == ["no ordinary pay"]


def test_a_rate_is_the_same_by_the_week_as_by_the_year():
    weekly = hourly_pay([PayElement(Kind.BASIC, 70_000)], Period.WEEK, 35)
    yearly = hourly_pay([PayElement(Kind.BASIC, 3_652_500)], Period.YEAR, WeeklyHours(Fraction(35)))
    assert (weekly.pence, yearly.pence) == (2000, 2000)


@pytest.mark.parametrize(
    ("hours", "rule"),
    [
        (None, "no weekly hours"),
        (0, "weekly hours that cannot be"),
        (-5, "weekly hours that cannot be"),
        (169, "weekly hours that cannot be"),
        (Decimal("NaN"), "weekly hours that cannot be"),
        (Decimal("Infinity"), "weekly hours that cannot be"),
    ],
)
def test_hours_that_cannot_be_are_named(hours, rule):
    assert _rules(SALARY, hours=hours) == [rule]


@pytest.mark.parametrize("length", [0, -1, Decimal("NaN"), Decimal("Infinity")])
def test_a_bonus_for_no_time_is_named(length):
    assert _rules(SALARY, PayElement(Kind.COMMISSION, 100, length)) == ["bonus for no time"]


@pytest.mark.parametrize("length", [0, -30, Decimal("NaN")])
def test_a_pay_period_of_no_time_is_named(length):
    found = hourly_pay([SALARY], length, 37)
    assert [fault.rule for fault in found.faults] == ["pay period of no time"]


def test_everything_that_is_in_the_way_is_said_at_once_and_once():
    nothing = PayElement(Kind.COMMISSION, 100, bonus_period=0)
    assert _rules(nothing, nothing, hours=None) == [
        "no weekly hours",
        "bonus for no time",
        "no ordinary pay",
    ]


def test_pay_below_nought_is_named():
    assert _rules(PayElement(Kind.BASIC, -100)) == ["pay below nought"]
    assert _rules(PayElement(Kind.BASIC, 0)) == ["pay below nought"]


def test_no_fault_repeats_what_anybody_is_paid_or_works():
    told = hourly_pay([PayElement(Kind.BASIC, -771_177)], Period.MONTH, Decimal("773.31"))
    words = " ".join(f"{fault.rule} {fault}" for fault in told.faults)
    assert "77" not in words


@given(st.lists(st.integers(0, 60), max_size=30))
def test_varying_hours_are_the_mean_of_the_last_twelve_weeks_with_hours(weeks):
    found = average_hours(weeks)
    worked = [each for each in weeks if each][-12:]
    if not worked:
        assert found is None
    else:
        assert found == WeeklyHours(Fraction(sum(worked), len(worked)), len(worked))
        assert bool(found.assumed) == (len(worked) < 12)


def test_what_was_assumed_of_hours_goes_with_the_rate():
    hours = average_hours([30, 40])
    found = hourly_pay([SALARY], Period.MONTH, hours)
    assert isinstance(found, HourlyPay)
    assert found.assumed == (hours.assumed,)


def test_the_year_s_bonus_is_whole_and_nothing_else():
    paid = [SALARY, PayElement(Kind.PERFORMANCE, 120_000, Period.YEAR), PayElement("overtime", 50)]
    assert twelve_months_bonus(paid) == 120_000
