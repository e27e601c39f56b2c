"""A draft or a plan as JSON, and back: ``goldenthread.plan/1``, which ``import --json`` prints."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import msgspec

from goldenthread import timescale
from goldenthread.documents.draft import PlanDraft
from goldenthread.errors import Place, Unreadable, Unsafe
from goldenthread.plan import Action, Lead, Plan, ProcessStep, Recommendation, Update, read_leads

SCHEMA = "goldenthread.plan/1"
_MOST_BYTES = 50 * 1024 * 1024


def to_json(draft: PlanDraft) -> dict[str, Any]:
    """The draft as plain values ready for JSON.

    Dates are ISO days, what is not known is null, and every recommendation, action and warning
    carries its place in the file (``source``) with only the parts that are known.
    """
    plan = plan_to_json(draft.plan)
    return {
        "schema": SCHEMA,
        "source": {"file": draft.file, "format": draft.format, "sha256": draft.sha256},
        "title": plan.pop("title"),
        "document_date": plan.pop("document_date"),
        "document_date_basis": draft.document_date_basis,
        "recommendations": plan.pop("recommendations"),
        "warnings": [
            {"code": n.code, "message": n.message, "source": _place(n.place)}
            for n in draft.warnings
        ],
        **plan,
    }


def plan_to_json(plan: Plan) -> dict[str, Any]:
    """A plan alone in the same schema; :func:`plan_from_json` gives it back in every field.

    >>> plan_to_json(Plan("Our plan"))["title"]
    'Our plan'
    """
    output: dict[str, Any] = {
        "schema": SCHEMA,
        "title": plan.title,
        "document_date": plan.document_date,
        "recommendations": [_recommendation(rec) for rec in plan.recommendations],
    }
    if plan.process_steps:
        output["process_steps"] = [_step(step) for step in plan.process_steps]
    if plan.abbreviations:
        output["abbreviations"] = dict(plan.abbreviations)
    if plan.programme is not None:
        output["programme"] = msgspec.to_builtins(plan.programme)
    return output


def plan_from_json(said: Any) -> Plan:  # noqa: ANN401
    """The plan that :func:`plan_to_json` or :func:`to_json` wrote.

    Keys that are not known are passed over; ``lead_details``, ``measures`` and ``update_details``
    win over the shorter ``leads``, ``measure`` and ``updates`` beside them.

    Raises ``Unreadable`` where the schema is another one or a field does not fit, naming the field
    and never its value.

    >>> plan_from_json({"schema": "goldenthread.plan/1", "title": "Our plan"}).title
    'Our plan'
    """
    if not isinstance(said, dict) or said.get("schema") != SCHEMA:
        raise Unreadable("This is not a plan in our JSON.", do=f"Its “schema” must be {SCHEMA}.")
    short = said.get("abbreviations") or {}
    if not isinstance(short, dict):
        raise _wrong("abbreviations")
    fields = {
        "title": said.get("title"),
        "document_date": said.get("document_date"),
        "recommendations": _each(said, "recommendations", _recommendation_read),
        "process_steps": _each(said, "process_steps", _with_place),
        "programme": said.get("programme"),
        "abbreviations": list(short.items()),
    }
    try:
        return msgspec.convert(fields, Plan)
    except msgspec.ValidationError as fault:
        raise _wrong(str(fault).rpartition(" - at ")[2].strip("`")) from None


def read_file(file: Path) -> PlanDraft | None:
    """The draft in a file of our JSON; None where the file holds anything else, or is not there."""
    try:
        with file.open("rb") as stream:
            content = stream.read(1)
            if content not in (b"{", b"\xef", b" ", b"\n"):
                return None
            content += stream.read(_MOST_BYTES)
    except OSError:
        return None  # the reader of documents says what is wrong with it
    if b"goldenthread.plan/" not in content[:4096]:
        return None
    if len(content) > _MOST_BYTES:
        raise Unsafe("The plan is larger than 50 MB.", rule="limit", do="Split it.", file=file.name)
    try:
        said = msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"))
        plan = plan_from_json(said)
    except (msgspec.DecodeError, RecursionError):
        raise Unreadable("The JSON is damaged.", do="Write it out again.", file=file.name) from None
    except Unreadable as refusal:
        raise refusal.in_file(file.name) from None
    basis = said.get("document_date_basis")
    return PlanDraft(
        plan,
        file.name,
        "json",
        hashlib.sha256(content).hexdigest(),
        basis if basis in ("printed", "meeting", "inferred", "given", "none") else "printed",
    )


def _wrong(path: str) -> Unreadable:
    return Unreadable(
        f"The plan cannot be read at {path[:200]}.", do="Write it out again, or correct that field."
    )


def _each(said: dict[str, Any], name: str, read: Any) -> list[Any]:  # noqa: ANN401
    items = said.get(name) or []
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise _wrong(name)
    return [read(item) for item in items]


def _with_place(said: dict[str, Any]) -> dict[str, Any]:
    return {**said, "place": said.get("source") or {}}


def _recommendation_read(said: dict[str, Any]) -> dict[str, Any]:
    return {**_with_place(said), "actions": _each(said, "actions", _action_read)}


def _action_read(said: dict[str, Any]) -> dict[str, Any]:
    leads = said.get("lead_details")
    if leads is None:
        words = [text for text in said.get("leads") or () if isinstance(text, str)]
        leads = [asdict(lead) for text in words for lead in read_leads(text)]
    measures = said.get("measures")
    if measures is None:
        measures = [said["measure"]] if said.get("measure") else []
    updates = said.get("update_details")
    if updates is None:
        updates = [{"text": text} for text in said.get("updates") or ()]
    else:
        updates = _each(said, "update_details", _with_place)
    return {
        **_with_place(said),
        "leads": leads,
        "measures": [{"text": text} for text in measures],
        "updates": updates,
        "evidence": said.get("evidence") or [],
        "see": said.get("see") or [],
    }


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
    if len(action.measures) > 1 or any(not measure.text for measure in action.measures):
        output["measures"] = [measure.text for measure in action.measures]
    if action.updates:
        output["updates"] = [update.text for update in action.updates]
        if any(update != Update(update.text) for update in action.updates):
            output["update_details"] = [_update(update) for update in action.updates]
    if action.evidence:
        output["evidence"] = list(action.evidence)
    if action.see:
        output["see"] = list(action.see)
    return output


def _update(update: Update) -> dict[str, Any]:
    return {
        "text": update.text,
        "at": update.at.isoformat() if update.at else None,
        "status": update.status,
        "evidence": update.evidence,
        "source": _place(update.place),
    }


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
