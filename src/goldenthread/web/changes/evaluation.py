"""A directorate's review: its parts, the claims of its closing statement, its looks, its closing.

What was promised and done is never written here: it is counted from the plan's own rows. A closing
freezes all that was said, with its seal; nothing opens it again, and a correction is a dated note.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import IO

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.timezone import localdate

from goldenthread.errors import Missing, OutOfStep
from goldenthread.plan.evaluation import PARTS, WRITTEN, missing, seal, to_json
from goldenthread.timescale import day
from goldenthread.web import audit
from goldenthread.web.changes.deed import change, step
from goldenthread.web.changes.evidence import KINDS_IN_WORDS, kind_of_file
from goldenthread.web.changes.uploads import Store, file_name
from goldenthread.web.changes.words import LINE, words
from goldenthread.web.models import (
    Claim,
    ClaimEvidence,
    Closing,
    ClosingConsultation,
    Committee,
    Consultation,
    Consulted,
    Correction,
    EvaluationPart,
    Evidence,
    EvidenceWithdrawn,
    Holding,
    Look,
    Measure,
    Person,
    Planning,
    Post,
)
from goldenthread.web.permissions import current, require
from goldenthread.web.queries.evaluation import evaluation, findings_of
from goldenthread.web.queries.outgoing import Outgoing

MOST_CLAIMS, MOST_EVIDENCE = 40, 20
LONG = 8_000
_CALLED = {**WRITTEN, "statement": "The closing statement"}


@change
def write_part(
    *,
    by: Person,
    planning: Planning,
    part: str,
    text: str,
    version: int,
    at: datetime,
    key: str = "",
) -> EvaluationPart:
    """Write one part of a review, or the closing statement, anew; what it said before is kept.

    ``version`` is how often it was written before. What was promised and what was done cannot be
    written: both are counted. Who may: keep_planning. Recorded: ``evaluation.written`` with the
    part. Raises ``Missing`` for blank words, words that name somebody or tell of a session, the
    words that stand and a part that is not written by hand; ``OutOfStep`` where somebody wrote it
    first.
    """
    require(by, "keep_planning", planning, localdate(at))
    if part not in _CALLED:
        called = PARTS.get(part)
        raise Missing(
            f"“{called}” is counted from the plan, and cannot be written."
            if called
            else "A review has no such part.",
            do="Go back to the review.",
        )
    said = words(text, name="text", most=LONG)
    _locked(planning)
    last = EvaluationPart.objects.filter(planning=planning, part=part).last()
    if (last.number if last else 0) != version:
        raise OutOfStep(
            "Somebody wrote this part while you were writing.",
            theirs={_CALLED[part]: last.words if last else ""},
            do="Read what now stands, and send what should stand.",
        )
    needs = _naming(planning, text=said)
    if not said:
        needs["text"] = "Write this part."
    elif last is not None and last.words == said:
        needs["text"] = "Nothing would change."
    if needs:
        raise Missing("Nothing was kept.", needs=needs)
    row = EvaluationPart.objects.create(
        planning=planning, part=part, number=version + 1, words=said, at=at, by=by
    )
    told = {"part": part, "times": row.number}
    audit.record(by=by, what="evaluation.written", on=planning, facts=told, at=at)
    return row


# -- claims ----------------------------------------------------------------------------------------


@change
def make_claim(*, by: Person, planning: Planning, text: str, at: datetime, key: str = "") -> Claim:
    """Claim one thing in the closing statement; it needs evidence before the planning can close.

    Who may: keep_planning. Recorded: ``claim.made``. Raises ``Missing`` for blank words, words that
    name somebody, words that are claimed already, and for more claims than anybody reads.
    """
    require(by, "keep_planning", planning, localdate(at))
    said = words(text, name="text", most=LINE)
    _locked(planning)
    standing = Claim.objects.filter(planning=planning, withdrawn_at__isnull=True)
    needs = _naming(planning, text=said)
    if not said:
        needs["text"] = "Say what is claimed."
    elif standing.filter(text=said).exists():
        needs["text"] = "This is claimed already."
    elif standing.count() >= MOST_CLAIMS:
        needs["text"] = f"There are {MOST_CLAIMS} claims already. Withdraw one first."
    if needs:
        raise Missing("The claim was not made.", needs=needs)
    last = Claim.objects.filter(planning=planning).aggregate(last=Max("number"))["last"] or 0
    row = Claim.objects.create(planning=planning, number=last + 1, text=said, at=at, by=by)
    audit.record(by=by, what="claim.made", on=row, facts={"number": row.number}, at=at)
    return row


@change
def withdraw_claim(
    *, by: Person, claim: Claim, reason: str, version: int, at: datetime, key: str = ""
) -> Claim:
    """Withdraw a claim before the planning closes; it stays on record with its reason.

    Who may: keep_planning. Recorded: ``claim.withdrawn``. Raises ``Missing`` without a reason,
    ``OutOfStep`` where somebody withdrew it first.
    """
    require(by, "keep_planning", claim, localdate(at))
    why = words(reason, name="reason", most=LINE)
    if not why:
        raise Missing(
            "The claim was not withdrawn.", needs={"reason": "Say why it is not claimed any more."}
        )
    if claim.withdrawn_at is not None:
        raise OutOfStep("This claim was withdrawn already.", do="Go back to the review.")
    step(claim, version, withdrawn_at=at, withdrawn_because=why, withdrawn_by=by)
    audit.record(by=by, what="claim.withdrawn", on=claim, at=at)
    return claim


@change
def show_claim(
    *,
    by: Person,
    claim: Claim,
    at: datetime,
    text: str = "",
    url: str = "",
    file: IO[bytes] | None = None,
    name: str = "",
    store: Store | None = None,
    measure: Measure | None = None,
    evidence: Evidence | None = None,
    key: str = "",
) -> ClaimEvidence:
    """Give evidence for a claim: a link, a file, what a measure says, or an update's evidence.

    Exactly one of ``url``, ``file`` (with its ``store``), ``measure`` and ``evidence``. A measure
    and an update are of the plan that came of the planning; of a measure its finding of today is
    kept. Who may: keep_planning. Recorded: ``claim.shown`` with what kind it is. Raises ``Missing``
    for none or several of them, for a measure that says nothing, for a thing of another plan, for
    a claim that was withdrawn; ``Unsafe`` for a file that is too large.
    """
    require(by, "keep_planning", claim, localdate(at))
    if claim.withdrawn_at is not None:
        raise Missing("This claim was withdrawn, so it needs no evidence.")
    if claim.evidence.filter(withdrawn__isnull=True).count() >= MOST_EVIDENCE:
        raise Missing("The claim has as much evidence as anybody reads.")
    link = words(url, name="the link", most=1000)
    given = [one for one in (link, file, measure, evidence) if one]
    needs: dict[str, str] = {}
    if len(given) != 1:
        needs["url"] = "Give one thing: a link, a file, a measure, or the evidence of an update."
    said = words(text, name="text", most=LINE)
    needs |= _naming(claim.planning, text=said)
    row = ClaimEvidence(claim=claim, words=said, at=at, by=by)
    if not needs and link:
        row.kind, row.url = "link", link
        needs = _address(link)
    elif not needs and measure is not None:
        row.kind, row.measure = "measure", measure
        row.words = findings_of([measure], on=localdate(at))[measure.pk]
        if measure.plan_id != claim.planning.plan_id:
            needs["measure"] = "Choose a measure of the plan that came of this planning."
        elif not row.words:
            needs["measure"] = "This measure says nothing yet, or counts people."
    elif not needs and evidence is not None:
        row.kind, row.evidence = "update", evidence
        row.words = said or evidence.title
        if evidence.action.plan_id != claim.planning.plan_id:
            needs["evidence"] = "Choose evidence of an action of the plan that came of it."
    elif not needs and file is not None and store is not None:
        row.kind = "file"
        if kind_of_file(file) is None:
            needs["file"] = f"Give a {KINDS_IN_WORDS}."
    if not needs and row.kind in ("link", "file") and not said:
        needs["text"] = "Say what it is, and what it shows."
    if needs:
        raise Missing("The evidence was not kept.", needs=needs)
    if row.kind == "file" and file is not None and store is not None:
        copied = store.keep(file)
        row.name, row.stored = file_name(name), copied.path.name
        row.sha256, row.size = copied.sha256, copied.size
    row.save(force_insert=True)
    told = {"number": claim.number, "kind": row.kind}
    audit.record(by=by, what="claim.shown", on=claim, facts=told, at=at)
    return row


@change
def withdraw_evidence(
    *, by: Person, shown: ClaimEvidence, reason: str, at: datetime, key: str = ""
) -> EvidenceWithdrawn:
    """Take back one piece of evidence before the planning closes; it stays on record.

    The claim stands, and needs other evidence where it had no more. Who may: keep_planning.
    Recorded: ``claim.evidence_withdrawn`` with the claim's number and its kind. Raises ``Missing``
    without a reason, and for words that name somebody; ``OutOfStep`` where somebody took it back
    first.
    """
    claim = shown.claim
    require(by, "keep_planning", claim, localdate(at))
    why = words(reason, name="reason", most=LINE)
    _locked(claim.planning)
    needs = _naming(claim.planning, reason=why)
    if not why:
        needs["reason"] = "Say why it does not show the claim."
    if needs:
        raise Missing("The evidence was not taken back.", needs=needs)
    if EvidenceWithdrawn.objects.filter(shown=shown).exists():
        raise OutOfStep("This evidence was taken back already.", do="Go back to the review.")
    row = EvidenceWithdrawn.objects.create(shown=shown, reason=why, at=at, by=by)
    told = {"number": claim.number, "kind": shown.kind}
    audit.record(by=by, what="claim.evidence_withdrawn", on=claim, facts=told, at=at)
    return row


def _address(link: str) -> dict[str, str]:
    try:
        URLValidator(schemes=["https", "http"])(link)
    except ValidationError:
        return {"url": "Give an address that begins with https://, as the browser shows it."}
    return {}


# -- before it closes ------------------------------------------------------------------------------


@change
def record_look(
    *,
    by: Person,
    planning: Planning,
    on: date | None,
    decided: str,
    next_look: date | None,
    at: datetime,
    key: str = "",
) -> Look:
    """Record that a planning was looked at on a day: what was decided, and when the next look is.

    Who may: keep_planning. Recorded: ``evaluation.looked``. Raises ``Missing`` without a decision,
    for a day before it began or still to come, for a second look on one day, and for a next look
    that is not after it.
    """
    require(by, "keep_planning", planning, localdate(at))
    said = words(decided, name="decided")
    needs = _naming(planning, decided=said)
    if not said:
        needs["decided"] = "Say what was decided, or that nothing was."
    if on is None or not planning.begins <= on <= localdate(at):
        needs["on"] = f"Give a day from {day(planning.begins)} to today."
    elif Look.objects.filter(planning=planning, on=on).exists():
        needs["on"] = "A look on this day is recorded already."
    if on is not None and next_look is not None and next_look <= on:
        needs["next_look"] = "Give a day after this look."
    if needs or on is None:
        raise Missing("The look was not recorded.", needs=needs)
    row = Look.objects.create(
        planning=planning, on=on, decided=said, next_look=next_look, at=at, by=by
    )
    told = {"on": on.isoformat()}
    audit.record(by=by, what="evaluation.looked", on=planning, facts=told, at=at)
    return row


@change
def put_to_bodies(
    *,
    by: Person,
    planning: Planning,
    committees: Sequence[Committee],
    wanted_by: date | None,
    at: datetime,
    key: str = "",
) -> Consultation:
    """Put the closing statement to unions and forums, word for word, with the day they have.

    Its words and its claims are read by whoever reads the plan, and by no other change: what is
    written afterwards was not put to them. Who may: consult, in the planning's directorate.
    Recorded: ``evaluation.put``. Raises ``Missing`` without a plan, a statement, a claim or a body,
    for one that has ended, and for a day that is not to come.
    """
    on = localdate(at)
    require(by, "consult", planning, on)
    needs: dict[str, str] = {}
    held = evaluation(planning, on=on)
    if planning.closed_on is not None:
        needs["committees"] = "This planning is closed."
    elif planning.plan is None or not held.statement or not held.claims:
        needs["committees"] = (
            "Name the plan, write the closing statement and make its claims first."
        )
    elif not committees:
        needs["committees"] = "Choose at least one body."
    elif any(one.ends is not None and one.ends < on for one in committees):
        needs["committees"] = "One of these has ended. Choose bodies that stand."
    if wanted_by is None or wanted_by <= on:
        needs["wanted_by"] = "Give a day that is to come, so that they have time."
    if needs or planning.plan is None or wanted_by is None:
        raise Missing("Nobody was asked.", needs=needs)
    said = [f"{planning.unit.name}: the closing statement of its planning.", held.statement]
    said += [f"Claim {one.number}. {one.words}" for one in held.claims]
    row = Consultation.objects.create(
        plan=planning.plan, words="\n\n".join(said), asked_on=on, wanted_by=wanted_by, at=at, by=by
    )
    asked = {one.pk: one for one in committees}
    Consulted.objects.bulk_create(
        [Consulted(consultation=row, committee=one) for one in asked.values()]
    )
    ClosingConsultation.objects.create(planning=planning, consultation=row)
    told = {"bodies": [one.public_id for one in asked.values()]}
    audit.record(by=by, what="evaluation.put", on=planning, facts=told, at=at)
    return row


# -- closing ---------------------------------------------------------------------------------------


@change
def close_planning(
    *,
    by: Person,
    planning: Planning,
    post: Post,
    version: int,
    at: datetime,
    key: str = "",
) -> Closing:
    """Close a planning on what its review says, for good: all of it is frozen with its seal.

    ``post`` is what the director closes it by. Who may: close_planning. Recorded:
    ``planning.closed`` with the seal. Raises ``Missing`` with a sentence for each thing that is
    missing, for a post that they do not hold, and on a day before it began; ``OutOfStep`` where
    somebody changed the planning first.
    """
    on = localdate(at)
    require(by, "close_planning", planning, on)
    _locked(planning)
    held = evaluation(planning, on=on)
    needs = {f"lacks_{one.what}": one.sentence for one in missing(held)}
    if not Holding.objects.filter(current(on), post=post, person=by).exists():
        needs["post"] = "Close it by a post that you hold."
    if planning.begins > on:
        needs["begins"] = f"It begins on {day(planning.begins)}."
    if needs:
        raise Missing("The planning was not closed.", needs=needs)
    step(planning, version, closed_on=on)
    content = to_json(held)
    try:
        with transaction.atomic():
            row = Closing.objects.create(
                planning=planning,
                post=post,
                on=on,
                content=content,
                sha256=seal(content),
                at=at,
                by=by,
            )
    except IntegrityError:
        raise OutOfStep("Somebody closed this planning first.", do="Look at its review.") from None
    told = {"post": post.public_id, "on": on.isoformat(), "sha256": row.sha256}
    audit.record(by=by, what="planning.closed", on=planning, facts=told, at=at)
    return row


@change
def correct_review(
    *, by: Person, planning: Planning, text: str, at: datetime, key: str = ""
) -> Correction:
    """Note a correction beside a review that is closed; what was frozen stays as it is.

    Who may: correct_review. Recorded: ``evaluation.corrected``. Raises ``Missing`` for a planning
    that is open, blank words, and words that name somebody or tell of a session.
    """
    require(by, "correct_review", planning, localdate(at))
    said = words(text, name="text")
    needs = _naming(planning, text=said)
    if planning.closed_on is None:
        needs["text"] = "This planning is open: write the part anew."
    elif not said:
        needs["text"] = "Say what was wrong, and what is right."
    if needs:
        raise Missing("The correction was not noted.", needs=needs)
    row = Correction.objects.create(planning=planning, words=said, on=localdate(at), at=at, by=by)
    audit.record(by=by, what="evaluation.corrected", on=planning, at=at)
    return row


def _locked(planning: Planning) -> None:
    """Wait for whoever writes in this planning at the same moment."""
    Planning.objects.select_for_update().get(pk=planning.pk)


def _naming(planning: Planning, **said: str) -> dict[str, str]:
    """What points at a person or tells of a session, by the field: anybody may read it one day."""
    return Outgoing.of(planning).needs(any_name=True, **said) if any(said.values()) else {}
