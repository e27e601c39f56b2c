"""What a pack is asked for: which snapshot, held against which, and how everything is called."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.workforce.packs.bodies import LISTS, NOW, SOURCES, person, records_of
from goldenthread.categories import MISSING_IN_WORDS
from goldenthread.disclosure.raw import Column, NotSaid
from goldenthread.errors import Unreadable
from goldenthread.workforce import TooFew, packs
from goldenthread.workforce.packs.asked import (
    SHOWN,
    Asked,
    Made,
    exact,
    not_said,
    share_cells,
    years_before,
)
from goldenthread.workforce.packs.methods import method
from goldenthread.workforce.proportion import proportion

ASKED = Asked(NOW, None, (NOW,), SOURCES, LISTS)
QUARTERS = [date(2024, 12, 31), date(2025, 3, 31), date(2025, 6, 30), date(2026, 3, 31)]


def asked_of(days, **options):
    with records_of([person(1, day) for day in days]) as records:
        return packs.ask(records, lists=LISTS, sources=SOURCES, **options)


# Which snapshot


def test_the_newest_snapshot_is_told_beside_the_last_that_is_a_year_older():
    asked = asked_of(QUARTERS)
    assert (asked.as_at, asked.before) == (date(2026, 3, 31), date(2025, 3, 31))
    assert asked.snapshots == tuple(QUARTERS)


def test_where_none_is_a_year_older_the_oldest_stands_beside_it():
    assert asked_of(QUARTERS[2:]).before == date(2025, 6, 30)
    assert asked_of(QUARTERS[1:3]).before == date(2025, 3, 31)


def test_one_snapshot_has_nothing_beside_it():
    asked = asked_of([NOW])
    assert (asked.as_at, asked.before, asked.snapshots) == (NOW, None, (NOW,))


def test_an_older_snapshot_is_told_as_it_stood_and_what_came_after_is_not_looked_at():
    asked = asked_of(QUARTERS, as_at=date(2025, 6, 30))
    assert (asked.as_at, asked.before) == (date(2025, 6, 30), date(2024, 12, 31))
    assert asked.snapshots == tuple(QUARTERS[:3])


def test_a_snapshot_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(Unreadable) as refused:
        asked_of(QUARTERS[2:], as_at=date(2026, 1, 1))
    assert str(refused.value) == (
        "There is no snapshot of 2026-01-01. There are those of 2025-06-30, 2026-03-31."
    )


def test_records_without_people_are_refused():
    with pytest.raises(Unreadable, match="There is no snapshot of people"):
        asked_of([])


@given(st.sets(st.dates(date(2016, 1, 1), date(2030, 12, 31)), min_size=1, max_size=8))
def test_what_stands_beside_a_snapshot_is_a_year_older_where_any_is(days):
    days = sorted(days)

    class Held:
        def rows(self, sql):
            assert sql == "select distinct snapshot from people"
            return [(day,) for day in reversed(days)]

    asked = packs.ask(Held(), lists=LISTS, sources=SOURCES)
    newest, *older = reversed(days)
    a_year = [day for day in older if day <= years_before(newest)]
    assert asked.as_at == newest
    assert asked.before == (a_year[0] if a_year else older[-1] if older else None)


# The year of events


def test_a_year_of_events_begins_on_the_day_after_the_same_day_a_year_before():
    assert ASKED.begins == date(2025, 4, 1)
    assert asked_of([NOW], years=2).begins == date(2024, 4, 1)
    assert Asked(date(2026, 2, 28), None, (), (), {}).begins == date(2025, 3, 1)


def test_a_year_that_ends_on_29_february_begins_on_1_march():
    assert Asked(date(2028, 2, 29), None, (), (), {}).begins == date(2027, 3, 1)


@given(st.dates(date(1925, 1, 1), date(2100, 1, 1)), st.integers(1, 20))
def test_the_same_day_so_many_years_before_is_that_day_of_the_month(day, years):
    before = years_before(day, years)
    assert before.year == day.year - years
    assert (before.month, before.day) == (
        (2, 28) if (day.month, day.day) == (2, 29) else (day.month, day.day)
    )


# How it is called


def test_every_group_of_every_list_is_called_as_its_list_calls_it():
    for characteristic, grouping in SHOWN.items():
        held = LISTS[characteristic]
        rolled = next(one for one in held.groupings if one.name == grouping)
        assert [ASKED.label(characteristic, group.code) for group in rolled.groups] == [
            group.label for group in rolled.groups
        ]
        assert ASKED.title(characteristic) == held.title


def test_a_state_of_missing_is_called_by_its_own_words_whatever_it_is_of():
    for characteristic in SHOWN:
        for state, words in MISSING_IN_WORDS.items():
            assert ASKED.label(characteristic, state) == words


def test_one_code_is_called_differently_in_another_roll_up():
    assert ASKED.label("ethnicity", "white_british", "white_british_other") != ASKED.label(
        "ethnicity", "white_british"
    )
    assert ASKED.label("ethnicity", "asian_indian", "detailed") == "Indian"


def test_what_no_list_holds_is_called_by_its_code_in_plain_words():
    bare = Asked(NOW, None, (NOW,), SOURCES, {})
    assert bare.label("ethnicity", "all_other") == "all other"
    assert bare.title("working_pattern") == "Working pattern"


def test_groups_stand_as_in_their_list_and_states_of_missing_after_them():
    codes = ["not_known", "white", "blank", "mixed", "asian", "of_nobody", "black", "not_asked"]
    ordered = sorted(codes, key=lambda code: ASKED.order("ethnicity", code))
    groups = [code for code in ordered if code in ("asian", "black", "mixed", "white")]
    listed = [
        group.code
        for one in LISTS["ethnicity"].groupings
        if one.name == "five"
        for group in one.groups
    ]
    assert groups == [code for code in listed if code in groups]
    assert set(ordered[4:7]) == {"not_asked", "blank", "not_known"}
    assert ordered[-1] == "of_nobody"


def test_units_and_grades_are_called_as_they_were_first_written():
    asked = Asked(NOW, None, (NOW,), SOURCES, {}, {"place": "Place"}, {"g1": "G1"})
    assert (asked.unit("place"), asked.unit("adults")) == ("Place", "adults")
    assert (asked.grade("g1"), asked.grade("g2")) == ("G1", "g2")


# What a cell is


def test_a_share_that_is_not_given_keeps_its_numbers_and_says_why():
    few = proportion(3, 8, "people", least=10)
    assert share_cells(few, 3, 8) == (3, 8, NotSaid("Fewer than 10 people."), None, None)
    nobody = proportion(0, 0, "people")
    assert share_cells(nobody, 0, 0)[2] == NotSaid("There are no people.", "[x]")


def test_a_share_is_exact_and_its_ends_are_in_per_cent():
    found = proportion(1, 30, "people")
    _people, _base, share, low, high = share_cells(found, 1, 30)
    assert share == Fraction(100, 30)
    assert (low, high) == (100 * found.interval.low, 100 * found.interval.high)


@pytest.mark.parametrize(("count", "base"), [(0, 1), (0, 40), (40, 40), (1, 1), (10**6, 10**6)])
def test_the_ends_of_a_share_never_leave_0_to_100(count, base):
    *_numbers, low, high = share_cells(proportion(count, base, "people", least=1), count, base)
    assert 0 <= low <= high <= 100


def test_a_marker_says_whether_it_was_withheld_or_is_not_there():
    assert not_said(TooFew("Fewer than 10.", least=10)).marker == "[c]"
    assert not_said(TooFew("There is nobody.", marker="[x]")).marker == "[x]"
    assert exact(None).marker == "[x]"
    assert exact(Fraction(3, 4)) == Fraction(3, 4)


def test_a_table_says_where_its_records_come_from_before_its_own_sources():
    columns = [Column("n", "Number", "count")]
    table = ASKED.table(
        "composition", "Numbers", columns, [(3,)], sources=["A statute"], notes=["So."]
    )
    told = method("composition").sources
    assert told
    assert table.sources == (*SOURCES, "A statute", *told)
    assert (table.as_at, table.base, table.of, table.notes) == (
        NOW,
        None,
        "people in post",
        ("So.",),
    )


def test_parts_of_a_pack_are_added_in_their_order():
    columns = [Column("n", "Number", "count")]
    one, other = (ASKED.table(name, name, columns, []) for name in ("flows", "likelihoods"))
    made = Made((one,), {"flows": []}, (("flows", "Read me."),)) + Made(
        (other,), {"likelihoods": []}
    )
    assert made == Made((one, other), {"flows": [], "likelihoods": []}, (("flows", "Read me."),))
