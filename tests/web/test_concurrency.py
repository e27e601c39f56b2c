"""People at the same time, on real connections: one wins, the other is told, nothing is lost."""

import importlib
import threading
import time

import pytest
from django.apps import apps
from django.db import OperationalError, connection, connections, transaction

from goldenthread.errors import Busy, OutOfStep
from goldenthread.web import audit
from goldenthread.web.changes import chase, demo, review, rounds
from goldenthread.web.changes import plan as plans
from goldenthread.web.changes.deed import busy
from goldenthread.web.models import Action, AuditEntry, Mail, Round, Update, UpdateLink
from web.world import AT, DAY, World, action

council = importlib.import_module("goldenthread.web.migrations.0002_council")
ROUNDS, PEOPLE = 5, 4


@pytest.fixture
def committed(django_db_setup, django_db_blocker, request):
    """A council whose rows are truly committed, and a clean one for whoever comes after."""
    with django_db_blocker.unblock():
        _empty()
        yield World(demo.found_brackenford())
        _empty()
        demo.found_brackenford()


def _triggers(cursor):
    """What makes every trigger that there is, and what removes it, whichever migration made it."""
    if connection.vendor == "sqlite":
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        found = cursor.fetchall()
        return [sql for _name, sql in found], [f"DROP TRIGGER {name}" for name, _sql in found]
    return (
        [refused.made(connection.vendor) for refused in council.REFUSED],
        [refused.removed(connection.vendor) for refused in council.REFUSED],
    )


def _empty():
    with connection.cursor() as cursor:
        make, remove = _triggers(cursor)
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


def _beside_an_adoption(committed, deed, hold):
    """What a deed gives while somebody adopts a plan and holds the database for a while longer."""
    draft = committed.draft(*(action(f"Action {n}") for n in range(50)))
    adopting, got = threading.Event(), []

    def adopt():
        with transaction.atomic():
            plans.adopt_draft(by=committed.manager, draft=draft, version=draft.version, at=AT)
            adopting.set()
            hold()

    def other():
        adopting.wait()
        got.append(deed())

    done = _at_once(lambda who: (adopt, other)[who](), people=2)
    assert draft.__class__.objects.get(pk=draft.pk).state == "adopted"
    return got[0] if got else done[1]


def test_a_save_beside_an_adoption_waits_and_is_done(committed):
    row, begun = committed.action(), time.monotonic()
    got = _beside_an_adoption(committed, lambda: committed.update(row), lambda: time.sleep(1))
    assert isinstance(got, Update)
    assert time.monotonic() - begun >= 1
    assert audit.verify()


def test_a_save_that_waits_too_long_is_refused_whole_and_done_when_sent_again(committed):
    row, tried = committed.action(), threading.Event()
    row.refresh_from_db()
    given = {"by": committed.manager, "action": row, "version": row.version, "at": AT, "key": "k"}

    def impatient():
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET lock_timeout = '100ms'")
            else:
                cursor.execute("PRAGMA busy_timeout = 100")
        try:
            return review.add_update(done="Said while the plan was adopted", **given)
        finally:
            tried.set()

    got = _beside_an_adoption(committed, impatient, lambda: tried.wait(30))
    assert isinstance(got, Busy)
    assert "was not saved" in str(got)
    assert Update.objects.filter(action=row).count() == 0
    assert audit.verify()
    assert review.add_update(done="Said while the plan was adopted", **given).number == 1


def test_a_fault_of_the_database_that_is_no_wait_stays_a_fault(committed):
    assert busy(OperationalError("disk I/O error")) is None
    assert busy(ValueError()) is None
    assert busy(None) is None


def test_every_connection_keeps_what_it_answers_for_a_power_cut(committed):
    if connection.vendor == "postgresql":
        asked = {"SHOW synchronous_commit": "on", "SHOW lock_timeout": "10s"}
    else:
        asked = {
            "PRAGMA synchronous": 2,  # FULL
            "PRAGMA journal_mode": "wal",
            "PRAGMA busy_timeout": 10_000,
            "PRAGMA foreign_keys": 1,
        }
    with connection.cursor() as cursor:
        for words, wanted in asked.items():
            cursor.execute(words)
            assert cursor.fetchone()[0] == wanted, words


def test_the_council_is_as_whole_for_whoever_comes_after(world):
    assert audit.verify()
    assert not Action.objects.exists()


def test_two_workers_who_turn_at_once_open_and_close_a_round_once(committed):
    committed.action(at=AT - 180 * DAY)
    for moment, done in ((AT, "opened"), (AT + 20 * DAY, "closed")):
        got = _at_once(lambda _who, moment=moment: rounds.turn(at=moment))
        assert sorted(len(getattr(one, done)) for one in got) == [0, 0, 0, 1], got
    assert Round.objects.get().closed_at == AT + 20 * DAY
    acts = AuditEntry.objects.filter(act__startswith="round.").values_list("act", flat=True)
    assert sorted(acts) == ["round.closed", "round.opened"]
    assert audit.verify()


def test_of_several_presses_at_once_each_lead_is_sent_one_link(committed):
    row = committed.round()
    got = _at_once(lambda _who: chase.send_links(by=committed.manager, round=row, at=AT))
    assert sorted(one.links for one in got) == [0, 0, 0, 1], got
    assert UpdateLink.objects.filter(withdrawn_at__isnull=True).count() == 1
    assert Mail.objects.count() == 1


def test_workers_who_remind_at_once_remind_each_lead_once(committed):
    row = committed.round()
    chase.send_links(by=committed.manager, round=row, at=AT)
    got = _at_once(lambda _who: rounds.turn(at=AT + 12 * DAY))
    assert sorted(one.reminded for one in got) == [0, 0, 0, 1], got
    assert Mail.objects.filter(kind="reminder").count() == 1
