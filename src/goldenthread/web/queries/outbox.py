"""The outbox as its keeper sees it: what was not sent, what waits and what went; no words of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from goldenthread.web.models import Mail, Person, Turn
from goldenthread.web.permissions import may

# Of each list as many are shown; the counts are of all.
MOST = 100
RECENT = timedelta(days=30)
# A worker gives a sign of life each minute.
_THERE = timedelta(minutes=10)


@dataclass(frozen=True)
class Outbox:
    """What stands in the outbox: the newest of each kind, and how many there are of it.

    ``sent`` are those of the last thirty days. ``worker_seen`` is when whoever sends them last gave
    a sign of life; ``worker_gone`` where that is too long ago.
    """

    unsent: tuple[Mail, ...] = ()
    unsent_count: int = 0
    waiting: tuple[Mail, ...] = ()
    waiting_count: int = 0
    sent: tuple[Mail, ...] = ()
    sent_count: int = 0
    worker_seen: datetime | None = None
    worker_gone: bool = False

    @property
    def again(self) -> int:
        """How many of those that were given up, and are shown, surely did not go."""
        return sum(mail.fault != "doubt" for mail in self.unsent)


def outbox(*, for_: Person, at: datetime, as_at: date) -> Outbox:
    """The outbox, for who may keep it; empty for everybody else. Eight queries at most."""
    if not may(for_, "keep_outbox", None, as_at):
        return Outbox()
    mails = Mail.objects.select_related("person")
    unsent = mails.filter(gave_up_at__isnull=False, left_at__isnull=True)
    waiting = mails.filter(sent_at__isnull=True, gave_up_at__isnull=True)
    sent = mails.filter(sent_at__gte=at - RECENT)
    seen = worker_seen()
    return Outbox(
        unsent=tuple(unsent.order_by("-gave_up_at", "-pk")[:MOST]),
        unsent_count=unsent.count(),
        waiting=tuple(waiting.order_by("not_before", "pk")[:MOST]),
        waiting_count=waiting.count(),
        sent=tuple(sent.order_by("-sent_at", "-pk")[:MOST]),
        sent_count=sent.count(),
        worker_seen=seen,
        worker_gone=seen is None or not -_THERE < at - seen < _THERE,
    )


def worker_seen() -> datetime | None:
    """When whoever does the jobs last gave a sign of life; None where nobody ever did."""
    return Turn.objects.filter(name="worker").values_list("ended_at", flat=True).first()
