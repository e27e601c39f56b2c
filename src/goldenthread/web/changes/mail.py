"""The outbox: what is put in it, and what somebody decides of a mail that did not go."""

from __future__ import annotations

from datetime import datetime

from django.db import connection
from django.db.models import Model

from goldenthread.web.audit import kind_of
from goldenthread.web.mails import KINDS
from goldenthread.web.models import Mail, Person


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
        about_kind=kind_of(about) if about is not None else "",
        about_id=getattr(about, "public_id", "") if about is not None else "",
        made_at=at,
        not_before=at if not_before is None else max(at, not_before),
    )
    Mail.objects.bulk_create([row], ignore_conflicts=True)
    return Mail.objects.get(key=key)
