"""The outbox: what is put in it, and what somebody decides of a mail that did not go."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import connection
from django.db.models import F, Model
from django.utils.timezone import localdate

from goldenthread.errors import Missing
from goldenthread.web import audit
from goldenthread.web.changes.deed import change, step
from goldenthread.web.mails import KINDS
from goldenthread.web.models import Mail, Person
from goldenthread.web.permissions import require


def queue(
    *,
    kind: str,
    person: Person,
    key: str,
    at: datetime,
    about: Model | None = None,
    not_before: datetime | None = None,
) -> Mail:
    """Put a mail in the outbox, inside the transaction of the change that it tells of.

    ``key`` tells it from every other mail there ever was, such as ``f"update_link {link.pk}"``: a
    second time it gives the row that is there, sent or not. It goes out soon after the transaction
    is through, or from ``not_before`` on. Raises ``RuntimeError`` outside a transaction, for a mail
    must never go out without its change; ``KeyError`` for a kind that ``mails.KINDS`` does not
    have, ``ValueError`` for a key that is blank or longer than 120: those are slips of ours.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A mail is put in the outbox in the transaction of its change.")
    if not 0 < len(key) <= 120:
        raise ValueError("The key of a mail has 1 to 120 characters.")
    row = Mail(
        key=key,
        kind=KINDS[kind].name,
        person=person,
        about_kind=audit.kind_of(about) if about is not None else "",
        about_id=getattr(about, "public_id", "") if about is not None else "",
        made_at=at,
        not_before=at if not_before is None else max(at, not_before),
    )
    Mail.objects.bulk_create([row], ignore_conflicts=True)
    return Mail.objects.get(key=key)


@change
def try_again(*, by: Person, mail: Mail, version: int, at: datetime, key: str = "") -> Mail:
    """Send a mail that was given up, or that waits for its next try, as soon as may be.

    Who may: keep_outbox. Recorded: ``mail.tried_again``. It is tried as long as a new one. Whoever
    sends one in doubt again may send it twice: the page says so. Raises ``Missing`` where it was
    sent meanwhile, ``OutOfStep`` where somebody or the worker was first.
    """
    require(by, "keep_outbox", mail, localdate(at))
    if mail.sent_at is not None:
        raise Missing("It was sent meanwhile.", do="There is nothing to do.")
    if mail.in_hand:
        raise Missing("It is being sent just now.", do="Look again in ten minutes.")
    step(mail, version, gave_up_at=None, left_at=None, fault="", tries=0, not_before=at)
    _record(by, mail, what="mail.tried_again", at=at)
    return mail


@change
def leave_unsent(*, by: Person, mail: Mail, version: int, at: datetime, key: str = "") -> Mail:
    """Let a mail that was given up stay unsent: it is asked about no more.

    Who may: keep_outbox. Recorded: ``mail.left``. It may still be tried again. Raises ``Missing``
    where it was not given up, ``OutOfStep`` where somebody was first.
    """
    require(by, "keep_outbox", mail, localdate(at))
    if mail.gave_up_at is None:
        raise Missing("It was not given up.", do="Look at the outbox again.")
    step(mail, version, left_at=at)
    _record(by, mail, what="mail.left", at=at)
    return mail


@change
def try_all_again(*, by: Person, at: datetime, key: str = "") -> Person:
    """Send every mail that was given up and that nobody left, but those that may have gone.

    Who may: keep_outbox. Recorded: ``mail.all_tried_again``, with how many. Gives back who asked.
    """
    require(by, "keep_outbox", None, localdate(at))
    given_up = Mail.objects.filter(gave_up_at__isnull=False, left_at__isnull=True)
    again = given_up.exclude(fault="doubt").update(
        gave_up_at=None, fault="", tries=0, not_before=at, version=F("version") + 1
    )
    audit.record(by=by, what="mail.all_tried_again", facts={"mails": again}, at=at)
    return by


@change
def send_trial(*, by: Person, at: datetime, key: str = "") -> Mail:
    """Send oneself a mail that shows that mail is sent.

    Who may: keep_outbox. Recorded: ``mail.trial``.
    """
    require(by, "keep_outbox", None, localdate(at))
    mail = queue(kind="trial", person=by, key=f"trial {secrets.token_hex(8)}", at=at)
    _record(by, mail, what="mail.trial", at=at)
    return mail


def _record(by: Person, mail: Mail, *, what: str, at: datetime) -> None:
    facts = {"to": mail.person.public_id}
    audit.record(by=by, what=what, on=mail, facts=facts, at=at)
