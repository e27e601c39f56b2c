"""People at the same time, on real connections: one wins, the other is told, nothing is lost."""

import importlib
import threading

import pytest
from django.apps import apps
from django.db import connection, connections

from goldenthread.errors import OutOfStep
from goldenthread.web import audit
from goldenthread.web.changes import demo, review
from goldenthread.web.changes import plan as plans
from goldenthread.web.models import Action, AuditEntry, Update
from web.world import AT, World, action

frozen = importlib.import_module("goldenthread.web.migrations.0002_frozen_rows")
ROUNDS, PEOPLE = 5, 4


@pytest.fixture
def committed(django_db_setup, django_db_blocker, request):
    """A council whose rows are truly committed, and a clean one for whoever comes after."""
    with django_db_blocker.unblock():
        _empty()
        yield World(demo.found_brackenford())
        _empty()
        demo.found_brackenford()


def _empty():
    make, remove = frozen.statements(connection.vendor)
    with connection.cursor() as cursor:
        for sql in remove:
            cursor.execute(sql)
        with connection.constraint_checks_disabled():
            tables = [m._meta.db_table for m in apps.get_app_config("goldenthread").get_models()]
            if connection.vendor == "postgresql":
                cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
            else:
                for table in tables:
                    cursor.execute(f"DELETE FROM {table}")
        for sql in make:
            cursor.execute(sql)


def _at_once(deed, people=PEOPLE):
    """What each of several threads got: its result, or the refusal or fault that it met."""
    ready, got = threading.Barrier(people), [None] * people

    def work(number):
        ready.wait()
        try:
            got[number] = deed(number)
        except Exception as fault:
            got[number] = fault
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got


def test_of_several_people_at_once_one_wins_and_the_others_see_both_versions(committed):
    row = committed.action()
    for number in range(ROUNDS):
        version = Action.objects.get(pk=row.pk).version

        def say(who, version=version, number=number):
            mine = Action.objects.get(pk=row.pk)
            return review.add_update(
                by=committed.manager,
                action=mine,
                version=version,
                done=f"Round {number} by {who}",
                at=AT,
            )

        got = _at_once(say)
        assert sorted(type(one).__name__ for one in got) == [*["OutOfStep"] * 3, "Update"]
        won = next(one for one in got if isinstance(one, Update))
        assert {one.theirs["done"] for one in got if isinstance(one, OutOfStep)} == {won.done}
    assert Update.objects.filter(action=row).count() == ROUNDS
    assert audit.verify()


def test_changes_at_once_make_one_chain_without_a_gap(committed):
    plan = committed.plan(*(action(f"Action {n}") for n in range(PEOPLE)))
    actions = list(plan.actions.all())
    before = AuditEntry.objects.count()

    def say(who):
        for number in range(ROUNDS):
            mine = Action.objects.get(pk=actions[who].pk)
            review.add_update(
                by=committed.manager,
                action=mine,
                version=mine.version,
                done=f"Round {number}",
                at=AT,
            )

    assert _at_once(say) == [None] * PEOPLE
    assert AuditEntry.objects.count() == before + PEOPLE * ROUNDS
    assert audit.verify()


def test_one_form_sent_many_times_at_once_is_done_once(committed):
    row = committed.action()

    def say(_):
        mine = Action.objects.get(pk=row.pk)
        return review.add_update(
            by=committed.manager, action=mine, version=1, done="Once", at=AT, key="one form"
        ).pk

    got = _at_once(say)
    assert len(set(got)) == 1
    assert Update.objects.filter(action=row).count() == 1


def test_two_publishers_at_once_publish_once(committed):
    edition = committed.edition()

    def publish(_):
        mine = type(edition).objects.get(pk=edition.pk)
        return plans.publish_edition(by=committed.publisher, edition=mine, version=1, at=AT)

    got = _at_once(publish)
    assert sum(isinstance(one, type(edition)) for one in got) == 1
    assert AuditEntry.objects.filter(act="edition.published").count() == 1


def test_the_council_is_as_whole_for_whoever_comes_after(world):
    assert audit.verify()
    assert not Action.objects.exists()
