"""Relative likelihoods: which way up, how sure, and what is no number at all."""

from decimal import Decimal
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from goldenthread.workforce.rates.likelihood import (
    Outcome,
    both_ways_up,
    fisher_exact,
    four_fifths,
    misprinted_ratio,
    ratio_of_shares,
    relative_likelihood,
)
from goldenthread.workforce.too_few import TooFew

WHITE, BME = Outcome("White applicants", 212, 1050), Outcome("BME applicants", 61, 540)
APPOINTED = "appointed from shortlisting"

groups = st.integers(0, 60).flatmap(
    lambda n: st.builds(Outcome, st.just("A"), st.integers(0, n), st.just(n))
)


def test_the_orientation_is_part_of_the_label_and_of_the_sentence():
    found = relative_likelihood(APPOINTED, WHITE, BME)
    assert found.label == (
        "Relative likelihood: appointed from shortlisting (White applicants / BME applicants)"
    )
    assert found.sentence == (
        "White applicants were 1.79 times as likely as BME applicants: appointed from shortlisting "
        "(212 of 1,050 White applicants against 61 of 540 BME applicants; 95% interval 1.37 to "
        "2.33)."
    )


def test_the_same_data_are_printed_both_ways_up():
    there, back = both_ways_up(APPOINTED, WHITE, BME)
    assert (there.two_decimals, back.two_decimals) == (Decimal("1.79"), Decimal("0.56"))
    assert there.ratio * back.ratio == 1
    assert there.fisher == pytest.approx(back.fisher)


def test_an_interval_that_holds_one_is_said_to_be_chance():
    found = relative_likelihood("trained", Outcome("A", 10, 100), Outcome("B", 12, 100))
    assert found.beyond_chance is False
    assert found.sentence.endswith("Chance alone could explain the difference.")


def test_nobody_in_the_first_group_gives_nought_without_an_interval():
    found = relative_likelihood("disciplined", Outcome("A", 0, 40), Outcome("B", 9, 300))
    assert found.ratio == 0
    assert isinstance(found.interval, TooFew)
    assert found.fisher == pytest.approx(stats.fisher_exact([[0, 40], [9, 291]]).pvalue)
    assert "no interval" in found.sentence


def test_a_reference_rate_of_nought_gives_no_ratio():
    found = relative_likelihood("disciplined", Outcome("A", 3, 40), Outcome("B", 0, 300))
    assert isinstance(found.ratio, TooFew)
    assert found.two_decimals == found.ratio
    assert found.beyond_chance is None
    assert found.sentence == (
        "Not enough to say. Nobody of the second group had it happen, so no ratio exists. "
        "(disciplined, A / B)"
    )


def test_a_group_under_the_threshold_is_not_compared():
    there, _back = both_ways_up("trained", Outcome("A", 2, 9), Outcome("B", 30, 90))
    assert there.ratio == TooFew("Fewer than 10 people in a group.", least=10)


def test_more_events_than_people_is_a_mistake():
    with pytest.raises(ValueError, match="events"):
        Outcome("A", 3, 2)


def _fisher_by_hand(a, n1, c, n2):
    """Every table with the same margins, in exact fractions."""
    happened = a + c
    ways = {
        k: Fraction(comb(n1, k) * comb(n2, happened - k), comb(n1 + n2, happened))
        for k in range(max(0, happened - n2), min(happened, n1) + 1)
    }
    return float(sum(one for one in ways.values() if one <= ways[a]))


@given(groups, groups)
def test_fisher_s_p_is_the_sum_of_the_tables_no_likelier(one, other):
    p = fisher_exact(one.events, one.total, other.events, other.total)
    slow = _fisher_by_hand(one.events, one.total, other.events, other.total)
    assert p == pytest.approx(slow, rel=1e-6)


def test_fisher_s_p_is_scipy_s_for_a_nation():
    table = [[5_412, 180_000 - 5_412], [30_120, 1_100_000 - 30_120]]
    p = fisher_exact(5_412, 180_000, 30_120, 1_100_000)
    assert p == pytest.approx(stats.fisher_exact(table).pvalue, rel=1e-4)


@given(groups, groups)
def test_turning_a_ratio_over_turns_everything_over(one, other):
    there, back = (relative_likelihood("x", a, b) for a, b in [(one, other), (other, one)])
    if one.events and other.events:
        assert there.ratio * back.ratio == 1
        assert there.interval.low == pytest.approx(1 / back.interval.high)
        assert there.beyond_chance == back.beyond_chance
    else:
        assert isinstance(there.interval, TooFew)
        assert isinstance(back.interval, TooFew)


def test_exactly_four_fifths_is_not_below_and_the_rule_is_called_foreign():
    found = four_fifths([Outcome(str(n), n, 100) for n in (60, 45, 48, 51)])
    assert [one.below for one in found] == [False, True, False, False]
    assert "no test in the law of the United Kingdom" in found[1].sentence


@given(st.lists(groups, min_size=1, max_size=5))
def test_four_fifths_agrees_with_fractions(outcomes):
    found = four_fifths(outcomes)
    rates = [one.rate for one in outcomes if one.rate is not None]
    if not any(rates):
        assert found == ()
        return
    assert [one.below for one in found] == [r / max(rates) < Fraction(4, 5) for r in rates]


def test_a_share_of_hires_over_a_share_of_applicants():
    assert ratio_of_shares(40, 30) == Fraction(4, 3)
    assert isinstance(ratio_of_shares(40, 0), TooFew)
    with pytest.raises(ValueError, match="below nought"):
        ratio_of_shares(-1, 30)


def test_a_ratio_printed_upside_down_is_told_from_one_that_is_wrong():
    found = relative_likelihood(APPOINTED, WHITE, BME)
    assert misprinted_ratio(Decimal("1.79"), found) is None
    assert misprinted_ratio(Decimal("1.8"), found) is None
    assert "the other way up" in misprinted_ratio(Decimal("0.56"), found)
    assert misprinted_ratio(Decimal("1.97"), found) == (
        "1.97 is printed. White applicants / BME applicants is 1.79."
    )
    nobody = relative_likelihood("x", Outcome("A", 1, 5), Outcome("B", 0, 5))
    assert misprinted_ratio(Decimal("0"), nobody).startswith("0 is printed where there is no ratio")
