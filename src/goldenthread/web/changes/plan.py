"""A plan's way in and out: a document is received, read, settled, adopted, and published by two."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import IO, Any

from django.conf import settings
from django.db.models import Max
from django.utils.timezone import localdate

from goldenthread import documents
from goldenthread.documents import PlanDraft
from goldenthread.errors import Missing, OutOfStep, Refusal
from goldenthread.web import audit, bridge
from goldenthread.web.changes import habits
from goldenthread.web.changes.deed import change, step
from goldenthread.web.changes.new_action import number_in, promised
from goldenthread.web.changes.questions import (
    all_settled,
    as_rows,
    checked,
    field_of,
    lined_up,
    meant,
    questions_of,
    read_words,
    settled_before,
)
from goldenthread.web.changes.standing import standing
from goldenthread.web.changes.uploads import file_name, quarantined
from goldenthread.web.changes.words import LINE, words
from goldenthread.web.models import (
    Action,
    Draft,
    Edition,
    Evidence,
    Lead,
    Link,
    Measure,
    Person,
    Plan,
    Post,
    Promise,
    Question,
    Recommendation,
    Strand,
    Theme,
    Unit,
    Update,
)
from goldenthread.web.permissions import require
from goldenthread.web.queries import publishing
from goldenthread.web.queries.habits import of_unit as known_habits
from goldenthread.web.queries.links import MEANINGS


def receive_document(
    *,
    by: Person,
    unit: Unit,
    strand: Strand,
    file: IO[bytes],
    name: str,
    at: datetime,
    dated: date | None = None,
    again: Plan | None = None,
    key: str = "",
) -> Draft:
    """Read a document into a draft with its questions; the file itself is never kept.

    ``again`` is the plan whose document this is, read once more: see :mod:`~.again`. What is kept
    of the unit's documents is used, and the draft says where.

    The file lies in quarantine under a random name while a limited process reads it, and is gone
    when this ends. Who may: receive_document in the unit. Recorded: ``draft.received`` by
    :func:`keep_draft`. Raises ``Unreadable`` or ``Unsafe`` with the file's own name, and then
    nothing is stored. Reading may take a minute, so it happens before any transaction.
    """
    require(by, "receive_document", unit, localdate(at))
    called = file_name(name)
    with quarantined(file, called) as path:
        try:
            draft = documents.read_plan(path, dated, habits=known_habits(unit))
        except Refusal as refusal:
            raise refusal.in_file(called) from None
    draft = replace(draft, file=called)
    return keep_draft(by=by, unit=unit, strand=strand, draft=draft, at=at, again=again, key=key)


@change
def keep_draft(
    *,
    by: Person,
    unit: Unit,
    strand: Strand,
    draft: PlanDraft,
    at: datetime,
    again: Plan | None = None,
    key: str = "",
) -> Draft:
    """Keep what was read from a document, and the questions that it leaves open.

    With ``again`` the draft is a later reading of that plan's document: a question that was
    settled in the reading before is settled alike. Who may: receive_document in the unit. Recorded:
    ``draft.received``, with the file's digest. Raises ``Missing`` where the plan is another unit's.
    """
    require(by, "receive_document", unit, localdate(at))
    if again is not None and (again.unit_id, again.strand_id) != (unit.pk, strand.pk):
        raise Missing("The plan is of another unit or strand.")
    row = Draft.objects.create(
        unit=unit,
        strand=strand,
        file=draft.file,
        format=draft.format,
        sha256=draft.sha256,
        content=bridge.draft_to_json(draft),
        received_at=at,
        received_by=by,
        plan=again,
    )
    asked = questions_of(draft)
    Question.objects.bulk_create(settled_before(again, as_rows(row, asked)))
    facts = {"sha256": draft.sha256, "format": draft.format, "questions": len(asked)}
    if again is not None:
        facts["plan"] = again.public_id
    audit.record(by=by, what="draft.received", on=row, facts=facts, at=at)
    return row


@change
def answer_question(
    *,
    by: Person,
    question: Question,
    version: int,
    answer: str,
    at: datetime,
    put: Mapping[str, str] | None = None,
    remember: bool = False,
    key: str = "",
) -> Question:
    """Settle one question of an open draft, or settle it differently.

    ``answer`` is as_read (the reading stands), changed (``put`` replaces the text, number,
    timescale or leads of the action), left_out (the action is not taken over), ask_lead (it
    comes in without a date, marked as uncertain) or, of the document's own words, means (``put``
    holds their meaning). ``remember`` keeps that as a habit of the unit, for whoever may
    keep_habits. Who may: answer_question. Recorded: ``question.answered``. Raises ``Missing`` for
    an answer that the question does not have and ``OutOfStep`` where somebody answered it first.
    """
    require(by, "answer_question", question, localdate(at))
    if answer not in ("as_read", "changed", "left_out", "ask_lead", "means"):
        raise Missing("There is no such answer.", needs={"answer": "Choose one of the answers."})
    if answer not in ("as_read", "means") and question.action is None:
        raise Missing(
            "This question is not of one action.",
            needs={"answer": "Leave it as it was read, and change the action after adoption."},
        )
    kept: dict[str, str] = {}
    if answer == "changed":
        draft = bridge.draft_from_json(question.draft.content)
        kept = checked(put or {}, bridge.dated(draft.plan.document_date))
    elif answer == "means":
        kept = meant(question, (put or {}).get("meaning", ""), (put or {}).get("full", ""))
    step(question, version, answer=answer, change=kept, answered_at=at, answered_by=by)
    facts = {"answer": answer, "fields": sorted(kept), "draft": question.draft.public_id}
    if remember and (habit := habits.remember(by=by, question=question, at=at)) is not None:
        facts["habit"] = habit.public_id
    audit.record(by=by, what="question.answered", on=question, facts=facts, at=at)
    return question


@change
def settle_row(
    *,
    by: Person,
    draft: Draft,
    recommendation: int,
    put: Mapping[int, Mapping[str, str]],
    at: datetime,
    key: str = "",
) -> Draft:
    """Settle at once which words of a row belong to which of its actions.

    ``recommendation`` counts from 0 in the draft's plan, and ``put`` holds words by action and
    field (timescale, leads): what equals the reading lets it stand, the rest changes it. Only
    questions that nobody has answered are: nothing is overwritten. Who may: answer_question.
    Recorded: ``row.settled``. Raises ``Missing`` where words cannot be read, by "field-action", and
    ``OutOfStep`` where somebody settled the row first.
    """
    require(by, "answer_question", draft, localdate(at))
    asked = lined_up(draft.questions.filter(recommendation=recommendation))
    if not asked:
        raise OutOfStep(
            "Somebody settled this row before you did.", do="Read what now stands for each action."
        )
    value = bridge.draft_from_json(draft.content)
    dated = bridge.dated(value.plan.document_date)
    actions = value.plan.recommendations[recommendation].actions
    needs: dict[str, str] = {}
    for question in asked:
        field, number = field_of(question), question.action or 0
        read_as = read_words(actions[number], field)
        said = put.get(number, {}).get(field, read_as)
        change_to: dict[str, str] = {}
        if " ".join(said.split()) != " ".join(read_as.split()):
            try:
                change_to = checked({field: said}, dated)
            except Missing as refusal:
                needs |= {f"{name}-{number}": why for name, why in refusal.needs.items()}
                continue
        answer = "changed" if change_to else "as_read"
        settled: dict[str, Any] = {"change": change_to, "answered_at": at, "answered_by": by}
        step(question, question.version, answer=answer, **settled)
    if needs:
        raise Missing("The row cannot be settled as it is.", needs=needs)
    facts = {"row": recommendation + 1, "questions": len(asked)}
    audit.record(by=by, what="row.settled", on=draft, facts=facts, at=at)
    return draft


@change
def set_aside_draft(
    *, by: Person, draft: Draft, version: int, at: datetime, key: str = ""
) -> Draft:
    """Put a draft aside: it stays readable, and nothing of it becomes a plan.

    Who may: set_aside_draft, while it is open. Recorded: ``draft.set_aside``.
    """
    require(by, "set_aside_draft", draft, localdate(at))
    step(draft, version, state="set_aside")
    audit.record(by=by, what="draft.set_aside", on=draft, at=at)
    return draft


@change
def adopt_draft(
    *,
    by: Person,
    draft: Draft,
    version: int,
    at: datetime,
    without_actions: bool = False,
    key: str = "",
) -> Plan:
    """Make a draft the plan of its unit, with every answer in it.

    What changes: a plan with its recommendations, actions, leads, promises, measures and what the
    document said of them; a lead whose words are the title of a post is joined to it. What has no
    number of its own is given one. A draft of recommendations alone is a plan that awaits its
    actions, where somebody confirms that (``without_actions``); one without either is no plan. Who
    may: adopt_draft, while it is open. Recorded: ``draft.adopted``. Raises ``Missing`` while a
    question that must be settled is open or for a draft without actions that nobody confirmed,
    ``OutOfStep`` where somebody changed the draft first.
    """
    on = localdate(at)
    require(by, "adopt_draft", draft, on)
    if draft.plan_id is not None:
        raise Missing("This draft is a later reading of a plan: take it over into that plan.")
    questions = all_settled(draft)
    settled = bridge.answered(bridge.draft_from_json(draft.content), questions)
    if not settled.recommendations:
        raise Missing(
            "This draft holds no recommendation and no action, so there is no plan in it.",
            needs={"draft": "Set it aside, and bring in the document that answers it."},
        )
    if not settled.actions and not without_actions:
        raise Missing(
            "This draft holds recommendations and no action: as a plan it promises nothing yet.",
            needs={"without_actions": "Confirm that its actions will be added later."},
        )
    made = bridge.rows_of(
        bridge.numbered(settled),
        unit=draft.unit,
        strand=draft.strand,
        at=at,
        on=on,
        posts=Post.objects.filter(ends__isnull=True).order_by("-unit", "-id"),
        themes=Theme.objects.filter(strand=draft.strand),
    )
    plan = save_rows(made)
    step(draft, version, state="adopted", adopted_at=at, adopted_by=by, plan=plan)
    facts = {"plan": plan.public_id, "actions": len(made.actions), "sha256": draft.sha256}
    audit.record(by=by, what="draft.adopted", on=draft, facts=facts, at=at)
    return plan


def save_rows(made: bridge.PlanRows, into: Plan | None = None) -> Plan:
    """Save the rows of a plan, each kind in one go, with how each action stands.

    ``into`` is the plan that stands already, where they join one.
    """
    promises: dict[int, list[Promise]] = {}
    for promise in (*made.first_promises, *made.promises):
        promises.setdefault(id(promise.action), []).append(promise)
    updates: dict[int, list[Update]] = {}
    for update in made.updates:
        updates.setdefault(id(update.action), []).append(update)
    for action in made.actions:
        stands = standing(promises.get(id(action), []), updates.get(id(action), []))
        for name, value in stands.items():
            setattr(action, name, value)
    if into is None:
        made.plan.save(force_insert=True)
    Theme.objects.bulk_create(made.themes)
    Recommendation.objects.bulk_create(made.recommendations)
    Action.objects.bulk_create(made.actions)
    Lead.objects.bulk_create(made.leads)
    Promise.objects.bulk_create(made.first_promises)
    Promise.objects.bulk_create(made.promises)
    Measure.objects.bulk_create(made.measures)
    Update.objects.bulk_create(made.updates)
    Evidence.objects.bulk_create(made.evidence)
    return into or made.plan


@change
def record_export(
    *, by: Person, plan: Plan, format: str, layout: str, at: datetime, key: str = ""
) -> Plan:
    """Put on record that somebody took a plan away as a file; nothing of the plan changes.

    Who may: export_plan. Recorded: ``plan.exported``, with the format and the layout.
    """
    require(by, "export_plan", plan, localdate(at))
    audit.record(
        by=by, what="plan.exported", on=plan, facts={"format": format, "layout": layout}, at=at
    )
    return plan


@change
def add_action(
    *,
    by: Person,
    recommendation: Recommendation,
    text: str,
    when: str,
    post: Post | None,
    at: datetime,
    number: str = "",
    title: str = "",
    key: str = "",
) -> Action:
    """Promise one thing more in answer to a recommendation.

    ``when`` is read as a document's words would be ("31 March 2027", "Every quarter"); without a
    number it takes the recommendation's with the next place ("4.3"). Who may: edit_plan. Recorded:
    ``action.added``. Raises ``Missing`` without words, without a lead, for a time in which nothing
    or several things can be read, and for a number that another action of the plan has.
    """
    on = localdate(at)
    require(by, "edit_plan", recommendation, on)
    row = promised(
        by=by,
        recommendation=recommendation,
        text=text,
        when=when,
        post=post,
        on=on,
        number=number,
        title=title,
        next_number=number_in(recommendation),
    )
    facts = {"recommendation": recommendation.public_id, "post": str(post and post.public_id)}
    audit.record(by=by, what="action.added", on=row, facts=facts, at=at)
    return row


@change
def reword_action(
    *,
    by: Person,
    action: Action,
    version: int,
    at: datetime,
    number: str | None = None,
    title: str | None = None,
    text: str | None = None,
    key: str = "",
) -> Action:
    """Give an action another number, short name or wording; None leaves one as it is.

    Who may: edit_plan. Recorded: ``action.reworded``, naming the fields. Raises ``OutOfStep`` where
    somebody changed the action first.
    """
    require(by, "edit_plan", action, localdate(at))
    given = {"number": number, "title": title, "text": text}
    values: dict[str, Any] = {
        name: words(value, name=name, most=200 if name == "title" else 4_000, needed=name == "text")
        for name, value in given.items()
        if value is not None
    }
    step(action, version, **values)
    facts = {"fields": sorted(values)}
    audit.record(by=by, what="action.reworded", on=action, facts=facts, at=at)
    return action


@change
def hand_over(
    *,
    by: Person,
    action: Action,
    version: int,
    post: Post,
    since: date,
    at: datetime,
    key: str = "",
) -> Lead:
    """Make a post accountable for an action from a day; who answered before is kept.

    Who may: edit_plan. Recorded: ``action.handed_over``.
    """
    require(by, "edit_plan", action, localdate(at))
    step(action, version)
    before = action.leads.filter(role="accountable", until__isnull=True)
    if before.filter(since__gte=since).exclude(post=None).exists():
        raise Missing("The lead before began on or after that day.", needs={"since": "Later."})
    before.update(until=bridge.day_before(since))
    lead = Lead.objects.create(
        action=action, text=post.title, kind="post", role="accountable", post=post, since=since
    )
    facts = {"post": post.public_id, "since": since.isoformat()}
    audit.record(by=by, what="action.handed_over", on=action, facts=facts, at=at)
    return lead


@change
def link(
    *,
    by: Person,
    from_: Any,  # noqa: ANN401
    to: Any,  # noqa: ANN401
    meaning: str,
    since: date,
    at: datetime,
    key: str = "",
) -> Link:
    """Join two things on the thread from a day; a link that stands is given back as it is.

    ``meaning`` is one of ``MEANINGS``. Who may: edit_plan for what the link starts from. Recorded:
    ``link.made``. Raises ``Missing`` for another meaning and for a thing joined to itself.
    """
    require(by, "edit_plan", from_, localdate(at))
    ends = {
        "from_kind": audit.kind_of(from_),
        "from_id": from_.public_id,
        "to_kind": audit.kind_of(to),
        "to_id": to.public_id,
        "meaning": meaning,
    }
    if meaning not in MEANINGS:
        raise Missing("There is no such link.", needs={"meaning": "Choose what joins them."})
    if (ends["from_kind"], ends["from_id"]) == (ends["to_kind"], ends["to_id"]):
        raise Missing("A thing is not joined to itself.", needs={"to": "Choose another thing."})
    standing_link = Link.objects.filter(**ends, until__isnull=True).first()
    if standing_link is not None:
        return standing_link
    made = Link.objects.create(**ends, since=since, by=by)
    audit.record(by=by, what="link.made", on=made, facts=ends, at=at)
    return made


@change
def end_link(
    *, by: Person, joined: Link, until: date, reason: str, at: datetime, key: str = ""
) -> Link:
    """End a link with a day and a reason; it stays in the history of both its ends.

    Who may: edit_plan for what the link starts from. Recorded: ``link.ended``. Raises ``Missing``
    without a reason or for a day before it began, ``OutOfStep`` where it has ended already.
    """
    require(by, "edit_plan", joined, localdate(at))
    why = words(reason, name="reason", most=LINE, needed=True)
    if until < joined.since:
        raise Missing(
            "A link cannot end before it began.", needs={"until": "Give a day after it began."}
        )
    ended = Link.objects.filter(pk=joined.pk, until__isnull=True).update(until=until, reason=why)
    joined.refresh_from_db()
    if not ended:
        raise OutOfStep(
            "Somebody ended this link before you did.",
            theirs={"until": joined.until, "reason": joined.reason},
        )
    audit.record(by=by, what="link.ended", on=joined, facts={"until": until.isoformat()}, at=at)
    return joined


@change
def adopt_edition(*, by: Person, plan: Plan, version: int, at: datetime, key: str = "") -> Edition:
    """Freeze the public part of a plan as it stands today, for somebody else to publish.

    What changes: one edition more, and one of the same plan that still waits is set aside. Who
    may: adopt_edition. Recorded: ``edition.adopted``, with the digest of its content. Raises
    ``OutOfStep`` where somebody changed the plan first, and ``Missing`` with a sentence for each
    where words beside the actions name somebody or tell of a session (``queries.outgoing``).
    """
    on = localdate(at)
    require(by, "adopt_edition", plan, on)
    step(plan, version)
    told = publishing.not_to_be_told(plan, by=by, at=at)
    if told:
        raise Missing("The edition was not made.", do=" ".join(told))
    plan.editions.filter(published_at__isnull=True, set_aside_at__isnull=True).update(
        set_aside_at=at
    )
    number = (plan.editions.aggregate(last=Max("number"))["last"] or 0) + 1
    content = publishing.content(plan, number=number, by=by, at=at)
    edition = Edition.objects.create(
        unit=plan.unit,
        plan=plan,
        number=number,
        as_at=on,
        content=content,
        sha256=digest(content),
        adopted_at=at,
        adopted_by=by,
    )
    facts = {"plan": plan.public_id, "number": number, "sha256": edition.sha256}
    audit.record(by=by, what="edition.adopted", on=edition, facts=facts, at=at)
    return edition


@change
def publish_edition(
    *, by: Person, edition: Edition, version: int, at: datetime, key: str = ""
) -> Edition:
    """Show an edition to the public, from this moment and for good.

    Who may: publish_edition, and not the person who adopted it (unless the body has switched that
    rule off, and then the edition says so). Recorded: ``edition.published``. The database holds the
    same rule. Raises ``OutOfStep`` where somebody published or set it aside first.
    """
    require(by, "publish_edition", edition, localdate(at))
    alone = not settings.TWO_PEOPLE_PUBLISH and edition.adopted_by_id == by.pk
    step(edition, version, published_at=at, published_by=by, alone=alone)
    facts = {"number": edition.number, "sha256": edition.sha256, "alone": alone}
    audit.record(by=by, what="edition.published", on=edition, facts=facts, at=at)
    return edition


@change
def set_aside_edition(
    *, by: Person, edition: Edition, version: int, at: datetime, reason: str, key: str = ""
) -> Edition:
    """Decide that an edition will not be published, with a reason.

    Who may: set_aside_edition, while it waits. Recorded: ``edition.set_aside`` with the reason.
    """
    require(by, "set_aside_edition", edition, localdate(at))
    why = words(reason, name="reason", most=LINE, needed=True)
    step(edition, version, set_aside_at=at)
    audit.record(by=by, what="edition.set_aside", on=edition, facts={"reason": why}, at=at)
    return edition


def digest(content: Mapping[str, Any]) -> str:
    """The SHA-256 of an edition's content in one fixed form, as an edition's page prints it."""
    plain = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(plain.encode("utf-8")).hexdigest()
