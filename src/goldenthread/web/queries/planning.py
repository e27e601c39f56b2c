"""How directorates plan: where each stands on its steps, and what one of them has to look at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from goldenthread.errors import Missing
from goldenthread.plan.steps import (
    Dates,
    Scheme,
    Standing,
    Step,
    finding,
    here,
    slipping,
    standings,
)
from goldenthread.web.models import (
    Holding,
    Person,
    Planning,
    Post,
    SignOff,
    StepDay,
    Strand,
    Unit,
)
from goldenthread.web.permissions import Known, current, reach
from goldenthread.web.queries import choosing, evaluation, listening, pledges, smart
from goldenthread.web.queries.facts import facts_for
from goldenthread.web.queries.steps import every_step as every_step
from goldenthread.web.queries.steps import scheme as scheme
from goldenthread.web.queries.steps import schemes as schemes

DIRECTORATE = "directorate"
"""The kind of a unit that plans in steps, whatever its capitals."""

COUNTED = {
    **smart.STAMP,
    **listening.COUNTED,
    **choosing.COUNTED,
    **pledges.COUNTED,
    **evaluation.COUNTED,
}
"""What gates count, in the order of the steps; and the stamp of the plan, to judge its actions."""


def facts(plannings: Iterable[int]) -> dict[int, dict[str, int]]:
    """What has been done in each of these plannings, counted, by the planning's key.

    One query for any number of plannings, and three more where a plan changed since its actions
    were judged.
    """
    found = facts_for(plannings, COUNTED)
    stamps = {key: tuple(row.pop(name) for name in smart.STAMP) for key, row in found.items()}
    judged = smart.of_stamps(stamp for stamp in stamps.values() if stamp[0] is not None)
    for key, row in found.items():
        row |= pledges.judged(judged.get(stamps[key][0], {}))
    return found


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
    """One directorate's planning: its steps in order, and those no longer taken."""

    planning: Planning
    steps: tuple[Taken, ...]
    kept: tuple[Kept, ...]

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
            )
        )
    return found


def _dates(days: Sequence[StepDay], signs: Sequence[SignOff]) -> Dates:
    signed = signs[-1].on if signs and signs[-1].what == "signed" else None
    return Dates(days[0].due if days else None, days[-1].due if days else None, signed)


def directors(unit: int, *, on: date) -> tuple[tuple[Post, Person], ...]:
    """Who directs a unit on a day: pairs of the post that they hold in it, and themselves."""
    holds = (
        Holding.objects.filter(
            current(on),
            current(on, "person__grants__"),
            post__unit=unit,
            person__grants__role="director",
            person__grants__unit=F("post__unit"),
        )
        .select_related("post", "person")
        .order_by("post__title", "pk")
    )
    return tuple((one.post, one.person) for one in holds)


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
