"""What a director looks at beside the steps: reds, and the council's actions nobody serves."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, F, Q, QuerySet, When

from goldenthread.plan.tiers import WORST_FIRST
from goldenthread.web.models import Action, Apart, Link, Person, Plan, Planning
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
    that is joined to it, or to its recommendation, as helping to keep it. One that was said to need
    no directorate is not looked for, and what was withdrawn serves nothing, as on the two tiers.
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
    anybody, here = _served(commitments, root, parts, on)
    alone = set(
        Apart.objects.filter(
            what="no_directorate", undone_at__isnull=True, action__in=commitments
        ).values_list("action", flat=True)
    )
    nobody = [one for one in commitments if one.pk not in alone and not _keys(one) & anybody]
    return Troubles(
        tuple(reds[:MOST]),
        len(reds),
        tuple(nobody[:MOST]),
        len(nobody),
        sum(bool(_keys(one) & here) for one in commitments),
        len(commitments),
    )


def _served(
    commitments: Iterable[Any], root: int, parts: Collection[int], on: date
) -> tuple[frozenset[str], frozenset[str]]:
    """Which of these actions or their recommendations anybody serves, and which these parts do."""
    helping = Action.objects.exclude(plan__unit=root).exclude(status="withdrawn")
    others = helping.filter(plan__unit__in=parts)
    links = (
        Link.objects.filter(
            current(on),
            meaning="serves",
            from_kind="action",
            to_kind__in=("action", "recommendation"),
            to_id__in={key for one in commitments for key in _keys(one)},
        )
        .filter(from_id__in=helping.values("public_id"))
        .annotate(own=Case(When(from_id__in=others.values("public_id"), then=1), default=0))
    )
    found = list(links.order_by().values_list("to_id", "own").distinct())
    return frozenset(key for key, _own in found), frozenset(key for key, own in found if own)


def _keys(commitment: Any) -> set[str]:  # noqa: ANN401
    """What serves it: whatever serves the action, or its recommendation."""
    return {commitment.public_id, commitment.rec} - {None}
