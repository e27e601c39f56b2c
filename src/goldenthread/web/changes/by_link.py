"""What a lead does by a link, without an account: begin, update, take back, ask, say “not mine”.

Nobody is signed in here. Whoever has the address has the signature, and the signature lets them do
these five things, for the link's own person, of the actions that the person's posts answer for on
that day, while the round is open. Each of them is a use of the link (``LinkUse``) and is recorded,
with whether it came from another browser than the first; neither the address nor the browser is.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from goldenthread.errors import Missing, NotAllowed, OutOfStep
from goldenthread.web import audit
from goldenthread.web.changes import mail, review
from goldenthread.web.changes.deed import change, step
from goldenthread.web.changes.review import Shown
from goldenthread.web.changes.standing import restand
from goldenthread.web.changes.words import LINE, words
from goldenthread.web.models import (
    Action,
    DateRequest,
    LinkUse,
    Person,
    TakenBack,
    Update,
    UpdateLink,
)
from goldenthread.web.queries.by_link import action_of, promised
from goldenthread.web.queries.update_links import WHY_NOT, digest, why_not


@change
def begin(*, by: Person, link: UpdateLink, mark: str, at: datetime, key: str = "") -> LinkUse:
    """Begin with a link in a browser, which from then on carries this mark.

    The first that begins is the one that later ones are told from. Who may: whoever has the link,
    for its own person. Recorded: ``link.opened``.
    """
    link = _opened(by, link, at)
    use = _use(link, "opened", at, mark)
    audit.record(by=by, what="link.opened", on=link, facts=_facts(use), at=at)
    return use


@change
def update_by_link(
    *,
    by: Person,
    link: UpdateLink,
    action: Action,
    version: int,
    at: datetime,
    mark: str = "",
    status: str = "",
    rag: str = "",
    done: str = "",
    changed: str = "",
    forecast: date | None = None,
    next_review: date | None = None,
    stops_when: str = "",
    completed_on: date | None = None,
    cause: str = "",
    step: str = "",
    due: date | None = None,
    evidence: Sequence[Shown] = (),
    key: str = "",
) -> Update:
    """Add what there is to say of an action by a link; it speaks of the period of the round.

    What changes: what :func:`review.say` adds, and one use of the link. Who may: whoever has the
    link, for its own person, of an action that a post of theirs answers for that day. Recorded:
    ``action.updated``, with the link. Raises what :func:`review.say` raises, and ``NotAllowed``
    with the rule that shuts the link, or ``not_yours`` for an action of somebody else.
    """
    link = _opened(by, link, at)
    action = _theirs(link, action, at)
    elsewhere = _elsewhere(link, mark)
    update = review.say(
        by=by,
        action=action,
        version=version,
        at=at,
        status=status,
        rag=rag,
        done=done,
        changed=changed,
        forecast=forecast,
        next_review=next_review,
        stops_when=stops_when,
        completed_on=completed_on,
        about=link.round.ends,
        cause=cause,
        step=step,
        due=due,
        evidence=evidence,
        facts={"link": link.public_id, "elsewhere": elsewhere},
    )
    _use(link, "updated", at, mark, action=action, update=update)
    return update


@change
def take_back(
    *,
    by: Person,
    link: UpdateLink,
    update: Update,
    at: datetime,
    mark: str = "",
    key: str = "",
) -> TakenBack:
    """Take back what was sent by a link in this round: it stays, and counts no more.

    What changes: one row that says so, and how the action stands. Who may: whoever has the link,
    for its own person, of what was sent by a link of theirs in the same round. Recorded:
    ``update.taken_back``. Raises ``OutOfStep`` for one that was taken back before.
    """
    link = _opened(by, link, at)
    sent = LinkUse.objects.filter(
        what="updated", update=update, link__round=link.round_id, link__person=by
    )
    if not sent.exists():
        raise NotAllowed(
            "Only what was sent by this link can be taken back here.",
            permission="",
            rule="not_yours",
        )
    if TakenBack.objects.filter(update=update).exists():
        raise OutOfStep("This was taken back already.", do="Say what should stand instead.")
    action = Action.objects.get(pk=update.action_id)
    step(action, action.version)
    row = TakenBack.objects.create(update=update, at=at, by=by)
    Action.objects.filter(pk=action.pk).update(**restand(action))
    use = _use(link, "taken_back", at, mark, action=action, update=update)
    facts = _facts(use) | {"number": update.number}
    audit.record(by=by, what="update.taken_back", on=action, facts=facts, at=at)
    return row


@change
def ask_for_date(
    *,
    by: Person,
    link: UpdateLink,
    action: Action,
    new: str,
    reason: str,
    at: datetime,
    mark: str = "",
    key: str = "",
) -> DateRequest:
    """Ask for another date; the one that is promised stands until somebody agrees.

    ``new`` is the date in words, read as a document's would be. Who may: whoever has the link, for
    its own person, of an action that a post of theirs answers for that day. Recorded:
    ``date.asked_for``. Raises ``Missing`` without a reason or a day that can be read, and
    ``OutOfStep`` where a request of this action waits already.
    """
    link = _opened(by, link, at)
    action = _theirs(link, action, at)
    needs = {}
    text = words(new, name="the new date", most=LINE)
    why = words(reason, name="the reason")
    if not text:
        needs["new"] = "Write the date that you ask for."
    if not why:
        needs["reason"] = "Say why, in plain words."
    if needs:
        raise Missing("Nothing was asked.", needs=needs)
    review.one_day(text, localdate(at))
    waits = DateRequest.objects.filter(action=action, decided_at__isnull=True).first()
    if waits is not None:
        raise OutOfStep(
            "Another date was asked for already, and waits for an answer.",
            yours={"new": text, "reason": why},
            theirs={"new": waits.words, "reason": waits.reason},
            do="Wait for the answer, or tell whoever runs the programme.",
        )
    request = DateRequest.objects.create(
        action=action, promise=promised(action), words=text, reason=why, at=at, by=by
    )
    use = _use(link, "asked_for_a_date", at, mark, action=action)
    facts = _facts(use) | {"request": request.public_id}
    audit.record(by=by, what="date.asked_for", on=action, facts=facts, at=at)
    return request


@change
def say_not_mine(
    *,
    by: Person,
    link: UpdateLink,
    action: Action,
    whose: str,
    at: datetime,
    mark: str = "",
    key: str = "",
) -> LinkUse:
    """Say that an action is somebody else's now, and whose; nothing is handed over by that.

    Who may: whoever has the link, for its own person, of an action that a post of theirs answers
    for that day. Recorded: ``action.not_mine``. Raises ``Missing`` without a word on whose it is.
    """
    link = _opened(by, link, at)
    action = _theirs(link, action, at)
    told = words(whose, name="who should have it", most=LINE)
    if not told:
        raise Missing(
            "Nothing was kept.", needs={"whose": "Say who should have it, or that you do not know."}
        )
    use = _use(link, "not_mine", at, mark, action=action, words=told)
    audit.record(by=by, what="action.not_mine", on=action, facts=_facts(use), at=at)
    return use


# -- what all of them ask --------------------------------------------------------------------------


def _opened(by: Person, link: UpdateLink, at: datetime) -> UpdateLink:
    """The link as it stands, for its own person. Raises ``NotAllowed`` with what shuts it."""
    if by.pk != link.person_id:
        raise NotAllowed("This link is somebody else's.", permission="", rule="not_yours")
    # Locked, so that of two that begin at once one is the first, and none begins once withdrawn.
    link = UpdateLink.objects.select_for_update().get(pk=link.pk)
    if rule := why_not(link, at):
        raise NotAllowed(str(WHY_NOT[rule]), permission="", rule=rule)
    return link


def _theirs(link: UpdateLink, action: Action, at: datetime) -> Action:
    """The action, where the link's person answers for it today. Raises ``NotAllowed`` else."""
    found = action_of(link, action.public_id, localdate(at))
    if found is None:
        raise NotAllowed(
            "This action is not one that you answer for now.", permission="", rule="not_yours"
        )
    return found


def _elsewhere(link: UpdateLink, mark: str) -> bool:
    """Whether a use comes from another browser than the one that began first."""
    return link.first_opened_at is not None and digest(mark) != link.seen


def _use(
    link: UpdateLink,
    what: str,
    at: datetime,
    mark: str,
    action: Action | None = None,
    update: Update | None = None,
    words: str = "",
) -> LinkUse:
    """Keep one use of a link; of one from elsewhere its person is told, once a day."""
    elsewhere = _elsewhere(link, mark)
    if link.first_opened_at is None:
        # A browser that keeps no mark is the first as well, and every later one is elsewhere.
        link.first_opened_at, link.seen = at, digest(mark or secrets.token_hex(16))
        # The row is locked, and its version stays: whoever withdraws it need not know of this.
        link.save(update_fields=["first_opened_at", "seen"])
    use = LinkUse.objects.create(
        link=link,
        at=at,
        what=what,
        action=action,
        update=update,
        words=words,
        mark=digest(mark),
        elsewhere=elsewhere,
    )
    if elsewhere:
        mail.queue(
            kind="link_elsewhere",
            person=link.person,
            key=f"link_elsewhere {link.public_id} {localdate(at)}",
            about=link,
            at=at,
        )
    return use


def _facts(use: LinkUse) -> dict[str, Any]:
    return {"link": use.link.public_id, "elsewhere": use.elsewhere}
