"""A published edition goes from public view: one person asks, a second agrees (decision 0022).

Its content stays in the database, and an auditor alone reads it. What is kept of public pages is
thrown away when any of this is committed.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from goldenthread.errors import Missing
from goldenthread.web import audit
from goldenthread.web.changes.deed import change, step
from goldenthread.web.changes.words import LINE, PARAGRAPH, words
from goldenthread.web.models import Edition, Person, TakeDown
from goldenthread.web.permissions import require
from goldenthread.web.queries import kept

# So long one person alone hides an edition: a weekend, and not a month.
HIDDEN_AT_MOST = timedelta(hours=72)


@change
def ask_takedown(
    *,
    by: Person,
    edition: Edition,
    version: int,
    public_reason: str,
    reason: str,
    at: datetime,
    hide: bool = False,
    key: str = "",
) -> TakeDown:
    """Ask for a published edition to be taken down; with ``hide`` it is hidden at once.

    Hidden it comes back after ``HIDDEN_AT_MOST``, unless a second person agrees before. One edition
    is hidden so once: later requests wait for the second person. Who may: take_down_edition, while
    nobody has asked. Recorded: ``takedown.asked``. Raises ``Missing`` without either reason and for
    a second hiding, ``OutOfStep`` where somebody changed the edition first.
    """
    require(by, "take_down_edition", edition, localdate(at))
    public = words(public_reason, name="public_reason", most=LINE)
    inside = words(reason, name="reason", most=PARAGRAPH)
    needs = {}
    if not public:
        needs["public_reason"] = "Say why, in words that do not repeat what must go."
    if not inside:
        needs["reason"] = "Say what is wrong with it, for whoever decides."
    if hide and edition.takedowns.filter(hidden_until__isnull=False).exists():
        needs["hide"] = "It was hidden before. Leave this blank, and ask the second person now."
    if needs:
        raise Missing("Nothing was asked.", needs=needs)
    step(edition, version)
    row = TakeDown.objects.create(
        edition=edition,
        public_reason=public,
        reason=inside,
        asked_at=at,
        asked_by=by,
        hidden_until=at + HIDDEN_AT_MOST if hide else None,
    )
    facts = {"edition": edition.public_id, "number": edition.number, "hidden": hide}
    audit.record(by=by, what="takedown.asked", on=row, facts=facts, at=at)
    transaction.on_commit(kept.forget_all)
    return row


@change
def agree_takedown(
    *, by: Person, takedown: TakeDown, version: int, at: datetime, key: str = ""
) -> TakeDown:
    """Take an edition down for good: each of its public addresses says so from this moment.

    Who may: agree_takedown, and not the person who asked (unless the body has switched the rule of
    two people off, and then the public page says so). The database holds the same rule. Recorded:
    ``takedown.agreed``. Raises ``OutOfStep`` where somebody decided first.
    """
    require(by, "agree_takedown", takedown, localdate(at))
    alone = not settings.TWO_PEOPLE_PUBLISH and takedown.asked_by_id == by.pk
    step(takedown, version, agreed_at=at, agreed_by=by, alone=alone)
    edition = takedown.edition
    facts = {"edition": edition.public_id, "number": edition.number, "alone": alone}
    audit.record(by=by, what="takedown.agreed", on=takedown, facts=facts, at=at)
    transaction.on_commit(kept.forget_all)
    return takedown


@change
def let_stand(
    *, by: Person, takedown: TakeDown, version: int, reason: str, at: datetime, key: str = ""
) -> TakeDown:
    """Decide that an edition stands after all, with a reason; where it was hidden it is back.

    Who may: let_edition_stand, the person who asked included. Recorded: ``takedown.ended``. Raises
    ``Missing`` without a reason, ``OutOfStep`` where somebody decided first.
    """
    require(by, "let_edition_stand", takedown, localdate(at))
    why = words(reason, name="reason", most=LINE, needed=True)
    step(takedown, version, stands_at=at, stands_by=by, stands_because=why)
    facts = {"edition": takedown.edition.public_id, "number": takedown.edition.number}
    audit.record(by=by, what="takedown.ended", on=takedown, facts=facts, at=at)
    transaction.on_commit(kept.forget_all)
    return takedown


@change
def read_apart(*, by: Person, edition: Edition, at: datetime, key: str = "") -> Edition:
    """Put on record that somebody reads an edition that was taken down; nothing of it changes.

    Who may: read_taken_down. Recorded: ``edition.read_apart``.
    """
    require(by, "read_taken_down", edition, localdate(at))
    facts = {"number": edition.number, "sha256": edition.sha256}
    audit.record(by=by, what="edition.read_apart", on=edition, facts=facts, at=at)
    return edition
