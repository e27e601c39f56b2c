"""Objectives counted: two numbers, never few, corrected with a reason, and in no audit."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from goldenthread.errors import Missing
from goldenthread.web.models import AuditFacts, ObjectiveCount
from web.changes import pledging
from web.changes.pledging import Q2
from web.world import AT, DAY, ON


def _refused(world, **given):
    with pytest.raises(Missing) as refused:
        pledging.counted(world, **given)
    return set(refused.value.needs)


def test_two_numbers_are_kept_for_a_quarter_and_nothing_else_of_anybody(world):
    row = pledging.counted(world)
    assert (row.ends, row.serving, row.held, row.action) == (Q2, 312, 405, None)
    kept = {field.name for field in ObjectiveCount._meta.fields}
    assert kept == {
        *("id", "public_id", "planning", "action", "ends", "serving", "held"),
        *("reason", "replaces", "at", "by"),
    }


def test_fewer_than_five_appraisals_are_refused_and_go_up_to_the_directorate(world):
    for held in range(5):
        assert _refused(world, serving=0, held=held) == {"held"}
    planning = pledging.planned(world)
    row = pledging.added(world, planning)
    with pytest.raises(Missing) as refused:
        pledging.counted(world, planning, serving=1, held=4, action=row)
    assert "directorate as a whole" in refused.value.needs["held"]
    assert pledging.counted(world, serving=0, held=5).held == 5


def test_the_database_itself_holds_no_count_of_a_few(world):
    given = {"planning": world.planning(), "ends": Q2, "at": AT, "by": world.manager}
    for serving, held in ((1, 4), (6, 5)):
        with pytest.raises(IntegrityError), transaction.atomic():
            ObjectiveCount.objects.create(serving=serving, held=held, **given)


def test_numbers_that_cannot_be_are_refused(world):
    assert _refused(world, serving=406, held=405) == {"serving"}
    assert _refused(world, serving=-1) == {"serving"}
    assert _refused(world, serving=None, held=None) == {"serving", "held"}
    assert _refused(world, held=900_000) == {"held"}


def test_a_quarter_that_has_not_ended_or_was_before_the_planning_is_refused(world):
    assert _refused(world, ends=date(2026, 12, 31)) == {"ends"}
    assert _refused(world, ends=date(2026, 9, 29)) == {"ends"}
    assert _refused(world, ends=date(2025, 12, 31)) == {"ends"}
    assert _refused(world, ends=None) == {"ends"}


def test_a_correction_says_why_and_both_are_kept(world):
    first = pledging.counted(world)
    assert _refused(world, serving=311) == {"reason"}
    second = pledging.counted(world, serving=311, reason="One was counted twice", at=AT + DAY)
    assert second.replaces == first
    third = pledging.counted(world, serving=310, reason="Another was", at=AT + 2 * DAY)
    assert third.replaces == second
    assert ObjectiveCount.objects.count() == 3


def test_a_count_of_an_action_stands_beside_that_of_its_plan(world):
    planning = pledging.planned(world)
    row = pledging.added(world, planning)
    pledging.counted(world, planning)
    assert pledging.counted(world, planning, serving=41, action=row).action == row
    other = pledging.planned(world, world.unit("Resources"))
    with pytest.raises(Missing, match="not one of"):
        pledging.counted(world, other, action=row)


def test_counts_are_only_added_to(world):
    pledging.counted(world)
    for deed in (
        lambda: ObjectiveCount.objects.update(serving=1),
        lambda: ObjectiveCount.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()


def test_the_audit_says_that_objectives_were_counted_and_neither_number(world):
    pledging.counted(world, serving=317, held=419)
    facts = AuditFacts.objects.order_by("-number").first().facts
    assert facts == {"ends": Q2.isoformat(), "replaces": False}
    assert ON > Q2
