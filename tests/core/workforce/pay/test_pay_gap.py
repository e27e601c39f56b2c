from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.workforce.payroll import SOMEBODY
from goldenthread.workforce.pay.distribution import Distribution
from goldenthread.workforce.pay.pay_gap import gap, gaps_by
from goldenthread.workforce.too_few import TooFew
from oracles import pay

NAMES = ("men", "women")


def _gap(men, women, **how):
    return gap(Distribution.of(men), Distribution.of(women), NAMES, **how)


@given(SOMEBODY, SOMEBODY, st.sampled_from(["mean", "median"]))
def test_a_gap_is_that_of_the_slow_obvious_way(men, women, statistic):
    assert _gap(men, women, statistic=statistic).exact == pay.gap(men, women, statistic)


@given(SOMEBODY, SOMEBODY, st.integers(2, 9), st.sampled_from(["mean", "median"]))
def test_paying_everybody_so_many_times_as_much_changes_no_gap(men, women, times, statistic):
    more = [each * times for each in men], [each * times for each in women]
    assert _gap(*more, statistic=statistic).exact == _gap(men, women, statistic=statistic).exact


@given(SOMEBODY, st.permutations(range(4)))
def test_people_paid_alike_have_no_gap(rates, order):
    women = (rates * 4)[order[0] :] + (rates * 4)[: order[0]]
    found = _gap(rates, women)
    assert (found.exact, str(found.per_cent)) == (0, "0.0")


@given(SOMEBODY, SOMEBODY)
def test_the_other_way_round_the_gap_is_of_the_other_s_pay(men, women):
    there, back = _gap(men, women).exact, _gap(women, men).exact
    assert (1 - there / 100) * (1 - back / 100) == 1


@pytest.mark.parametrize(
    ("women", "said"),
    [
        ([800], "is 20.0% lower than that of men"),
        ([1200], "is 20.0% higher than that of men"),
        ([1000], "is the same as that of men"),
        ([1000, 999], "is 0.1% lower than that of men"),
        ([1000] * 3 + [999], "is within 0.1% of that of men"),
    ],
)
def test_a_gap_says_who_is_paid_less_than_whom(women, said):
    sentence = _gap([1000], women).sentence
    assert sentence == f"The mean hourly pay of women {said} (base: men 1, women {len(women)})."


@pytest.mark.parametrize(("men", "women"), [(9, 10), (10, 9), (0, 50)])
def test_with_too_few_on_either_side_nothing_is_said(men, women):
    found = _gap([1000] * men, [900] * women, least=10)
    assert found == TooFew("Fewer than 10 on one side or on both.", least=10)


def test_ten_on_both_sides_are_enough_where_ten_are_asked_for():
    assert _gap([1000] * 10, [900] * 10, least=10).per_cent == Decimal("10.0")


@given(st.lists(st.tuples(st.sampled_from("xy"), st.sampled_from(["male", "female", "blank"]),
                          st.integers(1000, 1005), st.integers(1, 9)), max_size=12))  # fmt: skip
def test_each_part_has_its_own_gaps_or_too_few(rows):
    found = gaps_by(rows, ("male", "female"), NAMES)
    assert set(found) == {(part,) for part, *_ in rows}
    for (part,), both in found.items():
        men, women = (
            [pence for key, group, pence, number in rows if (key, group) == (part, sex)
             for _ in range(number)]
            for sex in ("male", "female")
        )  # fmt: skip
        for statistic, each in zip(("mean", "median"), both, strict=True):
            if min(len(men), len(women)) < 10:
                assert isinstance(each, TooFew)
            else:
                assert each.exact == pay.gap(men, women, statistic)


def test_nothing_is_relative_to_nothing():
    assert _gap([0, 0], [900]) == TooFew("The reference group is paid nothing.", marker="[x]")
    assert _gap([], [900]) == TooFew("Fewer than 1 on one side or on both.", least=1)


def test_a_gap_is_exact_where_floats_would_not_be():
    assert _gap([1010, 1010, 1010], [1009]).exact == Fraction(10, 101)
