from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.spc.limits import reckon
from oracles import xmr

VALUES = st.decimals(-1000, 1000, places=1).map(Fraction)
FIGURES = st.lists(VALUES, min_size=2, max_size=30)
WITH_GAPS = st.lists(st.none() | VALUES, max_size=30)


def _all(limits):
    return limits.mean, limits.average_range, limits.lower, limits.upper


@given(WITH_GAPS, st.booleans(), st.sampled_from([None, 12, 15]))
def test_limits_are_those_of_the_slow_obvious_way(values, screen, baseline):
    found = reckon(values, screen=screen, baseline=baseline)
    assert (found and _all(found)) == xmr.limits(values, screen=screen, baseline=baseline)


@given(FIGURES, VALUES)
def test_moving_every_figure_moves_the_limits_by_as_much(values, by):
    before, after = reckon(values), reckon([value + by for value in values])
    assert after.average_range == before.average_range
    assert (after.mean, after.lower, after.upper) == (
        before.mean + by,
        before.lower + by,
        before.upper + by,
    )


@given(FIGURES, VALUES.filter(lambda value: value > 0))
def test_another_unit_of_the_same_figures_has_the_same_limits_in_that_unit(values, by):
    before, after = reckon(values), reckon([value * by for value in values])
    assert _all(after) == tuple(figure * by for figure in _all(before))


@given(FIGURES)
def test_upside_down_the_limits_change_places(values):
    before, after = reckon(values), reckon([-value for value in values])
    assert (after.lower, after.upper) == (-before.upper, -before.lower)


@given(WITH_GAPS)
def test_the_limits_do_not_depend_on_the_order_of_the_ranges(values):
    forward, backward = reckon(values), reckon(values[::-1])
    assert (forward and _all(forward)) == (backward and _all(backward))


@given(FIGURES)
def test_the_mean_lies_in_the_middle_of_the_limits_and_the_near_lines_between(values):
    limits = reckon(values)
    assert limits.upper - limits.mean == limits.mean - limits.lower
    assert 3 * (limits.near_upper - limits.mean) == 2 * (limits.upper - limits.mean)
    assert 3 * (limits.mean - limits.near_lower) == 2 * (limits.mean - limits.lower)


@given(FIGURES, st.lists(VALUES, max_size=9))
def test_fixed_limits_do_not_move_when_later_figures_come(values, later):
    twelve = (values * 6)[:12]
    assert reckon(twelve + later, baseline=12) == reckon(twelve)


@given(FIGURES)
def test_leaving_ranges_out_never_widens_the_limits(values):
    assert reckon(values).average_range <= reckon(values, screen=False).average_range


def test_figures_that_never_vary_have_limits_of_no_width():
    limits = reckon([Fraction(5)] * 12)
    assert _all(limits) == (5, 0, 5, 5)
    assert limits.left_out == 0


def test_a_single_spike_among_equals_is_not_screened_into_nothing():
    """Dropping both jumps would leave limits of no width, and every figure a signal."""
    limits = reckon([Fraction(0)] * 11 + [Fraction(5)])
    assert (limits.average_range, limits.left_out) == (Fraction(5, 11), 0)
    assert limits.lower < 0 < limits.upper < 5


@pytest.mark.parametrize("values", [[], [None], [1], [1, None, 2], [None, 1, None]])
def test_without_two_neighbours_there_are_no_limits(values):
    assert reckon(values) is None


def test_a_range_is_never_taken_across_a_gap():
    limits = reckon([Fraction(v) if v is not None else None for v in [1, 2, None, 50, 51]])
    assert (limits.average_range, limits.mean, limits.based_on) == (1, 26, 4)


@pytest.mark.parametrize(("number", "useful", "trial"), [(5, False, True), (6, True, True)])
def test_six_figures_are_useful_and_on_trial(number, useful, trial):
    limits = reckon([Fraction(n % 2) for n in range(number)])
    assert (limits.useful, limits.trial) == (useful, trial)
    assert not reckon([Fraction(n % 2) for n in range(12)]).trial


def test_figures_that_differ_across_gaps_alone_do_not_say_how_much_they_vary():
    """Limits of no width around their mean would make each of them a signal."""
    assert reckon([Fraction(v) if v else None for v in [5, 5, 5, None, 6, 6, 6]]) is None
