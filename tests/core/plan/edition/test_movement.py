"""How a rating moved: worked examples, what is never said, and a slow way to the same answer."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editions import AS_AT, action, editions
from goldenthread.plan import edition as ed

Q4, Q1, Q2 = date(2026, 3, 31), date(2026, 6, 30), AS_AT


def rated(*ratings, **more):
    """An action with a rating for each day: (day it speaks of, word, days later that it came)."""
    said = [
        ed.Update(
            on + timedelta(days=(later or [0])[0]),
            "Said",
            label=word,
            about=on,
            colour=word.lower(),
        )
        for on, word, *later in ratings
    ]
    return action("A1", updates=tuple(said), **more)


def told(held, at=AS_AT, **more):
    found = ed.movement(held, at, **more)
    return (found.way, ed.movement_words(found)) if found else None


@pytest.mark.parametrize(
    ("ratings", "expected"),
    [
        ([(Q1, "Green"), (Q2, "Amber")], ("worse", "down from Green in Q1 2026/27")),
        ([(Q1, "Red"), (Q2, "Amber")], ("better", "up from Red in Q1 2026/27")),
        ([(Q1, "Blue"), (Q2, "Green")], ("worse", "down from Blue in Q1 2026/27")),
        ([(Q1, "Amber"), (Q2, "Amber")], ("same", "as in Q1 2026/27")),
        ([(Q1, "Purple"), (Q2, "Amber")], ("other", "was Purple in Q1 2026/27")),
        ([(Q2, "Amber")], ("first", "first rated in Q2 2026/27")),
        ([(Q4, "Red"), (Q1, "Green")], ("unheard", "last rated in Q1 2026/27")),
        # A quarter without a word: the rating of the one before that is named with its quarter.
        ([(Q4, "Green"), (Q2, "Red")], ("worse", "down from Green in Q4 2025/26")),
        # Two of one quarter: the last counts, and they are no movement.
        ([(Q1, "Green"), (date(2026, 8, 1), "Red"), (Q2, "Amber")],
         ("worse", "down from Green in Q1 2026/27")),
        ([(date(2026, 7, 1), "Green"), (Q2, "Amber")], ("first", "first rated in Q2 2026/27")),
    ],
)  # fmt: skip
def test_a_rating_is_set_beside_the_last_of_an_earlier_period(ratings, expected):
    assert told(rated(*ratings)) == expected


def test_a_quarters_rating_that_comes_in_the_weeks_after_it_is_still_that_quarters():
    held = rated((Q1, "Green", 9), (Q2, "Amber", 12))
    for at in (Q2, date(2026, 10, 12), date(2026, 12, 30)):
        assert told(held, at) == ("worse", "down from Green in Q1 2026/27")
    assert told(held, date(2026, 12, 31)) == ("unheard", "last rated in Q2 2026/27")


def test_periods_may_be_months_halves_or_years():
    held = rated((date(2026, 8, 31), "Green"), (Q2, "Amber"))
    assert told(held, months=1) == ("worse", "down from Green in August 2026")
    assert told(held, months=6) == ("first", "first rated in first half of 2026/27")
    year = rated((Q4, "Red"), (Q2, "Green"))
    assert told(year, months=12) == ("better", "up from Red in 2025/26")


def test_words_without_a_colour_are_compared_as_words_and_never_called_better_or_worse():
    """Editions before 1.2 hold the body's words alone."""
    plain = action(
        "A1",
        updates=(ed.Update(Q1, "Said", label="On course"), ed.Update(Q2, "Said", label="Stuck")),
    )
    assert told(plain) == ("other", "was On course in Q1 2026/27")
    same = action(
        "A1",
        updates=(ed.Update(Q1, "Said", label="Stuck"), ed.Update(Q2, "Said", label="stuck")),
    )
    assert told(same) == ("same", "as in Q1 2026/27")


def test_another_word_for_the_same_colour_is_no_movement():
    held = action(
        "A1",
        updates=(
            ed.Update(Q1, "Said", label="Amber", colour="amber"),
            ed.Update(Q2, "Said", label="Wobbling", colour="amber"),
        ),
    )
    assert told(held) == ("same", "as in Q1 2026/27")


@pytest.mark.parametrize(
    "more", [{"done_on": date(2026, 9, 1)}, {"withdrawn": ed.Withdrawal(date(2026, 9, 1))}]
)
def test_nothing_is_said_of_what_is_over_or_was_never_rated(more):
    assert told(rated((Q1, "Green"), (Q2, "Red"), **more)) is None
    assert told(action("A1", updates=(ed.Update(Q2, "Said"),))) is None


def test_the_history_has_a_row_for_each_quarter_and_gaps_are_gaps():
    held = rated((Q4, "Green"), (date(2026, 8, 3), "Red"), (Q2, "Amber"))
    assert [
        (name, one and one.label) for name, one in ed.ratings_by_period(held, date(2026, 12, 31))
    ] == [
        ("Q4 2025/26", "Green"),
        ("Q1 2026/27", None),
        ("Q2 2026/27", "Amber"),
        ("Q3 2026/27", None),
    ]
    assert ed.ratings_by_period(action("A1"), AS_AT) == ()


# -- a slow way to the same ------------------------------------------------------------------------


def first_day_of_quarter(day):
    while day.day != 1 or day.month not in (1, 4, 7, 10):
        day -= timedelta(days=1)
    return day


def slow(held, at):
    """The newest rating and the newest of a quarter before, found day by day."""
    known = [u for u in held.updates if u.label and (u.given_on <= at or u.speaks_of <= at)]
    if not known:
        return None
    newest = max(known, key=lambda u: (u.speaks_of, u.given_on, held.updates.index(u)))
    day = first_day_of_quarter(newest.speaks_of)
    oldest = min(u.speaks_of for u in known)
    while day > oldest:
        day -= timedelta(days=1)
        spoke = [u for u in known if u.speaks_of == day]
        if spoke:
            before = max(spoke, key=lambda u: (u.given_on, held.updates.index(u)))
            return newest.label, before.label
    return newest.label, None


@given(editions(), st.integers(-800, 800))
def test_movement_is_what_a_search_day_by_day_finds(edition, later):
    at = edition.as_at + timedelta(days=later)
    for held in edition.actions:
        found = ed.movement(held, at)
        if ed.is_over(held, at):
            assert found is None
        else:
            labels = found and (found.now.label, found.was.label if found.was else None)
            assert labels == slow(held, at)


@given(editions(), st.sampled_from([1, 3, 6, 12]))
def test_what_is_said_agrees_with_the_history(edition, months):
    for held in edition.actions:
        found = ed.movement(held, edition.as_at, months=months)
        rows = ed.ratings_by_period(held, edition.as_at, months=months)
        given_ = [one for _, one in rows if one is not None]
        if found is not None:
            assert found.now == given_[-1]
            assert found.was == (given_[-2] if len(given_) > 1 else None)
            assert (rows[-1][1] is None) == (found.way == "unheard")
            assert bool(ed.movement_words(found))
