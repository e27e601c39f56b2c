"""What unions and forums were asked, and what they said: the last word of each, and before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet, Subquery

from goldenthread.web.models import (
    Action,
    Committee,
    Consultation,
    Consulted,
    Person,
    Plan,
    Planning,
    Recommendation,
    Stance,
)
from goldenthread.web.models import Edition as Edition
from goldenthread.web.permissions import reach
from goldenthread.web.queries.links import shortened

_MOST_LETTERS = 90


@dataclass(frozen=True)
class Position:
    """What a body says of a thing now, and what it said before, the last first."""

    stance: Stance
    earlier: tuple[Stance, ...] = ()


@dataclass(frozen=True)
class Asked:
    """A body that was consulted: what it said in answer, or that it is waited for, or late."""

    committee: Committee
    position: Position | None
    late: bool


@dataclass(frozen=True)
class Listed:
    """A consultation in a list: what it is about, how many were asked and how many answered."""

    row: Consultation
    about: str
    answered: int
    count: int


@dataclass(frozen=True)
class Consulting:
    """A consultation as it stands on a day: what it is about, and each body that was asked."""

    row: Consultation
    about: str
    asked: tuple[Asked, ...]

    @property
    def count(self) -> int:
        """How many bodies were asked."""
        return len(self.asked)

    @property
    def answered(self) -> int:
        """How many bodies have said something."""
        return sum(one.position is not None for one in self.asked)


def one(row: Consultation, *, on: date) -> Consulting:
    """One consultation with what every body said."""
    return _consultings(_rows().filter(pk=row.pk), on)[0]


def _consultings(rows: QuerySet[Consultation], on: date) -> tuple[Consulting, ...]:
    """Consultations with what every body said, in two queries however many there are.

    Each was put to one body or more.
    """
    about = ("plan", "recommendation", "action", "edition")
    held: dict[int, list[Consulted]] = {}
    for each in (
        Consulted.objects.filter(consultation__in=rows.values("pk"))
        .select_related("committee", *(f"consultation__{one}" for one in about))
        .defer("consultation__edition__content")
        .prefetch_related(Prefetch("consultation__stances", _stances()))
        .order_by("-consultation__asked_on", "-consultation__id", "id")
    ):
        held.setdefault(each.consultation_id, []).append(each)
    return tuple(_consulting(asked[0].consultation, asked, on) for asked in held.values())


def _consulting(row: Consultation, consulted: Iterable[Consulted], on: date) -> Consulting:
    positions = {one.stance.committee_id: one for one in positions_of(row.stances.all())}
    asked = (
        Asked(
            each.committee,
            positions.get(each.committee_id),
            each.committee_id not in positions and row.wanted_by < on,
        )
        for each in consulted
    )
    return Consulting(row, subject_of(row), tuple(asked))


def about(thing: Plan | Recommendation | Action) -> tuple[Listed, ...]:
    """Every consultation on a thing, the newest first; of a plan also those on what is in it.

    In one query, with how many bodies were asked and how many of them have answered.
    """
    answered = Stance.objects.filter(
        consultation=OuterRef("consultation"), committee=OuterRef("committee")
    )
    asked = Consulted.objects.filter(consultation=OuterRef("pk")).order_by()
    rows: QuerySet[Any] = _rows().filter(**{str(thing._meta.model_name): thing})
    rows = rows.annotate(
        of_all=Subquery(_counted(asked)),
        of_those=Subquery(_counted(asked.filter(Exists(answered)))),
    )
    return tuple(Listed(row, subject_of(row), row.of_those or 0, row.of_all or 0) for row in rows)


def _counted(rows: QuerySet[Consulted]) -> QuerySet[Any, Any]:
    return rows.values("consultation").annotate(many=Count("pk")).values("many")


def waiting_for(committee: Committee, *, on: date) -> tuple[Consulting, ...]:
    """What a body was asked about that has no outcome yet, the newest first."""
    return _consultings(_rows().filter(consulted__committee=committee, outcome_on__isnull=True), on)


def consultings_of(planning: Planning, *, on: date) -> tuple[Consulting, ...]:
    """The consultations by which a planning's closing statement was put to bodies, newest first."""
    return _consultings(_rows().filter(closing__planning=planning), on)


def of_person(*, for_: Person, bodies: Iterable[Committee], on: date) -> tuple[Consulting, ...]:
    """What the bodies for which somebody speaks were asked and have not answered."""
    held = {body.pk for body in bodies}
    rows = _rows().filter(
        consulted__committee__in=held,
        outcome_on__isnull=True,
        plan__unit__in=reach(for_, "read_register", on),
    )
    return tuple(
        each
        for each in _consultings(rows.distinct(), on)
        if any(a.committee.pk in held and a.position is None for a in each.asked)
    )


def on_plan(plan: Plan) -> tuple[Position, ...]:
    """What bodies say of a plan as a whole; of how it was closed they speak beside that."""
    return positions_of(
        _stances().filter(
            plan=plan,
            action__isnull=True,
            recommendation__isnull=True,
            consultation__closing__isnull=True,
        )
    )


def on_action(action: Action) -> tuple[Position, ...]:
    """What bodies say of one action."""
    return positions_of(_stances().filter(action=action))


def on_recommendation(recommendation: Recommendation) -> tuple[Position, ...]:
    """What bodies say of one recommendation."""
    return positions_of(_stances().filter(recommendation=recommendation))


def by_committee(committee: Committee) -> tuple[tuple[str, Position], ...]:
    """What a body says now, thing by thing, each with what it is on in a few words."""
    grouped: dict[tuple[int, int | None, int | None], list[Stance]] = {}
    for stance in _stances().filter(committee=committee):
        key = (stance.plan_id, stance.recommendation_id, stance.action_id)
        grouped.setdefault(key, []).append(stance)
    found = [(subject_of(held[-1]), _position(held)) for held in grouped.values()]
    return tuple(sorted(found, key=lambda pair: pair[1].stance.pk, reverse=True))


def positions_of(stances: Iterable[Stance]) -> tuple[Position, ...]:
    """The last stance of each body on one thing, the newest first; a later one counts.

    Given in the order in which they were recorded. The day that a body gives counts before the
    order: what is recorded late does not take the place of what was said after it.
    """
    grouped: dict[int, list[Stance]] = {}
    for stance in stances:
        grouped.setdefault(stance.committee_id, []).append(stance)
    found = [_position(held) for held in grouped.values()]
    return tuple(sorted(found, key=lambda one: (one.stance.on, one.stance.pk), reverse=True))


def _position(held: list[Stance]) -> Position:
    last, *earlier = sorted(held, key=lambda one: (one.on, one.pk), reverse=True)
    return Position(last, tuple(earlier))


def subject_of(row: Consultation | Stance) -> str:
    """What a consultation or a stance is about, in a few words."""
    if row.action is not None:
        return f"{row.action.number} {_short(row.action.title or row.action.text)}".strip()
    if row.recommendation is not None:
        return f"{row.recommendation.number} {_short(row.recommendation.text)}".strip()
    if isinstance(row, Consultation) and row.edition is not None:
        return f"{row.plan.title}, edition {row.edition.number}"
    return row.plan.title


def is_asked(committee: Committee, row: Consultation) -> bool:
    """Whether a body was asked about it."""
    return Consulted.objects.filter(consultation=row, committee=committee).exists()


def _short(words: str) -> str:
    return shortened(words, _MOST_LETTERS)


def _rows() -> QuerySet[Consultation]:
    return Consultation.objects.select_related("plan", "recommendation", "action", "edition").defer(
        "edition__content"
    )


def _stances() -> QuerySet[Stance]:
    return Stance.objects.select_related("committee", "plan", "recommendation", "action").order_by(
        "id"
    )
