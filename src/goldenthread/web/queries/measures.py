"""Measures as the workspace shows them: what they are, what was measured, and what it says.

Figures that count people by a characteristic or by unit are fetched only for whoever may read them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from goldenthread.plan import edition as ed
from goldenthread.plan.rating import Rated
from goldenthread.timescale import Period, last_ended, period_of
from goldenthread.web import bridge
from goldenthread.web.bridge import OPEN as OPEN
from goldenthread.web.bridge import SYSTEM_WORDS as SYSTEM_WORDS
from goldenthread.web.bridge import Figure as Figure
from goldenthread.web.bridge import Near as Near
from goldenthread.web.bridge import tolerances as tolerances
from goldenthread.web.models import Action as Action
from goldenthread.web.models import CaseStudy as CaseStudy
from goldenthread.web.models import Holding, Lead, Link, Person
from goldenthread.web.models import Measure as Measure
from goldenthread.web.models import Plan as Plan
from goldenthread.web.models import Point as Point
from goldenthread.web.models import Target as Target
from goldenthread.web.permissions import ROLES, Known, current, reach
from goldenthread.web.queries.links import Joined, joined, links_of

PAGE = 25
# As far back as a period can be chosen in a form: whoever brings more brings a file.
_BACK = 12


@dataclass(frozen=True)
class Told:
    """One measure as somebody may see it.

    ``value`` is its public part, with readings only where they may be drawn. ``points`` and
    ``targets`` are those that stand, oldest first. ``inside`` says that its figures stay in the
    workspace, ``hidden`` that this person does not see them either.
    """

    row: Measure
    value: ed.Measure
    rated: Rated
    points: tuple[Point, ...]
    targets: tuple[Target, ...]
    inside: bool
    hidden: bool

    @property
    def latest(self) -> Point | None:
        """The newest point that has a figure; None where there is none, or it is not to be seen."""
        return next((one for one in reversed(self.points) if one.value is not None), None)

    @property
    def aims(self) -> tuple[ed.Target, ...]:
        """The targets that stand, or the forecasts."""
        return tuple(ed.Target(float(t.value), t.on) for t in self.targets)

    def say(self, value: Decimal | float | None) -> str:
        """A figure of this measure as it is printed; nothing for none."""
        return "" if value is None else ed.figure(float(value), self.value.unit)


@dataclass(frozen=True)
class Listed:
    """A page of measures, with how many there are in all."""

    told: tuple[Told, ...]
    found: int
    page: int
    pages: int


def measures(
    *,
    for_: Person,
    as_at: date,
    page: int = 1,
    plan: str = "",
    mine: bool = False,
    search: str = "",
) -> Listed:
    """The measures that somebody may see, a page at a time, in as many queries however many.

    ``plan`` is a public identifier; ``mine`` are those that a post of theirs owns or whose action
    it leads. Those that ended come last.
    """
    known = Known.of(for_, as_at)
    found = Measure.objects.filter(plan__unit__in=reach(for_, "read_register", as_at, known))
    if plan:
        found = found.filter(plan__public_id=plan)
    if mine:
        found = found.filter(pk__in=_own(for_, as_at))
    for word in search.split()[:10]:
        found = found.filter(Q(text__icontains=word) | Q(number__iexact=word))
    count = found.count()
    pages = max(1, -(-count // PAGE))
    page = min(max(page, 1), pages)
    rows = found.select_related("plan__unit", "action", "owner").order_by(
        "ended_on", "plan_id", "position", "pk"
    )
    listed = list(rows[(page - 1) * PAGE : page * PAGE])
    return Listed(tuple(_told(listed, for_, as_at, known)), count, page, pages)


def of_things(rows: Iterable[Measure], *, for_: Person, as_at: date) -> tuple[Told, ...]:
    """These measures as somebody may see them, in their order."""
    listed = list(rows)
    if not listed:
        return ()
    return tuple(_told(listed, for_, as_at, Known.of(for_, as_at)))


def measured_by(action: Action, as_at: date) -> tuple[Measure, ...]:
    """The measures of an action: its own, and those that a link says it is measured by."""
    linked = Link.objects.filter(
        current(as_at),
        from_kind="action",
        from_id=action.public_id,
        to_kind="measure",
        meaning="measured_by",
    ).values("to_id")
    found = Measure.objects.filter(Q(action=action) | Q(public_id__in=linked))
    found = found.annotate(near_of_all=bridge.near_in_sql())
    return tuple(found.select_related("plan", "action", "owner"))


def joined_to(measure: Measure, *, for_: Person, as_at: date) -> tuple[Joined, ...]:
    """The links of a measure with their other ends, those alone that somebody may see."""
    return joined(
        links_of("measure", measure.public_id),
        seen=reach(for_, "read_register", as_at),
        kind="measure",
        public_id=measure.public_id,
        planned=reach(for_, "read_planning", as_at),
    )


def told(*, for_: Person, measure: Measure, as_at: date) -> Told:
    """One measure as somebody may see it."""
    return next(iter(_told([measure], for_, as_at, Known.of(for_, as_at))))


def _told(listed: list[Measure], for_: Person, as_at: date, known: Known) -> Iterable[Told]:
    hidden = {row.pk for row in listed if not bridge.is_open(row)}
    if hidden:
        hidden -= _readable(listed, for_, as_at, known)
    shown = [row for row in listed if row.pk not in hidden]
    points, targets = bridge.standing_points(shown), bridge.standing_targets(listed)
    near = bridge.near_now(listed)
    for row in listed:
        here, aims = points.get(row.pk, []), targets.get(row.pk, [])
        rated = bridge.rated(row, [(p.ends, p.value) for p in here], aims, near)
        yield Told(
            row=row,
            value=bridge.measure_value(row, here, aims, on=as_at, near=near),
            rated=rated,
            points=tuple(here),
            targets=tuple(aims),
            inside=not bridge.is_open(row),
            hidden=row.pk in hidden,
        )


def _readable(listed: list[Measure], person: Person, on: date, known: Known) -> set[int]:
    """The keys of those whose figures somebody may read, as ``may`` would say of each alone.

    A role reads all within its reach, or, where it is narrowed, those that its own post owns or
    whose action it leads.
    """
    narrow = [grant for grant in known.grants if "read_figures" in ROLES[grant.role].only]
    wide = tuple(grant for grant in known.grants if grant not in narrow)
    everything = reach(person, "read_figures", on, Known(wide, known.parents))
    own = _own(person, on) if narrow else frozenset()
    owning = reach(person, "read_figures", on, Known(tuple(narrow), known.parents))
    return {
        row.pk
        for row in listed
        if row.plan.unit_id in everything or (row.pk in own and row.plan.unit_id in owning)
    }


def _own(person: Person, on: date) -> frozenset[int]:
    """The keys of the measures that a post of theirs owns, or whose action it leads, on a day."""
    posts = Holding.objects.filter(current(on), person=person).values("post")
    led = Lead.objects.filter(current(on), post__in=posts).values("action")
    own = Measure.objects.filter(Q(owner__in=posts) | Q(action__in=led))
    return frozenset(own.values_list("pk", flat=True))


# -- what a form offers ----------------------------------------------------------------------------


def missing_periods(measure: Measure, told: Told, as_at: date) -> tuple[Period, ...]:
    """The periods that have ended and have no point yet, the newest first, twelve at most.

    None after the measure's end. Whoever may not see the points is offered none.
    """
    newest = last_ended(as_at, measure.months)
    if measure.ended_on is not None:
        newest = min(newest, period_of(measure.ended_on, measure.months))
    have = {point.ends for point in told.points}
    offered = [newest.after(-back) for back in range(_BACK)]
    return tuple(period for period in offered if period.ends not in have)


def history(measure: Measure) -> dict[date, tuple[Point, ...]]:
    """The points that others replaced, by the last day of their period, the newest first."""
    found: dict[date, list[Point]] = {}
    replaced = Point.objects.filter(measure=measure, replaced_by__isnull=False)
    for point in replaced.select_related("by", "replaced_by__by").order_by("-id"):
        found.setdefault(point.ends, []).append(point)
    return {ends: tuple(points) for ends, points in found.items()}


def targets_before(measure: Measure) -> tuple[Target, ...]:
    """The targets that others replaced, the newest first."""
    return tuple(
        Target.objects.filter(measure=measure, replaced_by__isnull=False)
        .select_related("by", "replaced_by")
        .order_by("-id")
    )


def case_studies(
    *, for_: Person, as_at: date, of: Measure | Action | None = None
) -> tuple[CaseStudy, ...]:
    """The case studies that somebody may see, of a measure, of an action, or all; newest first."""
    found = CaseStudy.objects.filter(plan__unit__in=reach(for_, "read_register", as_at))
    if isinstance(of, Measure):
        found = found.filter(measure=of)
    elif of is not None:
        found = found.filter(action=of)
    return tuple(found.select_related("action", "measure", "plan__unit", "by"))


def plans(*, for_: Person, as_at: date) -> tuple[tuple[str, str], ...]:
    """The plans that have a measure which somebody may see: public identifier and title."""
    seen = reach(for_, "read_register", as_at)
    found = Plan.objects.filter(unit__in=seen, measures__isnull=False).distinct().order_by("pk")
    return tuple(found.values_list("public_id", "title"))
