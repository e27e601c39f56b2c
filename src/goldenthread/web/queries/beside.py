"""The actions before and after one in its plan, inside the query of that action."""

from __future__ import annotations

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from goldenthread.web.models import Action


def beside() -> dict[str, Subquery]:
    """What annotates an action with ``before`` and ``after``; None where it is at an end.

    Each is the public identifier, the number, the title and the text of an action.
    """
    there = Action.objects.filter(plan=OuterRef("plan"))
    told = JSONObject(public_id="public_id", number="number", title="title", text="text")
    before = there.filter(position__lt=OuterRef("position")).order_by("-position", "-pk")
    after = there.filter(position__gt=OuterRef("position")).order_by("position", "pk")
    return {
        "before": Subquery(before.values(told=told)[:1]),
        "after": Subquery(after.values(told=told)[:1]),
    }
