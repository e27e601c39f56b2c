"""The actions before and after one in its plan, inside the query of that action."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Subquery

from goldenthread.web.models import Action

_TOLD = ("public_id", "number", "title", "text")


def beside() -> dict[str, Subquery]:
    """What annotates an action with what stands before and after it, for :func:`next_to`.

    A column each: JSON_OBJECT would say all of one at once, but Django tries it in SQLite with the
    write lock, and nobody could read while another saves.
    """
    there = Action.objects.filter(plan=OuterRef("plan"))
    before = there.filter(position__lt=OuterRef("position")).order_by("-position", "-pk")
    after = there.filter(position__gt=OuterRef("position")).order_by("position", "pk")
    return {
        f"{side}_{name}": Subquery(rows.values(name)[:1])
        for side, rows in (("before", before), ("after", after))
        for name in _TOLD
    }


def next_to(action: Any, side: str) -> dict[str, str] | None:  # noqa: ANN401
    """What stands ``before`` or ``after`` an action that :func:`beside` annotated.

    Its public identifier, number, title and text; None where the action is at that end.
    """
    told = {name: getattr(action, f"{side}_{name}", None) for name in _TOLD}
    return None if told["public_id"] is None else {name: told[name] or "" for name in _TOLD}
