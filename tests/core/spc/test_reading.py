import dataclasses
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.spc.figures import by_month, by_quarter, series
from goldenthread.spc import IN_WORDS, Change, Point, Quantity, Step, Target, read

STABLE = [61.2, 60.4, 62.1, 61.0, 60.7, 61.9, 60.9, 62.3, 61.4, 60.2, 61.6, 61.1]
STEP = [50, 52, 49, 51, 50, 48, 51, 49, 52, 50, 48, 51, 60, 62, 59, 61, 60, 58, 61, 59]
APRIL_2023 = date(2023, 4, 1)
NEW_FORM = Step(APRIL_2023, "the form asks in another way")


@pytest.mark.parametrize(
    ("better", "last", "variation"),
    [
        ("higher", 75, "improvement high"),
        ("higher", 45, "concern low"),
        ("lower", 75, "concern high"),
        ("lower", 45, "improvement low"),
        ("neither", 75, "neutral high"),
        ("neither", 45, "neutral low"),
        ("higher", 61, "common cause"),
    ],
)
def test_the_icon_is_that_of_the_latest_figure(better, last, variation):
    reading = read(by_month([*STABLE, last], better=better))
    assert reading.variation == variation
    assert variation in IN_WORDS


@pytest.mark.parametrize(
    ("better", "target", "assurance"),
    [
        ("higher", 70, "will be missed"),
        ("higher", 50, "will be met"),
        ("lower", 70, "will be met"),
        ("lower", 50, "will be missed"),
        ("higher", 61, "hit and miss"),
        ("neither", 70, None),
        ("higher", None, None),
    ],
)
def test_assurance_comes_from_the_latest_limits_and_the_target(better, target, assurance):
    targets = () if target is None else (Target(target),)
    reading = read(by_month(STABLE, better=better, targets=targets))
    assert reading.assurance == assurance
    assert bool(reading.about_target) == (assurance is not None)


def test_assurance_is_about_the_target_in_force():
    later = (Target(50), Target(70, since=date(2023, 3, 1)))
    assert read(by_month(STABLE, targets=later)).assurance == "will be missed"
    assert read(by_month(STABLE[:-1], targets=later)).assurance == "will be met"


def test_new_limits_start_at_a_step_and_no_rule_crosses_it():
    whole, cut = read(by_month(STEP)), read(by_month(STEP, steps=(NEW_FORM,)))
    assert whole.variation == "improvement high"
    assert [(phase.first, phase.last) for phase in cut.phases] == [(0, 11), (12, 19)]
    assert [float(phase.limits.mean) for phase in cut.phases] == [pytest.approx(50.0833, 1e-4), 60]
    assert cut.variation == "common cause"
    assert cut.marks == (None,) * 20
    assert [phase.limits.trial for phase in cut.phases] == [False, True]
    assert cut.phases[1].step == NEW_FORM


def test_each_phase_is_read_as_if_it_stood_alone():
    cut = read(by_month(STEP, steps=(NEW_FORM,)))
    first, second = read(by_month(STEP[:12])), read(by_month(STEP[12:]))
    assert cut.marks == first.marks + second.marks
    assert [phase.limits for phase in cut.phases] == [
        first.phases[0].limits,
        second.phases[0].limits,
    ]


def test_a_step_before_the_first_or_after_the_last_period_cuts_nothing():
    early, late = Step(date(2000, 1, 1), "long ago"), Step(date(2050, 1, 1), "not yet")
    reading = read(by_month(STABLE, steps=(late, early)))
    assert [(phase.first, phase.last) for phase in reading.phases] == [(0, 11)]


def test_limits_fixed_from_twelve_figures_show_the_change_that_whole_limits_hide():
    fixed = read(by_month(STEP, baseline=12))
    assert fixed.changes == (Change(11, 19, "high", "better", ("run", "outside")),)
    assert fixed.phases[0].limits == read(by_month(STEP[:12])).phases[0].limits


def test_marks_side_by_side_are_one_change():
    reading = read(by_month([80, 78, 82, 79, 81, 80, 83, 79, 81, 82, 80, 79, 74.5, 74, 75, 74.2]))
    assert [(change.first, change.last, change.side) for change in reading.changes] == [
        (2, 11, "high"),
        (12, 15, "low"),
    ]


@pytest.mark.parametrize("number", range(6))
def test_with_fewer_than_six_figures_nothing_is_a_signal(number):
    reading = read(by_month([0, 0, 0, 0, 9][:number], targets=(Target(5),)))
    assert (reading.variation, reading.assurance, reading.trial) == ("too few", None, True)
    assert not any(reading.marks)
    assert reading.sentence.startswith("Not enough to say")


def test_a_phase_just_begun_is_not_enough_to_say():
    reading = read(by_month(STEP[:15], steps=(NEW_FORM,)))
    assert reading.variation == "too few"
    assert reading.sentence.startswith("Not enough to say: 3 figures since the limits started anew")


def test_a_gap_at_the_end_leaves_the_verdict_with_the_last_figure():
    with_gap, without = read(by_month([*STABLE, None])), read(by_month(STABLE))
    assert (with_gap.latest, with_gap.sentence) == (11, without.sentence)
    assert with_gap.cautions == ("No figure for April 2023; no rule reaches across a gap.",)


def test_arrows_name_what_they_compare_with():
    reading = read(by_quarter([50, 51, 52, 53, 49, 53], quantity=Quantity("share")))
    assert [(arrow.against, arrow.way, arrow.words) for arrow in reading.arrows] == [
        (
            "the period before",
            "up",
            "Up 4 percentage points on Q1 2023/24, the quarter before",
        ),
        ("a year before", "up", "Up 2 percentage points on Q2 2022/23, a year before"),
    ]


def test_no_arrow_is_drawn_over_a_gap():
    reading = read(by_quarter([50, 51, 52, 53, None, 51]))
    assert [arrow.words for arrow in reading.arrows] == ["The same as in Q2 2022/23, a year before"]
    assert read(by_quarter([50, None, 52, 53, 50, 51])).arrows[0].by == 1
    assert len(read(by_quarter([50, None, 52, 53, 50, 51])).arrows) == 1
    assert read(by_quarter([50])).arrows == ()


def test_a_leap_day_has_its_year_before():
    leap = series((Point(date(2023, 2, 28), "February", 1), Point(date(2024, 2, 29), "Now", 3)))
    assert [arrow.against for arrow in read(leap).arrows] == ["the period before", "a year before"]


def test_of_several_dates_in_the_month_a_year_before_only_the_same_day_counts():
    days = [date(2023, 5, 1), date(2023, 5, 8), date(2024, 5, 8)]
    weekly = series(tuple(Point(day, str(day), value) for value, day in enumerate(days)))
    assert [arrow.other.on for arrow in read(weekly).arrows] == [days[1], days[1]]


def test_an_unknown_kind_is_a_mistake_of_the_program():
    with pytest.raises(ValueError, match="XmR"):
        read(by_month(STABLE), "p")


def test_a_reading_is_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        read(by_month(STABLE)).sentence = "All is well."


FIGURES = st.lists(st.none() | st.integers(0, 100), max_size=30)


@given(FIGURES, st.sampled_from(["higher", "lower", "neither"]), st.none() | st.integers(0, 100))
def test_every_series_has_one_sentence_and_its_parts_agree(values, better, target):
    targets = () if target is None else (Target(target),)
    reading = read(by_month(values, quantity=Quantity("share"), better=better, targets=targets))
    assert reading.sentence.endswith(".")
    assert ". " not in reading.sentence
    assert len(reading.marks) == len(values)
    assert [place for place, mark in enumerate(reading.marks) if mark] == [
        place for change in reading.changes for place in range(change.first, change.last + 1)
    ]
    said_to_be_real = "A real" in reading.sentence or "Unusually" in reading.sentence
    assert said_to_be_real == (reading.variation not in ("common cause", "too few"))


@given(FIGURES, st.integers(1, 29))
def test_the_same_figures_in_another_unit_give_the_same_signals(values, by):
    plain = read(by_month(values))
    scaled = read(by_month([None if v is None else Fraction(v, by) + 7 for v in values]))
    assert scaled.marks == plain.marks
    assert scaled.variation == plain.variation
