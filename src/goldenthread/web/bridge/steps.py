"""The steps that the council has its directorates take: those of its rows, or those of the code."""

from __future__ import annotations

from goldenthread.plan import steps
from goldenthread.web import models as rows


def schemes() -> tuple[tuple[rows.StepScheme, steps.Scheme], ...]:
    """Every scheme that the council ever kept with its row, the newest first, in one query."""
    kept = rows.StepScheme.objects.select_related("by").order_by("-number")
    return tuple(
        (row, steps.from_json(row.steps, in_order=row.in_order, number=row.number)) for row in kept
    )


def scheme() -> steps.Scheme:
    """The scheme in force: the six steps until the council keeps its own."""
    row = rows.StepScheme.objects.order_by("-number").first()
    if row is None:
        return steps.SIX
    return steps.from_json(row.steps, in_order=row.in_order, number=row.number)
