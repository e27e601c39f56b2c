"""The golden thread as frozen values: programme, review, recommendation, action, lead, measure.

Every value keeps the words it was read from and the place they stand in. Nothing here knows how a
plan is stored, drawn or sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from goldenthread.errors import Place
from goldenthread.timescale import Status, Timescale

LeadKind = Literal["post", "person", "body"]
LeadRole = Literal["accountable", "supporting"]
Rag = Literal["red", "amber", "green", "blue", "purple", "grey"]
Confidence = Literal["high", "low"]


@dataclass(frozen=True)
class Lead:
    """Who answers for an action, as printed.

    ``kind`` tells a post ("Head of HR") from a body ("Senior Leadership Team") and from a person.
    A person's name is personal data: it is held in ``person``, apart from the post in ``text``
    (a bare name has an empty ``text``). ``full`` is the expansion of an abbreviation that the same
    document explains; ``remark`` is a bracket that says something else ("to advance").
    """

    text: str
    kind: LeadKind = "post"
    role: LeadRole = "accountable"
    person: str | None = None
    full: str | None = None
    remark: str | None = None


@dataclass(frozen=True)
class Measure:
    """How anyone will know that an action worked, in the plan's own words."""

    text: str


@dataclass(frozen=True)
class Update:
    """What was said of an action at a time; added, never overwritten."""

    text: str
    at: date | None = None
    status: Status | None = None
    evidence: str | None = None
    place: Place = Place()


@dataclass(frozen=True)
class Action:
    """One thing that the body says it will do.

    ``status`` is the canonical word and ``status_text`` what was printed; ``rag`` is the colour as
    printed, since schemes differ. ``confidence`` is low where the document allows more than one
    reading. ``see`` holds the numbers that the words point to ("see No. 10").
    """

    text: str
    number: str | None = None
    leads: tuple[Lead, ...] = ()
    timescales: tuple[Timescale, ...] = ()
    measures: tuple[Measure, ...] = ()
    status: Status | None = None
    status_text: str | None = None
    rag: Rag | None = None
    updates: tuple[Update, ...] = ()
    evidence: tuple[str, ...] = ()
    see: tuple[str, ...] = ()
    confidence: Confidence = "high"
    place: Place = Place()


@dataclass(frozen=True)
class Response:
    """What the body answers to a recommendation, before any action."""

    text: str
    position: Literal["accepted", "partly_accepted", "not_accepted"] | None = None


@dataclass(frozen=True)
class Recommendation:
    """One numbered recommendation, objective or commitment, with the actions that answer it."""

    text: str
    number: str | None = None
    theme: str | None = None
    status: Status | None = None
    response: Response | None = None
    actions: tuple[Action, ...] = ()
    see: tuple[str, ...] = ()
    place: Place = Place()


@dataclass(frozen=True)
class ProcessStep:
    """One step of a process that a document describes ("1. Focus Groups – …")."""

    number: str
    name: str
    text: str
    timescales: tuple[Timescale, ...] = ()
    place: Place = Place()


@dataclass(frozen=True)
class Strand:
    """One strand of a programme, such as the body's role as an employer."""

    name: str


@dataclass(frozen=True)
class Review:
    """A review that made recommendations: who reviewed, when it reported, and what it asked for."""

    title: str
    reviewer: str | None = None
    reported: date | None = None
    recommendations: tuple[str, ...] = ()


@dataclass(frozen=True)
class Programme:
    """The whole programme: its strands and the reviews that it answers."""

    name: str
    strands: tuple[Strand, ...] = ()
    reviews: tuple[Review, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A body's plan as one document states it.

    ``document_date`` is the date that the document gives itself: a year, a month or a day in ISO
    form. ``abbreviations`` holds (short, full) pairs explained in the document itself.
    """

    title: str | None = None
    document_date: str | None = None
    recommendations: tuple[Recommendation, ...] = ()
    process_steps: tuple[ProcessStep, ...] = ()
    programme: Programme | None = None
    abbreviations: tuple[tuple[str, str], ...] = ()

    @property
    def actions(self) -> tuple[Action, ...]:
        """Every action of every recommendation, in the plan's order."""
        return tuple(action for rec in self.recommendations for action in rec.actions)
