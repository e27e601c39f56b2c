"""What a director looks at beside the steps: reds, and the council's actions nobody serves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from goldenthread.web.models import Action, Apart, Link, Person, Plan, Planning
from goldenthread.web.permissions import (
    Known,
    current,
    lineage,
    reach,
    units_above,
    whole_body,
)
from goldenthread.web.queries.plan import actions_for

MOST = 10
"""How many of each kind one page lists; the register and the two tiers hold them all."""
_CLOSED = ("completed", "withdrawn")


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
    helping = Action.objects.exclude(plan__unit=root).exclude(status="withdrawn")
    others = helping.values("public_id")
    own = helping.filter(plan__unit__in=parts).values("public_id")
    alone = Apart.objects.filter(
        action=OuterRef("pk"), what="no_directorate", undone_at__isnull=True
    )
    found = list(
        # Which colours need a recovery is not asked here.
        actions_for(for_=for_, as_at=on, known=known, needing=())
        .exclude(status__in=_CLOSED)
        .annotate(
            in_trouble=_is(Q(plan__unit__in=parts) & (Q(standing="late") | Q(rag="red"))),
            promised=_is(Q(plan__unit=root)),
        )
        .filter(Q(in_trouble=True) | Q(promised=True))
        .annotate(anybody=_served(others, on) | Exists(alone), here=_served(own, on))
        .order_by("standing_order", "now_due", "pk")
        .only("public_id", "number", "title", "text", "first_due", "now_due", "rag")
    )
    reds = [one for one in found if one.in_trouble]
    commitments = sorted((one for one in found if one.promised), key=lambda one: one.pk)
    nobody = [one for one in commitments if not one.anybody]
    return Troubles(
        tuple(reds[:MOST]),
        len(reds),
        tuple(nobody[:MOST]),
        len(nobody),
        sum(one.here for one in commitments),
        len(commitments),
    )


def _is(condition: Q) -> ExpressionWrapper[Any]:
    return ExpressionWrapper(condition, output_field=BooleanField())


def _served(by: QuerySet[Action, Any], on: date) -> Exists:
    """Whether one of these actions serves an action, or the recommendation that it answers."""
    serving = Link.objects.filter(current(on), meaning="serves", from_kind="action", from_id__in=by)
    return Exists(
        serving.filter(
            Q(to_kind="action", to_id=OuterRef("public_id"))
            | Q(to_kind="recommendation", to_id=OuterRef("recommendation__public_id"))
        )
    )
