"""What stands out of many comparisons is what chance alone would hardly give, and no more."""

import math
from fractions import Fraction
from statistics import NormalDist

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.workforce.packs.bodies import LISTS, SOURCES, groups, pack_of, person, rows_of
from goldenthread.example_data.borough import borough
from goldenthread.warehouse import in_memory
from goldenthread.workforce import packs
from goldenthread.workforce.packs import Comparison, distance, distance_of_ratio, standing_out
from goldenthread.workforce.pay.bootstrap import gap_intervals
from goldenthread.workforce.pay.distribution import Distribution
from goldenthread.workforce.pay.pay_gap import gap
from goldenthread.workforce.rates.likelihood import fisher_exact

TWO_SIDED = NormalDist().inv_cdf(0.975)
finite = st.floats(-1e6, 1e6, allow_nan=False)
distances = st.lists(st.floats(0, 12, allow_nan=False), max_size=30)


def compared(distances):
    return [Comparison(f"of {at}", f"it says {at}", far) for at, far in enumerate(distances)]


def chance_of(far):
    """How often chance alone lies as far from nought, on either side."""
    return 2 * (1 - NormalDist().cdf(far)) if far < 6 else math.erfc(far / math.sqrt(2))


def holm(chances, error=0.05):
    """Holm's adjusted chances by the letter: the greatest of (m - j) p over all no larger; slow."""
    ranked = sorted(chances)
    return [
        max(min(1, (len(ranked) - j) * p) for j, p in enumerate(ranked) if p <= chance) <= error
        for chance in chances
    ]


# How far one comparison is from none


@pytest.mark.parametrize(
    ("found", "chance"),
    [
        # D. G. Altman and J. M. Bland, BMJ 343 (2011), d2304: a difference, and a relative risk.
        (distance(16.5, 2.5, 30.5), 0.02),
        (distance_of_ratio(0.81, 0.70, 0.94), 0.005),
    ],
)
def test_published_intervals_give_the_published_chances(found, chance):
    assert chance_of(found) == pytest.approx(chance, abs=0.006)


def test_a_difference_of_none_is_at_no_distance():
    assert distance(0.0, -2.0, 3.0) == 0.0
    assert distance_of_ratio(1.0, 0.5, 2.0) == 0.0


@pytest.mark.parametrize("cells", [(0.0, 0.5, 2.0), (2.0, 0.0, 3.0), (-1.0, 0.5, 2.0)])
def test_a_ratio_with_nought_in_it_lies_on_no_scale_of_logarithms(cells):
    assert distance_of_ratio(*cells) == 0.0


def test_the_half_that_looks_towards_no_difference_counts():
    # 3 standard errors by the lower half, of which the upper half would make 30.
    assert distance(3.0, 3.0 - TWO_SIDED, 3.0 + TWO_SIDED / 10) == pytest.approx(3.0)
    assert distance(-3.0, -3.0 - TWO_SIDED / 10, -3.0 + TWO_SIDED) == pytest.approx(3.0)


def test_an_interval_that_ends_at_the_estimate_is_no_certainty():
    # The median of few rates is one of them, and so is nearly every median drawn again.
    assert distance(5.4, 5.4, 8.9) == pytest.approx(TWO_SIDED * 5.4 / 1.75)
    assert distance(5.0, 5.4, 8.9) == distance(5.0, 5.0, 8.5)
    assert distance(-5.4, -8.9, -5.4) == distance(5.4, 5.4, 8.9)


def test_an_interval_without_width_is_without_chance():
    assert distance(5.0, 5.0, 5.0) == math.inf


@given(finite, finite, finite)
def test_beyond_1_96_is_where_the_interval_excludes_no_difference(one, other, third):
    low, estimate, high = sorted((one, other, third))
    assume(estimate)
    excludes = not low <= 0 <= high
    assert (distance(estimate, low, high) > 1.959963984540054) == excludes
    assert bool(standing_out(compared([distance(estimate, low, high)]))) == excludes


def test_a_median_gap_whose_interval_ends_at_nought_does_not_stand_out():
    # 1.96 x 1.7 / 1.7 is 1.96 and a rounding more.
    assert standing_out(compared([distance(-1.7, -3.0, 0.0)])) == ()


@given(finite, finite, finite)
def test_both_sides_are_alike(one, other, third):
    low, estimate, high = sorted((one, other, third))
    assert distance(-estimate, -high, -low) == distance(estimate, low, high)


def test_a_median_that_no_draw_moves_is_without_chance():
    reference = Distribution.of([1000] * 30 + [2000] * 40 + [3000] * 30)
    comparison = Distribution.of([1000] * 70 + [2000] * 30)
    interval = gap_intervals(reference, comparison).median
    found = gap(reference, comparison, ("men", "women"), statistic="median")
    assert (found.exact, interval.low, interval.high) == (Fraction(50), 50.0, 50.0)
    assert distance(float(found.exact), interval.low, interval.high) == math.inf


# All comparisons of one table


@given(distances)
def test_firm_is_what_holms_test_passes(distances):
    chances = [math.erfc(far / math.sqrt(2)) for far in distances]
    assume(all(abs(p * (len(chances) - j) - 0.05) > 1e-9 for p in chances
               for j in range(len(chances))))  # fmt: skip
    passing = holm(chances)
    found = standing_out(compared(distances))
    assert {one.comparison.where for one in found if one.firm} == {
        f"of {at}" for at, passes in enumerate(passing) if passes
    }


@given(distances)
def test_alone_is_all_that_is_beyond_1_96_and_not_firm(distances):
    found = standing_out(compared(distances))
    assert sorted(one.comparison.distance for one in found) == sorted(
        far for far in distances if far > 1.959963984540054
    )
    assert [one.comparison.distance for one in found] == sorted(
        (one.comparison.distance for one in found), reverse=True
    )
    # Nothing firm stands behind what is not.
    assert [one.firm for one in found] == sorted((one.firm for one in found), reverse=True)


@given(distances, st.randoms())
def test_the_order_in_which_they_were_made_is_nothing(distances, random):
    made = compared(distances)
    shuffled = random.sample(made, len(made))
    told = [(one.comparison.distance, one.firm) for one in standing_out(made)]
    assert [(one.comparison.distance, one.firm) for one in standing_out(shuffled)] == told


@given(distances, st.integers(1, 40))
def test_more_comparisons_that_show_nothing_never_make_one_firm(distances, more):
    few = standing_out(compared(distances))
    many = standing_out(compared([*distances, *[0.0] * more]))
    assert len(few) == len(many)
    assert all(before.firm or not after.firm for before, after in zip(few, many, strict=True))


def test_of_a_thousand_comparisons_of_nothing_a_few_are_alone_and_none_is_firm():
    # What 1,000 draws from chance alone look like, laid out evenly: no seed decides.
    evenly = [abs(NormalDist().inv_cdf((at + 0.5) / 1000)) for at in range(1000)]
    found = standing_out(compared(evenly))
    assert (len(found), sum(one.firm for one in found)) == (50, 0)


def test_nothing_stands_out_of_nothing():
    assert standing_out([]) == ()
    assert standing_out(compared([0.0, 1.9])) == ()


def test_another_error_is_another_line():
    (found,) = standing_out(compared([2.3]), error=0.01)
    assert not found.firm
    (found,) = standing_out(compared([2.6]), error=0.01)
    assert found.firm


def test_the_chance_of_counts_is_fishers_and_of_all_else_read_off_the_distance():
    """Eight of forty against one of 400 is far out, where a normal reading says too much."""
    counts = (8, 40, 1, 400)
    exact = Comparison("", "", 5.5, counts=counts)
    assert exact.chance == fisher_exact(*counts)
    assert Comparison("", "", 5.5).chance == pytest.approx(3.8e-8, rel=0.01)
    # What does not look far is not worth the exact test: it would not be firm by either.
    assert Comparison("", "", 1.2, counts=counts).chance == pytest.approx(0.23, rel=0.01)


def test_a_count_is_firm_by_its_exact_chance():
    nothing = [Comparison("", "", 0.1)] * 999
    normal, exact = Comparison("a", "", 4.2), Comparison("b", "", 4.2, counts=(5, 20, 6, 400))
    assert fisher_exact(5, 20, 6, 400) > 0.05 / 1000 > normal.chance
    assert [one.firm for one in standing_out([normal, *nothing])] == [True]
    assert [one.firm for one in standing_out([exact, *nothing])] == [False]


def test_where_nothing_was_planted_hardly_any_borough_has_something_firm():
    """Of twenty boroughs, each with hundreds of units by groups: Holm promises one at the most."""
    firm = 0
    for seed in range(1, 21):
        tables = borough(people=2000, quarters=1, seed=seed)
        with in_memory([*tables.items(), ("groups", groups())]) as records:
            asked = packs.ask(records, lists=LISTS, sources=SOURCES)
            told = packs.make_pack("composition", records, asked).table("stands_out")
        firm += any(row[1] == "composition_by_unit" and row[4] == "firm" for row in told.rows)
    assert firm <= 2


def test_few_people_of_a_group_count_among_all_and_are_not_told_first():
    """Six of ninety in one team and few elsewhere: everybody there would know who is meant."""

    def body(numbers, unit, few):
        return [
            person(n, unit=unit, gender_identity="trans_woman" if at < few else "same_as_sex")
            for at, n in enumerate(numbers)
        ]

    team, others = body(range(90), "team", 6), body(range(90, 990), "rest", 12)
    made = pack_of("composition", team + others)
    first = made.table("stands_out")
    assert not [row for row in first.rows if row[2] == "team, Trans woman"]
    assert any("tell of fewer than 10 people of a group" in note for note in first.notes)
    assert first.base is not None
    (few,) = [
        row
        for row in rows_of(made.table("composition_by_unit"))
        if (row["unit"], row["code"]) == ("team", "trans_woman")
    ]
    assert few["people"] == 6
