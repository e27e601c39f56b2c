"""The audit's chain: whole as it is made, and no way to change it that does not show."""

import importlib

import pytest
from django.db import DatabaseError, connection, transaction

from goldenthread.web import audit
from goldenthread.web.models import AuditEntry, AuditFacts
from web.world import AT, DAY

council = importlib.import_module("goldenthread.web.migrations.0002_council")


@pytest.fixture
def thawed(world):
    """The database as somebody finds it who has its password and took the triggers off."""
    with connection.cursor() as cursor:
        for refused in council.REFUSED:
            cursor.execute(refused.removed(connection.vendor))
    for number in range(5):
        audit.record(by=world.manager, what="tried", facts={"number": number}, at=AT)
    assert audit.verify()
    return AuditEntry.objects.order_by("-number").first().number


def test_the_chain_of_a_founded_council_is_whole(world):
    found = audit.verify()
    assert found
    assert found.entries == AuditEntry.objects.count() > 50
    assert found.head == AuditEntry.objects.order_by("-number").first().hash


def test_an_entry_commits_to_its_facts_and_names_actor_act_and_object(world):
    unit = world.unit()
    entry = audit.record(by=world.manager, what="unit.seen", on=unit, facts={"a": 1}, at=AT)
    assert (entry.actor, entry.act) == (world.manager.public_id, "unit.seen")
    assert (entry.object_kind, entry.object_id) == ("unit", unit.public_id)
    assert AuditFacts.objects.get(number=entry.number).facts == {"a": 1}
    assert AuditEntry.objects.get(number=entry.number - 1).hash == entry.previous


def test_an_entry_is_refused_outside_the_transaction_of_its_change():
    with pytest.raises(RuntimeError):
        audit.record(by=None, what="alone", at=AT)


@pytest.mark.parametrize(
    ("deed", "says"),
    [
        (lambda n: AuditEntry.objects.filter(number=n).update(act="other"), "was changed"),
        (lambda n: AuditEntry.objects.filter(number=n).update(actor=""), "was changed"),
        (lambda n: AuditEntry.objects.filter(number=n).update(at=AT - DAY), "was changed"),
        (lambda n: AuditEntry.objects.filter(number=n).update(object_id="x"), "was changed"),
        (lambda n: AuditEntry.objects.filter(number=n).update(hash="f" * 64), "was changed"),
        (lambda n: AuditEntry.objects.filter(number=n).update(previous="f" * 64), "not follow"),
        (lambda n: AuditEntry.objects.filter(number=n).delete(), "is missing"),
        (lambda n: AuditFacts.objects.filter(number=n).update(facts={"n": 9}), "facts of entry"),
        (lambda n: AuditFacts.objects.filter(number=n).update(salt="0"), "facts of entry"),
    ],
)
def test_verify_names_the_place_of_every_way_to_tamper(thawed, deed, says):
    deed(thawed - 2)
    found = audit.verify()
    assert not found
    assert found.faults[0].number == thawed - 2
    assert any(says in fault.what for fault in found.faults)


def test_entries_swapped_are_found(thawed):
    first, second = AuditEntry.objects.filter(number__in=[thawed - 2, thawed - 1])
    AuditEntry.objects.filter(number__in=[thawed - 2, thawed - 1]).delete()
    first.number, second.number = second.number, first.number
    for entry in (first, second):
        entry.save(force_insert=True)
    assert {fault.number for fault in audit.verify().faults} >= {thawed - 2, thawed - 1}


def test_entries_cut_off_the_end_show_beside_a_head_that_was_written_down(thawed):
    head = (thawed, AuditEntry.objects.get(number=thawed).hash)
    assert audit.verify(head)
    AuditEntry.objects.filter(number=thawed).delete()
    AuditFacts.objects.filter(number=thawed).delete()
    assert audit.verify()
    assert [fault.number for fault in audit.verify(head).faults] == [thawed]


def test_personal_facts_can_be_erased_and_the_chain_stays_whole(world):
    entry = audit.record(by=world.manager, what="person.added", facts={"x": "y"}, at=AT)
    AuditFacts.objects.filter(number=entry.number).delete()
    found = audit.verify()
    assert found
    assert found.erased == 1


@pytest.mark.parametrize(
    "deed",
    [
        lambda: AuditEntry.objects.update(act="x"),
        lambda: AuditEntry.objects.all().delete(),
        lambda: AuditFacts.objects.update(facts={}),
    ],
)
def test_the_database_itself_refuses_to_rewrite_the_audit(world, deed):
    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
        deed()
    assert audit.verify()


def test_a_refusal_is_recorded_with_what_was_asked_for(world):
    unit = world.unit()
    facts = {"permission": "publish_edition", "rule": "role"}
    entry = audit.refused(by=world.manager, facts=facts, on=unit, at=AT)
    assert (entry.act, entry.object_id) == ("refused", unit.public_id)
    assert AuditFacts.objects.get(number=entry.number).facts == facts


def test_verification_as_json_has_a_schema(world):
    told = audit.as_json(audit.verify())
    assert (told["schema"], told["whole"], told["faults"]) == ("goldenthread.audit/1", True, [])
