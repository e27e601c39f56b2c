import json
import random
from fractions import Fraction
from itertools import product
from pathlib import Path
from statistics import mean, median

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from goldenthread.workforce.pay.bootstrap import (
    GapInterval,
    GapIntervals,
    gap_intervals,
    resampled,
)
from goldenthread.workforce.pay.distribution import Distribution
from goldenthread.workforce.pay.pay_gap import gap
from goldenthread.workforce.too_few import TooFew

HELD = json.loads((Path(__file__).parents[1] / "data" / "bootstrap.json").read_text("utf-8"))
VECTORS = pytest.mark.parametrize("vector", HELD["vectors"], ids=lambda each: each["id"])
PAID = st.lists(st.integers(1000, 4000), min_size=10, max_size=40)


def _pence(pounds):
    return [int(Fraction(str(each)) * 100) for each in pounds]


@VECTORS
def test_a_bootstrap_interval(vector):
    given_, expected = vector["inputs"], vector["expected"]
    men, women = (Distribution.of(_pence(given_[sex])) for sex in ("male", "female"))
    found = gap_intervals(
        men, women, confidence=given_["confidence"], least=given_.get("minimum_group_size", 10)
    )
    if not expected.get("reportable", True):
        assert found == TooFew("Fewer than 10 on one side or on both.", least=10)
        return
    for each in (found.mean, found.median):
        name, off = f"{each.statistic}_gap", vector["tolerance"][f"{each.statistic}_ci_abs"]
        assert [each.low, each.high] == pytest.approx(expected[f"{name}_ci"], abs=off)
        assert each.replicates >= given_["replicates_at_least"]
        exact = gap(men, women, ("men", "women"), statistic=each.statistic).exact
        assert float(exact) == pytest.approx(expected[f"{name}_pct"])
    assert found == gap_intervals(men, women)


def _slow(men, women, statistic, replicates):
    """Draw people one by one, and look at the 25th of 1,000 from either end."""
    draw, average = random.Random(5), {"mean": mean, "median": median}[statistic]
    gaps = sorted(
        100 * (1 - average(draw.choices(women, k=len(women))) / a)
        for a in (average(draw.choices(men, k=len(men))) for _ in range(replicates))
    )
    return gaps[replicates * 25 // 1000], gaps[-1 - replicates * 25 // 1000]


def test_it_is_near_to_drawing_people_one_by_one():
    draw = random.Random(3)
    men = [draw.choice([1250, 1410, 1840, 2215, 3090]) for _ in range(60)]
    women = [draw.choice([1250, 1410, 1840, 2215]) for _ in range(45)]
    found = gap_intervals(Distribution.of(men), Distribution.of(women), replicates=8000)
    for each in (found.mean, found.median):
        assert [each.low, each.high] == pytest.approx(
            _slow(men, women, each.statistic, 4000), abs=1.5
        )


MANY = 40_000


def _furthest_apart(drawn, exact):
    """The greatest distance between how many replicates, and how many by right, lie up to a value.

    ``exact`` has the chance of each value. Of 40,000 replicates it is under 0.01 in 999 of 1,000.
    """
    values = np.array(sorted(exact))
    by_right = np.cumsum([exact[value] for value in values])
    between = np.append((values[1:] + values[:-1]) / 2, np.inf)
    return np.abs(np.searchsorted(np.sort(drawn), between) / len(drawn) - by_right).max()


@pytest.mark.parametrize(
    "paid", [[3, 7], [3, 7, 8], [3, 3, 7, 9], [3, 5, 7, 11, 13], [2] * 5 + [9]]
)
def test_means_and_medians_have_the_chances_of_every_way_to_draw_people(paid):
    ways = list(product(paid, repeat=len(paid)))
    found = resampled(Distribution.of(paid), "reference", replicates=MANY)
    for drawn, average in ((found.means, mean), (found.medians, median)):
        exact = {}
        for way in ways:
            value = float(average(way))
            exact[value] = exact.get(value, 0) + 1 / len(ways)
        assert _furthest_apart(drawn, exact) < 0.01


def _chances_of_the_mean(paid):
    """The exact chance of each mean: the rates convolved with themselves once for each person."""
    low = min(paid)
    one = np.bincount(np.array(paid) - low) / len(paid)
    all_of = np.ones(1)
    for _ in paid:
        all_of = np.convolve(all_of, one)
    return {low + at / len(paid): chance for at, chance in enumerate(all_of) if chance > 1e-15}


@pytest.mark.parametrize(
    "paid",
    [
        [*range(1000, 1080)],
        [*range(1000, 1080)] * 2 + [1000] * 90,
        [*range(1000, 1070), *[1000] * 20, 1300],
    ],
)
def test_means_of_many_rates_have_their_exact_chances(paid):
    found = resampled(Distribution.of(paid), "comparison", replicates=MANY)
    assert _furthest_apart(found.means, _chances_of_the_mean(paid)) < 0.01


def test_one_very_high_rate_is_in_as_many_replicates_as_it_should_be():
    found = resampled(Distribution.of([*range(1000, 1079), 200_000]), "reference", replicates=MANY)
    without = np.count_nonzero(found.means < 1080) / MANY
    assert without == pytest.approx((79 / 80) ** 80, abs=0.01)


def test_the_middle_of_a_large_group_has_its_exact_chances():
    draw = random.Random(11)
    paid = sorted(draw.choices(range(1200, 6000), k=2001))
    found = resampled(Distribution.of(paid), "reference", replicates=MANY)
    up_to = np.arange(1, len(paid) + 1) / len(paid)
    by_right = binom.sf(1000, 2001, up_to)
    there = np.searchsorted(np.sort(found.medians), paid, side="right") / MANY
    last = [at for at, pence in enumerate(paid) if at == 2000 or paid[at + 1] > pence]
    assert np.abs(there - by_right)[last].max() < 0.01


@settings(max_examples=15)
@given(PAID, PAID, st.randoms(use_true_random=False))
def test_the_same_staff_in_any_order_have_the_same_interval(men, women, shuffler):
    before = gap_intervals(Distribution.of(men), Distribution.of(women), replicates=1000)
    shuffler.shuffle(men)
    assert before == gap_intervals(Distribution.of(men), Distribution.of(women), replicates=1000)
    for each in (before.mean, before.median):
        assert each.low <= each.high <= 100


@settings(max_examples=15)
@given(PAID, PAID)
def test_a_wider_confidence_is_a_wider_interval(men, women):
    pair = Distribution.of(men), Distribution.of(women)
    narrow = gap_intervals(*pair, confidence=0.8, replicates=1000)
    wide = gap_intervals(*pair, confidence=0.99, replicates=1000)
    for inner, outer in ((narrow.mean, wide.mean), (narrow.median, wide.median)):
        assert outer.low <= inner.low <= inner.high <= outer.high


def test_groups_that_are_each_paid_alike_have_an_interval_of_no_width():
    found = gap_intervals(Distribution.of([2000] * 20), Distribution.of([1500] * 20))
    assert found == GapIntervals(
        GapInterval("mean", 25.0, 25.0, 0.95, 2000), GapInterval("median", 25.0, 25.0, 0.95, 2000)
    )
    assert found.mean.sentence == (
        "By chance alone the mean gap might lie anywhere between 25.0% and 25.0% (a 95% interval, "
        "a guide to chance variation); no gap at all lies outside it."
    )


def test_an_interval_with_nought_in_it_says_that_there_may_be_no_gap():
    alike = Distribution.of(range(1200, 1800, 10))
    assert gap_intervals(alike, alike).median.sentence.endswith(
        ", so this cannot tell it from no gap."
    )


@pytest.mark.parametrize(("men", "women"), [(9, 50), (50, 9), (0, 0)])
def test_an_interval_discloses_as_a_figure_does(men, women):
    found = gap_intervals(Distribution.of([2000] * men), Distribution.of([1500] * women))
    assert found == TooFew("Fewer than 10 on one side or on both.", least=10)


def test_nothing_is_relative_to_nothing():
    nothing = Distribution.of([0] * 30)
    assert gap_intervals(nothing, Distribution.of([1500] * 30)).marker == "[x]"


@pytest.mark.parametrize("how", [{"confidence": 1.0}, {"confidence": 0}, {"replicates": 999}])
def test_what_is_no_interval_is_a_programmer_s_mistake(how):
    some = Distribution.of([2000] * 30)
    with pytest.raises(ValueError, match=r"confidence between|1,000 replicates"):
        gap_intervals(some, some, **how)
