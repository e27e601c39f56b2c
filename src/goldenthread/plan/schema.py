"""A plan in the values that JSON has, and back: lists, texts and nothing that needs this library.

This is the plan itself, field by field. The shape in which an imported document is handed out,
with its warnings, is made by ``documents``.
"""

from __future__ import annotations

from typing import Any

import msgspec

from goldenthread.errors import Unreadable
from goldenthread.plan.model import Plan

SCHEMA = "goldenthread.plan-values/1"


def to_json(plan: Plan) -> dict[str, Any]:
    """The plan as dictionaries, lists and texts, ready for ``json.dumps``.

    Shape: the fields of ``Plan`` under their own names, with ``schema`` beside them. Days are ISO
    texts. Missing: what the plan does not say is None or an empty list, never left out.

    >>> to_json(Plan(title="Our plan"))["title"]
    'Our plan'
    """
    return {"schema": SCHEMA, **msgspec.to_builtins(plan)}


def from_json(said: dict[str, Any]) -> Plan:
    """The plan that ``to_json`` wrote.

    Raises ``Unreadable`` where the schema is another one or a field does not fit, naming the field
    and never its value. Fields that are left out take their defaults.

    >>> from_json({"schema": "goldenthread.plan-values/1", "title": "Our plan"})
    Plan(title='Our plan', document_date=None, recommendations=(), process_steps=(), programme=None, abbreviations=())
    """  # noqa: E501
    if not isinstance(said, dict) or said.get("schema") != SCHEMA:
        raise Unreadable(
            "This is not a plan in the form that we write.", do=f"Its schema must be {SCHEMA}."
        )
    fields = {name: value for name, value in said.items() if name != "schema"}
    try:
        return msgspec.convert(fields, Plan)
    except msgspec.ValidationError as fault:
        # msgspec names the type it expected and the path, after the last dash
        path = str(fault).rpartition(" - at ")[2].strip("`")
        raise Unreadable(
            f"The plan cannot be read at {path}.", do="Write it out again, or correct that field."
        ) from None
