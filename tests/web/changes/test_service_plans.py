"""Service plans of directorates and divisions, and the actions that stand in them."""

import pytest

from goldenthread.errors import Missing, OutOfStep
from goldenthread.web.changes import service_plans as changes
from goldenthread.web.models import ServicePlan
from web.changes import pledging
from web.world import AT, DAY, ON, action

HOUSING, TENANCY, RESOURCES = "Housing and Communities", "Tenancy Services", "Resources"


def test_a_service_plan_needs_a_title_its_time_and_a_place(world):
    with pytest.raises(Missing) as refused:
        changes.add_service_plan(
            by=world.manager, unit=world.unit(HOUSING), title="", begins=None, ends=None, at=AT
        )
    assert set(refused.value.needs) == {"title", "begins", "ends", "place"}
    with pytest.raises(Missing) as refused:
        pledging.service_plan(world, ends=ON - 200 * DAY, link="javascript:alert(1)")
    assert set(refused.value.needs) == {"ends", "link"}
    assert not ServicePlan.objects.exists()


def test_a_service_plan_is_there_once_in_a_period(world):
    pledging.service_plan(world, title="Plan 2026/27")
    with pytest.raises(Missing) as refused:
        pledging.service_plan(world, title="Plan 2026/27")
    assert set(refused.value.needs) == {"title"}
    assert pledging.service_plan(world, world.unit(TENANCY), title="Plan 2026/27").pk


def test_a_service_plan_is_changed_and_ended_from_what_stands(world):
    row = pledging.service_plan(world)
    given = {"title": "B", "begins": ON, "ends": ON + DAY, "link": "https://a.example/b"}
    changes.change_service_plan(by=world.manager, service_plan=row, version=1, at=AT, **given)
    row.refresh_from_db()
    assert (row.title, row.place, row.link) == ("B", "", "https://a.example/b")
    with pytest.raises(OutOfStep):
        changes.end_service_plan(by=world.manager, service_plan=row, version=1, on=ON, at=AT)
    changes.end_service_plan(by=world.manager, service_plan=row, version=2, on=ON, at=AT)
    with pytest.raises(Missing, match="ended already"):
        changes.end_service_plan(by=world.manager, service_plan=row, version=3, on=ON, at=AT)
    with pytest.raises(Missing, match="has ended"):
        changes.put_in_service_plan(
            by=world.manager, service_plan=row, action=world.action(unit=row.unit), at=AT
        )


def test_an_action_of_the_unit_of_one_above_or_below_can_stand_in_it(world):
    row = pledging.service_plan(world, world.unit(HOUSING))
    for unit in ("", HOUSING, TENANCY):
        one = world.action(action("Do it"), unit=world.unit(unit))
        changes.put_in_service_plan(by=world.manager, service_plan=row, action=one, at=AT)
    assert row.entries.count() == 3
    elsewhere = world.action(unit=world.unit(RESOURCES))
    for other in (elsewhere, None):
        with pytest.raises(Missing) as refused:
            changes.put_in_service_plan(by=world.manager, service_plan=row, action=other, at=AT)
        assert set(refused.value.needs) == {"action"}


def test_a_new_reference_ends_the_old_one_and_both_are_kept(world):
    row, one = pledging.filled(world)
    given = {"by": world.manager, "service_plan": row, "action": one}
    with pytest.raises(Missing, match="Nothing changes"):
        changes.put_in_service_plan(reference="3.2", at=AT, **given)
    changes.put_in_service_plan(reference="4.1", at=AT + 5 * DAY, **given)
    assert [(e.reference, e.since, e.until) for e in row.entries.all()] == [
        ("3.2", ON, ON + 4 * DAY),
        ("4.1", ON + 5 * DAY, None),
    ]


def test_an_action_that_leaves_stays_in_the_history(world):
    row, one = pledging.filled(world)
    given = {"by": world.manager, "service_plan": row, "action": one, "at": AT}
    changes.take_out_of_service_plan(**given)
    assert [(e.since, e.until) for e in row.entries.all()] == [(ON, ON)]
    with pytest.raises(OutOfStep):
        changes.take_out_of_service_plan(**given)
