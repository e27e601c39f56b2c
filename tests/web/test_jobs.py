"""Jobs of the clock: begun once, done by the worker of django-tasks, and over when told to stop."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import OperationalError
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from goldenthread.web import jobs
from goldenthread.web.changes import mail as changes
from goldenthread.web.changes import turns
from goldenthread.web.models import Mail, Turn
from web.world import AT, DAY

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LONDON = ZoneInfo("Europe/London")


@pytest.fixture(autouse=True)
def one_connection(monkeypatch):
    """The test's transaction lives in its connection, which a worker would close as too old."""
    for module in (jobs, db_worker):
        monkeypatch.setattr(module, "close_old_connections", lambda: None)


@pytest.fixture
def done(monkeypatch):
    """Jobs of the test's own: what they did, in order."""
    did = []
    daily = jobs.Job(lambda: did.append("daily"), jobs.each_morning)
    monkeypatch.setattr(jobs, "JOBS", {"daily": daily})
    return did


@pytest.fixture
def mail_alone(monkeypatch):
    """No job but that of the outbox."""
    monkeypatch.setattr(jobs, "JOBS", {"mail": jobs.JOBS["mail"]})


def _work(times=1):
    """The worker, for so many looks at what is due."""
    looks = []
    jobs.work(stop=lambda: len(looks) >= times, wait=looks.append)
    return looks


def test_a_mail_that_is_due_goes_at_the_next_look(world, mail_alone, mailoutbox):
    row = changes.queue(kind="trial", person=world.manager, key="a", at=AT)
    with time_machine.travel(AT, tick=False):
        _work(2)
    assert [message.to for message in mailoutbox] == [[world.manager.email]]
    row.refresh_from_db()
    assert row.sent_at == AT
    assert DBTaskResult.objects.successful().count() == 1


def test_a_mail_that_waits_queues_no_job(world, mail_alone, mailoutbox):
    changes.queue(kind="trial", person=world.manager, key="a", at=AT, not_before=AT + HOUR)
    with time_machine.travel(AT, tick=False):
        _work(3)
    assert (mailoutbox, DBTaskResult.objects.count()) == ([], 0)


def test_where_no_server_is_set_jobs_do_not_pile_up(world, mail_alone, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    changes.queue(kind="trial", person=world.manager, key="a", at=AT)
    with time_machine.travel(AT, tick=False):
        _work(5)
    assert DBTaskResult.objects.count() == 1
    assert Mail.objects.get().fault == "no_server"


def test_a_daily_job_is_done_once_a_day_from_six_on(db, done):
    day = datetime(2026, 10, 1, 5, 59, tzinfo=LONDON)
    with time_machine.travel(day, tick=False) as clock:
        _work()
        assert done == []
        clock.shift(MINUTE)
        _work(3)
        assert done == ["daily"]
        clock.shift(23 * HOUR)
        _work()
        clock.shift(HOUR)
        _work(3)
    assert done == ["daily"] * 2


@pytest.mark.parametrize(
    "first",
    [datetime(2027, 3, 26), datetime(2027, 10, 29), datetime(2028, 2, 27), datetime(2026, 12, 30)],
    ids=["into summer time", "out of it", "29 February", "a new year"],
)
def test_each_day_has_its_turn_whatever_its_length(db, done, first):
    moment = first.replace(tzinfo=LONDON).astimezone(UTC)
    with time_machine.travel(moment, tick=False) as clock:
        for _ in range(5 * 24):
            _work()
            clock.shift(HOUR)
    assert done == ["daily"] * 5


def test_days_that_were_missed_are_not_made_up_for_one_by_one(db, done):
    with time_machine.travel(AT, tick=False) as clock:
        _work()
        clock.shift(365 * DAY)
        _work(3)
    assert done == ["daily"] * 2


def test_a_clock_that_ran_a_year_ahead_and_is_put_right_stops_no_job(db, done):
    with time_machine.travel(AT + 365 * DAY, tick=False) as clock:
        _work()
        clock.move_to(AT)
        _work(3)
        clock.shift(DAY)
        _work()
    assert done == ["daily"] * 3


def test_a_job_cut_off_while_the_clock_ran_ahead_is_begun_again(db, done):
    turns.begin("daily", at=AT + 365 * DAY, again=HOUR)
    with time_machine.travel(AT, tick=False):
        _work()
    assert done == ["daily"]


def test_a_job_that_fails_is_tried_again_after_an_hour_and_tells_no_words(db, monkeypatch, caplog):
    tries = []

    def fail():
        tries.append(1)
        raise ValueError("Ms A of the flat above the shop")

    monkeypatch.setattr(jobs, "JOBS", {"daily": jobs.Job(fail, jobs.each_morning)})
    with time_machine.travel(AT, tick=False) as clock:
        _work(3)
        assert len(tries) == 1
        clock.shift(HOUR)
        _work(3)
    assert len(tries) == 2
    kept = DBTaskResult.objects.failed().first()
    assert kept.exception_class_path == "goldenthread.web.jobs.JobFailed"
    assert "ValueError" in kept.traceback
    assert "flat above" not in kept.traceback + caplog.text


def test_of_two_that_begin_a_job_one_is_told_to(db):
    assert turns.begin("daily", at=AT, again=HOUR)
    assert not turns.begin("daily", at=AT + MINUTE, again=HOUR)
    turns.end("daily", at=AT + MINUTE)
    assert turns.begin("daily", at=AT + 2 * MINUTE, again=HOUR)


def test_the_worker_gives_a_sign_of_life_once_a_minute(db, done):
    with time_machine.travel(AT, tick=False) as clock:
        _work()
        clock.shift(30)
        _work()
        assert turns.ended(turns.WORKER) == AT
        clock.shift(30)
        _work()
        assert turns.ended(turns.WORKER) == AT + MINUTE
        clock.move_to(AT - 365 * DAY)
        _work()
    assert turns.ended(turns.WORKER) == AT - 365 * DAY


def test_a_database_that_does_not_answer_is_waited_for_and_said_once(db, done, monkeypatch, caplog):
    def locked(**_):
        raise OperationalError("database is locked")

    monkeypatch.setattr(turns, "sign_of_life", locked)
    assert _work(6) == [10.0, 20.0, 40.0, 60.0, 60.0, 60.0]
    assert len(caplog.records) == 1


def test_jobs_that_were_done_are_forgotten_and_those_cut_off_are_called_failed(db):
    for name in ("old", "new", "cut off", "under way"):
        jobs.do.enqueue(name)
    old, new, cut_off, under_way = DBTaskResult.objects.order_by("enqueued_at")
    for row, more in (
        (old, {"status": "SUCCESSFUL", "finished_at": AT - 8 * DAY}),
        (new, {"status": "SUCCESSFUL", "finished_at": AT - 6 * DAY}),
        (cut_off, {"status": "RUNNING", "started_at": AT - 2 * DAY}),
        (under_way, {"status": "RUNNING", "started_at": AT - HOUR}),
    ):
        DBTaskResult.objects.filter(pk=row.pk).update(**more)
    turns.tidy(at=AT)
    assert {row.pk: row.status for row in DBTaskResult.objects.all()} == {
        new.pk: "SUCCESSFUL",
        cut_off.pk: "FAILED",
        under_way.pk: "RUNNING",
    }


@pytest.mark.parametrize("name", jobs.JOBS)
def test_every_job_may_be_done_twice_and_ends(db, name):
    jobs.do.call(name)
    jobs.do.call(name)
    assert Turn.objects.filter(name=name).count() <= 1
