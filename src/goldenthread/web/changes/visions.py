"""A directorate's vision: written, put to bodies, signed by name and post, and read again.

Everything is only ever added. A version is signed for oneself; a signature given on paper is
recorded with where the paper is, by somebody who then stands beside it. Signing never touches the
words: a change is a new version, and until that is signed the old one stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from goldenthread.errors import Missing, OutOfStep
from goldenthread.timescale import day
from goldenthread.web import audit
from goldenthread.web.changes.deed import change
from goldenthread.web.changes.words import LINE, PARAGRAPH, words
from goldenthread.web.models import (
    Committee,
    Holding,
    Person,
    Planning,
    Post,
    SignerWithdrawn,
    Vision,
    VisionAnswer,
    VisionAsked,
    VisionRead,
    VisionSignature,
    VisionSigner,
)
from goldenthread.web.models.meetings import STANCES
from goldenthread.web.permissions import current, require
from goldenthread.web.queries.directorates import parts_of
from goldenthread.web.queries.outgoing import Outgoing
from goldenthread.web.queries.visions import is_signed

# A vision that is longer is a plan.
MOST_WORDS = 1_000


@change
def write_vision(
    *,
    by: Person,
    planning: Planning,
    text: str,
    read_again_on: date,
    version: int,
    at: datetime,
    written_with: str = "",
    why: str = "",
    nobody_named: bool = False,
    key: str = "",
) -> Vision:
    """Write a version of the vision; the ones before it stay, and the signed one stands.

    ``version`` is how many versions there were when the form was made. Who may: keep_planning.
    Recorded: ``vision.written``. Raises ``Missing`` without words or a day to come on which it is
    read again, for words that stand already, for a later version without a reason, and for words
    that the public may not read (``queries.outgoing``); ``nobody_named`` says that what looks like
    a name is nobody's. ``OutOfStep`` where somebody wrote one first.
    """
    on = localdate(at)
    require(by, "keep_planning", planning, on)
    said = words(text, name="text", most=MOST_WORDS)
    because = words(why, name="why", most=LINE)
    _locked(planning)
    last = planning.visions.order_by("-number").first()
    count = last.number if last is not None else 0
    if count != version:
        raise OutOfStep(
            "Somebody wrote a version while you were writing.",
            theirs={"text": last.words} if last is not None else {},
            do="Read what now stands, and send what should stand.",
        )
    needs = Outgoing.of(planning).needs(any_name=not nobody_named, text=said)
    if not said:
        needs["text"] = "Write what the directorate wants to be."
    elif last is not None and last.words == said:
        needs["text"] = "These are the words of the version before."
    if read_again_on <= on:
        needs["read_again_on"] = "Give a day to come."
    if last is not None and not because:
        needs["why"] = "Say what this version changes, and why."
    if needs:
        raise Missing("The version was not kept.", needs=needs)
    row = Vision.objects.create(
        planning=planning,
        number=count + 1,
        words=said,
        written_with=words(written_with, name="written with", most=160),
        why=because if last is not None else "",
        read_again_on=read_again_on,
        at=at,
        by=by,
    )
    facts = {"planning": planning.public_id, "number": row.number}
    audit.record(by=by, what="vision.written", on=row, facts=facts, at=at)
    return row


@change
def ask_about_vision(
    *,
    by: Person,
    vision: Vision,
    committees: Sequence[Committee],
    text: str,
    wanted_by: date,
    at: datetime,
    key: str = "",
) -> Vision:
    """Put a version to bodies, from today until a day; each answers in its own words.

    A body that is asked may read this version, and nothing else of the planning. Who may:
    keep_planning. Recorded: ``vision.asked_about`` with the bodies. Raises ``Missing`` for blank
    words, nobody asked, a body that has ended or was asked already, a day that has passed, and a
    version that is not the newest or is signed.
    """
    on = localdate(at)
    require(by, "keep_planning", vision, on)
    said = words(text, name="text", most=PARAGRAPH)
    needs = _not_open(vision, "text")
    chosen = {one.pk: one for one in committees}
    if not said:
        needs["text"] = "Say what they are asked."
    if not chosen:
        needs["committees"] = "Choose at least one body."
    elif any(one.ends is not None and one.ends < on for one in chosen.values()):
        needs["committees"] = "One of these has ended. Choose bodies that stand."
    elif vision.asked.filter(committee__in=chosen).exists():
        needs["committees"] = "One of these was asked about this version already."
    if wanted_by < on:
        needs["wanted_by"] = "Give today or a day to come."
    if needs:
        raise Missing("Nobody was asked.", needs=needs)
    for one in chosen.values():
        VisionAsked.objects.create(
            vision=vision,
            committee=one,
            words=said,
            asked_on=on,
            wanted_by=wanted_by,
            at=at,
            by=by,
        )
    facts = {"number": vision.number, "bodies": [one.public_id for one in chosen.values()]}
    audit.record(by=by, what="vision.asked_about", on=vision, facts=facts, at=at)
    return vision


@change
def answer_about_vision(
    *,
    by: Person,
    asked: VisionAsked,
    stance: str,
    public: bool,
    at: datetime,
    text: str = "",
    key: str = "",
) -> VisionAnswer:
    """What a body that was asked says of a version, in its own words, which nobody can change.

    A later answer takes the place of an earlier one, which stays on record. Who may: record_stance,
    by a seat in the body. Recorded: ``vision.answered``. Raises ``Missing`` without a stance, for
    an objection without words, and for words for the public that it may not read
    (``queries.outgoing``): the body words them anew, or keeps them inside.
    """
    require(by, "record_stance", asked, localdate(at))
    if public and (sentences := Outgoing.of(asked.vision.planning).faults(text)):
        raise Missing("Nothing was recorded.", needs={"text": sentences})
    row = _answer(asked, stance, text, localdate(at), "", public, by, at)
    facts = {"of": asked.committee.public_id, "stance": stance, "public": public}
    audit.record(by=by, what="vision.answered", on=row, facts=facts, at=at)
    return row


@change
def record_vision_answer(
    *,
    by: Person,
    vision: Vision,
    asked: VisionAsked,
    stance: str,
    said_on: date,
    source: str,
    at: datetime,
    text: str = "",
    key: str = "",
) -> VisionAnswer:
    """What a body said of a version elsewhere, as its minutes have it; never public.

    Who may: keep_planning. Recorded: ``vision.answer_recorded``. Raises ``Missing`` without a
    stance or where it was said, for an objection without words, a day to come or before it was
    asked, a body that was not asked about this version, and one that answered here itself.
    """
    require(by, "keep_planning", vision, localdate(at))
    where = words(source, name="source", most=LINE)
    needs = {}
    if asked.vision_id != vision.pk:
        needs["asked"] = "Choose a body that was asked about this version."
    elif asked.answers.filter(source="").exists():
        needs["asked"] = "This body answered here itself, and nobody speaks over it."
    if not where:
        needs["source"] = "Say where it said so, such as its minutes of a day."
    if not asked.asked_on <= said_on <= localdate(at):
        needs["said_on"] = f"Give a day from {day(asked.asked_on)} to today."
    if needs:
        raise Missing("Nothing was recorded.", needs=needs)
    row = _answer(asked, stance, text, said_on, where, False, by, at)
    facts = {"of": asked.committee.public_id, "stance": stance, "source": where}
    audit.record(by=by, what="vision.answer_recorded", on=row, facts=facts, at=at)
    return row


@change
def ask_signatures(
    *, by: Person, vision: Vision, posts: Sequence[Post], at: datetime, key: str = ""
) -> Vision:
    """Say whose signatures a version takes: posts of the leadership of the directorate.

    Who may: keep_planning. Recorded: ``vision.signatures_asked`` with the posts. Raises ``Missing``
    for no post, one of another part of the council, one that has ended or was asked already, and
    for a version that is not the newest or is signed.
    """
    on = localdate(at)
    require(by, "keep_planning", vision, on)
    needs = _not_open(vision, "posts")
    chosen = {one.pk: one for one in posts}
    parts = parts_of(vision.planning.unit_id)
    if not chosen:
        needs["posts"] = "Choose at least one post."
    elif any(one.unit_id not in parts for one in chosen.values()):
        needs["posts"] = "Choose posts of this directorate."
    elif any(one.ends is not None and one.ends < on for one in chosen.values()):
        needs["posts"] = "One of these posts has ended."
    elif vision.signers.filter(post__in=chosen, withdrawn__isnull=True).exists():
        needs["posts"] = "One of these was asked already."
    if needs:
        raise Missing("Nobody was asked to sign.", needs=needs)
    for one in chosen.values():
        turn = vision.signers.filter(post=one).count() + 1
        VisionSigner.objects.create(vision=vision, post=one, turn=turn, at=at, by=by)
    facts = {"number": vision.number, "posts": [one.public_id for one in chosen.values()]}
    audit.record(by=by, what="vision.signatures_asked", on=vision, facts=facts, at=at)
    return vision


@change
def withdraw_signer(
    *, by: Person, vision: Vision, post: Post, reason: str, at: datetime, key: str = ""
) -> SignerWithdrawn:
    """Ask a post to sign a version no more, before it has signed; both stay on record.

    Where every other post that was asked has signed, the version stands from now on. Who may:
    keep_planning. Recorded: ``vision.signer_withdrawn`` with the post. Raises ``Missing`` without a
    reason, for a post that is not asked or has signed, and for a version that is not the newest or
    is signed.
    """
    require(by, "keep_planning", vision, localdate(at))
    why = words(reason, name="reason", most=LINE)
    _locked(vision.planning)
    needs = _not_open(vision, "post") | _not_asked(vision, post)
    if not needs and vision.signatures.filter(post=post).exists():
        needs["post"] = "This post has signed, and a signature is not taken back for anybody."
    if not why:
        needs["reason"] = "Say why this post does not sign."
    if needs:
        raise Missing("The post is still asked.", needs=needs)
    signer = vision.signers.get(post=post, withdrawn__isnull=True)
    row = SignerWithdrawn.objects.create(signer=signer, reason=why, at=at, by=by)
    facts = {"number": vision.number, "post": post.public_id}
    audit.record(by=by, what="vision.signer_withdrawn", on=vision, facts=facts, at=at)
    return row


@change
def sign_vision(
    *, by: Person, vision: Vision, post: Post, at: datetime, key: str = ""
) -> VisionSignature:
    """Sign a version today, for oneself, by a post that one holds and that was asked.

    Who may: sign_vision. Recorded: ``vision.signed``. Raises ``Missing`` for a post that was not
    asked or that somebody else holds, and for a version that is not the newest or is signed;
    ``OutOfStep`` where it was signed for this post already.
    """
    on = localdate(at)
    require(by, "sign_vision", vision, on)
    _locked(vision.planning)
    needs = _not_open(vision, "post") | _not_asked(vision, post)
    if not needs and not Holding.objects.filter(current(on), post=post, person=by).exists():
        needs["post"] = "Sign by a post that you hold: nobody signs for another."
    if needs:
        raise Missing("The vision was not signed.", needs=needs)
    row = _sign(vision, post, by, on, "", by, at)
    facts = {"number": vision.number, "post": post.public_id, "on": on.isoformat()}
    audit.record(by=by, what="vision.signed", on=row, facts=facts, at=at)
    return row


@change
def record_signature(
    *,
    by: Person,
    vision: Vision,
    post: Post,
    on: date,
    paper: str,
    at: datetime,
    key: str = "",
) -> VisionSignature:
    """Record a signature that was given on paper on a day, and where that paper is kept.

    It is that of whoever held the post on that day; who recorded it stands beside it. Who may:
    keep_planning. Recorded: ``vision.signature_recorded``. Raises ``Missing`` without the paper,
    for a day to come or before the version was written, a post that was not asked or that nobody
    held, one's own, and a version that is not the newest or is signed; ``OutOfStep`` where it was
    signed for this post already.
    """
    require(by, "keep_planning", vision, localdate(at))
    where = words(paper, name="paper", most=LINE)
    _locked(vision.planning)
    needs = _not_open(vision, "post") | _not_asked(vision, post)
    held = Holding.objects.filter(current(on), post=post).select_related("person").first()
    if not needs and held is None:
        needs["post"] = "Nobody held this post on that day."
    elif held is not None and held.person_id == by.pk:
        needs["post"] = "This post is your own: sign for yourself."
    if not localdate(vision.at) <= on <= localdate(at):
        needs["on"] = f"Give a day from {day(localdate(vision.at))} to today."
    if not where:
        needs["paper"] = "Say where the signed paper is kept."
    if needs or held is None:
        raise Missing("The signature was not recorded.", needs=needs)
    row = _sign(vision, post, held.person, on, where, by, at)
    facts = {"number": vision.number, "post": post.public_id, "on": on.isoformat(), "paper": where}
    audit.record(by=by, what="vision.signature_recorded", on=row, facts=facts, at=at)
    return row


@change
def read_vision_again(
    *,
    by: Person,
    vision: Vision,
    text: str,
    again_on: date,
    at: datetime,
    key: str = "",
) -> VisionRead:
    """Say that the signed version was read again today and stands, and when it is read next.

    Who may: keep_planning. Recorded: ``vision.read_again``. Raises ``Missing`` without words, for a
    day that has been, and for a version that does not stand.
    """
    on = localdate(at)
    require(by, "keep_planning", vision, on)
    said = words(text, name="text", most=LINE)
    needs = {}
    if not said:
        needs["text"] = "Say who read it and what they found."
    if again_on <= on:
        needs["again_on"] = "Give a day to come."
    later = Vision.objects.filter(planning=vision.planning_id, number__gt=vision.number)
    if not is_signed(vision) or any(is_signed(one) for one in later):
        needs["text"] = "This version does not stand: read the one that does."
    if needs:
        raise Missing("Nothing was recorded.", needs=needs)
    row = VisionRead.objects.create(
        vision=vision, on=on, words=said, again_on=again_on, at=at, by=by
    )
    facts = {"number": vision.number, "again_on": again_on.isoformat()}
    audit.record(by=by, what="vision.read_again", on=row, facts=facts, at=at)
    return row


def _locked(planning: Planning) -> None:
    """Wait for whoever writes a version of this planning at the same moment."""
    Planning.objects.select_for_update().get(pk=planning.pk)


def _not_open(vision: Vision, field: str) -> dict[str, str]:
    """Why nothing more is said of a version: a later one was written, or all have signed it."""
    if Vision.objects.filter(planning=vision.planning_id, number__gt=vision.number).exists():
        return {field: "A later version was written: go on with that one."}
    if is_signed(vision):
        return {field: "This version is signed. A change is a new version."}
    return {}


def _not_asked(vision: Vision, post: Post) -> dict[str, str]:
    if vision.signers.filter(post=post, withdrawn__isnull=True).exists():
        return {}
    return {"post": "This post was not asked to sign this version."}


def _sign(
    vision: Vision, post: Post, person: Person, on: date, paper: str, by: Person, at: datetime
) -> VisionSignature:
    """The signature, once for a post. Raises ``OutOfStep`` for a second one."""
    try:
        with transaction.atomic():
            return VisionSignature.objects.create(
                vision=vision, post=post, person=person, on=on, paper=paper, at=at, by=by
            )
    except IntegrityError:
        raise OutOfStep(
            "It was signed for this post already.", do="Look at its signatures."
        ) from None


def _answer(
    asked: VisionAsked,
    stance: str,
    text: str,
    on: date,
    source: str,
    public: bool,
    by: Person,
    at: datetime,
) -> VisionAnswer:
    said = words(text, name="text", most=PARAGRAPH)
    needs = {}
    if stance not in dict(STANCES):
        needs["stance"] = "Choose what the body says."
    elif stance in ("supports_with_objections", "objects") and not said:
        needs["text"] = "Say what the body objects to, in its own words."
    if needs:
        raise Missing("Nothing was recorded.", needs=needs)
    return VisionAnswer.objects.create(
        asked=asked, stance=stance, words=said, on=on, source=source, public=public, at=at, by=by
    )
