"""Intervals against SciPy's own, against slow searches, and for what must hold of any of them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from goldenthread.workforce.intervals import clopper_pearson, katz_log, newcombe, wilson


@st.composite
def counts(draw, most=5000):
    base = draw(st.integers(1, most))
    return draw(st.integers(0, base)), base


def _halve(inside, low, high):
    """Where ``inside`` stops being true, by halving: the slow way to the end of an interval."""
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if inside(middle) else (low, middle)
    return low


@given(counts())
def test_wilson_s_ends_are_where_the_score_test_begins_to_refuse(found):
    count, base = found
    interval = wilson(count, base)
    z = stats.norm.ppf(0.975)

    def held(p):
        return abs(count / base - p) <= z * math.sqrt(p * (1 - p) / base)

    share = count / base
    assert interval.high == pytest.approx(_halve(held, share, 1.0), abs=1e-9)
    assert interval.low == pytest.approx(1 - _halve(lambda q: held(1 - q), 1 - share, 1), abs=1e-9)


@given(counts(400))
def test_both_intervals_are_those_of_scipy(found):
    test = stats.binomtest(*found)
    for ours, theirs in [
        (wilson(*found), test.proportion_ci(method="wilson")),
        (clopper_pearson(*found), test.proportion_ci(method="exact")),
    ]:
        assert [ours.low, ours.high] == pytest.approx([theirs.low, theirs.high], abs=1e-9)


@given(counts())
def test_an_interval_holds_its_share_and_stays_within_nought_and_one(found):
    count, base = found
    for interval in (wilson(count, base), clopper_pearson(count, base)):
        assert 0 <= interval.low <= count / base + 1e-12
        assert count / base - 1e-12 <= interval.high <= 1
        assert (interval.low == 0) == (count == 0)
        assert (interval.high == 1) == (count == base)


@given(counts())
def test_those_who_are_left_over_have_the_mirrored_interval(found):
    count, base = found
    for method in (wilson, clopper_pearson):
        one, other = method(count, base), method(base - count, base)
        assert [one.low, one.high] == pytest.approx([1 - other.high, 1 - other.low], abs=1e-9)


# Newcombe 1998 (Statistics in Medicine 17, 873-890), table II, method 10: each of the eight cases.
CASES = [
    (56, 70, 48, 80, 0.0524, 0.3339),
    (9, 10, 3, 10, 0.1705, 0.8090),
    (6, 7, 2, 7, 0.0582, 0.8062),
    (5, 56, 0, 29, -0.0381, 0.1926),
    (0, 10, 0, 20, -0.1611, 0.2775),
    (0, 10, 0, 10, -0.2775, 0.2775),
    (10, 10, 0, 20, 0.6791, 1.0),
    (10, 10, 0, 10, 0.6075, 1.0),
]


@pytest.mark.parametrize("case", CASES)
def test_newcombe_s_own_cases_come_out_as_he_printed_them(case):
    *given_, low, high = case
    interval = newcombe(*given_)
    assert [round(interval.low, 4), round(interval.high, 4)] == [low, high]


@given(counts(), counts())
def test_the_difference_the_other_way_is_the_mirror(one, other):
    there, back = newcombe(*one, *other), newcombe(*other, *one)
    assert [there.low, there.high] == pytest.approx([-back.high, -back.low], abs=1e-12)
    assert -1 - 1e-12 <= there.low <= there.high <= 1 + 1e-12


@given(counts(), counts())
def test_a_ratio_s_interval_is_scipy_s_and_turns_over_with_it(one, other):
    there, back = katz_log(*one, *other), katz_log(*other, *one)
    if 0 in (one[0], other[0]):
        assert there is None
        assert back is None
        return
    theirs = stats.contingency.relative_risk(*one, *other).confidence_interval(0.95)
    assert [there.low, there.high] == pytest.approx([theirs.low, theirs.high], rel=1e-9)
    assert [there.low, there.high] == pytest.approx([1 / back.high, 1 / back.low], rel=1e-9)


def test_a_count_outside_its_base_is_a_programmer_s_mistake():
    for count, base in [(-1, 3), (4, 3), (0, 0)]:
        with pytest.raises(ValueError, match="between 0 and its base"):
            wilson(count, base)
    with pytest.raises(ValueError, match="confidence"):
        clopper_pearson(1, 2, 1.0)
