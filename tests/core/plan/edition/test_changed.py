"""What changed between two editions of a plan."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editions import AS_AT, BEGAN, action, edition, editions
from goldenthread.plan import edition as ed

EARLIER = date(2026, 6, 30)
SOON = date(2026, 12, 31)


def _two(before, after):
    """Edition 2, as at June, and edition 3, as at September, of these actions."""
    return edition(*before, number=2, as_at=EARLIER), edition(*after)


def _numbers(pairs):
    return [pair.after.number for pair in pairs]


def test_every_kind_of_change_is_told_once_in_its_place():
    due = date(2026, 7, 31)
    old = [action(number, due=due) for number in ("A1", "A2", "A3", "A4", "A5")]
    gone = ed.Withdrawal(date(2026, 7, 1), "The law changed.")
    moved = ed.Promise(date(2026, 7, 2), SOON, reason="No bidder.")
    new = [
        replace(old[0], done_on=date(2026, 7, 15)),
        replace(old[1], withdrawn=gone),
        replace(old[2], promises=(*old[2].promises, moved)),
        replace(old[3], lead=ed.Lead("Head of Policy"), words="Do it otherwise"),
        action("A6"),
    ]
    found = ed.changed(*_two(old, new))
    assert [(name, _numbers(pairs)) for name, pairs in found.newly] == [
        ("done", ["A1"]),
        ("late", ["A3", "A4"]),
        ("withdrawn", ["A2"]),
    ]
    [move] = found.moved
    assert (move.after.number, move.old, move.new) == ("A3", due, SOON)
    assert (move.span, move.reason, move.earlier) == (ed.Span(5, 0), "No bidder.", False)
    assert _numbers(found.handed_over) == ["A4"]
    assert _numbers(found.reworded) == ["A4"]
    assert [one.number for one in found.added] == ["A6"]
    assert [one.number for one in found.gone] == ["A5"]
    assert (found.before.total, found.after.total, found.days) == (5, 5, 92)
    assert ed.changed_headline(found) == (
        "1 done, 2 newly late, 1 withdrawn, 1 date moved, 1 new promise, 1 no longer listed"
    )


def test_where_none_was_done_the_headline_begins_with_that():
    one = action(due=date(2026, 7, 31))
    found = ed.changed(*_two([one], [one]))
    assert ed.changed_headline(found) == "None done, 1 newly late"


def test_a_date_that_passed_unkept_has_not_moved():
    one = action(due=date(2026, 7, 31))
    found = ed.changed(*_two([one], [one]))
    assert found.moved == ()
    assert _numbers(found.came_to("late")) == ["A1"]


def test_new_words_and_new_answers_are_news():
    said = ed.Update(date(2026, 9, 1), "Trained twelve.")
    asked = ed.Recommendation("1", "Train managers.")
    old, new = _two([action()], [replace(action(), updates=(said,))])
    old = replace(old, recommendations=(asked,))
    answered = replace(asked, answer=ed.Answer("accepted"))
    found = ed.changed(old, replace(new, recommendations=(answered,)))
    assert (found.spoke, found.answered) == (1, (answered,))
    assert ed.changed_headline(found) == "Nothing done, nothing newly late, no date moved"


def test_what_an_edition_learns_of_an_earlier_time_is_no_move():
    """A promise given after the earlier edition's day moves the date only in the later one."""
    promises = (ed.Promise(BEGAN, SOON), ed.Promise(date(2026, 8, 1), date(2027, 3, 31)))
    one = action(promises=promises)
    found = ed.changed(*_two([one], [one]))
    assert [(m.old, m.new) for m in found.moved] == [(SOON, date(2027, 3, 31))]


@given(editions())
def test_an_edition_has_not_changed_since_itself(found):
    assert not ed.changed(found, found)
    assert ed.changed_headline(ed.changed(found, found)) == "Nothing has changed"


@given(editions(), st.dates(AS_AT, date(2030, 1, 1)))
def test_every_action_is_in_both_editions_or_added_or_gone(found, later):
    found, half = replace(found, stances=()), len(found.actions) // 2
    old = replace(found, actions=found.actions[: half + 1])
    new = replace(found, actions=found.actions[half:], as_at=later)
    told = ed.changed(old, new)
    before, after = {a.id for a in old.actions}, {a.id for a in new.actions}
    assert {a.id for a in told.added} == after - before
    assert {a.id for a in told.gone} == before - after
    pairs = [pair for _, group in told.newly for pair in group]
    assert len({pair.after.id for pair in pairs}) == len(pairs)
    stood = {a.id: ed.standing(a, old.as_at) for a in old.actions}
    assert {p.after.id for p in pairs} == {
        a.id for a in new.actions if a.id in before and ed.standing(a, later) != stood[a.id]
    }


@pytest.mark.parametrize(("name", "first"), [("done", 0), ("late", 1)])
def test_good_and_bad_come_first(name, first):
    done = replace(action("A1", due=SOON), done_on=date(2026, 8, 1))
    late = action("A2", due=date(2026, 7, 31))
    found = ed.changed(*_two([action("A1", due=SOON), late], [done, late]))
    assert found.newly[first][0] == name
