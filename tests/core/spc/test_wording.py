import re
from datetime import date, timedelta

import pytest

from core.spc.figures import APRIL, by_month, by_quarter, series
from goldenthread.spc import IN_WORDS, Mark, Point, Quantity, Step, Target, period, read
from goldenthread.spc.wording import mark_in_words

STABLE = [31, 28, 36, 33, 30, 38, 34, 29, 35, 31, 36, 34]
SHARE = Quantity("share")


@pytest.mark.parametrize(
    ("values", "better", "sentence"),
    [
        (
            STABLE,
            "higher",
            "No real change: 34% in March 2023 is within the ordinary ups and downs, 21% to 45%.",
        ),
        (
            [*STABLE, 61],
            "higher",
            "A real rise in April 2023, for the better: 61% is above the ordinary ups and downs, "
            "23% to 47%.",
        ),
        (
            [*STABLE, 61],
            "lower",
            "A real rise in April 2023, for the worse: 61% is above the ordinary ups and downs, "
            "23% to 47%.",
        ),
        (
            [*STABLE, 3],
            "neither",
            "A real fall in April 2023, neither better nor worse: 3% is below the ordinary ups and "
            "downs, 18% to 43%.",
        ),
        (
            [50, 44, 52, 45, 51, 46, 40, 41, 42, 43, 44, 45, 46],
            "higher",
            "A real rise since October 2022, for the better: up 6 times in a row, to 46% in "
            "April 2023.",
        ),
        ([7] * 12, "higher", "No change: every figure has been 7%."),
        (
            [1, 2, 3],
            "higher",
            "Not enough to say: 3 figures, and it takes 6 months in a row, better 12, to tell a "
            "real change from ordinary ups and downs.",
        ),
    ],
)
def test_the_verdict_is_one_plain_sentence(values, better, sentence):
    assert read(by_month(values, quantity=SHARE, better=better)).sentence == sentence


def test_a_run_is_said_by_its_length_and_the_average():
    values = [80, 78, 82, 79, 81, 80, 83, 79, 81, 82, 80, 79, 74.5, 74, 75, 74.2, 74.8, 74.1, 75.2]
    assert read(by_month(values)).sentence == (
        "A real fall since April 2023, for the worse: the last 7 figures are all below the average "
        "of 78.2."
    )


def test_a_value_close_to_a_limit_has_the_decimals_that_tell_them_apart():
    """The upper limit is 56.13: without a decimal both would be 56."""
    values = [50, 52, 49, 51, 50, 48, 51, 49, 52, 50, 48, 51]
    limits = read(by_month(values)).phases[0].limits
    assert (round(float(limits.lower), 2), round(float(limits.upper), 2)) == (44.04, 56.13)
    assert read(by_month([*values, 56], baseline=12)).sentence == (
        "No real change: 56.0 in April 2023 is within the ordinary ups and downs, 44.0 to 56.1."
    )


@pytest.mark.parametrize(
    ("unit", "values", "said"),
    [
        (Quantity("count", "panels"), [1, 3, 1, 3, 1, 3], "0 to 7 panels"),
        (Quantity("rate", "per 1,000 staff"), [10.5, 30.5] * 6, "0 to 73.7 per 1,000 staff"),
        (SHARE, [99, 90, 99, 90, 99, 90], "71% to 100%"),
        (Quantity("number", "points"), [-3, 30, -3, 30] * 3, "−74 to 101 points"),
    ],
)
def test_the_ordinary_range_is_cut_to_what_a_figure_can_be(unit, values, said):
    assert said in read(by_month(values, quantity=unit)).sentence


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        (
            100,
            "As things are, the target of 100% will be missed quarter after quarter: it lies above "
            "the ordinary ups and downs, so something has to change.",
        ),
        (
            10,
            "As things are, the target of 10% will be met quarter after quarter: it lies below the "
            "ordinary ups and downs.",
        ),
        (
            34,
            "As things are, the target of 34% will be met in some quarters and missed in others by "
            "ordinary ups and downs alone.",
        ),
    ],
)
def test_what_becomes_of_the_target_is_said_with_the_period(target, sentence):
    reading = read(by_quarter(STABLE, quantity=SHARE, targets=(Target(target),)))
    assert reading.about_target == sentence


def test_where_lower_is_better_the_sides_of_the_target_change_places():
    reading = read(by_quarter(STABLE, quantity=SHARE, better="lower", targets=(Target(10),)))
    assert "will be missed quarter after quarter: it lies below the" in reading.about_target


def test_cautions_say_what_the_limits_rest_on():
    values = [14, 15, 13, 14, None, 16, 15, 14, 3, 14]
    steps = (Step(date(2022, 5, 1), "a new form."),)
    gap = Point(date(2022, 8, 1), "August 2022", None, why="the system was down")
    reading = read(by_month(values, steps=steps))
    points = tuple(gap if p.on == gap.on else p for p in reading.series.points)
    assert read(series(points, steps=steps)).cautions == (
        "The ordinary range is provisional: it rests on 8 figures, and 12 are needed to make it "
        "firm.",
        "The ordinary range starts anew with May 2022: a new form.",
        "No figure for August 2022 (the system was down); no rule reaches across a gap.",
    )


def test_earlier_signals_are_told_and_jumps_that_were_left_out():
    values = [14, 15, 13, 14, 16, 15, 14, 13, 15, 14, 16, 15, 3, 14, 15, 14]
    assert read(by_month(values, better="lower")).cautions == (
        "2 unusually large jumps were left out when the ordinary range was reckoned.",
        "Earlier, unusually low in April 2023, for the better.",
    )


def test_a_period_that_was_left_out_without_a_gap_is_noticed():
    days = [date(2026, month, 1) for month in (1, 2, 3, 5, 6, 7)]
    reading = read(series(tuple(Point(day, f"{day:%B}", 5 + day.month % 2) for day in days)))
    assert reading.cautions[-1] == "Between March and May a month seems to be missing."


def test_a_series_that_starts_on_one_side_is_not_said_to_have_risen():
    low_then_high = [5] * 7 + [6, 4] * 3
    reading = read(by_month([6] * 7, baseline=None))
    assert reading.sentence == "No change: every figure has been 6."
    fixed = read(by_month([9, 9, 9, 9, 9, 9, 9, *low_then_high], baseline=12))
    assert all("A real" not in caution for caution in fixed.cautions)
    assert "unusually high from April 2022" in " ".join(fixed.cautions)


@pytest.mark.parametrize(
    ("days", "noun"),
    [(7, "week"), (30, "month"), (91, "quarter"), (365, "year"), (45, "period")],
)
def test_periods_are_called_what_the_days_between_them_make_them(days, noun):
    points = tuple(Point(APRIL + timedelta(days * n), str(n), 1) for n in range(4))
    assert period(series(points)) == noun
    assert period(series(points[:1])) == "period"


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        (Mark("outside", "high", "better"), "above the ordinary range: for the better"),
        (Mark("trend", "low", "worse"), "part of 7 or more falls in a row: for the worse"),
        (
            Mark("two of three", "low", "neither"),
            "one of 2 in 3 close to the lower edge of the ordinary range: neither better nor worse",
        ),
        (
            Mark("run", "high", "better"),
            "one of 7 or more in a row above the average: for the better",
        ),
    ],
)
def test_why_a_figure_is_marked_is_said_in_words(mark, words):
    assert mark_in_words(mark) == words


def test_every_icon_has_its_words_and_none_says_significant():
    assert {"improvement high", "too few", "hit and miss"} < set(IN_WORDS)
    assert not re.search("signific", " ".join(IN_WORDS.values()))


@pytest.mark.parametrize(
    ("target", "better", "end"),
    [
        (55, "higher", "61% in April 2023 meets it."),
        (61, "higher", "61% in April 2023 meets it."),
        (90, "higher", "61% in April 2023 does not meet it."),
        (55, "lower", "61% in April 2023 does not meet it."),
        (61, "lower", "61% in April 2023 meets it."),
    ],
)
def test_limits_that_no_longer_fit_promise_nothing_about_the_target(target, better, end):
    """The method's icon says “will be missed” of 55% though 61% has been reached."""
    given = {"quantity": SHARE, "better": better, "baseline": 12, "targets": (Target(target),)}
    reading = read(by_month([*STABLE, 61], **given))
    assert reading.about_target == (
        "The latest figures do not fit the ordinary range, so it cannot say whether the target of "
        f"{target}% will be met; {end}"
    )


def test_figures_that_never_varied_at_first_are_what_later_ones_are_compared_with():
    later = read(by_month([5] * 12 + [6], baseline=12))
    assert later.sentence == (
        "A real rise in April 2023, for the better: 6, where every figure at first was 5."
    )
    assert read(by_month([5] * 12 + [6, 5], baseline=12)).sentence == (
        "No real change: 5 in May 2023 is what it was at first."
    )
