"""Milestones: promised, moved, reached, dropped, taken back; and the horizons of a plan."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldenthread.errors import Missing, OutOfStep, Refusal
from goldenthread.plan import edition as ed
from goldenthread.web import bridge
from goldenthread.web.changes import milestones as changes
from goldenthread.web.models import Horizon, Milestone, MilestoneEvent
from web.changes import owning
from web.world import AT, DAY, ON

DEEDS = {
    "move": lambda given, day: changes.move_milestone(due=day, reason="Why", **given),
    "reach": lambda given, day: changes.reach_milestone(on=day, **given),
    "drop": lambda given, day: changes.drop_milestone(reason="Why", **given),
    "reopen": lambda given, day: changes.reopen_milestone(reason="Why", **given),
}


def do(world, milestone, deed, day=ON, at=AT):
    milestone.refresh_from_db()
    given = {"by": world.manager, "milestone": milestone, "version": milestone.version, "at": at}
    return DEEDS[deed](given, day)


def said(milestone):
    return [(one.what, one.day, one.reason) for one in milestone.events.all()]


def test_a_milestone_that_moves_keeps_its_first_day_and_is_late_by_it(world):
    made = owning.milestone(world, due=ON + DAY)
    do(world, made, "move", ON + 90 * DAY)
    made.refresh_from_db()
    assert (made.first_due, made.now_due, made.moves) == (ON + DAY, ON + 90 * DAY, 1)
    assert said(made) == [("promised", ON + DAY, ""), ("moved", ON + 90 * DAY, "Why")]
    told = bridge.edition_of(world.edition(made.action.plan)).actions[0].milestones[0]
    assert ed.milestone_standing(told, ON) == "moved"
    assert ed.milestone_standing(told, ON + 2 * DAY) == "missed"


def test_one_that_was_reached_can_be_taken_back_with_a_reason(world):
    made = owning.milestone(world)
    do(world, made, "reach")
    made.refresh_from_db()
    assert made.reached_on == ON
    do(world, made, "reopen")
    made.refresh_from_db()
    assert made.reached_on is None
    assert said(made)[1:] == [("reached", ON, ""), ("not_reached", ON, "Why")]


def test_one_that_was_dropped_stays_with_its_reason_and_can_be_taken_up_again(world):
    made = owning.milestone(world)
    do(world, made, "drop")
    told = bridge.edition_of(world.edition(made.action.plan)).actions[0].milestones[0]
    assert told.dropped == ed.Withdrawal(ON, "Why")
    do(world, made, "reopen")
    told = bridge.edition_of(world.edition(made.action.plan)).actions[0].milestones[0]
    assert told.dropped is None


@pytest.mark.parametrize(
    ("before", "deed", "day"),
    [
        ([], "move", ON + 30 * DAY),
        ([], "reach", ON + DAY),
        ([], "reopen", ON),
        (["reach"], "move", ON + 40 * DAY),
        (["reach"], "drop", ON),
        (["drop"], "reach", ON),
    ],
)
def test_what_cannot_be_said_of_a_milestone_is_refused(world, before, deed, day):
    made = owning.milestone(world)
    for one in before:
        do(world, made, one)
    events = said(made)
    with pytest.raises(Missing):
        do(world, made, deed, day)
    assert said(made) == events


@pytest.mark.parametrize("deed", ["move_milestone", "drop_milestone"])
def test_a_reason_is_needed(world, deed):
    made = owning.milestone(world)
    given = {"by": world.manager, "milestone": made, "version": 1, "at": AT, "reason": " "}
    given |= {"due": ON} if deed == "move_milestone" else {}
    with pytest.raises(Missing):
        getattr(changes, deed)(**given)


def test_two_at_once_are_out_of_step(world):
    made = owning.milestone(world)
    given = {"by": world.manager, "milestone": made, "version": 1, "at": AT}
    changes.reach_milestone(on=ON, **given)
    other = Milestone.objects.get(pk=made.pk)
    other.reached_on = None  # as the second page was made
    with pytest.raises(OutOfStep), transaction.atomic():
        changes.drop_milestone(reason="Why", **(given | {"milestone": other}))
    assert [what for what, *_ in said(made)] == ["promised", "reached"]


def test_an_action_has_no_two_milestones_of_the_same_words(world):
    made = owning.milestone(world)
    with pytest.raises(Missing):
        owning.milestone(world, row=made.action, text=made.words.upper())
    with pytest.raises(Missing):
        owning.milestone(world, row=made.action, text=" ")


def test_the_database_refuses_to_rewrite_what_was_said(world):
    owning.milestone(world)
    for deed in (
        lambda: MilestoneEvent.objects.update(reason="x"),
        MilestoneEvent.objects.all().delete,
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from(list(DEEDS)), st.integers(-40, 40)), max_size=8))
def test_the_days_of_a_milestone_are_those_that_its_events_say(world, deeds):
    mark = transaction.savepoint()
    made = owning.milestone(world)
    for deed, days in deeds:
        try:
            with transaction.atomic():
                do(world, made, deed, ON + days * DAY)
        except Refusal:
            continue
    made.refresh_from_db()
    stands = changes.standing(made.events.all())
    assert {name: getattr(made, name) for name in stands} == stands
    assert made.first_due == made.events.first().day
    # What the public reads of it stands as the rows do.
    told = bridge.edition_of(world.edition(made.action.plan)).actions[0].milestones[0]
    assert (told.reached_on is not None) == (made.reached_on is not None)
    assert (told.dropped is not None) == (made.dropped_on is not None)
    assert ed.milestone_due(told, ON) == made.now_due
    transaction.savepoint_rollback(mark)


# -- horizons ------------------------------------------------------------------------------------

SHORT, LONG = ("Short term", date(2027, 3, 31)), ("Long term", date(2030, 3, 31))


def keep(world, plan, *horizons):
    plan.refresh_from_db()
    return changes.keep_horizons(
        by=world.manager, plan=plan, horizons=horizons, version=plan.version, at=AT
    )


def test_a_plan_says_what_it_means_by_short_and_long_term_and_an_edition_keeps_it(world):
    plan = world.plan()
    keep(world, plan, LONG, SHORT)
    first = bridge.edition_of(world.next_edition(plan))
    assert [(one.name, one.ends) for one in first.horizons] == [SHORT, LONG]
    keep(world, plan, ("Short term", date(2027, 12, 31)))
    assert bridge.edition_of(plan.editions.get(number=1)).horizons == first.horizons
    second = bridge.edition_of(world.next_edition(plan))
    assert [one.ends for one in second.horizons] == [date(2027, 12, 31)]
    assert Horizon.objects.filter(plan=plan).count() == 3


@pytest.mark.parametrize(
    "horizons",
    [
        (SHORT, ("short TERM", date(2029, 1, 1))),
        (SHORT, ("Long term", SHORT[1])),
        tuple((f"H{n}", date(2027, 1, n)) for n in range(1, 9)),
        ((" ", date(2027, 1, 1)),),
    ],
    ids=["a name twice", "a day twice", "too many", "no name"],
)
def test_horizons_that_say_nothing_are_refused(world, horizons):
    plan = world.plan()
    with pytest.raises(Missing):
        keep(world, plan, *horizons)
    assert not Horizon.objects.exists()
