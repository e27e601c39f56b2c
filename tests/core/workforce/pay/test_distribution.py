from fractions import Fraction
from statistics import mean, median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.workforce.payroll import SOMEBODY
from goldenthread.workforce.pay.distribution import Distribution, by_group


@given(SOMEBODY)
def test_mean_and_median_are_those_of_one_number_for_each_person(rates):
    found, exact = Distribution.of(rates), [Fraction(each) for each in rates]
    assert (found.people, found.total) == (len(rates), sum(rates))
    assert (found.mean, found.median) == (mean(exact), median(exact))
    assert [found.at(rank) for rank in range(len(rates))] == sorted(rates)


@given(SOMEBODY, SOMEBODY)
def test_two_together_are_one_of_both(some, others):
    assert Distribution.of(some) + Distribution.of(others) == Distribution.of(others + some)


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 9), st.integers(1, 4))))
def test_rows_become_the_distribution_of_each_group_in_any_order(rows):
    people = [(group, pence) for group, pence, number in rows for _ in range(number)]
    assert by_group(rows) == by_group(rows[::-1]) == {
        (group,): Distribution.of(pence for each, pence in people if each == group)
        for group, _ in people
    }  # fmt: skip


def test_a_row_without_a_rate_is_left_out():
    assert by_group([("a", None, 3), ("a", 10, 1)]) == {("a",): Distribution.of([10])}


def test_nobody_has_neither_mean_nor_median():
    nobody = Distribution()
    assert (nobody.people, nobody.mean, nobody.median) == (0, None, None)
    with pytest.raises(IndexError):
        nobody.at(0)


@pytest.mark.parametrize("paid", [((2, 1), (1, 1)), ((1, 1), (1, 1)), ((1, 0),), ((1, -1),)])
def test_rates_that_do_not_rise_or_that_nobody_is_on_are_a_programmer_s_mistake(paid):
    with pytest.raises(ValueError, match="rates rise"):
        Distribution(paid)
