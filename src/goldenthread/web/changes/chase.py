"""Asking leads for their updates: the links of a round, to everybody who is due, and reminders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from goldenthread.errors import Missing
from goldenthread.web import audit
from goldenthread.web.changes import mail, update_links
from goldenthread.web.changes.deed import change
from goldenthread.web.models import Mail, Person, Round, UpdateLink
from goldenthread.web.permissions import require
from goldenthread.web.queries.asked import asked


@dataclass(frozen=True)
class Sent:
    """What a press of the button did: how many leads were sent a link, and how many had one today.

    ``nobody`` is how many actions are due of which nobody can be asked.
    """

    links: int
    today: int
    nobody: int


def send_links(*, by: Person, round: Round, at: datetime, person: Person | None = None) -> Sent:
    """Send everybody who is due the link of a round, or one ``person`` of them alone.

    Each lead is sent one link for all their actions, in a transaction of its own with an entry of
    its own in the audit (``issue_link``): if it ends half way, the next press sends the rest. Who
    was sent one on the same day is sent none. Raises ``NotAllowed`` without send_links, and
    ``Missing`` for a round that is closed and for a person of whom nothing is due.
    """
    require(by, "send_links", round, localdate(at))
    if round.closed_at is not None or localdate(at) > round.closes:
        raise Missing("This round is over, so no link was sent.", do="Keep it open for longer.")
    rows = asked(round, on=localdate(at))
    due = {row.who.person for row in rows if row.state == "due"}
    if person is not None and person.pk not in due:
        raise Missing(
            "Nothing is due of this person in this round today, so no link was sent.",
            do="Look at what they have answered.",
        )
    keys = due if person is None else {person.pk}
    sent = 0
    for somebody in Person.objects.filter(pk__in=keys).order_by("pk"):
        sent += _sent_once(by, round, somebody, at)
    nobody = sum(row.state == "nobody" for row in rows)
    return Sent(sent, len(keys) - sent, nobody)


@transaction.atomic
def _sent_once(by: Person, round_: Round, person: Person, at: datetime) -> bool:
    """Whether somebody was sent a link now; nothing is done where they were sent one today."""
    # Of two presses at once the second waits here, and finds what the first sent.
    Round.objects.select_for_update().get(pk=round_.pk)
    before = UpdateLink.objects.filter(round=round_, person=person, withdrawn_at__isnull=True)
    if any(localdate(link.issued_at) >= localdate(at) for link in before):
        return False
    update_links.issue_link(by=by, round=round_, person=person, at=at)
    return True


@change
def remind(*, by: Person, round: Round, at: datetime, key: str = "") -> Round:
    """Remind everybody who was sent the link of a round and has not answered yet.

    Nobody is reminded twice on a day, on the day of their link, nor more often than the council set
    (``REMINDERS``). Who may: send_links. Recorded: ``round.reminded``, with how many. Raises
    ``Missing`` where there is nobody to remind.
    """
    require(by, "send_links", round, localdate(at))
    if not _reminded(round, at, by=by):
        raise Missing(
            "There is nobody to remind today, so nothing was sent.",
            do="Whoever has not answered has had a link or a reminder today, or as many as the "
            "council allows.",
        )
    return round


def remind_by_clock(round_: Round, *, at: datetime) -> int:
    """Remind, so many days before a round closes, who was never reminded; how many that were."""
    if localdate(at) < round_.closes - timedelta(days=settings.REMIND_BEFORE):
        return 0
    with transaction.atomic():
        return _reminded(round_, at, by=None, first_alone=True)


def _reminded(round_: Round, at: datetime, *, by: Person | None, first_alone: bool = False) -> int:
    now = Round.objects.select_for_update().get(pk=round_.pk)
    on = localdate(at)
    if now.closed_at is not None or on > now.closes or not settings.REMINDERS:
        return 0
    due = {row.who.person for row in asked(now, on=on) if row.state == "due"}
    links = UpdateLink.objects.filter(
        round=now, withdrawn_at__isnull=True, expires_at__gt=at, person__in=due
    ).select_related("person")
    reminders = _before(now)
    sent = 0
    for link in links.order_by("pk"):
        before = reminders.get(link.person_id, [])
        if len(before) >= (1 if first_alone else settings.REMINDERS):
            continue
        if any(localdate(when) >= on for when in (link.issued_at, *before)):
            continue
        mail.queue(
            kind="reminder",
            person=link.person,
            key=f"reminder {now.public_id} {link.person.public_id} {len(before) + 1}",
            about=link,
            at=at,
        )
        sent += 1
    if sent:
        facts = {"people": sent} | ({} if by else {"done_by": "the daily turn of the clock"})
        audit.record(by=by, what="round.reminded", on=now, facts=facts, at=at)
    return sent


def _before(round_: Round) -> dict[int, list[datetime]]:
    """When each person was reminded in a round before."""
    links = UpdateLink.objects.filter(round=round_).values("public_id")
    found: dict[int, list[datetime]] = {}
    for person, made in Mail.objects.filter(
        kind="reminder", about_kind="updatelink", about_id__in=links
    ).values_list("person_id", "made_at"):
        found.setdefault(person, []).append(made)
    return found
