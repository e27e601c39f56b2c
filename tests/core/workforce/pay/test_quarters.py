from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.workforce.payroll import PEOPLE, RATES, SEX, of_sex
from goldenthread.workforce.pay.distribution import Distribution
from goldenthread.workforce.pay.quarters import NAMES, cumulative, quarters, sizes
from oracles import pay

FEW = st.lists(st.tuples(RATES, SEX), max_size=14)


def _quarters(people):
    return quarters(
        Distribution.of(of_sex(people, "male")), Distribution.of(of_sex(people, "female"))
    )


@given(PEOPLE)
def test_everybody_is_in_one_quarter_and_men_are_within_one_of_the_ideal(people):
    found = _quarters(people)
    assert tuple(each.people for each in found) == sizes(len(people))
    assert sum(each.men for each in found) == len(of_sex(people, "male"))
    assert [each.ideal_men for each in found] == pay.ideal_men(people, sizes(len(people)))
    for each in found:
        assert abs(each.men - each.ideal_men) < 1
        assert 0 <= each.men <= each.people
        if each.ideal_men.denominator == 1 and all(q.ideal_men.denominator == 1 for q in found):
            assert each.men == each.ideal_men


@given(FEW)
def test_no_whole_split_is_nearer(people):
    found = tuple(each.men for each in _quarters(people))
    assert found in pay.nearest_splits(people, sizes(len(people)))


@given(PEOPLE, st.randoms(use_true_random=False))
def test_the_order_of_the_people_changes_nothing(people, random):
    shuffled = list(people)
    random.shuffle(shuffled)
    assert _quarters(shuffled) == _quarters(people)


@given(PEOPLE)
def test_men_and_women_of_a_quarter_make_100(people):
    for each in _quarters(people):
        if each.people:
            assert each.men_per_cent + each.women_per_cent == 100
            assert each.women_per_cent.as_tuple().exponent == -1
        else:
            assert each.men_per_cent is each.women_per_cent is None


@given(PEOPLE)
def test_more_pay_for_everybody_moves_nobody(people):
    assert _quarters([(pence + 100, sex) for pence, sex in people]) == _quarters(people)


@given(st.integers(0, 10_000))
def test_quarters_are_as_equal_as_can_be(people):
    found = sizes(people)
    assert sum(found) == people
    assert max(found) - min(found) <= 1
    assert found[3] == people // 4


def test_men_and_women_on_one_rate_are_spread_alike_over_all_quarters():
    """Everybody on one rate: sorting by sex would put all women of them into the lower half."""
    found = _quarters([(1250, "male")] * 20 + [(1250, "female")] * 60)
    assert [(each.name, each.men, each.women) for each in found] == [
        (name, 5, 15) for name in NAMES
    ]


def test_pennies_apart_is_apart():
    found = _quarters([(1251, "male")] * 4 + [(1250, "female")] * 4)
    assert [each.men for each in found] == [0, 0, 2, 2]


def test_nobody_makes_four_empty_quarters():
    assert [(each.people, each.men) for each in _quarters([])] == [(0, 0)] * 4


def test_an_edge_above_everybody_is_a_programmer_s_mistake():
    with pytest.raises(ValueError, match="edge"):
        cumulative({"men": Distribution.of([1])}, (0, 2))


def test_a_rate_is_split_in_proportion():
    lot = {"men": Distribution.of([5, 9]), "women": Distribution.of([9, 9])}
    assert cumulative(lot, (0, 1, 2, 4)) == {
        "men": (0, 1, Fraction(4, 3), 2),
        "women": (0, 0, Fraction(2, 3), 2),
    }
