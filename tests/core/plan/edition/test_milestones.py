"""How milestones stand: late by the first day promised, whatever came later."""

from datetime import timedelta

import pytest
from hypothesis import given

from editions import AS_AT, action, days, edition, editions
from goldenthread.plan import edition as ed

DAY = timedelta(days=1)
GIVEN = AS_AT - 200 * DAY


def step(*due, words="Half of them", **became):
    """A milestone that was promised, and moved every ten days after that."""
    given_on = [GIVEN + 10 * n * DAY for n in range(len(due))]
    promises = tuple(ed.Promise(on, day) for on, day in zip(given_on, due, strict=True))
    return ed.Milestone(words, promises, **became)


TABLE = [
    (step(AS_AT), "coming", "due 30 September 2026"),
    (step(AS_AT - DAY), "missed", "missed: it was due 29 September 2026"),
    (
        step(AS_AT - DAY, AS_AT + DAY),
        "missed",
        "missed: it was due 29 September 2026, and is now promised for 1 October 2026",
    ),
    (
        step(AS_AT + DAY, AS_AT + 2 * DAY),
        "moved",
        "moved: first 1 October 2026, now 2 October 2026",
    ),
    (step(AS_AT + 2 * DAY, AS_AT + DAY), "coming", "due 1 October 2026"),
    (step(AS_AT - DAY, reached_on=AS_AT - DAY), "reached", "reached 29 September 2026"),
    (
        step(AS_AT - 2 * DAY, reached_on=AS_AT),
        "reached",
        "reached 30 September 2026, first promised for 28 September 2026",
    ),
    (
        step(AS_AT - DAY, dropped=ed.Withdrawal(AS_AT, "No money")),
        "dropped",
        "dropped 30 September 2026, promised for 29 September 2026",
    ),
]


@pytest.mark.parametrize(("milestone", "stands", "words"), TABLE)
def test_a_milestone_stands_in_one_way_and_says_so(milestone, stands, words):
    assert ed.milestone_standing(milestone, AS_AT) == stands
    assert ed.milestone_words(milestone, AS_AT) == words


def test_before_it_was_reached_it_had_not_been():
    made = step(AS_AT, reached_on=AS_AT)
    assert ed.milestone_standing(made, AS_AT - DAY) == "coming"


def test_one_that_was_promised_later_is_not_known_yet():
    found = action(milestones=(step(AS_AT),))
    assert ed.milestones(found, GIVEN - DAY) == ()
    assert ed.next_milestone(found, GIVEN - DAY) is None


def test_the_next_is_the_first_that_is_neither_reached_nor_dropped():
    steps = (
        step(AS_AT + 9 * DAY, words="Third"),
        step(AS_AT - 9 * DAY, words="First", reached_on=AS_AT - 9 * DAY),
        step(AS_AT - DAY, words="Second"),
    )
    found = action(milestones=steps)
    assert [one.words for one in ed.milestones(found, AS_AT)] == ["First", "Second", "Third"]
    assert ed.next_milestone(found, AS_AT).words == "Second"


def test_a_milestone_without_a_day_is_none():
    with pytest.raises(ValueError, match="no day"):
        ed.Milestone("Half", ())
    with pytest.raises(ValueError, match="no day"):
        ed.Milestone("Half", (ed.Promise(GIVEN, None),))


def test_the_table_of_a_plan_counts_milestones_and_names_the_next():
    steps = (step(AS_AT - DAY), step(AS_AT, reached_on=AS_AT, words="All of them"))
    text = ed.to_csv(edition(action(milestones=steps, contributors=("Policy", "The network"))))
    row = text.splitlines()[1]
    assert row.endswith('"Policy; The network","2","1","1","Half of them","2026-09-29","",""')


@given(editions(), days)
def test_milestones_are_read_as_they_were_written_and_each_known_one_is_told_once(found, at):
    assert ed.from_json(ed.to_json(found)) == found
    for one in found.actions:
        known = ed.milestones(one, at)
        assert len(known) <= len(one.milestones)
        for milestone in known:
            assert ed.milestone_standing(milestone, at) in ed.MILESTONE_STANDINGS
            assert ed.milestone_words(milestone, at)


@pytest.mark.parametrize("schema", ["goldenthread.edition/1", "goldenthread.edition/1.1"])
def test_an_edition_of_before_is_read_as_it_was(schema):
    plain = ed.to_json(edition(action()))
    del plain["horizons"]
    for held in plain["actions"]:
        del held["milestones"], held["contributors"]
    assert ed.from_json(plain | {"schema": schema}) == edition(action())
