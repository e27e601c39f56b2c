"""A row by its kind and public identifier, as addresses name it."""

from __future__ import annotations

from django.db.models import Model

from goldenthread.errors import Missing
from goldenthread.web import models as rows

KINDS: dict[str, type[Model]] = {
    model.__name__.lower(): model
    for model in (
        *(rows.Action, rows.Draft, rows.Edition, rows.Evidence, rows.Grant, rows.Habit),
        *(rows.Link, rows.Measure, rows.Person, rows.Plan, rows.Post, rows.Question),
        *(rows.Answerable, rows.Handover, rows.Lead, rows.Milestone),
        *(rows.Recommendation, rows.TakeDown, rows.Theme, rows.Unit, rows.Update),
    )
}


# What says to which unit a row belongs, fetched with it.
# What a sentence calls a kind whose name is no word.
_WORDS = {
    "answerable": "line of who is who",
    "handover": "hand-over",
    "takedown": "request to take an edition down",
}
_OWNER = {
    "action": "plan",
    "handover": "before",
    "lead": "action__plan",
    "milestone": "action__plan",
    "evidence": "action__plan",
    "measure": "plan",
    "question": "draft",
    "recommendation": "plan",
    "takedown": "edition",
    "update": "action__plan",
}


def thing(kind: str, public_id: str) -> Model:
    """The row. Who may see it is asked of it next; raises ``Missing`` where there is none."""
    rows = KINDS[kind]._default_manager.filter(public_id=public_id)
    if kind in _OWNER:
        rows = rows.select_related(_OWNER[kind])
    if kind in ("draft", "edition", "takedown"):
        # Megabytes, which few of their pages need: read when they are asked for.
        rows = rows.defer("edition__content" if kind == "takedown" else "content")
    found = rows.first()
    if found is None:
        raise Missing(f"There is no such {_WORDS.get(kind, kind)}.", do="Check the address.")
    return found
