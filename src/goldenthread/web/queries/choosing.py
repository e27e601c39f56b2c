"""What a directorate starts with: its areas on the matrix, what each rests on, what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.db.models import Model, Q

from goldenthread.errors import Missing
from goldenthread.plan.choosing import (
    Choice,
    Counted,
    Difference,
    Hardness,
    Matrix,
    Placed,
    changed,
    counted,
    finding,
    matrix,
    number_key,
)
from goldenthread.web.models import (
    Action,
    AreaSaid,
    HeardTheme,
    Link,
    Measure,
    PackFinding,
    Person,
    Planning,
    PlanningHorizon,
    Vision,
)
from goldenthread.web.models import Area as Area
from goldenthread.web.models import Horizon as Horizon
from goldenthread.web.permissions import Known, lineage, reach
from goldenthread.web.queries.directorates import parts_of
from goldenthread.web.queries.facts import how_many
from goldenthread.web.queries.links import KIND_WORDS, called, shortened, words_of
from goldenthread.web.queries.visions import signed_by_all

MEANING = "comes_from"
# A list of choices that is longer is not read.
MOST_OFFERED = 200
_LETTERS = 100


@dataclass(frozen=True)
class Tie:
    """A standing link of an area with its other end: what it rests on, or what came of it.

    ``link`` is its public identifier, ``kind`` and ``id`` are those of the other end.
    """

    link: str
    kind: str
    id: str
    words: str
    since: date

    @property
    def kind_words(self) -> str:
        """What the other end is, in words."""
        return str(KIND_WORDS.get(self.kind, self.kind))


@dataclass(frozen=True)
class Told:
    """One saying of an area in its history: the row, where it put the area, and what it changed."""

    row: AreaSaid
    placed: Placed
    changes: tuple[str, ...]


@dataclass(frozen=True)
class Weighed:
    """An area as somebody may see it: its place, what it rests on, and the actions it became."""

    row: Area
    placed: Placed
    grounds: tuple[Tie, ...]
    actions: tuple[Tie, ...]

    @property
    def ties(self) -> tuple[Tie, ...]:
        """All its links that stand."""
        return self.grounds + self.actions


@dataclass(frozen=True)
class Choosing:
    """The areas of a planning: on the matrix, off it, and how they are counted.

    ``decided_on`` is the day of the latest saying; None where no area is placed.
    """

    areas: tuple[Weighed, ...]
    withdrawn: tuple[Area, ...]
    matrix: Matrix
    counted: Counted
    horizons: tuple[Horizon | PlanningHorizon, ...]
    horizons_are_the_plans: bool
    decided_on: date | None
    finding: str


def of_planning(planning: Planning, *, for_: Person, on: date, known: Known) -> Choosing:
    """The areas of a planning as somebody who may see it sees them, in few queries."""
    horizons = horizons_of(planning)
    rows = sorted(planning.areas.all(), key=lambda row: number_key(row.number))
    held = [row for row in rows if not row.withdrawn_because]
    ties = _ties(held, for_, on, known)
    areas = tuple(
        Weighed(row, placed(row, horizons), *ties.get(row.public_id, ((), ()))) for row in held
    )
    places = [one.placed for one in areas]
    last = (
        AreaSaid.objects.filter(area__planning=planning)
        .order_by("-on")
        .values_list("on", flat=True)
        .first()
    )
    return Choosing(
        areas,
        tuple(row for row in rows if row.withdrawn_because),
        matrix(places),
        counted(places),
        horizons,
        any(isinstance(one, Horizon) for one in horizons),
        last,
        finding(planning.unit.name, places),
    )


def one(area: Area, *, for_: Person, on: date, known: Known) -> Weighed:
    """One area as somebody who may see its planning sees it."""
    found = _ties([area], for_, on, known).get(area.public_id, ((), ()))
    return Weighed(area, placed(area, horizons_of(area.planning)), *found)


def history(area: Area) -> tuple[Told, ...]:
    """Where an area stood and stands, when and why, the first saying first."""
    told: list[Told] = []
    for row in area.said.select_related("by"):
        here = _placed(row, area.number, row.ends, area.public_id)
        if row.withdrawn_because:
            changes: tuple[str, ...] = ("Withdrawn.",)
        elif told and told[-1].row.withdrawn_because:
            changes = ("Taken up again.", *changed(told[-1].placed, here))
        else:
            changes = changed(told[-1].placed, here) if told else (f"{here.place}.",)
        told.append(Told(row, here, changes))
    return tuple(told)


def link_of(public_id: str) -> Link:
    """The link of an identifier that a form offered. Raises ``Missing`` where there is none."""
    found = Link.objects.filter(public_id=public_id).first()
    if found is None:
        raise Missing("There is no such link.", do="Look at the area again.")
    return found


def ended_ties(area: Area) -> int:
    """How many links of an area have ended; each stays in the history of its other end."""
    return Link.objects.filter(_of([area.public_id]), until__isnull=False).count()


def placed(area: Area, horizons: Iterable[Horizon | PlanningHorizon]) -> Placed:
    """An area as a value, with the last day that its horizon has now."""
    days = {each.name: each.ends for each in horizons}
    return _placed(area, area.number, days.get(area.horizon), area.public_id)


def _placed(row: Area | AreaSaid, number: str, by: date | None, key: str) -> Placed:
    return Placed(
        number,
        row.title,
        cast(Hardness, row.hardness),
        cast(Difference, row.difference),
        cast(Choice, row.choice),
        row.reason,
        row.horizon,
        by,
        key,
    )


def horizons_of(planning: Planning) -> tuple[Horizon | PlanningHorizon, ...]:
    """What short, medium and long term mean: by the planning's plan, else by the planning itself.

    The nearest first. A plan that defines none leaves it to the planning.
    """
    if planning.plan_id is not None:
        of_plan = tuple(Horizon.objects.filter(plan=planning.plan_id, ended_at__isnull=True))
        if of_plan:
            return of_plan
    return tuple(planning.horizons.filter(ended_at__isnull=True))


def grounds_offered(area: Area, *, for_: Person, on: date) -> list[tuple[str, Model]]:
    """What an area can be said to come from, by its key: themes heard, findings, measures, actions.

    Of the directorate and its parts, and of the whole council for what is measured and promised;
    at most ``MOST_OFFERED``. What it comes from already is left out.
    """
    unit = area.planning.unit_id
    seen = reach(for_, "read_register", on)
    near = seen & (parts_of(unit) | lineage(unit))
    had = set(
        Link.objects.filter(
            from_kind="area", from_id=area.public_id, meaning=MEANING, until__isnull=True
        ).values_list("to_id", flat=True)
    )
    rows: list[Model] = [
        *HeardTheme.objects.filter(
            planning=area.planning_id, merged_into__isnull=True, withdrawn_because=""
        ),
        *PackFinding.objects.filter(pack__planning=area.planning_id, withdrawn_because=""),
        *Measure.objects.filter(plan__unit__in=near, ended_on__isnull=True)[:MOST_OFFERED],
        *Action.objects.filter(plan__unit__in=near)[:MOST_OFFERED],
    ]
    return _keyed([row for row in rows if getattr(row, "public_id", "") not in had])


def actions_offered(area: Area, *, for_: Person, on: date) -> list[tuple[str, Model]]:
    """The actions of the directorate that can be said to come from an area, by their keys."""
    seen = reach(for_, "read_register", on) & parts_of(area.planning.unit_id)
    had = Link.objects.filter(
        to_kind="area", to_id=area.public_id, meaning=MEANING, until__isnull=True
    ).values("from_id")
    rows = Action.objects.filter(plan__unit__in=seen).exclude(public_id__in=had)
    return _keyed([*rows[:MOST_OFFERED]])


def _keyed(rows: Sequence[Model]) -> list[tuple[str, Model]]:
    kept = rows[:MOST_OFFERED]
    return [(f"{row._meta.model_name}:{getattr(row, 'public_id', '')}", row) for row in kept]


def choice_words(row: Model) -> str:
    """What a list of choices calls a thing: what it is, and its words."""
    kind = str(row._meta.model_name)
    said = str(KIND_WORDS.get(kind, kind))
    return f"{said[:1].upper()}{said[1:]}: {shortened(words_of(row), _LETTERS)}"


def _of(areas: Iterable[str]) -> Q:
    keys = list(areas)
    return Q(meaning=MEANING) & (
        Q(from_kind="area", from_id__in=keys) | Q(to_kind="area", to_id__in=keys)
    )


def _ties(
    areas: Sequence[Area], for_: Person, on: date, known: Known
) -> dict[str, tuple[tuple[Tie, ...], tuple[Tie, ...]]]:
    """The standing links of areas by their identifier: what each rests on, what came of it.

    In two queries.
    """
    keys = {area.public_id for area in areas}
    if not keys:
        return {}
    links = list(Link.objects.filter(_of(keys), until__isnull=True).order_by("since", "id"))
    wanted: dict[str, set[str]] = {}
    ends = []
    for link in links:
        onward = link.from_kind == "area" and link.from_id in keys
        kind, end = (link.to_kind, link.to_id) if onward else (link.from_kind, link.from_id)
        wanted.setdefault(kind, set()).add(end)
        ends.append((link, onward, kind, end))
    seen = reach(for_, "read_register", on, known)
    planned = reach(for_, "read_planning", on, known)
    things = called(wanted, seen=seen, planned=planned)
    found: dict[str, tuple[tuple[Tie, ...], tuple[Tie, ...]]] = {}
    for link, onward, kind, end in ends:
        if (kind, end) not in things:
            continue
        tie = Tie(link.public_id, kind, end, things[kind, end], link.since)
        key = link.from_id if onward else link.to_id
        grounds, actions = found.get(key, ((), ()))
        found[key] = ((*grounds, tie), actions) if onward else (grounds, (*actions, tie))
    return found


@dataclass(frozen=True)
class Decided:
    """An area that was chosen or not, for an edition: ``themes`` are the themes heard it rests on.

    They are named by their public identifiers; which of them may leave is not decided here.
    """

    placed: Placed
    themes: tuple[str, ...]


def decided(planning: Planning) -> tuple[Decided, ...]:
    """The areas of a planning that are chosen or not chosen, in their order, in three queries.

    Those not decided and those withdrawn stay inside.
    """
    horizons = horizons_of(planning)
    rows = planning.areas.filter(withdrawn_because="").exclude(choice="undecided")
    held = sorted(rows, key=lambda row: number_key(row.number))
    themes: dict[str, list[str]] = {}
    links = Link.objects.filter(
        from_kind="area",
        from_id__in=[row.public_id for row in held],
        to_kind="heardtheme",
        meaning=MEANING,
        until__isnull=True,
    )
    for link in links.order_by("since", "id"):
        themes.setdefault(link.from_id, []).append(link.to_id)
    return tuple(
        Decided(placed(row, horizons), tuple(themes.get(row.public_id, ()))) for row in held
    )


_ON_MATRIX = Area.objects.filter(withdrawn_because="")
_CHOSEN = _ON_MATRIX.filter(choice="chosen")
COUNTED = {
    "priorities": how_many(_ON_MATRIX),
    "chosen": how_many(_CHOSEN),
    "chosen_with_reason": how_many(_CHOSEN.exclude(reason="")),
    "visions": how_many(Vision.objects.all()),
    "vision_signed": how_many(signed_by_all(Vision.objects.all())),
}
"""What was done at the third and fourth step, for gates: ``priorities`` on the matrix, those
``chosen`` and ``chosen_with_reason``; ``visions`` that were written, and ``vision_signed``, those
that all who were asked have signed.
"""
