"""What the database itself holds, by raw rows: one body, one holder, nobody's own grant, a day."""

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from goldenthread.web.models import Evidence, Grant, Holding, Link, Person, Post, Promise, Unit
from goldenthread.web.models import Update as UpdateRow
from goldenthread.web.models.public_id import ALPHABET, new_public_id
from web.world import AT, DAY, ON


def _refused(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_one_database_holds_one_public_body(world):
    _refused(lambda: Unit.objects.create(name="Another council", begins=ON))


def test_a_unit_is_not_its_own_parent_and_does_not_end_before_it_begins(world):
    unit = world.unit("Resources")
    _refused(lambda: Unit.objects.filter(pk=unit.pk).update(parent=unit.pk))
    _refused(lambda: Unit.objects.filter(pk=unit.pk).update(ends=unit.begins - DAY))


def test_an_address_has_one_account_whatever_its_capitals(world):
    _refused(
        lambda: Person.objects.create(
            name="Priya", email=world.manager.email.upper(), joined=AT, password="x"
        )
    )


def test_a_post_has_one_holder_at_a_time(world):
    post = Post.objects.get(title="Chief Executive")
    _refused(lambda: Holding.objects.create(post=post, person=world.manager, since=ON))


def test_nobody_gives_a_role_to_themselves(world):
    given = {"role": "auditor", "unit": world.unit(), "since": ON}
    person = world.manager
    _refused(lambda: Grant.objects.create(person=person, given_by=person, **given))


def test_a_role_is_held_once_at_a_time_in_a_unit(world):
    given = {"role": "programme_manager", "unit": world.unit(), "since": ON}
    _refused(lambda: Grant.objects.create(person=world.manager, **given))


def test_a_promise_that_moves_another_says_why(world):
    row = world.action()
    first = Promise.objects.get(action=row)
    _refused(
        lambda: Promise.objects.create(
            action=row, words="later", kind="date", replaces=first, reason=""
        )
    )


def test_an_update_that_completes_has_a_day(world):
    given = {"action": world.action(), "number": 9, "at": AT, "by": world.manager}
    _refused(lambda: UpdateRow.objects.create(status="completed", **given))


def test_evidence_has_what_its_kind_needs(world):
    row = world.action()
    for kind in ("link", "file"):
        _refused(lambda kind=kind: Evidence.objects.create(action=row, kind=kind, title="x", at=AT))


def test_a_link_is_of_two_things_and_made_once(world):
    ends = {"from_kind": "action", "from_id": "a", "to_kind": "action", "meaning": "sees"}
    _refused(lambda: Link.objects.create(**ends, to_id="a", since=ON))
    Link.objects.create(**ends, to_id="b", since=ON, until=ON)
    Link.objects.create(**ends, to_id="b", since=ON)
    _refused(lambda: Link.objects.create(**ends, to_id="b", since=ON))


def test_public_identifiers_are_random_and_hold_no_sign_that_is_mistaken_for_another():
    found = {new_public_id() for _ in range(2000)}
    assert len(found) == 2000
    assert set("".join(found)) == set(ALPHABET)
    assert set(ALPHABET) & set("aeiou01l") == set()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own settings")
def test_sqlite_is_a_safe_one_and_set_to_lose_nothing(world):
    assert settings.SQLITE_FOUND >= settings.SQLITE_NEEDED
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()")
        version = tuple(int(part) for part in cursor.fetchone()[0].split("."))
        assert version == settings.SQLITE_FOUND
        said = {}
        for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema"):
            cursor.execute(f"PRAGMA {name}")
            said[name] = cursor.fetchone()[0]
    assert said == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0}
