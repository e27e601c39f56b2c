"""Service plans: those of a directorate and its divisions, and the thread above one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from goldenthread.plan import ways_up as core
from goldenthread.plan.edition import Standing
from goldenthread.plan.tiers import Tally, tally
from goldenthread.web.models import (
    Action,
    InServicePlan,
    InStrand,
    Link,
    Person,
    Recommendation,
    Unit,
)
from goldenthread.web.models import ServicePlan as ServicePlan
from goldenthread.web.permissions import current, lineage, reach, units_above, whole_body
from goldenthread.web.queries.links import Joined, ahead, shortened
from goldenthread.web.queries.plan import standing_on
from goldenthread.web.queries.smart import UPWARD
from goldenthread.web.queries.tiers import (
    End,
    actions_of,
    directorates,
    in_force,
    standing_now,
)


def parts(unit: Unit) -> tuple[Unit, ...]:
    """A unit and all below it that have not ended, itself first: who can have a service plan."""
    below = _below(unit.pk)
    rows = Unit.objects.filter(pk__in=below, ends__isnull=True)
    return tuple(sorted(rows, key=lambda one: (one.pk != unit.pk, one.name)))


def of_unit(unit: int) -> QuerySet[ServicePlan]:
    """The service plans of a unit and all below it that count still, with how many actions."""
    standing = Q(entries__until__isnull=True)
    return (
        ServicePlan.objects.filter(unit__in=_below(unit), ended_on__isnull=True)
        .select_related("unit")
        .annotate(action_count=Count("entries", filter=standing))
        .order_by("unit__name", "-begins", "pk")
    )


@dataclass(frozen=True)
class Entry:
    """An action in a service plan, and where it leads: in the directorate's plan and the council's.

    ``standing`` is how the action stands. ``besides`` are links up that serve nothing: where the
    action comes from and what it answers.
    """

    row: InServicePlan
    standing: Standing
    directorate: tuple[End, ...]
    council: tuple[End, ...]
    recommendations: tuple[End, ...]
    besides: tuple[Joined, ...]

    @property
    def leads(self) -> bool:
        """Whether it serves anything but itself, or is the council's own."""
        others = [end for end in self.directorate if end.id != self.row.action.public_id]
        return bool(others or self.council or self.recommendations)


@dataclass(frozen=True)
class OfPlan:
    """What stands in a service plan now, what stood in it, and the thread above it counted."""

    now: tuple[Entry, ...]
    past: tuple[InServicePlan, ...]
    counted: core.Counted

    @property
    def orphans(self) -> int:
        """How many of its actions serve nothing above them."""
        return sum(not one.leads for one in self.now)


def of_plan(plan: ServicePlan, *, for_: Person, on: date) -> OfPlan:
    """The thread as a service plan sees it: its actions, and where each leads.

    Only what this person may see: an action of a plan that they may not read is not told, and no
    way goes through it. At most sixteen queries, whatever stands there.
    """
    seen = reach(for_, "read_register", on)
    rows = list(
        InServicePlan.objects.filter(service_plan=plan, action__plan__unit__in=seen)
        .select_related("action__plan")
        .order_by("reference", "action__position", "pk")
    )
    # One that was taken out on the day on which it was put in stands there no more.
    now = [row for row in rows if row.until is None or row.until > on]
    ids = list(dict.fromkeys(row.action.public_id for row in now))
    rungs, serves, named = _thread_above(ids, seen, on)
    ways = core.ways_up(rungs, serves, ids)
    by_id = {one.id: one for one in ways}
    besides = _besides(ids, seen, for_, on)

    def entry(row: InServicePlan) -> Entry:
        found = by_id[row.action.public_id]
        return Entry(
            row,
            named[found.id].standing or "not_due",
            tuple(named[key] for key in found.directorate),
            tuple(named[key] for key in found.council),
            tuple(named[key] for key in found.recommendations),
            besides.get(found.id, ()),
        )

    return OfPlan(
        tuple(entry(row) for row in now),
        tuple(row for row in rows if row not in now),
        core.counted(rungs, ways),
    )


# A service may serve its division, that its directorate, and that the council.
_DEEPEST = 4


def _thread_above(
    ids: Sequence[str], seen: frozenset[int], on: date
) -> tuple[list[core.Rung], list[tuple[str, str]], dict[str, End]]:
    """The actions of these identifiers and all that they serve, two queries for each step up."""
    root, _name = whole_body() or (0, "")
    rungs: list[core.Rung] = []
    serves: list[tuple[str, str]] = []
    named: dict[str, End] = {}
    answered: set[str] = set()
    # What stands in the service plan is told even where its own plan has ended.
    found = standing_now(Action.objects.filter(plan__unit__in=seen), on)
    for _step in range(_DEEPEST):
        frontier = []
        for row in found.filter(public_id__in=ids).values_list(*_COLUMNS) if ids else ():
            key, number, said, standing, unit, above, recommendation = row
            tier: core.Tier = "council" if unit == root else "part"
            if above == root:
                tier = "directorate"
            answers = recommendation or "" if tier == "council" else ""
            rungs.append(core.Rung(key, tier, standing, answers))
            named[key] = End("action", key, number, shortened(said, 110), standing)
            answered.add(answers)
            if tier != "council":
                frontier.append(key)
        ids = []
        if not frontier:
            break
        links = Link.objects.filter(
            in_force(on), meaning="serves", from_kind="action", from_id__in=frontier
        )
        found_links = links.order_by("since", "pk").values_list("from_id", "to_kind", "to_id")
        for start, kind, end in found_links:
            serves.append((start, end))
            if kind == "recommendation":
                answered.add(end)
            elif kind == "action" and end not in named:
                ids.append(end)
        found = actions_of(seen, on)
    recommendations = Recommendation.objects.filter(public_id__in=answered, plan__unit__in=seen)
    for key, number, text in recommendations.values_list("public_id", "number", "text"):
        rungs.append(core.Rung(key, "recommendation"))
        named[key] = End("recommendation", key, number, shortened(text, 110))
    return rungs, serves, named


_COLUMNS = (
    *("public_id", "number", "said", "standing", "plan__unit", "plan__unit__parent"),
    "recommendation__public_id",
)


def _besides(
    ids: Sequence[str], seen: frozenset[int], for_: Person, on: date
) -> dict[str, tuple[Joined, ...]]:
    """Where actions come from and what they answer, by links: what may be seen of it."""
    others = [meaning for meaning in UPWARD if meaning != "serves"]
    links = list(
        Link.objects.filter(
            current(on), from_kind="action", from_id__in=ids, meaning__in=others
        ).order_by("since", "pk")
    )
    ends = ahead(links, seen=seen, planned=reach(for_, "read_planning", on))
    found: dict[str, list[Joined]] = {}
    for link in links:
        if link.public_id in ends:
            found.setdefault(link.from_id, []).append(ends[link.public_id])
    return {key: tuple(joined) for key, joined in found.items()}


# -- every service plan ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Listed:
    """A service plan in the list of all: the directorate that it is of, its actions counted."""

    plan: ServicePlan
    directorate: str
    name: str
    actions: Tally


def listed(*, for_: Person, on: date) -> tuple[Listed, ...]:
    """The service plans that count on a day and that somebody may see, by directorate; six queries.

    Actions are counted as far as the register lets this person read them.
    """
    where = directorates(on)
    standing = {unit.key: unit for unit in where.standing}
    rows = list(
        ServicePlan.objects.filter(unit__in=reach(for_, "read_planning", on))
        .filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on))
        .select_related("unit")
    )
    pairs = list(
        InServicePlan.objects.filter(
            Q(until__isnull=True) | Q(until__gt=on), service_plan__in=rows
        ).values_list("service_plan", "action")
    )
    read = Action.objects.filter(
        plan__unit__in=reach(for_, "read_register", on), pk__in={action for _plan, action in pairs}
    )
    stands: dict[int, Standing] = dict(
        read.annotate(stands=standing_on(on)).values_list("pk", "stands")
    )
    held: dict[int, list[Standing]] = {}
    for plan, action in pairs:
        if action in stands:
            held.setdefault(plan, []).append(stands[action])
    found = []
    for row in rows:
        unit = standing.get(where.of.get(row.unit_id, 0))
        found.append(
            Listed(
                row,
                unit.public_id if unit else "",
                unit.name if unit else "",
                tally(held.get(row.pk, ())),
            )
        )
    return tuple(
        sorted(found, key=lambda one: (one.name, one.plan.unit.name, one.plan.title, one.plan.pk))
    )


def directorate_of(plan: ServicePlan, on: date) -> tuple[str, str] | None:
    """The identifier and the name of the directorate that a service plan belongs to on a day."""
    where = directorates(on)
    unit = next((u for u in where.standing if u.key == where.of.get(plan.unit_id, 0)), None)
    return (unit.public_id, unit.name) if unit else None


@dataclass(frozen=True)
class StandsIn:
    """A service plan in which an action stands: its title, the part whose it is, and where in it.

    ``id`` is its public identifier.
    """

    title: str
    id: str
    unit: str
    reference: str


def belonging(
    action: Action, *, for_: Person, on: date
) -> tuple[tuple[str, ...], tuple[StandsIn, ...]]:
    """To what an action belongs besides its plan, in one query: further strands, service plans.

    The strands by name; the service plans in which it stands on a day, those alone that somebody
    may see, by the part whose they are.
    """

    def as_words(*columns: str) -> tuple[Cast, ...]:
        return tuple(Cast(one, TextField()) for one in columns)

    none = Value("", TextField())
    strands = InStrand.objects.filter(action=action, ended_at__isnull=True).order_by()
    plans = InServicePlan.objects.filter(
        Q(until__isnull=True) | Q(until__gt=on),
        action=action,
        service_plan__unit__in=reach(for_, "read_planning", on),
    ).order_by()
    found = list(
        strands.values_list("pk", none, *as_words("strand__name"), none, none).union(
            plans.values_list(
                "pk",
                *as_words("service_plan__public_id", "service_plan__title"),
                *as_words("service_plan__unit__name", "reference"),
            ),
            all=True,
        )
    )
    return (
        tuple(sorted(name for _pk, key, name, _unit, _reference in found if not key)),
        tuple(
            StandsIn(title, key, unit, reference)
            for _pk, key, title, unit, reference in sorted(found, key=lambda one: (one[3], one[0]))
            if key
        ),
    )


def choosable(plan: ServicePlan, *, for_: Person, on: date) -> tuple[Action, ...]:
    """The actions that can be put in a service plan: of its own part, of those above and below."""
    near = _below(plan.unit_id) | lineage(plan.unit_id, units_above())
    seen = reach(for_, "read_register", on)
    return tuple(
        Action.objects.filter(plan__unit__in=near & seen, plan__ends__isnull=True)
        .exclude(status__in=("completed", "withdrawn"))
        .select_related("plan__unit")
        .order_by("plan_id", "position", "pk")
    )


def _below(unit: int) -> frozenset[int]:
    parents = units_above()
    return frozenset(key for key in parents if unit in lineage(key, parents))
