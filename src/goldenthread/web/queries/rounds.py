"""Rounds as pages list them: those that are open, the windows to come, and the figures of old."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from goldenthread import spc
from goldenthread.timescale import Period, Rhythm, Window
from goldenthread.web.models import Action, Cadence, Person, Plan, Round, Unit
from goldenthread.web.permissions import reach
from goldenthread.web.queries.asked import asked, asked_in, asks_anything, period
from goldenthread.web.queries.cadences import Cadences, cadences

OPEN = Q(closed_at__isnull=True)


def rounds(*, for_: Person, on: date) -> QuerySet[Round]:
    """Every round that somebody may see, the newest period first."""
    return (
        Round.objects.filter(unit__in=reach(for_, "read_rounds", on))
        .select_related("unit", "opened_by", "closed_by")
        .order_by("-ends", "months", "unit__name", "pk")
    )


def open_now(*, for_: Person, on: date) -> tuple[Round, ...]:
    """The rounds that somebody may see and that are open on a day, the first to close at the top.

    One whose window lies ahead, as a clock that was wrong may leave it, is not open yet.
    """
    return tuple(rounds(for_=for_, on=on).filter(OPEN, teams_from__lte=on).order_by("closes", "pk"))


@dataclass(frozen=True)
class Offer:
    """A round that could be opened: whose, of which period, and the days that it would have."""

    unit: Unit
    window: Window

    @property
    def period(self) -> Period:
        """The period that it would ask about."""
        return self.window.period

    def unsaved(self) -> Round:
        """The round as it would be, as far as it says what is asked about."""
        of = self.period
        return Round(unit=self.unit, months=of.months, begins=of.begins, ends=of.ends)

    @property
    def key(self) -> str:
        """What tells it from another in an address."""
        return f"{self.unit.public_id}-{self.period.months}-{self.period.ends:%Y%m%d}"


def offers(*, for_: Person, on: date) -> tuple[Offer, ...]:
    """The rounds that somebody may open: the last window and the next, of periods that have begun.

    Those that were opened before, and those that would ask about nothing, are left out.
    """
    known, kept = cadences(), reach(for_, "keep_rounds", on)
    units = Unit.objects.in_bulk([head.unit for head in known.heads if head.unit in kept])
    opened = set(Round.objects.filter(unit__in=units).values_list("unit_id", "months", "ends"))
    found = []
    for head in known.heads:
        unit = units.get(head.unit)
        if unit is None or (unit.ends is not None and unit.ends < on):
            continue
        rhythm = known.rhythm(head.unit, head.months)
        latest = rhythm.latest(on)
        for window in (latest, rhythm.window(latest.period.after())):
            offer = Offer(unit, window)
            if window.period.begins > on or (unit.pk, head.months, window.period.ends) in opened:
                continue
            if asks_anything(offer.unsaved(), known):
                found.append(offer)
    return tuple(sorted(found, key=lambda one: (one.window.teams, one.unit.name, one.key)))


@dataclass(frozen=True)
class Coming:
    """A window to come, of a unit and periods of a length."""

    unit: Unit
    window: Window


def coming(*, for_: Person, on: date) -> tuple[Coming, ...]:
    """The next window of everybody who asks together, the first to open at the top."""
    known, seen = cadences(), reach(for_, "read_rounds", on)
    units = Unit.objects.in_bulk([head.unit for head in known.heads if head.unit in seen])
    found = [
        Coming(units[head.unit], known.rhythm(head.unit, head.months).coming(on))
        for head in known.heads
        if head.unit in units
    ]
    return tuple(sorted(found, key=lambda one: (one.window.teams, one.unit.name)))


def in_time(closed: Iterable[Round]) -> spc.Series:
    """What share of the actions asked about was answered in time, round by round.

    A programme figure: it counts actions, as each round was counted when it closed. Of rounds of
    one unit and one length; one that is open has none yet and is left out.
    """
    points = [
        spc.share(one.ends, period(one).name, said["answered"], said["asked"])
        for one in sorted(closed, key=lambda one: one.ends)
        if (said := one.figures.get("all"))
    ]
    return spc.Series(
        title="Actions whose lead answered in time",
        quantity=spc.Quantity("share", places=0),
        better="higher",
        counts=spc.Counts.THINGS,
        points=tuple(points),
        source="the updates of leads, counted when each round closed",
    )


def before(round_: Round) -> list[Round]:
    """A round and those before it, of the same unit and of periods as long, that are closed."""
    return list(
        Round.objects.filter(
            unit_id=round_.unit_id,
            months=round_.months,
            ends__lte=round_.ends,
            closed_at__isnull=False,
        )
    )


def since_closing(round_: Round, *, on: date) -> int:
    """How many actions were answered only after a round had closed."""
    if round_.closed_at is None:
        return 0
    late = sum(row.state == "late" for row in asked(round_, on=on))
    return late - int(round_.figures.get("all", {}).get("late", 0))


@dataclass(frozen=True)
class Heard:
    """How an open round stands: how many are asked for, and how many no word came of.

    ``silent`` have had none for as long as the council bears, and ``nobody`` can be asked for so
    many.
    """

    round: Round
    total: int
    quiet: int
    silent: int
    nobody: int


# -- how often -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Kept:
    """A cadence that stands, with the thing that it is of and the next window that it makes."""

    row: Cadence
    of: Unit | Plan | Action
    window: Window

    @property
    def kind(self) -> str:
        """Whether it is of a unit, a plan or an action."""
        return str(self.of._meta.model_name)


def kept(*, for_: Person, on: date) -> tuple[Kept, ...]:
    """The cadences that somebody may see, those of units first."""
    known, seen = cadences(), reach(for_, "read_rounds", on)
    found = []
    for row in (
        Cadence.objects.filter(ended_at__isnull=True)
        .filter(Q(unit__in=seen) | Q(plan__unit__in=seen) | Q(action__plan__unit__in=seen))
        .select_related("unit", "plan", "action__plan", "by")
    ):
        of: Unit | Plan | Action | None = row.unit or row.plan or row.action
        assert of is not None  # noqa: S101 - the database holds it to one
        found.append(Kept(row, of, _rhythm(known, of).coming(on)))
    order = ("unit", "plan", "action")
    return tuple(sorted(found, key=lambda one: (order.index(one.kind), one.row.pk)))


def _rhythm(known: Cadences, of: Unit | Plan | Action) -> Rhythm:
    if isinstance(of, Action):
        return known.rhythm_of(of)
    if isinstance(of, Plan):
        unit = of.unit_id
        return known.rhythm(unit, known.months(action=0, plan=of.pk, unit=unit))
    return known.rhythm(of.pk, known.months(action=0, plan=0, unit=of.pk))


def rhythm_of(of: Unit | Plan | Action) -> Rhythm:
    """The days on which a unit, a plan or an action is asked about, by the nearest cadence."""
    return _rhythm(cadences(), of)


def with_months(of: Plan | Action, months: int) -> Rhythm:
    """The days on which a plan or an action would be asked about with months of its own."""
    unit = of.plan.unit_id if isinstance(of, Action) else of.unit_id
    return cadences().rhythm(unit, months)


def cadence_of(of: Unit | Plan | Action) -> Cadence | None:
    """The cadence that a thing has of its own; None where it is asked about as what is above it."""
    what = str(of._meta.model_name)
    return Cadence.objects.filter(**{what: of}, ended_at__isnull=True).first()


# -- somebody's own --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mine:
    """What a round asks of one lead: how many of their actions, and how many still want a word.

    ``waiting`` are those whose window opens later, as it does for directors.
    """

    round: Round
    asked: int
    due: int
    waiting: int

    @property
    def closes(self) -> date:
        """The last day on which an answer is in time."""
        return self.round.closes


@dataclass(frozen=True)
class Today:
    """What the rounds that are open mean for somebody: what they are asked, and what they watch."""

    mine: tuple[Mine, ...]
    heard: tuple[Heard, ...]


def today(*, for_: Person, on: date, led: Iterable[Action]) -> Today:
    """What the rounds that are open ask of somebody whatever their role, and how those stand that
    they may see; of these the ones that ask nothing are left out.

    ``led`` are the actions that they lead. So many queries, however many rounds.
    """
    seen = reach(for_, "read_rounds", on)
    within = reach(for_, "read_rounds", on, above=False)
    mine = [one.pk for one in led]
    if not (mine or seen):
        return Today((), ())
    waiting = Round.objects.filter(OPEN, teams_from__lte=on).select_related("unit")
    opened = list(waiting.order_by("closes", "pk"))
    watched = any(one.unit_id in seen for one in opened)
    each = asked_in(opened, on=on, actions=None if watched else Q(pk__in=mine))
    asked_of, heard = [], []
    for round_, rows in zip(opened, each, strict=True):
        states = [row.state for row in rows if row.who.person == for_.pk]
        if states:
            due = states.count("due") + states.count("overdue")
            asked_of.append(Mine(round_, len(states), due, states.count("waiting")))
        here = [row for row in rows if row.unit in within or row.who.unit in within]
        if here and round_.unit_id in seen:
            silent = sum(row.silent for row in here)
            nobody = sum(row.state == "nobody" for row in here)
            quiet = sum(not row.answers for row in here)
            heard.append(Heard(round_, len(here), quiet, silent, nobody))
    return Today(tuple(asked_of), tuple(heard))
