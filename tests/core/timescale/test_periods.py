"""Periods: whole months, quarters, half years and financial years, without a gap between them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.timescale import LENGTHS, last_ended, period_of, read_period

days = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@given(day=days, months=st.sampled_from(LENGTHS))
def test_every_day_lies_in_one_period_and_the_next_begins_on_the_day_after_it(day, months):
    found = period_of(day, months)
    assert found.begins <= day <= found.ends
    assert found.months == months
    assert found.moved(1).begins == found.ends + timedelta(days=1)
    assert found.moved(1).moved(-1) == found


@given(day=days, months=st.sampled_from(LENGTHS))
def test_a_name_is_read_as_the_period_that_it_names(day, months):
    found = period_of(day, months)
    assert read_period(found.name, months) == found


@given(day=days, months=st.sampled_from(LENGTHS))
def test_the_last_one_that_has_ended_is_over(day, months):
    found = last_ended(day, months)
    assert found.ends < day
    assert found.moved(1).ends >= day


@pytest.mark.parametrize(
    ("day", "months", "name"),
    [
        (date(2026, 4, 1), 3, "Q1 2026/27"),
        (date(2027, 3, 31), 3, "Q4 2026/27"),
        (date(1999, 12, 31), 12, "1999/00"),
        (date(2028, 2, 29), 1, "February 2028"),
        (date(2026, 3, 31), 6, "H2 2025/26"),
    ],
)
def test_a_period_is_called_as_a_council_writes_it(day, months, name):
    assert period_of(day, months).name == name


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


def test_a_length_that_no_council_counts_by_is_a_slip():
    with pytest.raises(ValueError, match="1, 3, 6 or 12"):
        period_of(date(2026, 1, 1), 4)
