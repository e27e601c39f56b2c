"""Step 5 of a directorate on one page: its actions and what each lacks, measures and targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce

from goldenthread.plan.smart import Smart
from goldenthread.web.models import (
    Action,
    Area,
    Horizon,
    InServicePlan,
    Lead,
    Measure,
    Planning,
    PlanningHorizon,
    Promise,
    Recommendation,
    Target,
    WhatGood,
)
from goldenthread.web.permissions import current
from goldenthread.web.queries import smart
from goldenthread.web.queries.choosing import horizons_of


@dataclass(frozen=True)
class Row:
    """One action as the page shows it: who answers, by when, what measures it, where it stands.

    ``answers`` is a post, a group, or empty; ``when`` the words of what was promised, and
    ``horizon`` the term that its day lies in. ``good`` is what good looks like.
    """

    action: Action
    smart: Smart
    answers: str
    when: str
    horizon: str
    measures: tuple[Measure, ...]
    good: str
    entries: tuple[InServicePlan, ...]


@dataclass(frozen=True)
class Page:
    """The actions of a planning that were not withdrawn, in the plan's order."""

    rows: tuple[Row, ...]

    @property
    def failing(self) -> tuple[Row, ...]:
        """Those that do not meet all five words yet."""
        return tuple(row for row in self.rows if not row.smart.passes)

    @property
    def passing(self) -> int:
        """How many meet all five."""
        return len(self.rows) - len(self.failing)


def page(planning: Planning, *, on: date) -> Page:
    """What the page of a planning's measures shows of its actions: six queries, however many."""
    if planning.plan_id is None:
        return Page(())
    judged = smart.of_plans([planning.plan_id])[planning.plan_id]
    terms = horizons_of(planning)
    return Page(
        tuple(
            Row(
                action=one,
                smart=judged[one.pk],
                answers=one.answers,
                when=one.promised,
                horizon=_term(terms, one.now_due or one.first_due),
                measures=tuple(one.counted),
                good=one.good,
                entries=tuple(one.stands_in),
            )
            for one in _actions(planning.plan_id, on)
            if one.pk in judged
        )
    )


def _actions(plan: int, on: date) -> QuerySet[Any]:
    leads = Lead.objects.filter(current(on), action=OuterRef("pk"), role="accountable")
    promises = Promise.objects.filter(action=OuterRef("pk"), replaced_by__isnull=True)

    def first(rows: QuerySet[Any], column: str) -> Coalesce:
        return Coalesce(Subquery(rows.values(column)[:1]), Value(""), output_field=TextField())

    return (
        Action.objects.filter(plan=plan)
        .annotate(
            answers=first(leads.order_by("position", "pk"), "text"),
            promised=first(promises.order_by("position", "pk"), "words"),
            good=smart.good_of_actions(),
        )
        .prefetch_related(
            Prefetch("measures", measures_of(), to_attr="counted"),
            Prefetch(
                "in_service_plans",
                InServicePlan.objects.filter(
                    current(on), service_plan__ended_on__isnull=True
                ).select_related("service_plan"),
                to_attr="stands_in",
            ),
        )
        .order_by("position", "pk")
    )


def measures_of() -> QuerySet[Any]:
    """Measures that are counted still, each with ``aim``, ``aim_on`` and ``good`` that stand."""
    aims = Target.objects.filter(measure=OuterRef("pk"), replaced_by__isnull=True, kind="target")
    good = WhatGood.objects.filter(measure=OuterRef("pk")).order_by("-pk")
    return (
        Measure.objects.filter(ended_on__isnull=True)
        .annotate(
            aim=Subquery(aims.order_by("on", "pk").values("value")[:1]),
            aim_on=Subquery(aims.order_by("on", "pk").values("on")[:1]),
            good=Coalesce(Subquery(good.values("words")[:1]), Value(""), output_field=TextField()),
            is_aimed=Exists(aims),
        )
        .order_by("position", "pk")
    )


def headings(planning: Planning) -> dict[str, Recommendation]:
    """What an action of this planning can stand under, by its public identifier."""
    rows = Recommendation.objects.filter(plan=planning.plan_id)
    return {row.public_id: row for row in rows}


def good_history(thing: Action | Measure) -> tuple[WhatGood, ...]:
    """All that was ever said of what good looks like, the newest first."""
    of: Mapping[str, Any] = (
        {"measure": thing}
        if isinstance(thing, Measure)
        else {"action": thing, "measure__isnull": True}
    )
    return tuple(WhatGood.objects.filter(**of).select_related("by").order_by("-pk"))


def good_of(measure: Measure) -> str:
    """What good looks like of a measure as it stands; empty where nobody said."""
    last = WhatGood.objects.filter(measure=measure).last()
    return last.words if last else ""


def priorities(planning: Planning) -> dict[str, Area]:
    """The areas that a planning chose, by their public identifiers: what an action comes from."""
    rows = planning.areas.filter(choice="chosen", withdrawn_because="")
    return {row.public_id: row for row in rows}


def _term(terms: Sequence[Horizon | PlanningHorizon], on: date | None) -> str:
    """The name of the nearest term that a day does not lie beyond; empty for none."""
    return next((one.name for one in terms if on is not None and one.ends >= on), "")
