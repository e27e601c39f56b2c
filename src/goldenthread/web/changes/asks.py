"""What bodies ask: numbered when it is asked, answered in words, opened again by the body alone."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Max
from django.utils.timezone import localdate

from goldenthread.errors import Missing, OutOfStep
from goldenthread.web import audit
from goldenthread.web.changes.deed import change, step
from goldenthread.web.changes.words import LINE, words
from goldenthread.web.models import (
    Action,
    Answer,
    Ask,
    Committee,
    Meeting,
    Person,
    Post,
    Recommendation,
)
from goldenthread.web.permissions import require

KINDS = ("request", "resolution")
MEMBER, LINK = 120, 1000
# Only who was elected or appointed to the body in public is named: never a member of staff.
_MEMBERS = re.compile(
    r"(councillor|cllr|the mayor|mayor|deputy mayor|alderman|co-opted member)\b", re.IGNORECASE
)


@change
def record_ask(
    *,
    by: Person,
    committee: Committee,
    text: str,
    asked_on: date,
    at: datetime,
    kind: str = "request",
    meeting: Meeting | None = None,
    member: str = "",
    post: Post | None = None,
    due: date | None = None,
    about: Action | Recommendation | None = None,
    key: str = "",
) -> Ask:
    """What a body asked for or resolved, in its words, under its next number.

    ``member`` is who asked, where that was a councillor: nobody else is named. ``post`` is who is
    to answer, by ``due``; ``about`` the action or recommendation that it is of. Who may: record_ask
    for the body, and read_register for what it is about. Recorded: ``ask.recorded``. Raises
    ``Missing`` for blank words, a day to come, an answer wanted before it was asked, a meeting of
    another body, and a name that is no Member's.
    """
    on = localdate(at)
    require(by, "record_ask", committee, on)
    said = words(text, name="text", needed=True)
    who = words(member, name="member", most=MEMBER)
    needs: dict[str, str] = {}
    if kind not in KINDS:
        needs["kind"] = "Choose whether it asked or resolved."
    if asked_on > on:
        needs["asked_on"] = "Give a day that has been."
    if due is not None and due < asked_on:
        needs["due"] = "Give a day after it was asked."
    if meeting is not None and meeting.committee_id != committee.pk:
        needs["meeting"] = "Choose a meeting of this body."
    if who and not _MEMBERS.match(who):
        needs["member"] = "Name a Member alone, such as Councillor Ahmed, or leave this blank."
    if needs:
        raise Missing("Nothing was recorded.", needs=needs)
    return _asked(
        committee,
        by,
        at,
        words=said,
        kind=kind,
        meeting=meeting,
        member=who,
        asked_on=asked_on,
        post=post,
        due=due,
        **_of(by, about, on),
    )


@change
def direct_ask(
    *,
    by: Person,
    ask: Ask,
    post: Post | None,
    due: date | None,
    version: int,
    at: datetime,
    about: Action | Recommendation | None = None,
    key: str = "",
) -> Ask:
    """Say which post is to answer, by when, and what action or recommendation it is of.

    The words, the number and the day never change. Who may: record_ask for the body. Recorded:
    ``ask.directed`` with the names of the fields. Raises ``Missing`` for a day before it was asked,
    ``OutOfStep`` where somebody changed it first.
    """
    on = localdate(at)
    require(by, "record_ask", ask.committee, on)
    if due is not None and due < ask.asked_on:
        raise Missing("Nothing was changed.", needs={"due": "Give a day after it was asked."})
    said = {"post": post, "due": due, **_of(by, about, on)}
    fields = sorted(name for name, value in said.items() if getattr(ask, name) != value)
    step(ask, version, **said)
    audit.record(by=by, what="ask.directed", on=ask, facts={"fields": fields}, at=at)
    return ask


@change
def answer_ask(
    *,
    by: Person,
    ask: Ask,
    text: str,
    whole: bool,
    answered_on: date,
    version: int,
    at: datetime,
    link: str = "",
    key: str = "",
) -> Answer:
    """Answer an ask, in full or in part, in words that stay as they are.

    Who may: answer_ask. Recorded: ``ask.answered``. A later answer is added to the earlier ones.
    Raises ``Missing`` for blank words, a day outside its life, and an ask that was answered in full
    or withdrawn; ``OutOfStep`` where somebody answered or changed it first.
    """
    require(by, "answer_ask", ask, localdate(at))
    said = words(text, name="text", needed=True)
    where = _link(link)
    if not ask.asked_on <= answered_on <= localdate(at):
        raise Missing(
            "Nothing was answered.",
            needs={"answered_on": "Give a day between the day it was asked and today."},
        )
    if ask.withdrawn_on is not None or ask.answers.filter(whole=True).exists():
        raise OutOfStep(
            "This was answered in full, or withdrawn, while you were writing.",
            do="Read what stands on its page.",
        )
    step(ask, version)
    row = Answer.objects.create(
        ask=ask, words=said, whole=whole, link=where, on=answered_on, at=at, by=by
    )
    facts = {"of": ask.public_id, "whole": whole}
    audit.record(by=by, what="ask.answered", on=row, facts=facts, at=at)
    return row


@change
def ask_again(
    *,
    by: Person,
    ask: Ask,
    text: str,
    reason: str,
    asked_on: date,
    at: datetime,
    due: date | None = None,
    meeting: Meeting | None = None,
    key: str = "",
) -> Ask:
    """Open an ask again that was answered: another of the body, joined to the earlier, with why.

    It goes to the same post, of the same action or recommendation. Who may: record_ask for the
    body. Recorded: ``ask.recorded``. Raises ``Missing`` where it was not answered in full, was
    opened again already, has no reason, or has days in the wrong order.
    """
    on = localdate(at)
    require(by, "record_ask", ask.committee, on)
    said = words(text, name="text", needed=True)
    why = words(reason, name="reason", most=LINE, needed=True)
    if not ask.answers.filter(whole=True).exists() or Ask.objects.filter(follows=ask).exists():
        raise Missing("It is open already, or another ask has opened it again.")
    answered = max(answer.on for answer in ask.answers.all())
    needs = {}
    if not answered <= asked_on <= on:
        needs["asked_on"] = "Give a day between its answer and today."
    if due is not None and due < asked_on:
        needs["due"] = "Give a day after it was asked."
    if meeting is not None and meeting.committee_id != ask.committee_id:
        needs["meeting"] = "Choose a meeting of this body."
    if needs:
        raise Missing("It was not opened again.", needs=needs)
    return _asked(
        ask.committee,
        by,
        at,
        words=said,
        kind=ask.kind,
        meeting=meeting,
        asked_on=asked_on,
        post=ask.post,
        due=due,
        action=ask.action,
        recommendation=ask.recommendation,
        follows=ask,
        reason=why,
    )


@change
def withdraw_ask(
    *, by: Person, ask: Ask, reason: str, version: int, at: datetime, key: str = ""
) -> Ask:
    """Say that the body no longer wants an answer, and why; the ask keeps its number.

    Who may: record_ask for the body. Recorded: ``ask.withdrawn``. Raises ``Missing`` without a
    reason or where it was answered in full, ``OutOfStep`` where somebody changed it first.
    """
    require(by, "record_ask", ask.committee, localdate(at))
    why = words(reason, name="reason", most=LINE, needed=True)
    if ask.withdrawn_on is not None or ask.answers.filter(whole=True).exists():
        raise Missing("It was answered or withdrawn already.")
    step(ask, version, withdrawn_on=localdate(at), withdrawn_why=why)
    audit.record(by=by, what="ask.withdrawn", on=ask, at=at)
    return ask


def _asked(
    committee: Committee,
    by: Person,
    at: datetime,
    **said: Any,  # noqa: ANN401
) -> Ask:
    """The next ask of a body; two at once wait for each other, so that each has its number."""
    Committee.objects.select_for_update().get(pk=committee.pk)
    last = Ask.objects.filter(committee=committee).aggregate(last=Max("number"))["last"]
    row = Ask.objects.create(
        committee=committee, number=(last or committee.asked_before) + 1, by=by, at=at, **said
    )
    facts = {"of": committee.public_id, "number": row.number}
    audit.record(by=by, what="ask.recorded", on=row, facts=facts, at=at)
    return row


def _of(by: Person, about: Action | Recommendation | None, on: date) -> dict[str, Any]:
    """The thing that an ask is of, which somebody must be able to read to name it."""
    if about is not None:
        require(by, "read_register", about, on)
    return {
        "action": about if isinstance(about, Action) else None,
        "recommendation": about if isinstance(about, Recommendation) else None,
    }


def _link(link: str) -> str:
    found = words(link, name="link", most=LINK)
    if found:
        try:
            URLValidator(schemes=["https", "http"])(found)
        except ValidationError:
            raise Missing(
                "Nothing was answered.",
                needs={
                    "link": "Give an address that begins with https://, as the browser shows it."
                },
            ) from None
    return found
