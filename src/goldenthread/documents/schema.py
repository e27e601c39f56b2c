"""A draft as JSON: the schema ``goldenthread.plan/1`` that ``import --json`` prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from goldenthread import timescale
from goldenthread.documents.draft import PlanDraft
from goldenthread.errors import Place
from goldenthread.plan import Action, Lead, ProcessStep, Recommendation

SCHEMA = "goldenthread.plan/1"


def to_json(draft: PlanDraft) -> dict[str, Any]:
    """The draft as plain values ready for JSON.

    Dates are ISO days, what is not known is null, and every recommendation, action and warning
    carries its place in the file (``source``) with only the parts that are known.
    """
    plan = draft.plan
    output: dict[str, Any] = {
        "schema": SCHEMA,
        "source": {"file": draft.file, "format": draft.format, "sha256": draft.sha256},
        "title": plan.title,
        "document_date": plan.document_date,
        "document_date_basis": draft.document_date_basis,
        "recommendations": [_recommendation(rec) for rec in plan.recommendations],
        "warnings": [
            {"code": n.code, "message": n.message, "source": _place(n.place)}
            for n in draft.warnings
        ],
    }
    if plan.process_steps:
        output["process_steps"] = [_step(step) for step in plan.process_steps]
    if plan.abbreviations:
        output["abbreviations"] = dict(plan.abbreviations)
    return output


def _recommendation(rec: Recommendation) -> dict[str, Any]:
    output: dict[str, Any] = {
        "number": rec.number,
        "text": rec.text,
        "theme": rec.theme,
        "status": rec.status,
        "source": _place(rec.place),
        "actions": [_action(action) for action in rec.actions],
    }
    if rec.response is not None:
        output["response"] = {"text": rec.response.text, "position": rec.response.position}
    if rec.see:
        output["see"] = list(rec.see)
    return output


def _action(action: Action) -> dict[str, Any]:
    output: dict[str, Any] = {
        "number": action.number,
        "text": action.text,
        "leads": [lead.text for lead in action.leads if lead.text],
        "lead_details": [_lead(lead) for lead in action.leads],
        "timescales": [timescale.to_json(t) for t in action.timescales],
        "measure": "; ".join(measure.text for measure in action.measures) or None,
        "status": action.status,
        "rag": action.rag,
        "status_text": action.status_text,
        "confidence": action.confidence,
        "source": _place(action.place),
    }
    if action.updates:
        output["updates"] = [update.text for update in action.updates]
    if action.evidence:
        output["evidence"] = list(action.evidence)
    if action.see:
        output["see"] = list(action.see)
    return output


def _lead(lead: Lead) -> dict[str, Any]:
    return asdict(lead)


def _step(step: ProcessStep) -> dict[str, Any]:
    return {
        "number": step.number,
        "name": step.name,
        "text": step.text,
        "timescales": [timescale.to_json(t) for t in step.timescales],
        "source": _place(step.place),
    }


def _place(place: Place) -> Mapping[str, Any]:
    return {name: value for name, value in asdict(place).items() if value is not None}
