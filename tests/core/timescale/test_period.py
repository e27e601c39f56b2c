"""Periods that come round, and the days on which a body asks what happened in one."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.timescale.period import (
    LENGTHS,
    STANDARD,
    Period,
    Rhythm,
    faults,
    last_ended,
    period_of,
    read_period,
)

DAY = timedelta(days=1)
days = st.dates(date(1990, 1, 1), date(2090, 1, 1))
lengths = st.sampled_from(LENGTHS)


@st.composite
def rhythms(draw):
    """Any rhythm that a body may keep."""
    months = draw(lengths)
    room = {1: 28, 3: 90, 6: 182, 12: 365}[months]
    grace = draw(st.integers(0, room - 1))
    directors = draw(st.integers(1 - grace, room - grace))
    return Rhythm(months, draw(st.integers(directors, room - grace)), directors, grace)


# -- periods ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "months", "name", "title", "span"),
    [
        (date(2026, 4, 1), 3, "Q1 2026/27", "Quarter 1, 2026/27", "April to June 2026"),
        (date(2026, 9, 30), 3, "Q2 2026/27", "Quarter 2, 2026/27", "July to September 2026"),
        (date(2026, 12, 31), 3, "Q3 2026/27", "Quarter 3, 2026/27", "October to December 2026"),
        (date(2027, 1, 1), 3, "Q4 2026/27", "Quarter 4, 2026/27", "January to March 2027"),
        (date(2000, 3, 31), 3, "Q4 1999/00", "Quarter 4, 1999/00", "January to March 2000"),
        (date(2028, 2, 29), 1, "February 2028", "February 2028", "February 2028"),
        (
            *(date(2027, 3, 31), 6, "second half of 2026/27", "Second half of 2026/27"),
            "October 2026 to March 2027",
        ),
        (
            *(date(2026, 4, 1), 6, "first half of 2026/27", "First half of 2026/27"),
            "April to September 2026",
        ),
        (date(2027, 3, 31), 12, "2026/27", "2026/27", "April 2026 to March 2027"),
    ],
)
def test_a_period_is_called_what_a_council_calls_it(on, months, name, title, span):
    found = period_of(on, months)
    assert (found.name, found.title, found.span) == (name, title, span)


def test_a_month_of_a_leap_year_ends_on_its_29th():
    assert period_of(date(2028, 2, 29), 1) == Period(date(2028, 2, 1), date(2028, 2, 29))
    assert period_of(date(2028, 2, 29)).ends == date(2028, 3, 31)


@pytest.mark.parametrize("months", [0, 2, 4, 5, 7, 24, -3])
def test_a_period_divides_the_financial_year_or_is_none(months):
    with pytest.raises(ValueError, match="months"):
        period_of(date(2026, 4, 1), months)


def _naive_period(on, months):
    """Walked month by month from the first of April: slow, and obvious."""
    year = on.year if on.month >= 4 else on.year - 1
    begins, month = date(year, 4, 1), 0
    starts = []
    while month <= 24:
        starts.append(date(year + (3 + month) // 12, (3 + month) % 12 + 1, 1))
        month += months
    begins = max(start for start in starts if start <= on)
    return Period(begins, min(start for start in starts if start > on) - DAY)


@given(on=days, months=lengths)
def test_a_day_lies_in_the_one_period_that_a_walk_from_april_finds(on, months):
    assert period_of(on, months) == _naive_period(on, months)


@given(on=days, months=lengths, periods=st.integers(-20, 20))
def test_periods_follow_one_another_without_a_gap(on, months, periods):
    found = period_of(on, months).after(periods)
    assert found.after().begins == found.ends + DAY
    assert found.after(-periods) == period_of(on, months)
    assert found.months == months


# -- windows ---------------------------------------------------------------------------------------


def test_the_window_of_a_quarter_opens_for_teams_before_directors_and_stays_open_in_grace():
    window = Rhythm().window(period_of(date(2026, 9, 30)))
    assert (window.teams, window.directors, window.closes) == (
        date(2026, 9, 17),
        date(2026, 10, 1),
        date(2026, 10, 14),
    )
    states = {day: window.state(date(2026, *day)) for day in [(9, 16), (9, 17), (9, 30)]}
    assert states == {(9, 16): "before", (9, 17): "teams", (9, 30): "teams"}
    assert [window.state(date(2026, 10, day)) for day in (1, 14, 15)] == ["grace", "grace", "over"]
    assert window.opens_for(director=False) < window.opens_for(director=True)


def test_who_is_asked_after_the_end_of_a_period_alone_is_asked_in_its_grace():
    window = Rhythm(3, -1, -3, 10).window(period_of(date(2026, 6, 30)))
    assert (window.teams, window.directors) == (date(2026, 7, 2), date(2026, 7, 4))


@pytest.mark.parametrize(
    ("given_days", "wrong"),
    [
        ((2, 14, 0, 14), "months"),
        ((3, 14, 0, -1), "grace"),
        ((3, 14, 0, 400), "grace"),
        ((3, 0, 7, 14), "directors_before"),
        ((3, 14, -14, 14), "directors_before"),
        ((3, 14, 0, 0), "directors_before"),
        ((1, 20, 0, 14), "teams_before"),
        ((3, 80, 0, 14), "teams_before"),
    ],
)
def test_days_that_make_no_window_are_refused_by_their_name(given_days, wrong):
    assert list(faults(*given_days)) == [wrong]
    with pytest.raises(ValueError, match=r"\w"):
        Rhythm(*given_days)


def test_the_standard_days_make_windows():
    assert {months: rhythm.months for months, rhythm in STANDARD.items()} == {
        months: months for months in LENGTHS
    }


@given(rhythm=rhythms(), on=days)
def test_windows_of_a_rhythm_never_overlap_and_each_is_open_for_a_day_at_least(rhythm, on):
    window = rhythm.latest(on)
    after = rhythm.window(window.period.after())
    assert window.teams <= window.directors <= window.closes < after.teams
    assert window.period.begins <= window.teams
    assert window.closes >= window.period.ends


@given(rhythm=rhythms(), on=days)
def test_the_latest_window_is_the_one_that_a_walk_over_days_finds(rhythm, on):
    opened, here = None, on
    while opened is None:  # back, day by day, to a day on which some window opened
        for shift in (-2, -1, 0, 1, 2):
            window = rhythm.window(period_of(here, rhythm.months).after(shift))
            if window.teams == here:
                opened = window
        here -= DAY
    assert rhythm.latest(on) == opened
    assert rhythm.coming(on).teams > on


@given(rhythm=rhythms(), last=days, gap=st.integers(0, 900))
def test_periods_without_a_word_are_the_windows_that_opened_since(rhythm, last, gap):
    on = last + timedelta(gap)
    opened, window = 0, rhythm.coming(last)
    while window.teams <= on:
        opened, window = opened + 1, rhythm.window(window.period.after())
    assert rhythm.missed(last, on) == opened


@given(rhythm=rhythms(), on=days, periods=st.integers(1, 5), before=st.integers(0, 900))
def test_silence_is_a_day_that_a_database_can_compare(rhythm, on, periods, before):
    last = on - timedelta(before)
    silent = last < rhythm.silent_since(on, periods)
    assert silent is (rhythm.missed(last, on) >= periods)


# -- clocks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("change", [datetime(2026, 3, 29), datetime(2026, 10, 25)])
def test_both_changes_of_summer_time_lie_within_one_day_of_a_window(change):
    london = ZoneInfo("Europe/London")
    rhythm = Rhythm(1, 5, 0, 7)
    utc = change.replace(tzinfo=ZoneInfo("UTC"))
    seen = [
        rhythm.latest((utc + timedelta(hours=hour)).astimezone(london).date())
        for hour in range(24)
        if (utc + timedelta(hours=hour)).astimezone(london).date() == change.date()
    ]
    assert len(set(seen)) == 1
    assert seen[0].state(change.date()) in ("teams", "grace", "open", "over")


def test_a_clock_that_is_a_year_ahead_sees_the_same_days_of_another_year():
    now, ahead = Rhythm().latest(date(2026, 10, 2)), Rhythm().latest(date(2027, 10, 2))
    assert ahead.period == now.period.after(4)
    assert (ahead.teams, ahead.closes) == (date(2027, 9, 17), date(2027, 10, 14))
    # A word that a clock ahead dated in the future is no silence once the clock is right again.
    assert Rhythm().missed(date(2027, 10, 2), date(2026, 10, 2)) == 0


def test_the_29th_of_february_is_a_day_like_any_other():
    assert Rhythm().missed(date(2027, 12, 20), date(2028, 2, 29)) == 0
    assert Rhythm(1, 5, 0, 7).window(period_of(date(2028, 2, 29), 1)).teams == date(2028, 2, 25)


# -- periods in words ------------------------------------------------------------------------------


@given(day=days, months=st.sampled_from(LENGTHS))
def test_a_name_is_read_as_the_period_that_it_names(day, months):
    found = period_of(day, months)
    assert read_period(found.name, months) == found


@given(day=days, months=st.sampled_from(LENGTHS))
def test_the_last_one_that_has_ended_is_over(day, months):
    found = last_ended(day, months)
    assert found.ends < day
    assert found.after().ends >= day


@pytest.mark.parametrize(
    ("words", "months", "ends"),
    [
        ("Q1 2026/27", 3, date(2026, 6, 30)),
        ("quarter 1, 2026/27", 3, date(2026, 6, 30)),
        ("April to June 2026", 3, date(2026, 6, 30)),
        ("30/06/2026", 3, date(2026, 6, 30)),
        ("29 February 2028", 1, date(2028, 2, 29)),
        ("2026-10", 1, date(2026, 10, 31)),
        ("first half of 2026/27", 6, date(2026, 9, 30)),
        ("2026-27", 12, date(2027, 3, 31)),
    ],
)
def test_what_people_write_for_a_period_is_read(words, months, ends):
    assert read_period(words, months).ends == ends


@pytest.mark.parametrize(
    ("words", "months"),
    [
        *(("", 3), ("Easter", 3), ("Q1", 3), ("Q1 2026", 3), ("Q5 2026/27", 12), ("Jun 26", 1)),
        *(
            ("June 2026", 3),
            ("29 February 2027", 1),
            ("1 May 2026", 3),
            ("2026", 12),
            ("Q1 2026/27", 1),
        ),
    ],
)
def test_what_could_be_another_period_is_none(words, months):
    assert read_period(words, months) is None
