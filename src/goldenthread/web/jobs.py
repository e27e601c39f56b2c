"""The work that nobody waits for: what is due in the outbox, and what the clock brings.

A job is one line in ``JOBS``. It is queued by its name and done by django-tasks' database worker;
what it does is in ``web.changes``. Each is safe to do twice, and by two workers at once.
"""

from __future__ import annotations

import logging
import secrets
import traceback
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import DatabaseError, close_old_connections, transaction
from django.utils import timezone
from django_tasks import task
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from goldenthread.web.changes import outbox, rounds, turns

log = logging.getLogger(__name__)

# Whether whoever does the jobs was told to stop: a long one asks.
_stopping: ContextVar[Callable[[], bool]] = ContextVar("stopping", default=lambda: False)
# The council's people are at their desks soon after.
MORNING = time(6)
# How often the worker looks for what is due, in seconds.
PAUSE = 5.0


@dataclass(frozen=True)
class Job:
    """A job of the clock: what it does, and when it is due.

    ``due`` is asked with the moment and with when it last ended. ``again`` is how long one that was
    begun and has not ended is left alone: then it failed, or its worker was cut off.
    """

    deed: Callable[[], object]
    due: Callable[[datetime, datetime | None], bool]
    again: timedelta = timedelta(hours=1)


def each_morning(at: datetime, ended: datetime | None) -> bool:
    """Whether a job of every day is due: once on each day of the council's own clock, from six.

    A day that was missed is not made up for: what such a job does is what is due by then.

    >>> from datetime import UTC
    >>> six = datetime(2026, 3, 29, 5, tzinfo=UTC)  # summer time began in the night
    >>> each_morning(six, six - timedelta(days=1)), each_morning(six + timedelta(hours=9), six)
    (True, False)
    """
    local = timezone.localtime(at)
    return local.time() >= MORNING and (
        ended is None or timezone.localtime(ended).date() != local.date()
    )


JOBS: Mapping[str, Job] = {
    "mail": Job(
        lambda: outbox.send_due(now=timezone.now, stop=_stopping.get()),
        lambda at, _ended: outbox.has_work(at),
        again=timedelta(seconds=30),
    ),
    "rounds": Job(lambda: rounds.turn(at=timezone.now()), each_morning),
    "tidy": Job(lambda: turns.tidy(at=timezone.now()), each_morning),
}
"""Every job of the clock, by its name."""


class JobFailed(Exception):
    """A job that failed: where and of what kind, without the words of the fault."""


@task()
def do(name: str) -> None:
    """Do the job of this name to its end. Raises ``JobFailed``, which holds no value of a row."""
    try:
        JOBS[name].deed()
    except Exception as raised:
        at = traceback.extract_tb(raised.__traceback__)[-1]
        where = f"{type(raised).__name__} at {at.filename}:{at.lineno}"
        log.error("The job “%s” failed: %s", name, where)
        # What is raised here is kept in the database, with the words of what was raised before.
        raise JobFailed(where) from None
    turns.end(name, at=timezone.now())


def queue_due(*, at: datetime) -> list[str]:
    """Queue the jobs whose time has come; gives back their names."""
    queued = []
    for name, job in JOBS.items():
        if not job.due(at, turns.ended(name)):
            continue
        with transaction.atomic():
            if turns.begin(name, at=at, again=job.again):
                do.enqueue(name)
                queued.append(name)
    return queued


def do_queued() -> None:
    """Do every job that is queued, with django-tasks' own worker."""
    if not DBTaskResult.objects.ready().exists():
        return
    Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=secrets.token_hex(8),
    ).run()


def work(*, stop: Callable[[], bool], wait: Callable[[float], object]) -> None:
    """Do the jobs of the clock until ``stop`` says so; ``wait`` waits so many seconds, or less.

    A job under way is finished first. A database that does not answer is waited for, longer and
    longer up to a minute, and said so once.
    """
    _stopping.set(stop)
    pause = PAUSE
    while not stop():
        try:
            at = timezone.now()
            turns.sign_of_life(at=at)
            queue_due(at=at)
            do_queued()
        except DatabaseError as raised:
            if pause == PAUSE:
                log.error("The jobs wait for the database: %s", type(raised).__name__)
            pause = min(pause * 2, 60.0)
        else:
            pause = PAUSE
        close_old_connections()
        wait(pause)
