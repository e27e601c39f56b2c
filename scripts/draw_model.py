"""Draw what the site keeps and who may do what out of the code, for docs/reference.

A test holds model.md and roles.md to it.

.venv/bin/python scripts/draw_model.py
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reference" / "model.md"
ROLES_PAGE = ROOT / "docs" / "reference" / "roles.md"
_ABOVE = ", in the units above too"
ROOMS = {
    "people": "People, units, posts and roles",
    "visits": "Who is signed in where",
    "thread": "The golden thread",
    "measures": "What is measured, and what is told of it",
    "milestones": "Milestones and horizons",
    "ownership": "Who answers for more than one action",
    "rounds": "Rounds of updates, and the links that ask for them",
    "meetings": "Bodies that meet, what they ask and what they say",
    "papers": "Papers for meetings",
    "planning": "How directorates plan, step by step",
    "listening": "What directorates heard, and the figures that they looked at",
    "choosing": "What a directorate starts with, and what it wants to be",
    "pledges": "Service plans, pledges, and objectives counted",
    "tiers": "Two tiers that meet, and strands",
    "ratings": "How actions are rated",
    "habits": "How documents are read",
    "release": "What comes in and what goes out",
    "mail": "What is to be sent",
    "turns": "What is done by the clock",
    "log": "The record",
}


def drawing() -> str:
    """The page, whole."""
    from django.apps import apps  # slow: Django is set up first

    from goldenthread.web.models.classification import COLUMNS, KEPT, LEVELS  # slow

    models = list(apps.get_app_config("goldenthread").get_models())
    lines = [
        "# The data model",
        "",
        "Made from the code by `scripts/draw_model.py`; a test compares. Dates are days in the",
        "United Kingdom, times are UTC. Nothing is deleted: what ends has a last day.",
        "",
    ]
    for room, title in ROOMS.items():
        held = [m for m in models if m.__module__.endswith(f".{room}")]
        lines += [f"## {title}", "", "```mermaid", "erDiagram"]
        lines += sorted(_relations(held))
        lines += ["```", ""]
        for model in held:
            lines += _table(model, COLUMNS[model.__name__])
    lines += ["## How sensitive, and kept how long", "", "| Level | Means |", "|---|---|"]
    lines += [f"| {name} | {words} |" for name, words in LEVELS.items()]
    lines += ["", "| Kept | Means |", "|---|---|"]
    lines += [f"| {name} | {words} |" for name, words in KEPT.items()]
    return "\n".join(lines) + "\n"


def who_may() -> str:
    """The page of every role and what it may do, whole."""
    from goldenthread.web.permissions import PERMISSIONS, ROLES  # slow: Django is set up first

    lines = [
        "# Who may do what",
        "",
        "Made from `web/permissions/table.py` by `scripts/draw_model.py`; a test compares the two.",
        "A role is given within a unit and reaches everything below it, between two days. What the",
        "state of a thing allows is asked besides: nobody publishes what they adopted, nobody",
        "gives a role to themselves, and a lead officer updates what their own post leads.",
        "The plans of the units above, such as the whole council's, are read and never changed:",
        "no draft, no question, no file of evidence, no edition before it is published.",
        "",
    ]
    for role in ROLES.values():
        lines += [f"## {role.title}", "", role.description, ""]
        held = [p for name, p in PERMISSIONS.items() if name in role.permissions]
        lines += [
            f"- may {p.words}{', given in the whole body' * p.whole}{_ABOVE * p.above}"
            for p in held
        ]
        lines.append("")
    return "\n".join(lines)


def _relations(models: list[Any]) -> Iterator[str]:
    for model in models:
        for field in model._meta.fields:
            if field.remote_field is not None:
                many = "|o" if field.null else "||"
                one = "o|" if field.one_to_one else "o{"
                target = field.remote_field.model.__name__
                yield f"    {target} {many}--{one} {model.__name__} : {field.name}"


def _table(model: Any, columns: Any) -> list[str]:
    words = " ".join((model.__doc__ or "").split("\n\n")[0].split())
    lines = [f"### {model.__name__}", "", words, ""]
    lines += ["| Column | Holds | Level | Kept | Logged | Exported |", "|---|---|---|---|---|---|"]
    for field in model._meta.fields:
        held = columns[field.name]
        what = field.remote_field.model.__name__ if field.remote_field else _kind(field)
        empty = ", or nothing" if field.null else ""
        lines.append(
            f"| `{field.name}` | {what}{empty} | {held.level} | {held.kept} | "
            f"{'yes' if held.log else 'no'} | {'yes' if held.export else 'no'} |"
        )
    for constraint in model._meta.constraints:
        lines += ["", f"Held by the database: {constraint.name.replace('_', ' ')}."]
    return [*lines, ""]


def _kind(field: Any) -> str:
    kinds = {
        "BigAutoField": "key",
        "BigIntegerField": "number",
        "PositiveIntegerField": "number",
        "PositiveBigIntegerField": "number",
        "PositiveSmallIntegerField": "number",
        "DecimalField": "figure",
        "CharField": "words",
        "TextField": "words",
        "IntegerField": "whole number",
        "EmailField": "address",
        "URLField": "address",
        "DateField": "day",
        "DateTimeField": "time",
        "TimeField": "hour",
        "BooleanField": "yes or no",
        "JSONField": "JSON",
        "PublicIdField": "random identifier",
    }
    return kinds[type(field).__name__]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread.web.settings")
    import django

    django.setup()
    for page, words in ((PAGE, drawing()), (ROLES_PAGE, who_may())):
        page.write_text(words, encoding="utf-8")
        print(f"Wrote {page.relative_to(ROOT)}.")
