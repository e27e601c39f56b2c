"""Age on a day, and its band."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.categories import age_band, age_on, code_list, lists_of


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        ("1999-03-31", "2024-03-31", 25),
        ("1999-04-01", "2024-03-31", 24),
        ("2004-02-29", "2025-02-28", 20),
        ("2004-02-29", "2025-03-01", 21),
        ("2024-03-31", "2024-03-31", 0),
    ],
)
def test_an_age_is_in_whole_years(born, day, age):
    assert age_on(date.fromisoformat(born), date.fromisoformat(day)) == age


@given(st.dates(date(1900, 1, 1), date(2020, 1, 1)), st.integers(0, 30000))
def test_an_age_is_the_number_of_birthdays_that_have_come(born, days):
    day = min(date(2099, 12, 31), born + timedelta(days))
    birthdays = sum(
        (year, born.month, born.day) <= (day.year, day.month, day.day)
        for year in range(born.year + 1, day.year + 1)
    )
    assert age_on(born, day) == birthdays


@given(st.integers(0, 120))
def test_every_age_is_in_one_band_that_begins_at_or_below_it(age):
    for banding in lists_of("age"):
        item = banding.item(age_band(age, banding.name))
        assert item.from_age <= age
        assert [i.code for i in banding.items if i.from_age <= age][-1] == item.code


def test_the_bands_of_the_monitoring_form():
    bands = [item.code for item in code_list("age_ten_year").items]
    assert bands == ["0-15", "16-24", "25-34", "35-44", "45-54", "55-64", "65+"]


def test_a_day_before_the_birth_an_age_below_nought_and_no_banding_are_mistakes():
    with pytest.raises(ValueError, match="before the birth"):
        age_on(date(2024, 1, 2), date(2024, 1, 1))
    with pytest.raises(ValueError, match="nought or more"):
        age_band(-1)
    with pytest.raises(KeyError, match="no banding"):
        age_band(40, "sex_2021")
