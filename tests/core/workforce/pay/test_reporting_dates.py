from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.workforce.pay.reporting_dates import (
    PRIVATE,
    PUBLIC,
    last_day_to_publish,
    must_publish,
    snapshot_date,
)


@pytest.mark.parametrize(
    ("snapshot", "last"),
    [("2017-04-05", "2018-04-04"), ("2024-04-05", "2025-04-04"), ("2026-03-31", "2027-03-30")],
)
def test_the_last_day_is_the_day_before_the_snapshot_comes_again(snapshot, last):
    assert last_day_to_publish(date.fromisoformat(snapshot)) == date.fromisoformat(last)


@given(st.dates(date(2000, 1, 1), date(2098, 12, 31)))
def test_twelve_months_begin_with_the_snapshot(day):
    last = last_day_to_publish(day)
    assert timedelta(days=364) <= last - day <= timedelta(days=365)
    if (day.month, day.day) != (2, 29):
        assert last + timedelta(days=1) == day.replace(year=day.year + 1)


def test_a_snapshot_s_day_is_that_of_its_regulations():
    assert [snapshot_date(2027, each) for each in (PUBLIC, PRIVATE)] == [
        date(2027, 3, 31),
        date(2027, 4, 5),
    ]


def test_250_employees_must_publish_and_249_need_not():
    assert [must_publish(each) for each in (0, 249, 250, 6000)] == [False, False, True, True]
