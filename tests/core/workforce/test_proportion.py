"""Percentages with their base, compared with care, and printed ones checked."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.workforce.proportion import (
    Difference,
    Proportion,
    TooFew,
    difference,
    misprint,
    proportion,
)
from goldenthread.workforce.thresholds import thresholds

STAFF = "people in post"


def test_a_percentage_says_its_base_and_its_interval():
    assert str(proportion(456, 2400, "people whose ethnicity is known")) == (
        "19.0% (456 of 2,400 people whose ethnicity is known; 95% interval 17.5% to 20.6%)"
    )


def test_under_ten_people_are_too_few_to_say_and_the_number_is_not_told():
    found = proportion(4, 9, STAFF)
    assert found == TooFew("Fewer than 10 people in post.", least=10)
    assert "9" not in str(found)
    assert isinstance(proportion(4, 9, STAFF, least=5), Proportion)


def test_nobody_at_all_is_no_nought_per_cent():
    assert proportion(0, 0, STAFF) == TooFew("There are no people in post.", marker="[x]")


def test_three_people_who_became_five_are_no_trend():
    found = difference(proportion(5, 20, STAFF), proportion(3, 20, STAFF))
    assert isinstance(found, TooFew)
    turned = difference(proportion(15, 20, STAFF), proportion(17, 20, STAFF))
    assert isinstance(turned, TooFew)


def test_a_difference_within_chance_has_no_way():
    found = difference(proportion(55, 500, STAFF), proportion(50, 500, STAFF))
    assert found.way is None
    assert found.sentence == (
        "11.0% (55 of 500 people in post) against 10.0% (50 of 500 people in post), a difference "
        "of +1.0 percentage points (95% interval -2.8 to +4.8). Chance alone could explain the "
        "difference."
    )


def test_a_difference_beyond_chance_says_which_way():
    found = difference(proportion(913, 1280, STAFF), proportion(700, 1270, STAFF))
    assert (found.way, found.points) == ("up", Decimal("16.2"))
    assert difference(found.other, found.first).way == "down"


def test_too_few_on_one_side_are_too_few_for_the_difference():
    few = proportion(3, 8, STAFF)
    many = proportion(30, 80, STAFF)
    assert difference(few, many) == few
    assert difference(many, few) == few


@given(
    st.integers(10, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.integers(10, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
)
def test_an_arrow_needs_ten_people_on_some_side_and_points_to_the_larger(one, other):
    first, second = proportion(*one, STAFF), proportion(*other, STAFF)
    found = difference(first, second)
    if max(one[0], other[0]) < 10 or max(one[1] - one[0], other[1] - other[0]) < 10:
        assert isinstance(found, TooFew)
        return
    assert isinstance(found, Difference)
    if found.way:
        assert (found.way == "up") == (first.share > second.share)
        assert not found.interval.low <= 0 <= found.interval.high
    assert Fraction(found.interval.low) <= first.share - second.share + Fraction(1, 10**9)


def test_the_percentage_that_a_blood_service_printed_is_wrong():
    found = misprint(Decimal("2.3"), 135, 5463)
    assert (found.is_, found.fits) == (Decimal("2.5"), ())


def test_a_percentage_of_those_known_that_is_printed_as_of_everybody_is_named():
    found = misprint(Decimal("34.1"), 311, 1280, others={"those whose answer is known": 913})
    assert str(found) == (
        "34.1% is printed, and 311 of 1,280 is 24.3%. It would be right of those whose answer is "
        "known."
    )


@pytest.mark.parametrize("printed", ["12.5", "12", "13", "12.50"])
def test_a_half_may_have_been_rounded_either_way(printed):
    assert misprint(Decimal(printed), 1, 8) is None


def test_every_threshold_says_what_it_counts_and_whose_it_is():
    for one in thresholds().values():
        assert one.least > 1
        assert one.counts
        assert one.source
