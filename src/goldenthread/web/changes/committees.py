"""Bodies that meet: begun, changed and ended, what they are for, and who has a seat in them."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from goldenthread.errors import Missing, OutOfStep
from goldenthread.web import audit
from goldenthread.web.changes.deed import change, step
from goldenthread.web.changes.words import words
from goldenthread.web.models import Committee, Membership, Person, Post, Remit, Unit
from goldenthread.web.models.meetings import COMMITTEES, PARTS
from goldenthread.web.permissions import require

NAME, SEAT, LINK, LONG = 160, 200, 1000, 20_000
_LETTER = re.compile(r"[A-Z]{1,4}")


@change
def begin_committee(
    *,
    by: Person,
    unit: Unit,
    name: str,
    kind: str,
    letter: str,
    public: bool,
    begins: date,
    at: datetime,
    asked_before: int = 0,
    key: str = "",
) -> Committee:
    """A body that meets, from a day on, in the unit whose plans it looks at.

    ``letter`` begins the numbers of what it asks; no two bodies ever share one, and numbers go on
    after those that it had given out before (``asked_before``). ``public`` says that its meetings
    are open. Who may: keep_committees in the unit. Recorded: ``committee.begun``.
    Raises ``Missing`` for a kind that there is not, letters that are none or are taken, and a name
    that another body of the unit has.
    """
    require(by, "keep_committees", unit, localdate(at))
    said = _said(name, kind, letter, public)
    _free(said, unit, None)
    if not 0 <= asked_before < 10_000:
        raise Missing("Nothing was kept.", needs={"asked_before": "Give a number up to 9,999."})
    row = Committee.objects.create(unit=unit, begins=begins, asked_before=asked_before, **said)
    audit.record(by=by, what="committee.begun", on=row, facts={"kind": kind}, at=at)
    return row


@change
def change_committee(
    *,
    by: Person,
    committee: Committee,
    name: str,
    kind: str,
    letter: str,
    public: bool,
    version: int,
    at: datetime,
    key: str = "",
) -> Committee:
    """Call a body otherwise, or say that its meetings are open, or no longer.

    Who may: keep_committees. Recorded: ``committee.changed`` with the names of the fields. Letters
    stay once it has asked anything: its numbers were given out. Raises as :func:`begin_committee`
    does, ``OutOfStep`` where somebody changed it first.
    """
    require(by, "keep_committees", committee, localdate(at))
    said = _said(name, kind, letter, public)
    _free(said, committee.unit, committee)
    if said["letter"] != committee.letter and committee.asks.exists():
        raise Missing(
            "The body was not changed.",
            needs={"letter": f"Its requests are numbered {committee.letter} already."},
        )
    fields = sorted(name for name, value in said.items() if getattr(committee, name) != value)
    step(committee, version, **said)
    audit.record(by=by, what="committee.changed", on=committee, facts={"fields": fields}, at=at)
    return committee


@change
def end_committee(
    *, by: Person, committee: Committee, until: date, version: int, at: datetime, key: str = ""
) -> Committee:
    """Say on which day a body met for the last time, or was wound up.

    What changes: every seat ends with that day. What it asked and said stays. Who may:
    keep_committees. Recorded: ``committee.ended``. Raises ``Missing`` for a day before it began and
    while a later meeting of it is still in the calendar.
    """
    require(by, "keep_committees", committee, localdate(at))
    if committee.ends is not None:
        raise OutOfStep("This body has ended already.", do="Read what now stands on its page.")
    if until < committee.begins:
        raise Missing("It cannot end before it began.", needs={"until": "Give a later day."})
    if committee.meetings.filter(on__gt=until, cancelled_at__isnull=True).exists():
        raise Missing(
            "It still has a meeting after that day.",
            needs={"until": "Cancel its later meetings first, or give a later day."},
        )
    step(committee, version, ends=until)
    for seat in committee.memberships.filter(until__isnull=True):
        step(seat, seat.version, until=max(until, seat.since))
    facts = {"until": until.isoformat()}
    audit.record(by=by, what="committee.ended", on=committee, facts=facts, at=at)
    return committee


@change
def agree_remit(
    *,
    by: Person,
    committee: Committee,
    text: str,
    agreed_on: date,
    at: datetime,
    link: str = "",
    review_on: date | None = None,
    key: str = "",
) -> Remit:
    """The terms of reference of a body, as agreed on a day; earlier ones stay on the record.

    ``review_on`` is when they are to be looked at again, None where nobody said. Who may:
    keep_committees. Recorded: ``remit.agreed``. Raises ``Missing`` for blank words, a day that is
    still to come, and a review that is not after the day.
    """
    require(by, "keep_committees", committee, localdate(at))
    said = words(text, name="text", most=LONG, needed=True)
    if agreed_on > localdate(at):
        raise Missing("Nothing was kept.", needs={"agreed_on": "Give a day that has been."})
    if review_on is not None and review_on <= agreed_on:
        raise Missing("Nothing was kept.", needs={"review_on": "Give a day after they are agreed."})
    where = words(link, name="link", most=LINK)
    if where:
        try:
            URLValidator(schemes=["https", "http"])(where)
        except ValidationError:
            raise Missing(
                "Nothing was kept.", needs={"link": "Give an address that begins with https://."}
            ) from None
    row = Remit.objects.create(
        committee=committee,
        words=said,
        link=where,
        agreed_on=agreed_on,
        review_on=review_on,
        at=at,
        by=by,
    )
    audit.record(by=by, what="remit.agreed", on=row, facts={"of": committee.public_id}, at=at)
    return row


@change
def seat(
    *,
    by: Person,
    committee: Committee,
    part: str,
    since: date,
    at: datetime,
    post: Post | None = None,
    text: str = "",
    key: str = "",
) -> Membership:
    """A seat in a body, from a day on: of a post, or in words where the role is no post of ours.

    Who holds the post holds the seat, so a seat never names a person. Who may: keep_committees.
    Recorded: ``seat.taken``. Raises ``Missing`` where both or neither is given, for a part that
    there is not, and for a seat that is taken already.
    """
    require(by, "keep_committees", committee, localdate(at))
    said = words(text, name="text", most=SEAT)
    needs = {}
    if (post is None) == (not said):
        needs["text"] = (
            "Choose a post, or write a role that is no post of the council: one of both."
        )
    if part not in dict(PARTS):
        needs["part"] = "Choose what the seat is."
    if since < committee.begins:
        needs["since"] = "Give a day on which the body stood already."
    if committee.ends is not None:
        needs["since"] = "The body has ended."
    if needs:
        raise Missing("No seat was given.", needs=needs)
    try:
        with transaction.atomic():
            row = Membership.objects.create(
                committee=committee, post=post, words=said, part=part, since=since
            )
    except IntegrityError:
        field = "post" if post is not None else "text"
        raise Missing("No seat was given.", needs={field: "It has a seat already."}) from None
    facts = {"of": committee.public_id, "part": part}
    audit.record(by=by, what="seat.taken", on=row, facts=facts, at=at)
    return row


@change
def end_seat(
    *, by: Person, membership: Membership, until: date, version: int, at: datetime, key: str = ""
) -> Membership:
    """End a seat with a day; that it was held stays on the record.

    Who may: keep_committees. Recorded: ``seat.ended``. Raises ``Missing`` for a day before it
    began, ``OutOfStep`` where it has ended.
    """
    require(by, "keep_committees", membership, localdate(at))
    if membership.until is not None:
        raise OutOfStep("This seat has ended already.", do="Read the page of the body.")
    if until < membership.since:
        raise Missing("It cannot end before it began.", needs={"until": "Give a later day."})
    step(membership, version, until=until)
    audit.record(by=by, what="seat.ended", on=membership, facts={"until": until.isoformat()}, at=at)
    return membership


def _said(name: str, kind: str, letter: str, public: bool) -> dict[str, Any]:
    said = {
        "name": words(name, name="name", most=NAME),
        "kind": kind,
        "letter": words(letter, name="letter", most=NAME).upper(),
        "public": public,
    }
    needs = {}
    if not said["name"]:
        needs["name"] = "Write its name."
    if kind not in dict(COMMITTEES):
        needs["kind"] = "Choose what kind of body it is."
    if not _LETTER.fullmatch(str(said["letter"])):
        needs["letter"] = "Give one to four letters from A to Z."
    if needs:
        raise Missing("The body is not whole, so nothing was kept.", needs=needs)
    return said


def _free(said: dict[str, Any], unit: Unit, this: Committee | None) -> None:
    """Refuse letters that another body has or had, and a name that one of the unit has."""
    others = Committee.objects.all()
    if this is not None:
        others = others.exclude(pk=this.pk)
    needs = {}
    if others.filter(letter=said["letter"]).exists():
        needs["letter"] = "Another body’s requests are numbered so. Choose other letters."
    if others.filter(unit=unit, name=said["name"], ends__isnull=True).exists():
        needs["name"] = "There is a body of this name."
    if needs:
        raise Missing("Nothing was kept.", needs=needs)
