"""Whose turn it is: jobs of the clock are begun once, however many workers there are.

No change with an entry in the audit: a row says when each job was last begun and ended, and what a
job does is told by the changes that it makes.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F, Q
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from goldenthread.web.models import Turn

WORKER = "worker"
# A clock that is put right by more was wrong; by less it drifts.
_AHEAD = timedelta(hours=1)
# What a worker that was cut off left as if it were being done; no job lasts so long.
_CUT_OFF = timedelta(days=1)


def begin(name: str, *, at: datetime, again: timedelta) -> bool:
    """Begin a job; whether it is for the asker to do: of two at once one is told so.

    A job that was begun and has not ended may be begun anew after ``again``: whoever had it was cut
    off, or it failed. So it may once the clock was set back.
    """
    Turn.objects.bulk_create([Turn(name=name)], ignore_conflicts=True)
    free = (
        Q(begun_at__isnull=True)
        | Q(ended_at__gte=F("begun_at"))
        | Q(begun_at__lte=at - again)
        | Q(begun_at__gt=at + _AHEAD)
    )
    [row] = Turn.objects.filter(name=name)
    mine = Turn.objects.filter(free, name=name, begun_at=row.begun_at)
    return bool(mine.update(begun_at=at))


def end(name: str, *, at: datetime) -> None:
    """Note that a job was done to its end."""
    Turn.objects.filter(name=name).update(ended_at=at)


def ended(name: str) -> datetime | None:
    """When a job was last done to its end; None where it never was."""
    return Turn.objects.filter(name=name).values_list("ended_at", flat=True).first()


def sign_of_life(*, at: datetime) -> None:
    """Note that a worker is there, at most once a minute."""
    seen = ended(WORKER)
    if seen is None or not timedelta() <= at - seen < timedelta(minutes=1):
        Turn.objects.update_or_create(name=WORKER, defaults={"ended_at": at})


def tidy(*, at: datetime) -> None:
    """Forget jobs that were done a week ago; call those that were cut off failed."""
    cut_off = DBTaskResult.objects.running().filter(started_at__lt=at - _CUT_OFF)
    cut_off.update(status=TaskResultStatus.FAILED, finished_at=at)
    DBTaskResult.objects.finished().filter(finished_at__lt=at - timedelta(days=7)).delete()
