"""Days, quarters and financial years: the local-authority year, 1 April to 31 March."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.timescale import financial_year, quarter, read

# The worked examples of financial years, in which 1999/00 keeps two digits after the slash.
DAYS = [
    ("2021-03-31", "2020/21", 4),
    ("2021-04-01", "2021/22", 1),
    ("2021-06-30", "2021/22", 1),
    ("2021-07-01", "2021/22", 2),
    ("2021-09-30", "2021/22", 2),
    ("2021-10-01", "2021/22", 3),
    ("2021-12-31", "2021/22", 3),
    ("2022-01-01", "2021/22", 4),
    ("2022-03-31", "2021/22", 4),
    ("2022-04-01", "2022/23", 1),
    ("2024-02-29", "2023/24", 4),
    ("1999-12-31", "1999/00", 3),
    ("2000-01-15", "1999/00", 4),
]


@pytest.mark.parametrize(("day", "year", "number"), DAYS)
def test_a_day_has_its_financial_quarter(day, year, number):
    assert quarter(date.fromisoformat(day)) == f"quarter {number}, {year}"


@pytest.mark.parametrize(("day", "year", "number"), DAYS)
def test_the_name_of_a_days_quarter_is_read_as_days_around_it(day, year, number):
    for words in (f"Q{number} {year}", f"quarter {number}, {year}", year):
        (window,) = read(words)
        assert window.start <= date.fromisoformat(day) <= window.end


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)))
def test_a_quarter_and_a_year_are_the_windows_that_hold_the_day_and_no_longer(day):
    (window,) = read(quarter(day))
    assert window.start <= day <= window.end
    assert {quarter(window.start), quarter(window.end)} == {quarter(day)}
    assert (
        quarter(window.start - timedelta(1)) != quarter(day) != quarter(window.end + timedelta(1))
    )
    begins = day.year if (day.month, day.day) >= (4, 1) else day.year - 1
    (year,) = read(financial_year(begins))
    assert (year.start, year.end) == (date(begins, 4, 1), date(begins + 1, 3, 31))
    assert quarter(day).endswith(f", {financial_year(begins)}")


def test_the_worked_examples_beside_the_project_are_these(example_standards):
    vectors = json.loads((example_standards / "dates.json").read_text(encoding="utf-8"))["vectors"]
    rows = [
        (row["date"], row["financial_year"], row["quarter"])
        for vector in vectors
        if vector["topic"] == "financial_year"
        for row in vector["expected"]["rows"]
    ]
    assert rows == DAYS
