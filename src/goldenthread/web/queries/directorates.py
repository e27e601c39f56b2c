"""What a director looks at beside the steps: reds, and the council's actions nobody serves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from goldenthread.plan.tiers import WORST_FIRST
from goldenthread.web.models import Action, Link, Person, Plan, Planning
from goldenthread.web.permissions import (
    Known,
    current,
    lineage,
    reach,
    units_above,
    whole_body,
)
from goldenthread.web.queries.plan import standing_on

MOST = 10
"""How many of each kind one page lists; the register and the two tiers hold them all."""
_CLOSED = ("completed", "withdrawn")
_WORST = {standing: place for place, standing in enumerate(WORST_FIRST)}


@dataclass(frozen=True)
class Troubles:
    """The reds of a directorate, and the council's open actions by whether anybody serves them.

    ``reds`` are its late actions and those rated red, worst first, at most ``MOST`` of ``red`` in
    all. ``unserved`` are actions of the whole council that no directorate serves, at most ``MOST``
    of ``unserved_in_all``; ``served`` are how many of ``of`` this directorate serves.
    """

    reds: tuple[Action, ...]
    red: int
    unserved: tuple[Action, ...]
    unserved_in_all: int
    served: int
    of: int


def parts_of(unit: int) -> frozenset[int]:
    """The keys of a unit and all below it."""
    parents = units_above()
    return frozenset(key for key in parents if unit in lineage(key, parents))


def plans_of(planning: Planning, *, for_: Person, on: date) -> QuerySet[Plan]:
    """The plans of a directorate and its parts that somebody may see: what a planning can name."""
    seen = parts_of(planning.unit_id) & reach(for_, "read_register", on)
    return Plan.objects.filter(unit__in=seen, ends__isnull=True).order_by("-begins", "pk")


def troubles(planning: Planning, *, for_: Person, on: date, known: Known) -> Troubles:
    """The reds of a directorate and the commitments that nobody serves, as somebody may see them.

    A commitment is an open action of the whole body; it is served by an action of any other part
    that is joined to it, or to its recommendation, as helping to keep it.
    """
    parts, (root, _name) = parts_of(planning.unit_id), whole_body() or (0, "")
    trouble = Q(plan__unit__in=parts) & (Q(standing="late") | Q(rag="red"))
    found = list(
        Action.objects.filter(plan__unit__in=reach(for_, "read_register", on, known))
        .exclude(status__in=_CLOSED)
        .annotate(
            standing=standing_on(on), unit=F("plan__unit"), rec=F("recommendation__public_id")
        )
        .filter(trouble | Q(plan__unit=root))
        .order_by("now_due", "pk")
        .only("public_id", "number", "title", "text", "first_due", "now_due", "rag")
    )
    reds = [
        one for one in found if one.unit in parts and (one.standing == "late" or one.rag == "red")
    ]
    reds.sort(key=lambda one: _WORST[one.standing])
    commitments = sorted((one for one in found if one.unit == root), key=lambda one: one.pk)
    serving = _serving(commitments, on)
    by = {one.pk: (serving[one.public_id] | serving[one.rec or ""]) - {root} for one in commitments}
    nobody = [one for one in commitments if not by[one.pk]]
    return Troubles(
        tuple(reds[:MOST]),
        len(reds),
        tuple(nobody[:MOST]),
        len(nobody),
        sum(not parts.isdisjoint(by[one.pk]) for one in commitments),
        len(commitments),
    )


def _serving(commitments: Iterable[Any], on: date) -> Mapping[str, set[int]]:
    """The units whose actions serve each of these actions, or its recommendation, by the thing."""
    wanted = {key for one in commitments for key in (one.public_id, one.rec) if key}
    unit = Action.objects.filter(public_id=OuterRef("from_id")).values("plan__unit")
    links = (
        Link.objects.filter(
            current(on),
            meaning="serves",
            from_kind="action",
            to_kind__in=("action", "recommendation"),
            to_id__in=wanted,
        )
        .annotate(unit=Subquery(unit))
        .filter(unit__isnull=False)
    )
    found: dict[str, set[int]] = defaultdict(set)
    for key, by in links.order_by().values_list("to_id", "unit").distinct():
        found[key].add(by)
    return found
