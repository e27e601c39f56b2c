"""Links by which leads update without an account: sent, withdrawn, and asked for again.

A link is a row and an address. The row says whose it is and until when; the address is signed when
the mail is worded (``queries/update_links.py``), and nothing that is kept lets anybody in.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db.models import F
from django.utils.timezone import localdate, make_aware

from goldenthread.errors import Missing, NotAllowed
from goldenthread.web import audit
from goldenthread.web.changes import mail
from goldenthread.web.changes.deed import change, step
from goldenthread.web.models import LinkUse, Person, Round, UpdateLink
from goldenthread.web.permissions import require
from goldenthread.web.queries.update_links import last_day, why_not

_DAY = timedelta(days=1)
# So often within a day somebody is sent a new link at their own wish.
ASKED_AT_MOST = 3


@change
def issue_link(
    *, by: Person, round: Round, person: Person, at: datetime, key: str = ""
) -> UpdateLink:
    """Send somebody the link by which they update their actions in a round.

    What changes: the earlier link of the same person and round is withdrawn, one more is made, and
    a mail waits in the outbox. It opens until the round's last day is over, and for
    ``UPDATE_LINK_DAYS`` at most. Who may: send_links. Recorded: ``link.issued``. Raises ``Missing``
    where the round is closed or the person's account is.
    """
    require(by, "send_links", round, localdate(at))
    return _issue(by, round, person, at)


@change
def withdraw_link(
    *, by: Person, link: UpdateLink, version: int, at: datetime, key: str = ""
) -> UpdateLink:
    """Make a link open nothing any more, and send no other.

    Who may: send_links. Recorded: ``link.withdrawn``. Raises ``Missing`` for one that was withdrawn
    before, ``OutOfStep`` where it was used or withdrawn meanwhile.
    """
    require(by, "send_links", link, localdate(at))
    if link.withdrawn_at is not None:
        raise Missing("This link was withdrawn already.", do="There is nothing left to do.")
    step(link, version, withdrawn_at=at)
    audit.record(by=by, what="link.withdrawn", on=link, facts=_facts(link), at=at)
    return link


@change
def ask_for_link(*, by: Person, link: UpdateLink, at: datetime, key: str = "") -> UpdateLink:
    """Send the person of a link another one, to the address that is held of them and no other.

    Whoever asks is told nothing: the same is given back where nothing is sent, which is where the
    round is over, the person's account is closed, somebody withdrew the link, or it was asked
    ``ASKED_AT_MOST`` times within a day. That it was asked is told to whoever sent it. Who may:
    whoever has the link, for its own person. Recorded: ``link.asked_for``.
    """
    if by.pk != link.person_id:
        raise NotAllowed("This link is somebody else's.", permission="", rule="not_yours")
    of_person = LinkUse.objects.filter(link__round=link.round_id, link__person=link.person_id)
    asked = of_person.filter(what="asked_for_a_link", at__gt=at - _DAY).count()
    if asked >= ASKED_AT_MOST:
        audit.record(by=by, what="link.asked_for", on=link, facts={"sent": False}, at=at)
        return link
    LinkUse.objects.create(link=link, at=at, what="asked_for_a_link")
    sends = why_not(link, at) in ("", "replaced", "expired")
    audit.record(by=by, what="link.asked_for", on=link, facts={"sent": sends}, at=at)
    return _made(link.issued_by, link.round, link.person, at) if sends else link


def _issue(by: Person, round: Round, person: Person, at: datetime) -> UpdateLink:
    link = _made(by, round, person, at)
    audit.record(by=by, what="link.issued", on=link, facts=_facts(link), at=at)
    return link


def _made(by: Person, round: Round, person: Person, at: datetime) -> UpdateLink:
    """A new link in place of the one before, with its mail in the outbox."""
    # Of two at once the second waits here, and withdraws what the first made.
    now = Round.objects.select_for_update().get(pk=round.pk)
    if now.closed_at is not None or localdate(at) > now.closes:
        raise Missing("This round is closed, so no link was sent.", do="Open the next round first.")
    if not person.is_active:
        raise Missing(
            "This person's account is closed, so no link was sent.",
            do="Say who holds the post now, and send the link to them.",
        )
    UpdateLink.objects.filter(round=now, person=person, withdrawn_at__isnull=True).update(
        withdrawn_at=at, version=F("version") + 1
    )
    link = UpdateLink.objects.create(
        round=now,
        person=person,
        issued_at=at,
        issued_by=by,
        expires_at=min(
            make_aware(datetime.combine(now.closes + _DAY, time.min)),
            at + timedelta(days=settings.UPDATE_LINK_DAYS),
        ),
    )
    mail.queue(
        kind="update_link", person=person, key=f"update_link {link.public_id}", about=link, at=at
    )
    return link


def _facts(link: UpdateLink) -> dict[str, str]:
    return {
        "person": link.person.public_id,
        "round": link.round.public_id,
        "until": last_day(link).isoformat(),
    }
