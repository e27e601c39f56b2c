"""Days are read a column at a time, in the forms that HR systems write."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.workforce.files.days import read_days

UNTIL = date(2026, 3, 31)


def read(*words, order=None, until=UNTIL):
    found = read_days(words, (), order, until)
    return [found.faults.get(at) or value for at, value in enumerate(found.values)]


@pytest.mark.parametrize(
    "word",
    ["2014-09-13", "2014/09/13", "2014-9-13", "20140913", "13/09/2014", "13.09.2014", "13-09-2014",
     "13/9/14", "13-SEP-2014", "13-Sep-14", "13 September 2014", "13th Sept 2014",
     "Saturday, 13 September 2014", "September 13, 2014", "2014-09-13 00:00:00",
     "2014-09-13T08:30:00Z", "13/09/2014 00:00", "9/13/2014 12:00:00 AM"],
)  # fmt: skip
def test_a_day_that_can_only_be_read_one_way_is_read(word):
    assert read(word) == [date(2014, 9, 13)]


@pytest.mark.parametrize(
    ("word", "rule"),
    [("31/02/2014", "impossible_day"), ("2014-13-01", "impossible_day"),
     ("00/01/2014", "impossible_day"), ("29/02/2023", "impossible_day"),
     ("0000-01-01", "impossible_day"), ("13/09", "not_a_day"), ("September 2014", "not_a_day"),
     ("13/09-2014", "not_a_day"), ("13 Sometimes 2014", "not_a_day"), ("soon", "not_a_day"),
     ("١٣/٠٩/٢٠١٤", "not_a_day"), ("2014-09-13 25:61:61 o'clock", "not_a_day")],
)  # fmt: skip
def test_what_is_no_day_breaks_a_rule(word, rule):
    assert read(word) == [rule]


def test_one_day_of_a_column_shows_the_order_of_all():
    assert read("03/04/2020", "13/04/2020") == [date(2020, 4, 3), date(2020, 4, 13)]
    assert read("03/04/2020", "04/13/2020") == [date(2020, 3, 4), date(2020, 4, 13)]


def test_a_column_that_shows_both_orders_is_not_read_until_somebody_says_which():
    words = ("03/04/2020", "13/04/2020", "04/13/2020", "2020-04-03")
    assert read(*words) == ["day_order"] * 3 + [date(2020, 4, 3)]
    assert read(*words, order="day") == [
        date(2020, 4, 3), date(2020, 4, 13), "impossible_day", date(2020, 4, 3)
    ]  # fmt: skip


def test_where_nothing_shows_the_order_it_is_day_first_and_that_is_said():
    found = read_days(["05/04/2026"], (), None, UNTIL)
    assert (found.values, found.order, found.assumed) == ([date(2026, 4, 5)], "day", True)
    assert not read_days(["05/04/2026"], (), "day", UNTIL).assumed
    assert not read_days(["05/04/2026", "31/03/2026"], (), None, UNTIL).assumed
    assert not read_days(["2026-04-05"], (), None, UNTIL).assumed


def test_a_year_in_two_digits_is_the_only_one_of_a_hundred_that_is_possible():
    assert read("31-MAR-26", "01-APR-26", "01-JAN-65", "29-FEB-00") == [
        date(2026, 3, 31), date(1926, 4, 1), date(1965, 1, 1), date(2000, 2, 29)
    ]  # fmt: skip
    assert read("29-FEB-30", until=date(2001, 1, 1)) == ["impossible_day"]


def test_numbers_of_days_are_read_where_the_whole_column_has_them():
    found = read_days(["46112", "", "45382"], (), None, UNTIL)
    assert found.values == [date(2026, 3, 31), None, date(2024, 3, 31)]
    assert found.serials
    assert read("46112", "31/03/2026") == ["not_a_day", date(2026, 3, 31)]


def test_words_that_are_to_be_skipped_show_nothing():
    assert read_days(["13/04/2020", "04/13/2020"], (1,), None, UNTIL).order == "day"


days = st.dates(date(1950, 1, 1), date(2026, 3, 31))


@given(st.lists(days, min_size=1, max_size=30), st.sampled_from(["day", "month"]))
def test_every_day_comes_back_in_the_order_that_is_said(given_days, order):
    form = "%d/%m/%Y" if order == "day" else "%m/%d/%Y"
    words = [day.strftime(form) for day in given_days]
    assert read(*words, order=order) == given_days
    mixed = any(day.day > 12 for day in given_days)
    if mixed or order == "day":
        assert read(*words) == given_days


@given(st.lists(st.text(max_size=30), max_size=20), st.sampled_from([None, "day", "month"]))
def test_any_words_at_all_are_a_day_or_break_a_rule(words, order):
    found = read_days(words, (), order, UNTIL)
    for at, word in enumerate(words):
        assert (found.values[at] is not None) + (at in found.faults) == (word != "")
