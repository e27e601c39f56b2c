"""Who answers for an action and who contributes to it, from day to day."""

import pytest

from goldenthread.errors import Missing, OutOfStep
from goldenthread.web import bridge
from goldenthread.web.changes.ownership import add_contributor, answer_alone, end_contribution
from goldenthread.web.models import AuditEntry, Lead
from web.changes import owning
from web.world import AT, DAY, ON


def add(world, row, **more):
    return add_contributor(by=world.manager, action=row, since=ON, at=AT, **more)


def test_a_post_a_part_of_the_council_and_a_group_contribute(world):
    row = world.action()
    add(world, row, post=world.council.posts["Head of Policy"], remark="the figures")
    add(world, row, team=world.unit("Tenancy Services"))
    add(world, row, group="Staff network")
    found = [(lead.role, lead.text) for lead in row.leads.all()]
    assert found == [
        ("accountable", "Head of Learning"),
        ("supporting", "Head of Policy"),
        ("supporting", "Tenancy Services"),
        ("supporting", "Staff network"),
    ]
    told = bridge.edition_of(world.edition(row.plan)).actions[0]
    assert told.lead.post == "Head of Learning"
    assert told.contributors == ("Head of Policy", "Tenancy Services", "Staff network")


def test_a_contribution_ends_with_its_last_day_and_stays_in_the_history(world):
    row = world.action()
    lead = add(world, row, group="Staff network")
    end_contribution(by=world.manager, lead=lead, until=ON, at=AT)
    assert Lead.objects.get(pk=lead.pk).until == ON
    assert bridge.edition_of(world.edition(row.plan)).actions[0].contributors == ("Staff network",)
    later = bridge.edition_of(world.edition(row.plan, at=AT + DAY))
    assert later.actions[0].contributors == ()
    with pytest.raises(OutOfStep):
        end_contribution(by=world.manager, lead=lead, until=ON + DAY, at=AT)


@pytest.mark.parametrize(
    "who",
    [
        lambda w: {},
        lambda w: {"group": "A", "team": w.unit()},
        lambda w: {"post": w.council.posts["Head of Learning"]},
        lambda w: {"group": "staff NETWORK"},
    ],
    ids=["nobody", "two at once", "who answers", "one that contributes already"],
)
def test_who_contributes_is_one_and_named_once(world, who):
    row = world.action()
    add(world, row, group="Staff network")
    with pytest.raises(Missing):
        add(world, row, **who(world))
    assert row.leads.count() == 2


def test_who_answers_is_never_ended_as_a_contribution(world):
    lead = world.action().leads.get()
    with pytest.raises(Missing):
        end_contribution(by=world.manager, lead=lead, until=ON, at=AT)


def test_a_contribution_does_not_end_before_it_begins(world):
    lead = add(world, world.action(), group="Staff network")
    with pytest.raises(Missing) as refused:
        end_contribution(by=world.manager, lead=lead, until=ON - DAY, at=AT)
    assert "until" in refused.value.needs


def test_of_two_that_answer_together_one_answers_and_the_other_contributes(world):
    row = owning.joint(world, world.unit())
    first, second = row.leads.all()
    answer_alone(by=world.manager, action=row, lead=second, version=1, since=ON + DAY, at=AT)
    row.refresh_from_db()
    stands = [(one.role, one.text, one.since, one.until) for one in row.leads.order_by("pk")]
    assert stands == [
        ("accountable", first.text, ON, ON),
        ("accountable", second.text, ON, None),
        ("supporting", first.text, ON + DAY, None),
    ]
    assert row.version == 2
    with pytest.raises(Missing):
        answer_alone(by=world.manager, action=row, lead=second, version=2, since=ON + DAY, at=AT)


def test_two_at_once_cannot_both_decide_who_answers_alone(world):
    row = owning.joint(world, world.unit())
    first, second = row.leads.all()
    answer_alone(by=world.manager, action=row, lead=second, version=1, since=ON + DAY, at=AT)
    before = AuditEntry.objects.count()
    with pytest.raises(OutOfStep):
        answer_alone(by=world.manager, action=row, lead=first, version=1, since=ON + DAY, at=AT)
    assert AuditEntry.objects.count() == before
    open_ones = row.leads.filter(role="accountable", until__isnull=True)
    assert [one.text for one in open_ones] == [second.text]
