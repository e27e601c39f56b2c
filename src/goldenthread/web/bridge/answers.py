"""A draft with the answers that people gave: the plan that it becomes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from goldenthread.documents import PlanDraft
from goldenthread.plan import Action, Plan, read_leads
from goldenthread.timescale import read
from goldenthread.web import models as rows
from goldenthread.web.bridge.habits import understood
from goldenthread.web.bridge.reading import dated


def answered(draft: PlanDraft, questions: Iterable[rows.Question]) -> Plan:
    """The draft's plan with every answer in it; what nobody changed is as it was read.

    What the document's own words mean comes first. Answers about single actions are applied in the
    order in which they were given, so that the last one counts.
    """
    questions = list(questions)
    plan = understood(draft, questions)
    on = dated(plan.document_date)
    actions = {
        (r, a): action
        for r, rec in enumerate(plan.recommendations)
        for a, action in enumerate(rec.actions)
    }
    gone: set[tuple[int, int]] = set()
    for question in sorted(questions, key=lambda q: (q.answered_at is None, q.answered_at, q.pk)):
        if question.recommendation is None or question.action is None:
            continue
        where = (question.recommendation, question.action)
        if question.answer == "left_out":
            gone.add(where)
        elif question.answer == "changed":
            actions[where] = _changed(actions[where], question.change, on, plan)
        elif question.answer == "ask_lead":
            actions[where] = replace(actions[where], timescales=(), confidence="low")
    return replace(
        plan,
        recommendations=tuple(
            replace(
                rec,
                actions=tuple(actions[r, a] for a in range(len(rec.actions)) if (r, a) not in gone),
            )
            for r, rec in enumerate(plan.recommendations)
        ),
    )


def _changed(action: Action, change: Mapping[str, str], on: date | None, plan: Plan) -> Action:
    if "text" in change:
        action = replace(action, text=change["text"])
    if "number" in change:
        action = replace(action, number=change["number"] or None)
    if "timescale" in change:
        said = change["timescale"]
        claims = tuple(read(said, dated=on)) if said else ()
        action = replace(action, timescales=claims, confidence="high")
    if "leads" in change:
        action = replace(action, leads=read_leads(change["leads"], plan.abbreviations))
    return action
