"""A directorate's plan begun by hand, its actions, and what good looks like."""

import pytest

from goldenthread.errors import Missing, NotAllowed, OutOfStep
from goldenthread.web import bridge
from goldenthread.web.changes import directorate_plan as changes
from goldenthread.web.models import Action, AuditEntry, Link, Measure, Plan, WhatGood
from goldenthread.web.queries import smart
from web import choosing
from web.changes import pledging
from web.changes.pledging import GOOD
from web.world import AT, DAY, ON

HOUSING, RESOURCES = "Housing and Communities", "Resources"


def test_a_plan_begun_by_hand_is_the_plannings_and_has_a_heading(world):
    planning = pledging.planned(world)
    plan = Plan.objects.get(pk=planning.plan_id)
    assert (plan.title, plan.unit, plan.begins) == (
        "Housing and Communities plan",
        planning.unit,
        ON,
    )
    assert [row.text for row in plan.recommendations.all()] == [
        "What Housing and Communities will do"
    ]


def test_a_planning_has_one_plan(world):
    planning = pledging.planned(world)
    with pytest.raises(Missing, match="has a plan already"):
        changes.begin_plan(
            by=world.manager, planning=planning, version=planning.version, title="B", at=AT
        )


def test_a_plan_needs_a_title_and_is_begun_from_what_stands(world):
    planning = world.planning()
    given = {"by": world.manager, "planning": planning, "at": AT}
    with pytest.raises(Missing) as refused:
        changes.begin_plan(title=" ", version=planning.version, **given)
    assert set(refused.value.needs) == {"title"}
    with pytest.raises(OutOfStep):
        changes.begin_plan(title="A", version=planning.version + 1, **given)
    assert not Plan.objects.filter(title="A").exists()


def test_an_action_added_by_hand_has_all_that_was_said_of_it(world):
    planning = pledging.planned(world)
    support = world.council.posts["Head of Policy"]
    row = pledging.added(world, planning, title="Advertise posts", support=support, good=GOOD)
    assert (row.number, row.title, row.plan_id) == ("1", "Advertise posts", planning.plan_id)
    assert [(lead.text, lead.role) for lead in row.leads.all()] == [
        ("Head of Learning", "accountable"),
        ("Head of Policy", "supporting"),
    ]
    assert [promise.words for promise in row.promises.all()] == ["31 March 2027"]
    (measure,) = row.measures.all()
    assert (measure.text, measure.baseline, measure.target) == (
        "Acting-up posts that were advertised",
        "4 in 10",
        "All",
    )
    assert [one.words for one in row.what_good.all()] == [GOOD]
    assert row.first_due == row.now_due == row.promises.get().end


def test_an_action_added_by_hand_stands_in_the_plan_that_files_are_made_of(world):
    planning = pledging.planned(world)
    pledging.added(world, planning)
    value = bridge.plan_of(planning.plan)
    assert [action.text for action in value.actions] == ["Advertise every acting-up post"]


def test_numbers_go_on_after_the_last_of_the_plan(world):
    planning = pledging.planned(world)
    pledging.added(world, planning, number="H9")
    assert pledging.added(world, planning).number == "H10"
    assert pledging.added(world, planning).number == "H11"


def test_what_is_missing_of_an_action_is_said_all_at_once(world):
    planning = pledging.planned(world)
    with pytest.raises(Missing) as refused:
        pledging.added(world, planning, text="", when="soon", post=None, measure="")
    assert set(refused.value.needs) == {"text", "when", "post", "measure"}
    assert not Action.objects.filter(plan=planning.plan).exists()
    assert not Measure.objects.filter(plan=planning.plan).exists()


def test_an_action_is_of_this_planning_alone(world):
    planning, other = pledging.planned(world), pledging.planned(world, world.unit(RESOURCES))
    heading = other.plan.recommendations.get()
    with pytest.raises(Missing, match="heading"):
        pledging.added(world, planning, heading=heading)
    with pytest.raises(Missing, match="its own directorate"):
        pledging.added(world, planning, comes_from=choosing.area(world, unit=other.unit))
    assert not Link.objects.filter(meaning="comes_from").exists()


def test_an_action_comes_from_a_priority_of_its_directorate(world):
    planning = pledging.planned(world)
    area = choosing.area(world, unit=planning.unit)
    row = pledging.added(world, planning, comes_from=area)
    made = Link.objects.get(meaning="comes_from")
    assert (made.from_kind, made.from_id) == ("action", row.public_id)
    assert (made.to_kind, made.to_id) == ("area", area.public_id)
    assert smart.of_action(row).passes


def test_a_planning_without_a_plan_takes_no_action(world):
    with pytest.raises(Missing, match="no plan yet"):
        pledging.added(world, world.planning())


def test_nothing_is_added_to_a_planning_that_was_reviewed(world):
    with pytest.raises(NotAllowed):
        changes.begin_plan(
            by=world.manager, planning=world.planning(closed=True), version=1, title="A", at=AT
        )


def test_a_save_is_never_held_up_by_what_is_not_smart(world):
    planning = pledging.planned(world)
    row = pledging.added(
        world, planning, "Improve induction", measure="", baseline="", target="", when="Ongoing"
    )
    missing = [one.word for one in smart.of_action(row).missing]
    assert missing == ["specific", "measurable", "relevant", "timed"]


def test_what_good_looks_like_is_only_added_to_and_can_be_taken_back(world):
    row = world.action()
    for version, text in enumerate([GOOD, "Everybody has", ""], row.version):
        changes.say_what_good_is(by=world.manager, of=row, version=version, text=text, at=AT)
    said = WhatGood.objects.filter(action=row)
    assert [one.words for one in said] == [GOOD, "Everybody has", ""]
    with pytest.raises(Missing):
        changes.say_what_good_is(by=world.manager, of=row, version=row.version, text="", at=AT)
    with pytest.raises(OutOfStep):
        changes.say_what_good_is(by=world.manager, of=row, version=1, text="Late", at=AT)


def test_what_good_looks_like_of_a_measure_is_its_own(world):
    planning = pledging.planned(world)
    row = pledging.added(world, planning, good=GOOD)
    measure = row.measures.get()
    said = changes.say_what_good_is(
        by=world.manager, of=measure, version=measure.version, text="Nine in ten", at=AT
    )
    assert (said.action, said.measure, said.words) == (row, measure, "Nine in ten")
    assert [one.words for one in row.what_good.filter(measure__isnull=True)] == [GOOD]


def test_the_audit_says_that_an_action_was_planned(world):
    planning = pledging.planned(world)
    row = pledging.added(world, planning)
    entry = AuditEntry.objects.get(act="action.planned")
    assert (entry.object_id, entry.object_kind) == (row.public_id, "action")


def test_a_director_of_elsewhere_adds_nothing(world):
    planning = pledging.planned(world)
    elsewhere = world.somebody("director", world.unit(RESOURCES), since=ON - DAY)
    with pytest.raises(NotAllowed):
        changes.add_planned_action(
            by=elsewhere, planning=planning, text="A", when="2027", post=None, at=AT
        )
