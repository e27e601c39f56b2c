"""What holds of every text, and of every phrase that the grammar can make."""

from __future__ import annotations

import calendar
import cProfile
import json
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldenthread.timescale import Setting, find, from_json, read, status_of, to_json
from goldenthread.timescale.calendar import add_months, easter
from goldenthread.timescale.words import (
    MONTHS,
    OCCASIONS,
    ONGOING,
    PHRASES,
    RECURRENCES,
    SEASONS,
    STATUSES,
)

sys.path.insert(0, str(Path(__file__).parents[2] / "oracles"))
from timescale_years import nearest_day, nearest_month

DAYS = st.dates(date(2001, 1, 1), date(2090, 12, 31))
YEARS = st.integers(2000, 2090)
TABLES = [*PHRASES.values(), *STATUSES.values(), *OCCASIONS.values(), *RECURRENCES, ONGOING]
VOCABULARY = sorted({phrase for phrases in TABLES for phrase in phrases.split("|")})
MARKS = ["(", ")", ",", ";", "\n", "/", "–", "£5"]
NUMBERS = ["2024", "2023/24", "22/23", "29 th", "Q3/4", "31/02/2024", "FY", "6"]
PIECES = st.sampled_from(
    [*VOCABULARY, *MONTHS, *SEASONS, *MARKS, *NUMBERS, "ongoing", "completed", "quarterly"]
)
PHRASE_SOUP = st.lists(PIECES, max_size=12).map(" ".join)
TEXTS = st.one_of(st.text(max_size=80), PHRASE_SOUP)
SETTINGS = st.builds(
    Setting,
    year=st.sampled_from(["financial", "academic", "calendar"]),
    plan_start=st.none() | st.dates(),
    in_year=st.none() | st.integers(1, 9998),
)
SPELLINGS = st.sampled_from([str.lower, str.upper, str.title, str])


@given(TEXTS, st.none() | st.dates(), SETTINGS)
@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_is_read_without_an_error(words, dated, setting):
    readings = read(words, dated, setting)
    assert len(readings) >= 1
    for t in readings:
        assert t.raw in words
        assert not (t.start and t.end) or t.start <= t.end
        assert t.kind != "unknown" or t.assumed
    find(words, dated, setting)
    status_of(words)


@given(TEXTS, st.none() | st.dates())
def test_a_reading_comes_back_from_json_unchanged(words, dated):
    for t in read(words, dated):
        assert from_json(json.loads(json.dumps(to_json(t)))) == t


@given(TEXTS)
def test_one_claim_keeps_all_the_words(words):
    readings = read(words)
    assert len(readings) > 1 or readings[0].raw == words.strip()


@given(TEXTS, DAYS)
def test_a_time_found_in_a_sentence_stands_where_it_says(words, dated):
    for found in find(words, dated):
        assert words[found.start : found.end] == found.timescale.raw


HOSTILE = (
    "March ", "by ", "(", "1/", "completed and ", "\u00e9\u2013\u00a0", "annual ", "to be ",
    "every March and ", "9", "within 3 months of ", "x", "year 1 (", "planned ", "ongoing ",
    "3 months ", "draft completed by ", "within 3 months of May 2024 ", "after x ", "May, ",
    "was June 2024, ", "(was ", "Q1 ", "\n", "each ", "Cabinet ", "slipped from ", "if ",
)  # fmt: skip


def work(words):
    """How many calls of functions a reading takes: the same on every machine, unlike seconds."""
    counted = cProfile.Profile()
    counted.runcall(lambda: (read(words, date(2024, 1, 1)), find(words, date(2024, 1, 1))))
    return sum(entry.callcount for entry in counted.getstats())


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_takes_work_in_proportion_to_its_length(piece):
    short, long = (work(piece * (size // len(piece))) for size in (8_000, 16_000))
    assert long < 2.6 * short + 5_000


@given(YEARS, st.integers(1, 12), SPELLINGS, st.booleans())
def test_every_spelling_of_a_month_names_its_window(year, month, spelt, short):
    name = MONTHS[month - 1][: 3 if short else None]
    last = date(year, month, calendar.monthrange(year, month)[1])
    (t,) = read(spelt(f"{name} {year}"))
    assert (t.kind, t.start, t.end, t.precision) == ("date", date(year, month, 1), last, "month")
    (t,) = read(spelt(f"by the end of {name} {year}"))
    assert (t.kind, t.start, t.end) == ("date", None, last)
    (t,) = read(spelt(f"from {name} {year}"))
    assert (t.kind, t.start, t.end) == ("ongoing", date(year, month, 1), None)
    (t,) = read(spelt(f"before {name} {year}"))
    assert t.end == date(year, month, 1) - timedelta(1)


@given(DAYS, SPELLINGS, st.sampled_from([" ", "\u00a0", " of "]), st.booleans())
def test_every_spelling_of_a_day_names_it(day, spelt, gap, torn):
    ending = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}.get(day.day, "th")
    number = f"{day.day}{' ' if torn else ''}{ending}"
    (t,) = read(spelt(f"{number}{gap}{MONTHS[day.month - 1]} {day.year}"))
    assert (t.kind, t.start, t.end, t.precision) == ("date", day, day, "day")
    for printed in (f"{day:%d/%m/%Y}", f"{day:%d.%m.%y}", f"{day:%Y-%m-%d}", f"{day:%-d/%-m/%y}"):
        (t,) = read(printed)
        assert (t.start, t.end) == (day, day)


@given(DAYS, st.integers(0, 900), st.sampled_from([" – ", " — ", " - ", " to ", "–", " until "]))
def test_two_days_make_a_period_whatever_joins_them(day, more, link):
    last = day + timedelta(more)
    (t,) = read(f"{day:%d/%m/%Y}{link}{last:%d/%m/%Y}")
    assert (t.kind, t.start, t.end) == ("period", day, last)


@given(YEARS, st.integers(1, 4), st.sampled_from(["Q{}", "Quarter {}", "Qtr {}", "q{}"]))
def test_quarters_tile_the_financial_year(year, quarter, form):
    name = form.format(quarter)
    (t,) = read(f"{name} {year}/{(year + 1) % 100:02}")
    start = add_months(date(year, 4, 1), 3 * (quarter - 1))
    assert (t.start, t.end) == (start, add_months(start, 3) - timedelta(1))
    (turned,) = read(f"{year}/{(year + 1) % 100:02} {name}")
    assert (turned.start, turned.end) == (t.start, t.end)


@given(YEARS, st.sampled_from(sorted(SEASONS)), SPELLINGS)
def test_a_season_is_three_whole_months(year, season, spelt):
    (t,) = read(spelt(f"{season} {year}"))
    first = date(year, 3 * SEASONS[season], 1)
    assert (t.start, t.end) == (first, add_months(first, 3) - timedelta(1))
    (by,) = read(spelt(f"by {season} {year}"))
    assert (by.start, by.end) == (None, t.end)


@given(DAYS, st.integers(1, 12), st.integers(1, 28))
def test_a_day_without_its_year_is_the_one_a_day_by_day_search_finds(dated, month, day):
    printed = f"{day} {MONTHS[month - 1]}"
    (t,) = read(printed, dated)
    assert t.end == nearest_day(month, day, dated, past=False)
    (t,) = read(f"Completed {printed}", dated)
    assert t.end == nearest_day(month, day, dated, past=True)
    assert [a.code for a in t.assumed] == ["year_inferred"]


@given(DAYS, st.integers(1, 12))
def test_a_month_without_its_year_is_the_one_a_day_by_day_search_finds(dated, month):
    (t,) = read(MONTHS[month - 1].title(), dated)
    assert (t.start, t.end) == nearest_month(month, dated, past=False)
    (t,) = read(f"Held in {MONTHS[month - 1].title()}", dated)
    assert (t.start, t.end) == nearest_month(month, dated, past=True)


@given(DAYS, st.integers(1, 12))
def test_a_document_dated_a_year_later_moves_a_bare_month_by_a_year(dated, month):
    (now,) = read(MONTHS[month - 1].title(), dated)
    (then,) = read(MONTHS[month - 1].title(), add_months(dated, 12))
    assert then.start == add_months(now.start, 12)


def test_without_a_date_of_the_document_no_year_is_guessed():
    (t,) = read("28th January")
    assert (t.kind, t.start, t.end, [a.code for a in t.assumed]) == (
        "date", None, None, ["ambiguous"],
    )  # fmt: skip


def test_a_dated_neighbour_gives_its_year_where_the_document_has_no_date():
    launch, review = read("Launch: 3 May 2024; review: September")
    assert (launch.end, review.end) == (date(2024, 5, 3), date(2024, 9, 30))
    assert [a.code for a in review.assumed] == ["year_inferred"]


@given(st.integers(1900, 2199))
def test_easter_is_a_sunday_of_its_season(year):
    sunday = easter(year)
    assert sunday.weekday() == 6
    assert date(year, 3, 22) <= sunday <= date(year, 4, 25)
