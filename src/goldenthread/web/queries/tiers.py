"""Two tiers as a reader may see them: the rows of both, held against each other by the core.

Everything comes from what the register lets this reader read, the counts as well (decision 0033):
nothing is counted of what cannot be opened. The queries do not grow with the rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.db.models.functions import Substr

from goldenthread.plan import tiers as core
from goldenthread.plan.edition import Standing
from goldenthread.web.models import (
    Action,
    Apart,
    InStrand,
    Link,
    Person,
    Planning,
    Recommendation,
    Strand,
    Theme,
    Unit,
)
from goldenthread.web.models.tree import Node
from goldenthread.web.permissions import Known, every_unit, reach
from goldenthread.web.queries.links import shortened
from goldenthread.web.queries.plan import standing_on

# Of an action without a short name its first words stand in a list.
_WORDS = 120


@dataclass(frozen=True)
class Directorates:
    """Every unit with the directorate that it belongs to today, and those that stand, by name.

    A directorate stands directly under the whole body. A unit that was succeeded by one other goes
    with its heir, so that what a division planned before it moved stands where the division is now.
    """

    root: int
    body: str
    of: Mapping[int, int]
    standing: tuple[Node, ...]

    @cached_property
    def ids(self) -> Mapping[int, str]:
        """The public identifier of each directorate that stands."""
        return {unit.key: unit.public_id for unit in self.standing}


def directorates(on: date) -> Directorates:
    """The directorates of a day: no query where the tree of units is known already."""
    units = every_unit()
    root = next(key for key, unit in units.items() if unit.parent is None)
    found: dict[int, int] = {}
    for key in units:
        here, passed = key, {root}
        while here not in passed:
            passed.add(here)
            unit = units[here]
            heirs = [heir for heir, since in unit.heirs if since <= on]
            if unit.ends is not None and unit.ends < on and len(heirs) == 1:
                here = heirs[0]
            elif unit.parent == root:
                found[key] = here
            elif unit.parent is not None:
                here = unit.parent
    standing = (
        unit
        for unit in units.values()
        if unit.parent == root and unit.begins <= on and (unit.ends is None or unit.ends >= on)
    )
    return Directorates(
        root, units[root].public_id, found, tuple(sorted(standing, key=lambda unit: unit.name))
    )


@dataclass(frozen=True)
class Both:
    """Both tiers as one reader sees them, with the words for the keys that the core knows.

    ``whole`` is true where the reader may read every directorate: else what others do is neither
    shown nor counted. ``columns`` are all the directorates that they may read, however narrowed;
    ``body`` is the public identifier of the whole body.
    """

    tiers: core.Tiers
    columns: tuple[str, ...]
    body: str
    whole: bool
    themes: Mapping[str, str]
    strands: Mapping[str, str]
    units: Mapping[str, str]
    recommendations: Mapping[str, str]

    @cached_property
    def met(self) -> core.Met:
        """How far they meet."""
        return core.reconcile(self.tiers)


def both(
    *,
    for_: Person,
    on: date,
    directorate: str = "",
    known: Known | None = None,
    serving: bool = True,
) -> Both:
    """The two tiers of a day as somebody may see them; with one directorate alone where named.

    Plans that have ended are left out, and so is an action of a year that was reviewed and closed
    unless it serves something: nobody is asked to join what is over. Eight queries, and two more
    where nothing is ``known``. Without ``serving`` the actions of directorates that serve something
    are not even fetched: for the list of those that serve none, and for nothing else.
    """
    seen = reach(for_, "read_register", on, known)
    where = directorates(on)
    links = _links(on)
    recommendations = list(
        Recommendation.objects.filter(at_work(on), plan__unit=where.root, plan__unit__in=seen)
        .order_by("plan_id", "position", "id")
        .values_list("public_id", "theme__public_id", "number", "text")
    )
    columns = tuple(unit.public_id for unit in where.standing if unit.key in seen)
    apart = list(
        Apart.objects.filter(undone_at__isnull=True, action__plan__unit__in=seen).values_list(
            "action__public_id", "what", "unit"
        )
    )
    above, below = _rows(
        seen,
        on,
        where,
        links,
        needs_none={key for key, what, _unit in apart if what == "no_directorate"},
        local={key for key, what, _unit in apart if what == "local"},
        serving=serving,
    )
    tiers = core.Tiers(
        above=above,
        below=below,
        serves=frozenset(links.serves),
        directorates=columns,
        not_needed=frozenset(
            (key, where.ids.get(where.of.get(unit, 0), ""))
            for key, what, unit in apart
            if what == "not_needed"
        ),
        recommendations=tuple((key, theme or "") for key, theme, _n, _t in recommendations),
    )
    return Both(
        tiers=core.of_directorate(tiers, directorate) if directorate in columns else tiers,
        columns=columns,
        body=where.body,
        whole=all(unit.key in seen for unit in where.standing),
        themes=dict(Theme.objects.order_by("position", "id").values_list("public_id", "name")),
        strands=strand_names(),
        units={unit.public_id: unit.name for unit in where.standing},
        recommendations={
            key: f"{number}. {shortened(text, 80)}" if number else shortened(text, 80)
            for key, _theme, number, text in recommendations
        },
    )


def strand_names() -> dict[str, str]:
    """The strands of the programme: each name by its public identifier, in order of the name."""
    return dict(Strand.objects.order_by("name").values_list("public_id", "name"))


@dataclass(frozen=True)
class _Links:
    serves: tuple[tuple[str, str], ...]
    gave_way: Mapping[str, str]


def _links(on: date) -> _Links:
    """What serves what, and what took the place of what, as keys; ended links count no more."""
    found = Link.objects.filter(
        in_force(on),
        meaning__in=("serves", "replaces"),
        from_kind="action",
        to_kind__in=("action", "recommendation"),
    ).values_list("meaning", "from_id", "to_id")
    serves, gave_way = [], {}
    for meaning, start, end in found:
        if meaning == "serves":
            serves.append((start, end))
        else:
            gave_way[end] = start
    return _Links(tuple(serves), gave_way)


def in_force(on: date) -> Q:
    """The condition that a link of two tiers counts on a day: one that was ended today does not."""
    return Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on))


def _strands_of_actions() -> Mapping[str, tuple[str, ...]]:
    """The further strands of actions, by the action."""
    found: dict[str, tuple[str, ...]] = {}
    rows = InStrand.objects.filter(ended_at__isnull=True, action__isnull=False)
    for action, strand in rows.values_list("action__public_id", "strand__public_id"):
        found[action] = (*found.get(action, ()), strand)
    return found


def at_work(on: date) -> Q:
    """The condition that something's plan is at work on a day."""
    return Q(plan__ends__isnull=True) | Q(plan__ends__gte=on)


def _rows(
    seen: frozenset[int],
    on: date,
    where: Directorates,
    links: _Links,
    *,
    needs_none: Collection[str],
    local: Collection[str],
    serving: bool,
) -> tuple[tuple[core.Above, ...], tuple[core.Below, ...]]:
    """The actions of both tiers as the core takes them, in the order of their plans."""
    rows = actions_of(seen, on)
    if not serving:
        # What was withdrawn is wanted all the same: whatever serves it alone serves nothing.
        gone = Action.objects.filter(at_work(on), plan__unit__in=seen, status="withdrawn")
        joined = Link.objects.filter(
            in_force(on),
            meaning="serves",
            from_kind="action",
            from_id=OuterRef("public_id"),
            to_kind__in=("action", "recommendation"),
        ).exclude(to_id__in=gone.values("public_id"))
        rows = rows.filter(Q(plan__unit=where.root) | Q(status="withdrawn") | ~Exists(joined))
    ordered = rows.order_by("plan__unit__name", "plan_id", "position", "pk")
    found = list(ordered.values_list(*_COLUMNS))
    gave_way = links.gave_way
    newer = set(gave_way.values())
    names = {key: number or f"“{words}”" for key, number, words, *_rest in found if key in newer}
    besides = _strands_of_actions()
    closed, lowers = of_closed_years(on), {lower for lower, _upper in links.serves}
    above: list[core.Above] = []
    below: list[core.Below] = []
    # A directorate that ended and left no heir has no column; what it promised is still there.
    column = {unit: where.ids.get(top, "") for unit, top in where.of.items()}
    alone: dict[str, frozenset[str]] = {}
    for key, number, words, standing, due, rag, unit, unit_name, strand, rec, theme, plan in found:
        strands = alone.setdefault(strand, frozenset((strand,)))
        if key in besides:
            strands = strands.union(besides[key])
        gave = names.get(gave_way.get(key, ""), "") if gave_way else ""
        if unit == where.root:
            above.append(
                core.Above(
                    id=key,
                    number=number,
                    words=words,
                    standing=standing,
                    due=due,
                    theme=theme or "",
                    recommendation=rec or "",
                    strands=strands,
                    needs_none=key in needs_none,
                    gave_way=gave,
                )
            )
            continue
        if plan in closed and key not in lowers:
            continue
        below.append(
            core.Below(
                id=key,
                number=number,
                words=words,
                directorate=column.get(unit, ""),
                standing=standing,
                due=due,
                strands=strands,
                red=rag == "red" and standing not in ("done", "withdrawn"),
                local=key in local,
                gave_way=gave,
                unit=unit_name,
            )
        )
    return tuple(above), tuple(below)


_COLUMNS = (
    *("public_id", "number", "said", "standing", "now_due", "rag", "plan__unit"),
    *("plan__unit__name", "plan__strand__public_id", "recommendation__public_id"),
    *("recommendation__theme__public_id", "plan_id"),
)


@dataclass(frozen=True)
class End:
    """An action or a recommendation, as a line shows it; a recommendation has no standing."""

    kind: str
    id: str
    number: str
    words: str
    standing: Standing | None = None


def of_closed_years(on: date) -> frozenset[int]:
    """The plans of plannings that were closed by a day, unless one that is open goes on with it."""
    rows = Planning.objects.filter(plan__isnull=False).values_list("plan", "closed_on")
    closed: set[int] = set()
    going: set[int] = set()
    for plan, closed_on in rows:
        if plan is not None:
            (closed if closed_on is not None and closed_on <= on else going).add(plan)
    return frozenset(closed - going)


def actions_of(seen: Iterable[int], on: date) -> QuerySet[Action]:
    """The actions of these units whose plans are at work, with ``standing`` and ``said``."""
    return standing_now(Action.objects.filter(at_work(on), plan__unit__in=seen), on)


def standing_now(rows: QuerySet[Action], on: date) -> QuerySet[Action]:
    """Actions with ``standing``, how each stands on a day, and ``said``, what it is called."""
    return rows.annotate(
        standing=standing_on(on),
        said=Case(When(title="", then=Substr("text", 1, _WORDS)), default=F("title")),
    )


def kept_in(units: frozenset[int], on: date) -> frozenset[str]:
    """The public identifiers of the directorates among these units, and of the whole body."""
    found = Unit.objects.filter(pk__in=units).filter(
        Q(parent__isnull=True) | Q(parent__parent=None)
    )
    return frozenset(found.filter(begins__lte=on).values_list("public_id", flat=True))


def kept_apart(*, for_: Person, on: date) -> tuple[Apart, ...]:
    """Every decision that stands and keeps an action apart, as far as somebody may see it."""
    seen = reach(for_, "read_register", on)
    return tuple(
        Apart.objects.filter(undone_at__isnull=True, action__plan__unit__in=seen)
        .select_related("action__plan__unit", "unit", "by")
        .order_by("action__plan__unit__name", "action__position", "id")
    )
