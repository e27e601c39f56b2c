"""Documents and plans: from a core plan to rows and back.

From a document's plan come rows that are not yet saved (``changes`` saves them); from the rows of
a plan comes the frozen ``Plan`` again. A plan that was adopted and not touched comes back equal.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast

import msgspec

from goldenthread import plan as core
from goldenthread import timescale
from goldenthread.documents import PlanDraft
from goldenthread.errors import Place
from goldenthread.timescale import Timescale
from goldenthread.web import models as rows
from goldenthread.web.bridge.reading import by_action, dated, holds, word

# What a reading of "Was 31 December 2025, now 31 March 2027" says of the day that was moved.
_MOVED_FROM = re.compile(r"^The date was moved: .*?\b(\d{4}-\d\d-\d\d)\b")
_BEFORE_US = "Moved before the plan was brought in; the document gives no reason."


def draft_to_json(draft: PlanDraft) -> dict[str, Any]:
    """A draft as plain values for a JSON column.

    >>> from goldenthread.documents import read_plan
    >>> from goldenthread.example_data import example
    >>> draft = read_plan(example("plan.docx"))
    >>> draft_from_json(draft_to_json(draft)) == draft
    True
    """
    return cast(dict[str, Any], msgspec.json.decode(msgspec.json.encode(draft)))


def draft_from_json(content: dict[str, Any]) -> PlanDraft:
    """The draft that :func:`draft_to_json` wrote."""
    return msgspec.convert(content, PlanDraft)


@dataclass
class PlanRows:
    """The rows of one plan, unsaved, in the order in which they can be saved."""

    plan: rows.Plan
    themes: list[rows.Theme] = field(default_factory=list)
    recommendations: list[rows.Recommendation] = field(default_factory=list)
    actions: list[rows.Action] = field(default_factory=list)
    leads: list[rows.Lead] = field(default_factory=list)
    first_promises: list[rows.Promise] = field(default_factory=list)
    promises: list[rows.Promise] = field(default_factory=list)
    measures: list[rows.Measure] = field(default_factory=list)
    updates: list[rows.Update] = field(default_factory=list)
    evidence: list[rows.Evidence] = field(default_factory=list)

    def of(self, action: rows.Action) -> tuple[list[rows.Promise], list[rows.Update]]:
        """The promises and updates of one action."""
        given = [*self.first_promises, *self.promises]
        return (
            [promise for promise in given if promise.action is action],
            [update for update in self.updates if update.action is action],
        )


def rows_of(
    plan: core.Plan,
    *,
    unit: rows.Unit,
    strand: rows.Strand,
    at: datetime,
    on: date,
    posts: Iterable[rows.Post] = (),
    themes: Iterable[rows.Theme] = (),
) -> PlanRows:
    """The rows of a plan as a document states it, owned by a unit and a strand.

    ``at`` and ``on`` are when it is adopted. A lead whose words are the title of one of ``posts``
    is joined to that post; themes that the strand has already (``themes``) are used again. Saving
    the rows, and working out how each action stands, is for ``changes``.
    """
    plan_row = rows.Plan(
        title=plan.title or "Plan",
        unit=unit,
        strand=strand,
        document_date=plan.document_date or "",
        abbreviations=[list(pair) for pair in plan.abbreviations],
        begins=on,
    )
    made = PlanRows(plan_row)
    known = {theme.name: theme for theme in themes}
    by_title = {post.title.casefold(): post for post in posts}
    printed = dated(plan.document_date)
    position = 0
    for number, rec in enumerate(plan.recommendations):
        theme = None
        if rec.theme:
            name = rec.theme[:300]
            theme = known.get(name)
            if theme is None:
                theme = rows.Theme(name=name, strand=strand, position=len(known))
                known[name] = theme
                made.themes.append(theme)
        rec_row = rows.Recommendation(
            plan=plan_row,
            theme=theme,
            number=rec.number or "",
            text=rec.text,
            status=rec.status or "",
            answer=rec.response.text if rec.response else "",
            answer_position=(rec.response.position or "") if rec.response else "",
            see=list(rec.see),
            position=number,
            place=place_json(rec.place),
        )
        made.recommendations.append(rec_row)
        for action in rec.actions:
            action_row = rows.Action(
                plan=plan_row,
                recommendation=rec_row,
                number=action.number or "",
                text=action.text,
                printed_status=action.status_text or "",
                see=list(action.see),
                confidence=action.confidence,
                position=position,
                place=place_json(action.place),
            )
            made.actions.append(action_row)
            _rows_of_action(made, action, action_row, by_title, printed, at, on)
            position += 1
    return made


def _rows_of_action(
    made: PlanRows,
    action: core.Action,
    row: rows.Action,
    posts: dict[str, rows.Post],
    printed: date | None,
    at: datetime,
    on: date,
) -> None:
    for number, lead in enumerate(action.leads):
        post = posts.get(lead.text.casefold()) or posts.get((lead.full or "").casefold())
        made.leads.append(lead_row(lead, action=row, post=post, since=on, position=number))
    for number, claim in enumerate(action.timescales):
        now = promise_row(claim, action=row, given_on=printed, position=number)
        before = moved_from(claim)
        if before is not None:
            now.reason = _BEFORE_US
            now.replaces = rows.Promise(
                action=row,
                words=claim.raw,
                kind="date",
                end=before,
                position=number,
            )
            made.first_promises.append(now.replaces)
        made.promises.append(now)
    for number, measure in enumerate(action.measures):
        made.measures.append(
            rows.Measure(plan=row.plan, action=row, text=measure.text, position=number)
        )
    for number, said in enumerate(action.updates, 1):
        update = rows.Update(
            action=row,
            number=number,
            at=at,
            said_on=said.at,
            status=said.status or "",
            done=said.text,
            place=place_json(said.place),
        )
        made.updates.append(update)
        if said.evidence:
            made.evidence.append(
                rows.Evidence(action=row, update=update, kind="words", title=said.evidence, at=at)
            )
    if action.status or action.rag:
        # The printed status is itself something that was said: the first word of its history.
        made.updates.append(
            rows.Update(
                action=row,
                number=len(action.updates) + 1,
                at=at,
                said_on=printed,
                status=action.status or "",
                rag=action.rag or "",
                completed_on=completed_on(action),
            )
        )
    for words in action.evidence:
        made.evidence.append(rows.Evidence(action=row, kind="words", title=words, at=at))


def lead_row(
    lead: core.Lead, *, action: rows.Action, post: rows.Post | None, since: date, position: int
) -> rows.Lead:
    """A lead as an unsaved row."""
    return rows.Lead(
        action=action,
        text=lead.text,
        kind=lead.kind,
        role=lead.role,
        person=lead.person or "",
        full=lead.full or "",
        remark=lead.remark or "",
        post=post,
        position=position,
        since=since,
    )


def promise_row(
    claim: Timescale, *, action: rows.Action, given_on: date | None, position: int
) -> rows.Promise:
    """A claim about when as an unsaved row: its words, and its whole reading beside them."""
    return rows.Promise(
        action=action,
        words=claim.raw,
        kind=claim.kind,
        start=claim.start,
        end=claim.end,
        reading=_plain(timescale.to_json(claim)),
        given_on=given_on,
        position=position,
    )


def moved_from(claim: Timescale) -> date | None:
    """The earlier day that a claim says it was moved from ("Was …, now …"); None for the rest.

    >>> from goldenthread.timescale import read
    >>> moved_from(read("Was 31 December 2025, now 31 March 2027")[0])
    datetime.date(2025, 12, 31)
    """
    for assumed in claim.assumed:
        found = _MOVED_FROM.match(assumed.message)
        if found:
            return date.fromisoformat(found[1])
    return None


def plan_of(plan: rows.Plan, on: date | None = None) -> core.Plan:
    """The frozen plan that the rows say, as it stands: seven queries, however long it is.

    ``on`` is the day whose leads are meant; without it those who have not ended. A promise that
    another replaced is not part of it: ``Promise.replaces`` keeps what was first said.
    """
    actions = list(rows.Action.objects.filter(plan=plan))
    leads = by_action(
        lead
        for lead in rows.Lead.objects.filter(action__plan=plan)
        if (lead.until is None if on is None else holds(lead, on))
    )
    promises = by_action(
        rows.Promise.objects.filter(action__plan=plan, replaced_by__isnull=True).order_by(
            "position", "id"
        )
    )
    measures = by_action(rows.Measure.objects.filter(plan=plan, action__isnull=False))
    updates = by_action(rows.Update.objects.filter(action__plan=plan))
    evidence = by_action(rows.Evidence.objects.filter(action__plan=plan))
    by_rec: dict[int | None, list[core.Action]] = defaultdict(list)
    for row in actions:
        by_rec[row.recommendation_id].append(
            _action_of(
                row,
                leads[row.pk],
                promises[row.pk],
                measures[row.pk],
                updates[row.pk],
                evidence[row.pk],
            )
        )
    recommendations = rows.Recommendation.objects.filter(plan=plan).select_related("theme")
    return core.Plan(
        title=plan.title,
        document_date=plan.document_date or None,
        recommendations=tuple(
            core.Recommendation(
                text=rec.text,
                number=rec.number or None,
                theme=rec.theme.name if rec.theme else None,
                status=word(rec.status),
                response=core.Response(rec.answer, word(rec.answer_position))
                if rec.answer or rec.answer_position
                else None,
                actions=tuple(by_rec[rec.pk]),
                see=tuple(rec.see),
                place=Place(**rec.place),
            )
            for rec in recommendations
        ),
        abbreviations=tuple((short, full) for short, full in plan.abbreviations),
    )


def rows_in_order(plan: rows.Plan) -> list[tuple[rows.Recommendation, list[rows.Action]]]:
    """The recommendations of a plan, each with its actions, in the order of :func:`plan_of`."""
    by_rec: dict[int | None, list[rows.Action]] = defaultdict(list)
    for action in rows.Action.objects.filter(plan=plan):
        by_rec[action.recommendation_id].append(action)
    found = rows.Recommendation.objects.filter(plan=plan).select_related("theme")
    return [(rec, by_rec[rec.pk]) for rec in found]


def _action_of(
    row: rows.Action,
    leads: Sequence[rows.Lead],
    promises: Sequence[rows.Promise],
    measures: Sequence[rows.Measure],
    updates: Sequence[rows.Update],
    evidence: Sequence[rows.Evidence],
) -> core.Action:
    shown = {item.update_id: item.title for item in evidence if item.update_id is not None}
    return core.Action(
        text=row.text,
        number=row.number or None,
        leads=tuple(
            core.Lead(
                text=lead.text,
                kind=word(lead.kind),
                role=word(lead.role),
                person=lead.person or None,
                full=lead.full or None,
                remark=lead.remark or None,
            )
            for lead in leads
        ),
        timescales=tuple(
            timescale.from_json(promise.reading) for promise in promises if promise.reading
        ),
        measures=tuple(core.Measure(measure.text) for measure in measures),
        status=word(row.status),
        status_text=row.printed_status or None,
        rag=word(row.rag),
        updates=tuple(
            core.Update(
                text=update.done,
                at=update.said_on or (update.at.date() if update.by_id else None),
                status=word(update.status),
                evidence=shown.get(update.pk),
                place=Place(**update.place),
            )
            for update in updates
            if update.done
        ),
        evidence=tuple(item.title for item in evidence if item.update_id is None),
        see=tuple(row.see),
        confidence=word(row.confidence),
        place=Place(**row.place),
    )


def place_json(place: Place) -> dict[str, Any]:
    """A place as a JSON column keeps it: what is known of it."""
    plain = cast(dict[str, Any], msgspec.to_builtins(place))
    return {name: value for name, value in plain.items() if value is not None}


def _plain(value: object) -> Any:  # noqa: ANN401
    return msgspec.json.decode(msgspec.json.encode(value))


def completed_on(action: core.Action) -> date | None:
    """The day on which the document says that an action was completed."""
    if action.status != "completed":
        return None
    days = [t.end for t in action.timescales if t.status == "completed" and t.end]
    return max(days, default=None)
