from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from goldenthread.workforce.pay.hourly_pay import NotReckoned, Period
from goldenthread.workforce.pay.pay_elements import not_reckoned, pay_of_people
from oracles import pay

DAY = date(2026, 3, 31)
BONUSES = st.lists(
    st.tuples(st.integers(1, 500_000), st.sampled_from(Period), st.booleans()), max_size=4
)


def _row(element="basic pay", pence=250_000, **given_):
    return {
        "snapshot": DAY, "person": "a", "element": element, "amount_pence": pence,
        "period": "month", "days": None, "in_pay_period": True, "of_another_period": False,
        "hours": Decimal("37"), "weeks": None, **given_,
    }  # fmt: skip


def _pay(*rows):
    return pay_of_people(rows)[DAY, "a"]


def _rules(*rows):
    found = _pay(*rows).hourly
    return [fault.rule for fault in found.faults] if isinstance(found, NotReckoned) else []


@given(st.integers(1, 900_000), BONUSES, st.randoms(use_true_random=False))
def test_a_person_s_pay_is_that_of_the_slow_obvious_way_in_any_order(basic, bonuses, random):
    rows = [_row(pence=basic)] + [
        _row("commission", pence, period=period.value, in_pay_period=paid)
        for pence, period, paid in bonuses
    ]
    random.shuffle(rows)
    found = _pay(*rows)
    paid_then = [(pence, period.days) for pence, period, paid in bonuses if paid]
    assert found.hourly.exact == pay.hourly(basic, paid_then, Period.MONTH.days, 37)
    assert found.bonus_pence == sum(pence for pence, _, _ in bonuses)
    assert found.hourly_pence == found.hourly.pence


def test_each_person_and_each_snapshot_is_apart():
    june = date(2026, 6, 30)
    found = pay_of_people(
        [_row(), _row(person="b", pence=500_000), _row(snapshot=june, pence=260_000)]
    )
    assert {key: each.hourly_pence for key, each in found.items()} == {
        (DAY, "a"): 1554,
        (DAY, "b"): 3108,
        (june, "a"): 1616,
    }


def test_another_period_is_given_by_its_days():
    found = _pay(_row(period="other", days=91)).hourly
    assert found.exact == Fraction(250_000 * 7, 91 * 37)
    assert _rules(_row(period="other")) == ["pay period of no time"]
    assert _rules(_row(), _row("commission", 100, period="other")) == ["bonus for no time"]


def test_ordinary_pay_of_two_lengths_is_named():
    assert _rules(_row(), _row("allowance", 1000, period="year")) == ["ordinary pay of two lengths"]
    assert _rules(_row(), _row("allowance", 1000, period="year", of_another_period=True)) == []


def test_hours_that_differ_are_named_and_blanks_do_not_differ():
    assert _rules(_row(), _row("allowance", 1000, hours=Decimal("18.5"))) == [
        "weekly hours that differ"
    ]
    assert _rules(_row(), _row("allowance", 1000, hours=None)) == []


def test_hours_that_are_a_mean_of_few_weeks_say_so():
    found = _pay(_row(weeks=3), _row("allowance", 1000, weeks=3))
    assert found.hourly.assumed == (
        "Fewer than 12 weeks with hours were there, so the mean is of those there are.",
    )


def test_who_could_not_be_reckoned_is_counted_by_rule_and_keeps_the_bonus():
    found = pay_of_people(
        [
            _row(),
            _row(person="b", hours=None),
            _row("performance", 70_000, person="c", hours=None),
        ]
    )
    assert not_reckoned(found) == {"no weekly hours": 2, "no ordinary pay": 1}
    assert (found[DAY, "c"].hourly_pence, found[DAY, "c"].bonus_pence) == (None, 70_000)
