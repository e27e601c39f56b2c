"""A share beside the workforce, a year ago, and the people who live here."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.workforce.staff import NOW, THEN, filled, staff
from goldenthread.workforce.proportion import proportion
from goldenthread.workforce.rates.benchmark import Benchmark
from goldenthread.workforce.rates.composition import composition
from goldenthread.workforce.rates.representation import (
    Representation,
    against_benchmark,
    against_counted,
    against_earlier,
    against_figure,
    against_rest,
)
from goldenthread.workforce.too_few import TooFew

STAFF = "staff"
shares = st.integers(10, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_a_sentence_gives_both_shares_the_difference_and_how_many_would_make_it_equal():
    found = against_figure(
        proportion(456, 2400, "staff whose ethnicity is known"),
        Fraction("0.247"),
        "of people in Havering in 2021",
    )
    assert found.sentence == (
        "19.0% (456 of 2,400 staff whose ethnicity is known) against 24.7% of people in Havering "
        "in 2021, a difference of -5.7 percentage points (95% interval -7.2 to -4.1) and a ratio "
        "of 0.77 (0.71 to 0.83). That is less than chance would explain: 137 more of 2,400 would "
        "make it equal."
    )


@given(shares, st.fractions(0, 1, max_denominator=1000))
def test_people_to_parity_are_the_fewest_that_make_it_equal(counts, reference):
    found = against_figure(proportion(*counts, STAFF), reference, "elsewhere")
    if isinstance(found, TooFew):
        return
    count, base = counts
    wanted = next(n for n in range(base + 1) if Fraction(n, base) >= reference)
    assert found.to_parity == max(0, wanted - count)
    assert (found.to_parity > 0) == (Fraction(count, base) < reference)


@given(shares, shares)
def test_a_way_is_only_told_where_the_interval_excludes_nought(one, other):
    found = against_counted(proportion(*one, STAFF), proportion(*other, STAFF), "a year before")
    if isinstance(found, TooFew):
        assert min(max(one[0], other[0]), max(one[1] - one[0], other[1] - other[0])) < 10
        return
    assert isinstance(found, Representation)
    if found.way:
        assert (found.way == "over") == (found.share.share > found.reference)
    else:
        assert found.sentence.endswith("Chance alone could explain the difference.")


def test_a_unit_is_held_against_those_outside_it_and_not_against_itself():
    unit, whole = proportion(50, 500, STAFF), proportion(150, 1000, STAFF)
    found = against_rest(unit, whole, "of the rest")
    assert found.reference == Fraction(100, 500)
    assert isinstance(against_rest(whole, whole, "of the rest"), TooFew)
    with pytest.raises(ValueError, match="no more than the whole"):
        against_rest(whole, unit, "of the rest")


def test_a_reference_of_nought_has_no_ratio():
    found = against_figure(proportion(30, 100, STAFF), Fraction(0), "of nobody")
    assert (found.index, isinstance(found.ratio, TooFew)) == (None, True)
    assert "ratio" not in found.sentence
    with pytest.raises(ValueError, match="from 0 to 1"):
        against_figure(proportion(30, 100, STAFF), Fraction(3, 2), "of too many")


def test_a_share_beside_a_year_ago_says_the_day_and_draws_no_arrow_for_five_who_were_three():
    people = [staff(day, f"w{n}") for day in (THEN, NOW) for n in range(40)]
    people += [staff(THEN, f"a{n}", ethnicity="asian_indian") for n in range(12)]
    people += [staff(NOW, f"a{n}", ethnicity="asian_indian") for n in range(30)]
    people += [staff(THEN, f"b{n}", ethnicity="black_african") for n in range(3)]
    people += [staff(NOW, f"b{n}", ethnicity="black_african") for n in range(5)]
    found = composition(filled(people), ["ethnicity"])
    days = {"snapshot": NOW, "before": THEN}
    asian = against_earlier(found, {"ethnicity": "asian_indian"}, **days)
    assert (asian.way, asian.name) == ("over", "on 31 March 2025")
    assert isinstance(against_earlier(found, {"ethnicity": "black_african"}, **days), TooFew)


def _population(**changes):
    given_ = {
        "area": "Borough",
        "taken_on": NOW,
        "ages": "working_age",
        "age_words": "16 to 64",
        "characteristic": "ethnicity",
        "grouping": "white_other",
        "source": "TS021",
        "address": "https://www.nomisweb.co.uk/",
        "shares": {"white": Fraction(3, 5), "all_other": Fraction(2, 5)},
        "people": 1000,
    }
    return Benchmark(**given_ | changes)


def test_a_figure_beside_a_population_says_which_ages_and_whose_count():
    people = [staff(NOW, f"w{n}") for n in range(70)]
    people += [staff(NOW, f"a{n}", ethnicity="asian_indian") for n in range(30)]
    found = composition(filled(people), ["ethnicity"], groupings={"ethnicity": "white_other"})
    told = against_benchmark(found, _population(), "all_other", snapshot=NOW)
    assert "40.0% of people of working age (16 to 64) in Borough on 31 March 2026 (TS021)" in str(
        told
    )
    with pytest.raises(ValueError, match="other groups"):
        against_benchmark(found, _population(grouping="five"), "asian", snapshot=NOW)
    with pytest.raises(ValueError, match="no such group"):
        against_benchmark(found, _population(), "asian", snapshot=NOW)
