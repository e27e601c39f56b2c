"""Papers for meetings: made from what stands, worded, and issued as files that stay."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal

import msgspec
from django.utils.timezone import localdate

from goldenthread import __version__
from goldenthread.documents.paper import PAPER_FORMATS, left_out, write_paper
from goldenthread.errors import Missing, OutOfStep
from goldenthread.plan.paper import Facts, since_headline
from goldenthread.web import audit, bridge
from goldenthread.web.changes.deed import change, step
from goldenthread.web.changes.uploads import Copied, Store
from goldenthread.web.changes.words import words
from goldenthread.web.models import Meeting, Paper, PaperFile, Person, Plan, Strand
from goldenthread.web.permissions import require
from goldenthread.web.queries import papers as queries

_MOST_DECISIONS = 20
IMPLICATIONS = ("finance", "legal", "people", "equality", "risk")


@change
def make_paper(
    *,
    by: Person,
    plan: Plan,
    meeting: Meeting,
    as_at: date,
    at: datetime,
    strand: Strand | None = None,
    key: str = "",
) -> Paper:
    """Freeze what a body is told of a plan at a meeting, as it stands now, up to a day.

    With a ``strand`` it is told of what belongs to that alone. The words are those of the last
    paper of the same plan for the same body, as far as they do not age: who writes, who leads, the
    wards. Who may: make_paper, in the plan's unit. Recorded: ``paper.made``. Raises ``Missing`` for
    a day to come, one before the last meeting, or a strand without an action of the plan.
    """
    require(by, "make_paper", plan, localdate(at))
    met_on = queries.last_met(meeting, by=as_at)
    needs = {}
    if as_at > localdate(at):
        needs["as_at"] = "Give a day that has been: what is to come cannot be counted."
    elif as_at < plan.begins:
        needs["as_at"] = "The plan had not begun on this day."
    if meeting.cancelled_at is not None:
        needs["meeting"] = "This meeting was cancelled. Choose another."
    if needs:
        raise Missing("The paper was not made.", needs=needs)
    facts = bridge.facts_of(
        meeting.committee,
        plan,
        body=queries.body_of(),
        met_on=met_on,
        as_at=as_at,
        meeting_on=meeting.on,
        known_on=localdate(at),
        strand=strand,
    )
    if strand is not None and not facts.now.actions:
        raise Missing(
            "The paper was not made.",
            needs={"strand": "No action of this plan belongs to this strand."},
        )
    earlier = Paper.objects.filter(plan=plan, meeting__committee=meeting.committee)
    last = earlier.defer("facts").order_by("-made_at", "-pk").first()
    row = Paper.objects.create(
        meeting=meeting,
        plan=plan,
        number=1 + earlier.filter(meeting=meeting).count(),
        since=facts.met_on,
        as_at=as_at,
        facts=_plain(facts),
        headline=since_headline(facts),
        words=_kept(last.words if last is not None else {}),
        made_at=at,
        made_by=by,
    )
    told = {"meeting": meeting.public_id, "plan": plan.public_id, "as_at": as_at.isoformat()}
    audit.record(by=by, what="paper.made", on=row, facts=told, at=at)
    return row


def _plain(facts: Facts) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(facts))
    return plain


def _kept(given: Mapping[str, Any]) -> dict[str, Any]:
    """The words of a paper that the next one begins with."""
    names = ("author", "contact", "lead_member", "wards")
    return {name: given[name] for name in names if given.get(name)}


@change
def word_paper(
    *,
    by: Person,
    paper: Paper,
    purpose: Literal["decision", "information"],
    item: str,
    author: str,
    contact: str,
    lead_member: str,
    wards: str,
    summary: str,
    decisions: Sequence[str],
    background: Sequence[str],
    finance: str,
    legal: str,
    people: str,
    equality: str,
    risk: str,
    version: int,
    at: datetime,
    key: str = "",
) -> Paper:
    """Write an author's words around a paper's facts; the facts stay as they were frozen.

    Who may: make_paper, until it is issued. Recorded: ``paper.worded``. Raises ``Missing`` for a
    paper for decision that asks for none, ``OutOfStep`` where somebody else worded it meanwhile.
    """
    require(by, "make_paper", paper, localdate(at))
    listed = [words(one, name="decisions", most=2_000) for one in decisions if one.strip()]
    needs = {}
    if purpose == "decision" and not listed:
        needs["decisions"] = "Say what the body is asked to decide, or that it is for information."
    if len(listed) > _MOST_DECISIONS:
        needs["decisions"] = f"Ask for {_MOST_DECISIONS} decisions at most."
    if needs:
        raise Missing("The words were not kept.", needs=needs)
    lines = {
        "item": words(item, name="item", most=20),
        "author": words(author, name="author", most=200),
        "contact": words(contact, name="contact", most=300),
        "lead_member": words(lead_member, name="lead_member", most=200),
        "wards": words(wards, name="wards", most=300),
        "summary": words(summary, name="summary"),
    }
    said = {
        "finance": finance,
        "legal": legal,
        "people": people,
        "equality": equality,
        "risk": risk,
    }
    made = {
        "purpose": purpose,
        **lines,
        "decisions": listed,
        "background": [words(one, name="background", most=1_000) for one in background if one],
        "implications": {name: words(said[name], name=name) for name in IMPLICATIONS},
    }
    step(paper, version, words=made)
    audit.record(by=by, what="paper.worded", on=paper, at=at)
    return paper


@change
def issue_paper(
    *,
    by: Person,
    paper: Paper,
    template: bytes | None,
    store: Store,
    version: int,
    at: datetime,
    key: str = "",
) -> Paper:
    """Issue a paper: Word, PDF and page are made from its frozen data, kept, and never change.

    ``template`` is the council's own, and is kept beside them; None for ours. Who may:
    issue_paper, once. Recorded: ``paper.issued`` with the digest and those of the files. Raises
    ``Missing`` where it has no author or no purpose yet, ``OutOfStep`` where its words changed
    meanwhile, and what a template that cannot be used raises.
    """
    require(by, "issue_paper", paper, localdate(at))
    if not paper.words.get("author") or not paper.words.get("purpose"):
        raise Missing(
            "The paper says neither whose report it is nor what it is for.",
            needs={"template": "Word the paper first."},
        )
    if paper.version != version:
        raise OutOfStep(
            "Somebody changed the words of this paper while you were looking at it.",
            do="Read it again, and issue what now stands there.",
        )
    # The day that it bears is that of its issue.
    paper.issued_at = at
    value = bridge.paper_of(paper)
    contents = {name: write_paper(value, name, template=template) for name in PAPER_FORMATS}
    if template is not None:
        contents["template"] = template  # type: ignore[index]
    kept: dict[str, Copied] = {}
    for name, content in contents.items():
        kept[name] = store.keep(io.BytesIO(content))
        PaperFile.objects.create(
            paper=paper,
            format=name,
            stored=kept[name].path.name,
            sha256=kept[name].sha256,
            size=kept[name].size,
            at=at,
        )
    step(
        paper,
        version,
        issued_at=at,
        issued_by=by,
        sha256=queries.digest(value),
        made_with=__version__,
        left_out=list(left_out(template)),
    )
    facts = {"sha256": paper.sha256, **{name: one.sha256 for name, one in kept.items()}}
    audit.record(by=by, what="paper.issued", on=paper, facts=facts, at=at)
    return paper
