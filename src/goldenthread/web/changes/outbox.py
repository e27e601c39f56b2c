"""Sending what waits in the outbox: each mail in one pair of hands, tried again, at last given up.

A mail is handed over at most once unless the server said no (decision 0024). These are no changes
with an entry of their own: the mail was told of when it was queued, and its row says what became of
it. Nothing here runs inside a transaction: what was done stands whatever comes next.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import accumulate

from django.db import OperationalError
from django.db.models import F, Q, QuerySet

from goldenthread.web import mails
from goldenthread.web.changes.deed import busy
from goldenthread.web.letterbox import FAULTS, Letterbox, is_set
from goldenthread.web.models import Mail

log = logging.getLogger(__name__)

HOUR = timedelta(hours=1)
_FIRST = (HOUR / 60, HOUR / 12, HOUR / 2, 2 * HOUR)
_GIVES_UP = timedelta(days=3)
# After each try that failed, how long until the next: a minute, and longer each time to six hours.
WAITS = (*_FIRST, *(6 * HOUR,) * -((sum(_FIRST, timedelta()) - _GIVES_UP) // (6 * HOUR)))
"""How long a mail waits after each try that failed; after one more it is given up."""
# Nobody has a mail in hand for longer: whoever had was cut off.
LONGEST = HOUR / 6
MOST = 200


def send_due(
    *, now: Callable[[], datetime], stop: Callable[[], bool] = lambda: False, most: int = MOST
) -> int:
    """Hand every mail whose time has come to the mail server; gives back how many it took.

    ``now`` is asked before each mail and after, ``stop`` before each: where it says so the rest
    waits. At most so many are taken up. Two at once never send the same mail.
    """
    at = now()
    mend(at=at)
    waiting = list(due(at).order_by("not_before", "pk").values_list("pk", flat=True)[:most])
    if not waiting:
        return 0
    sent = 0
    with Letterbox() as box:
        if box.fault:
            put_off(at=at, fault=box.fault)
            return 0
        for key in waiting:
            if stop():
                break
            mail = take_up(key, at=now())
            if mail is None:
                continue
            fault = _hand_over(mail, box)
            settle(mail, fault=fault, at=now())
            sent += not fault
            if fault and FAULTS[fault].all:
                put_off(at=now(), fault=fault)
                break
    return sent


def has_work(at: datetime) -> bool:
    """Whether :func:`send_due` has anything to do: a mail to send, or one to put right."""
    untold = due(at) if is_set() else due(at).exclude(fault="no_server")
    return untold.exists() or _lost(at).exists() or _ahead(at).exists()


def due(at: datetime) -> QuerySet[Mail]:
    """The mails that may go at a moment and that nobody has in hand."""
    return _waiting().filter(in_hand=False, not_before__lte=at)


def _waiting() -> QuerySet[Mail]:
    return Mail.objects.filter(sent_at__isnull=True, gave_up_at__isnull=True)


def take_up(key: int, *, at: datetime) -> Mail | None:
    """Take a mail that is due in hand; None where somebody else has it, or it is due no more.

    One conditional update: of two workers at once one takes it.
    """
    row = Mail.objects.select_related("person").get(pk=key)
    taken = due(at).filter(pk=key, version=row.version)
    if not taken.update(in_hand=True, tried_at=at, tries=row.tries + 1, version=row.version + 1):
        return None
    row.refresh_from_db()
    return row


def _hand_over(mail: Mail, box: Letterbox) -> str:
    """Word a mail and hand it over; what went wrong, one of ``FAULTS``."""
    if not mail.person.is_active:
        return "closed"
    try:
        message = mails.word(mail)
    except Exception as raised:
        # Where, and never what: a fault's own words may hold what the mail is about.
        at = traceback.extract_tb(raised.__traceback__)[-1]
        name = type(raised).__name__
        log.error("mail %s: %s at %s:%s", mail.kind, name, at.filename, at.lineno)
        return "wording"
    return "not_needed" if message is None else box.put(message)


def settle(mail: Mail, *, fault: str, at: datetime) -> None:
    """Keep what became of a mail in hand: sent, to be tried again, or given up.

    Nothing where somebody took it up since, or where it was sent after all. Where the database is
    shut to it, it waits for up to a minute: what was sent and is not noted is in doubt.
    """
    mine = Mail.objects.filter(pk=mail.pk, tried_at=mail.tried_at, sent_at__isnull=True)
    result = _after(mail.tries, fault, at) | {"version": F("version") + 1}
    for last in (False,) * 5 + (True,):
        try:
            mine.update(**result)
        except OperationalError as raised:
            if last or busy(raised) is None:
                raise
        else:
            return


def _after(tries: int, fault: str, at: datetime) -> dict[str, object]:
    if not fault:
        return {"in_hand": False, "fault": "", "sent_at": at, "gave_up_at": None, "left_at": None}
    if FAULTS[fault].again and tries <= len(WAITS):
        return {"in_hand": False, "fault": fault, "not_before": at + WAITS[tries - 1]}
    return {"in_hand": False, "fault": fault, "gave_up_at": at}


def put_off(*, at: datetime, fault: str) -> None:
    """Let all that is due wait, each for as long as after its own tries: the server takes none.

    Where no server is set nothing was tried: it waits until there is one.
    """
    if fault == "no_server":
        due(at).exclude(fault=fault).update(fault=fault)
        return
    for tries in set(due(at).values_list("tries", flat=True)):
        met = due(at).filter(tries=tries)
        met.update(tries=tries + 1, tried_at=at, **_after(tries + 1, fault, at))


def mend(*, at: datetime) -> None:
    """Put right what a crash, or a clock that was set back, left behind.

    A mail that was in hand for longer than any handing over lasts is in doubt, and given up: a
    person decides. What waits for a moment that was reckoned on a clock that ran ahead waits from
    now on for as long as it was meant to.
    """
    for row in _lost(at):
        settle(row, fault="doubt", at=at)
    for row in _ahead(at):
        begun = row.tried_at or row.made_at
        Mail.objects.filter(pk=row.pk, version=row.version).update(
            version=row.version + 1,
            made_at=min(row.made_at, at),
            tried_at=None if row.tried_at is None else min(row.tried_at, at),
            not_before=at + max(row.not_before - begun, timedelta()),
        )


def _lost(at: datetime) -> QuerySet[Mail]:
    """Mails that were left in hand."""
    lost = Q(tried_at__lt=at - LONGEST) | Q(tried_at__gt=at + HOUR)
    return _waiting().filter(lost, in_hand=True)


def _ahead(at: datetime) -> QuerySet[Mail]:
    """Mails whose moments were reckoned on a clock that ran ahead."""
    ahead = Q(made_at__gt=at + HOUR) | Q(tried_at__gt=at + HOUR)
    return _waiting().filter(ahead, in_hand=False)


def longest_wait() -> timedelta:
    """How long a mail that always fails is tried before it is given up.

    >>> longest_wait()
    datetime.timedelta(days=3, seconds=9360)
    """
    return list(accumulate(WAITS, initial=timedelta()))[-1]
