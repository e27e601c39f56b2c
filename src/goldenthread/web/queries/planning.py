"""How directorates plan: where each stands on its steps, and what one of them has to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from goldenthread.errors import Missing
from goldenthread.plan.steps import (
    SIX,
    Dates,
    Scheme,
    Standing,
    Step,
    finding,
    here,
    slipping,
    standings,
)
from goldenthread.web.bridge import schemes as every_scheme
from goldenthread.web.models import (
    Holding,
    Person,
    Planning,
    Post,
    SignOff,
    StepDay,
    StepScheme,
    Strand,
    Unit,
)
from goldenthread.web.permissions import Known, current, once, reach
from goldenthread.web.queries import choosing, evaluation, listening, pledges

Facts = Mapping[str, int]
FactsFor = Callable[[Iterable[int]], Mapping[int, Facts]]

DIRECTORATE = "directorate"
"""The kind of a unit that plans in steps, whatever its capitals."""

FACTS: tuple[FactsFor, ...] = (
    listening.facts_for,
    choosing.facts_for,
    pledges.facts_for,
    evaluation.facts_for,
)
"""What gates count: each room's facts of any number of plannings, in a query or two."""


def facts(plannings: Iterable[int]) -> dict[int, dict[str, int]]:
    """What has been done in each of these plannings, counted, by the planning's key."""
    keys = list(plannings)
    found: dict[int, dict[str, int]] = {key: {} for key in keys}
    if keys:
        for ask in FACTS:
            for key, counted in ask(keys).items():
                found[key] |= counted
    return found


# -- the council's steps ---------------------------------------------------------------------------


def schemes() -> tuple[tuple[StepScheme, Scheme], ...]:
    """Every scheme the council kept, the newest first; asked for once where a request reads."""
    return once("step schemes", every_scheme)


def scheme() -> Scheme:
    """The scheme in force."""
    kept = schemes()
    return kept[0][1] if kept else SIX


def every_step() -> dict[str, Step]:
    """Every step that the council ever took, by its word, as it was called last."""
    known = {step.word: step for step in SIX.steps}
    for _row, kept in reversed(schemes()):
        known |= {step.word: step for step in kept.steps}
    return known


# -- one planning ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Taken:
    """One step of a planning: where it stands, its planned days, and who signed or reopened it.

    ``came`` is what came of it in the words of the sign-off that counts, ``signed`` that sign-off;
    both are empty for a step that has none. ``days`` and ``signs`` hold all there were, in order.
    """

    standing: Standing
    days: tuple[StepDay, ...]
    signs: tuple[SignOff, ...]

    @property
    def word(self) -> str:
        """The step's own word."""
        return self.standing.step.word

    @property
    def signed(self) -> SignOff | None:
        """The sign-off that counts."""
        return self.signs[-1] if self.signs and self.signs[-1].what == "signed" else None

    @property
    def slips(self) -> str:
        """What is said of its days where they slip."""
        return slipping(self.standing)

    @property
    def mark(self) -> str:
        """The shape that stands for it: done, late, at_risk, on_track or not_due."""
        if self.standing.state == "done":
            return "done"
        if self.standing.slip:
            return {"behind": "late", "soon": "at_risk"}[self.standing.slip]
        return "on_track" if self.standing.state == "now" else "not_due"


@dataclass(frozen=True)
class Kept:
    """A step that the council no longer takes, with what was planned and signed under it."""

    step: Step
    days: tuple[StepDay, ...]
    signs: tuple[SignOff, ...]


@dataclass(frozen=True)
class Board:
    """One directorate's planning: its steps in order, those no longer taken, and its director.

    ``directors`` are pairs of a post and who holds it.
    """

    planning: Planning
    steps: tuple[Taken, ...]
    kept: tuple[Kept, ...]
    directors: tuple[tuple[Post, Person], ...]

    @property
    def now(self) -> Taken | None:
        """The step that is worked at."""
        at = here([one.standing for one in self.steps])
        return next((one for one in self.steps if one.standing is at), None)

    @property
    def finding(self) -> str:
        """The headline: at which step it is, and its bad half."""
        return finding(self.planning.unit.name, [one.standing for one in self.steps])

    @property
    def slipping(self) -> tuple[Taken, ...]:
        """The steps whose day has passed or comes soon, and which are not signed."""
        return tuple(one for one in self.steps if one.standing.slip)

    def step(self, word: str) -> Taken:
        """The step of a word, that which is worked at where it is empty, else the last.

        Raises ``Missing`` for a step that the council does not take.
        """
        if not word:
            return self.now or self.steps[-1]
        for one in self.steps:
            if one.word == word:
                return one
        raise Missing("The council takes no such step.", do="Go back to the board.")


def board(planning: Planning, *, on: date) -> Board:
    """Where a planning stands on a day. Who may read it was asked of it before."""
    return _boards([planning], on)[0]


def _boards(plannings: Sequence[Planning], on: date) -> list[Board]:
    """The boards of any number of plannings, in as many queries as of one."""
    keys = [one.pk for one in plannings]
    taken, known, counted = scheme(), every_step(), facts(keys)
    days: dict[tuple[int, str], list[StepDay]] = {}
    for day in StepDay.objects.filter(planning__in=keys).select_related("by"):
        days.setdefault((day.planning_id, day.step), []).append(day)
    signs: dict[tuple[int, str], list[SignOff]] = {}
    for sign in SignOff.objects.filter(planning__in=keys).select_related("by", "post"):
        signs.setdefault((sign.planning_id, sign.step), []).append(sign)
    heads = directors({one.unit_id for one in plannings}, on)
    found = []
    for planning in plannings:
        words = {word for key, word in (*days, *signs) if key == planning.pk}
        dates = {
            word: _dates(days.get((planning.pk, word), []), signs.get((planning.pk, word), []))
            for word in words
        }
        told = standings(taken, counted[planning.pk], dates, on=on, begun=planning.begins <= on)
        held = {
            word: (
                tuple(days.get((planning.pk, word), ())),
                tuple(signs.get((planning.pk, word), ())),
            )
            for word in {*words, *taken.words}
        }
        found.append(
            Board(
                planning,
                tuple(Taken(one, *held[one.step.word]) for one in told),
                tuple(
                    Kept(step, *held[word])
                    for word, step in known.items()
                    if word in words and taken.step(word) is None
                ),
                tuple(heads.get(planning.unit_id, ())),
            )
        )
    return found


def _dates(days: Sequence[StepDay], signs: Sequence[SignOff]) -> Dates:
    signed = signs[-1].on if signs and signs[-1].what == "signed" else None
    return Dates(days[0].due if days else None, days[-1].due if days else None, signed)


def directors(units: Iterable[int], on: date) -> dict[int, list[tuple[Post, Person]]]:
    """Who directs each of these units on a day, with the post that they hold in it."""
    holds = (
        Holding.objects.filter(
            current(on),
            current(on, "person__grants__"),
            post__unit__in=list(units),
            person__grants__role="director",
            person__grants__unit=F("post__unit"),
        )
        .select_related("post", "person")
        .order_by("post__title", "pk")
    )
    found: dict[int, list[tuple[Post, Person]]] = {}
    for one in holds:
        found.setdefault(one.post.unit_id, []).append((one.post, one.person))
    return found


def posts_of(person: Person, *, on: date) -> QuerySet[Post]:
    """The posts that somebody holds on a day: what they can sign by."""
    held = current(on, "holdings__") & Q(holdings__person=person)
    return Post.objects.filter(held).select_related("unit").order_by("title").distinct()


# -- over all directorates -------------------------------------------------------------------------


@dataclass(frozen=True)
class Overview:
    """The boards that somebody may read, a row each; and the directorates without a planning.

    ``counts`` say how many of the boards are behind, have a day soon, and have signed every step.
    """

    scheme: Scheme
    boards: tuple[Board, ...]
    without: tuple[Unit, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many boards are behind, near a day with something missing, and done."""
        slips = [{one.standing.slip for one in board.steps} for board in self.boards]
        done = [all(one.signed for one in board.steps) for board in self.boards]
        return {
            "behind": sum("behind" in found for found in slips),
            "soon": sum("soon" in found and "behind" not in found for found in slips),
            "done": sum(done),
        }


def plannings(*, for_: Person, on: date, known: Known | None = None) -> QuerySet[Planning]:
    """Every planning that somebody may read, open or closed, by the directorate's name."""
    return (
        Planning.objects.filter(unit__in=reach(for_, "read_planning", on, known))
        .select_related("unit", "strand", "plan")
        .order_by("unit__name", "strand__name", "-begins", "pk")
    )


def overview(*, for_: Person, on: date) -> Overview:
    """The newest planning of each directorate and strand that somebody may read, on a day."""
    newest: dict[tuple[int, int], Planning] = {}
    for one in plannings(for_=for_, on=on):
        newest.setdefault((one.unit_id, one.strand_id), one)
    begun = {unit for unit, _strand in newest}
    without = [one for one in directorates(for_=for_, on=on) if one.pk not in begun]
    return Overview(scheme(), tuple(_boards(list(newest.values()), on)), tuple(without))


def directorates(*, for_: Person, on: date, permission: str = "read_planning") -> tuple[Unit, ...]:
    """The directorates, on a day, in which somebody may do this."""
    return tuple(
        Unit.objects.filter(
            Q(ends__isnull=True) | Q(ends__gte=on),
            pk__in=reach(for_, permission, on),
            kind__iexact=DIRECTORATE,
            begins__lte=on,
        ).order_by("name", "pk")
    )


def to_begin(*, for_: Person, on: date) -> tuple[tuple[Unit, ...], tuple[Strand, ...]]:
    """In which directorates somebody may begin a planning, and the strands it can be in."""
    found = directorates(for_=for_, on=on, permission="keep_planning")
    return found, tuple(Strand.objects.order_by("name"))
