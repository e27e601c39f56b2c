"""When a council meets: its municipal year, and the days of a series."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.timescale import BY_MONTHS, BY_WEEKS, municipal_year, series

days = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2026, 4, 30), "2025/26"),
        (date(2026, 5, 1), "2026/27"),
        (date(2027, 1, 1), "2026/27"),
        (date(1999, 12, 31), "1999/00"),
    ],
)
def test_a_municipal_year_runs_from_may_to_april(on, words):
    assert municipal_year(on).words == words


@given(days)
def test_every_day_lies_in_its_municipal_year(on):
    year = municipal_year(on)
    assert year.begins <= on <= year.ends
    assert municipal_year(year.ends + timedelta(days=1)).begins == year.ends + timedelta(days=1)


@pytest.mark.parametrize(
    ("first", "every", "last", "found"),
    [
        # The second Tuesday of each month.
        (date(2026, 9, 8), "month", date(2026, 11, 30), ["2026-09-08", "2026-10-13", "2026-11-10"]),
        # A fifth Friday: the last of a month that has four.
        (date(2027, 1, 29), "month", date(2027, 3, 31), ["2027-01-29", "2027-02-26", "2027-03-26"]),
        (
            date(2026, 12, 1),
            "quarter",
            date(2027, 6, 30),
            ["2026-12-01", "2027-03-02", "2027-06-01"],
        ),
        (date(2028, 2, 29), "year", date(2029, 12, 31), ["2028-02-29", "2029-02-27"]),
        (date(2026, 10, 21), "six_weeks", date(2026, 12, 31), ["2026-10-21", "2026-12-02"]),
        (date(2026, 10, 21), "month", date(2026, 10, 20), []),
    ],
)
def test_the_days_of_a_series(first, every, last, found):
    assert [one.isoformat() for one in series(first, every, last, most=99)] == found


@given(days, st.sampled_from([*BY_MONTHS, *BY_WEEKS]), st.integers(0, 2000), st.integers(0, 40))
def test_a_series_begins_with_its_first_day_keeps_the_weekday_and_stays_within(
    first, every, length, most
):
    last = first + timedelta(days=length)
    found = series(first, every, last, most=most)
    assert len(found) <= most
    assert list(found) == sorted(set(found))
    if most:
        assert found[0] == first
    assert {one.weekday() for one in found} <= {first.weekday()}
    assert all(first <= one <= last for one in found)


def test_an_unknown_rhythm_is_a_slip_of_ours():
    with pytest.raises(KeyError):
        series(date(2026, 1, 1), "blue_moon", date(2027, 1, 1), most=9)
