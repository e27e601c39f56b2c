"""What an edition holds: the public part of one unit's plan, frozen at a date.

Nothing unpublished has a place here, so nothing unpublished can be shown by accident. A post
answers for an action; a person's name stands beside it only where the body publishes it. The
figures of a measure are programme figures: they count no people by characteristic or by unit.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Literal

from goldenthread.plan.edition.directorate import (
    Agreement,
    Closing,
    Heard,
    Objectives,
    Pledge,
    Priority,
    Serves,
    StepTaken,
    Vision,
)
from goldenthread.plan.edition.evidence import Evidence
from goldenthread.spc import Polarity, QuantityKind

Position = Literal["accepted", "partly_accepted", "not_accepted"]
Part = Literal["strategic_lead", "operational_lead", "member_champion", "sponsor", "other"]
Outlook = Literal["on_track", "at_risk"]
Colour = Literal["blue", "green", "amber", "red", "purple", "grey"]
Reach = Literal["short", "medium", "long"]

# An id is part of an address and of a file name, so it can be nothing else.
_ID = re.compile(r"[a-z0-9][a-z0-9-]{3,39}")


@dataclass(frozen=True)
class Deed:
    """Who did something, by post, and when."""

    post: str
    on: date


@dataclass(frozen=True)
class Lead:
    """The post that answers for an action.

    ``person`` is empty unless the body publishes the name. ``vacant_since`` is the day from which
    nobody has held the post, and ``meanwhile`` the post that answers until it is filled.
    """

    post: str
    person: str = ""
    vacant_since: date | None = None
    meanwhile: str = ""


@dataclass(frozen=True)
class Promise:
    """A date that was promised: the first of an action's promises, or a move of it.

    ``due`` is the last day on which it would be kept; None where no date was given. ``words`` is
    the timescale as the plan prints it, ``reason`` why it moved, in the lead's words, and
    ``approved_by`` the post that agreed to the move.
    """

    given_on: date
    due: date | None
    words: str = ""
    reason: str = ""
    approved_by: str = ""


@dataclass(frozen=True)
class Recovery:
    """What answers a rating that says trouble: why, what is done about it, and by when."""

    cause: str
    step: str
    due: date


@dataclass(frozen=True)
class Update:
    """What the lead said at a time; added, never overwritten.

    ``about`` is the last day of the period that it speaks of (an update for July to September may
    be given in October); the day it was given where None. ``outlook`` is what the lead expects of
    the first date, ``label`` the body's own word for it ("Amber"), ``colour`` the colour that the
    word is for (None where it is not known). ``done`` says what was done and ``changed`` what
    changed, for whom. ``recovery`` is there where the rating says trouble and was answered.
    """

    given_on: date
    done: str
    changed: str = ""
    outlook: Outlook | None = None
    label: str = ""
    about: date | None = None
    evidence: tuple[Evidence, ...] = ()
    colour: Colour | None = None
    recovery: Recovery | None = None

    @property
    def speaks_of(self) -> date:
        """The day up to which the update speaks."""
        return self.about or self.given_on


@dataclass(frozen=True)
class Reading:
    """One reading of a measure; ``value`` is in the measure's unit, None where there is no figure.

    ``commentary`` says what the figure means, or why there is none; ``of`` is the number that a
    share is taken of.
    """

    on: date
    value: float | None
    commentary: str = ""
    of: int | None = None

    def __post_init__(self) -> None:
        if self.value is not None and not math.isfinite(self.value):
            raise ValueError(f"The reading of {self.on} is not a number.")


@dataclass(frozen=True)
class Target:
    """What a measure is to reach by a day and why that much, or what it is forecast to be."""

    value: float
    on: date
    horizon: Reach | None = None
    rationale: str = ""
    kind: Literal["target", "forecast"] = "target"

    def __post_init__(self) -> None:
        if not math.isfinite(self.value):
            raise ValueError(f"The target for {self.on} is not a number.")


@dataclass(frozen=True)
class Measure:
    """How anyone will know that an action worked.

    ``finding`` is what the readings say, in a sentence; ``unit`` stands after each figure ("%",
    " people"). ``target`` is what was promised, in the same unit: of several ``targets`` the one in
    force. ``counts`` says that figures are of things or of everybody in the body together, and
    nothing else can be said of a measure that has any here; without it, or without ``quantity`` and
    ``better``, readings are shown as a table and never drawn. ``months`` is how long a period is,
    ``owner`` the post that answers for the figures and ``source`` where they come from.
    ``limits_from`` fixes the ordinary range by the first so many figures. ``rating`` is how the
    latest figure stood to the target in force, by the body's own tolerance, and ``rating_label``
    the body's own word for that colour.
    """

    words: str
    number: str = ""
    unit: str = ""
    target: float | None = None
    readings: tuple[Reading, ...] = ()
    finding: str = ""
    note: str = ""
    id: str = ""
    definition: str = ""
    quantity: QuantityKind | None = None
    unit_one: str = ""
    places: int | None = None
    better: Polarity | None = None
    counts: Literal["things", "everybody"] | None = None
    source: str = ""
    owner: str = ""
    contextual: bool = False
    months: int | None = None
    baseline: float | None = None
    baseline_on: date | None = None
    targets: tuple[Target, ...] = ()
    limits_from: int | None = None
    rating: Colour | None = None
    rating_label: str = ""
    rating_because: str = ""


@dataclass(frozen=True)
class CaseStudy:
    """What happened to somebody or something, without names, and the outcome that it serves.

    ``action`` and ``measure`` are the ids of what it serves; one of them at least is there.
    """

    title: str
    words: str
    on: date
    action: str = ""
    measure: str = ""


@dataclass(frozen=True)
class Review:
    """A review of something ongoing: when, what was decided, and when it is looked at next."""

    on: date
    decided: str
    next_review: date | None = None


@dataclass(frozen=True)
class Withdrawal:
    """The day on which an action was given up, and why, in the words of whoever said so."""

    on: date
    reason: str = ""


@dataclass(frozen=True)
class Milestone:
    """A step within an action, which is late by the first day that was promised for it.

    ``promises`` are its days in the order in which they were given, the first promise first, each
    later one with its reason. A ``dropped`` one stays, with the day and the reason.
    """

    words: str
    promises: tuple[Promise, ...]
    reached_on: date | None = None
    dropped: Withdrawal | None = None

    def __post_init__(self) -> None:
        if not self.promises or any(promise.due is None for promise in self.promises):
            raise ValueError(f"The milestone “{self.words}” has no day, or one that is not given.")


@dataclass(frozen=True)
class Action:
    """One promise, whose ``id`` is random and never changes or comes back.

    ``promises`` are in the order in which they were given, the first promise first. An ongoing
    action says how often it ``repeats``, when it is reviewed next and when it stops. ``done_on`` is
    the day on which it was finished, with its evidence in the last update. A ``withdrawn`` action
    stays in the plan, with the day and the reason. ``also_measured_by`` are the ids of measures
    that stand elsewhere in the edition and measure this action too. ``contributors`` are the posts,
    parts of the body and groups that help the lead: never people. ``serves`` is what it helps to
    keep in the plan of the whole body; ``priorities`` and ``heard`` are the numbers and the codes
    of what it comes from in its own edition.
    """

    id: str
    number: str
    words: str
    lead: Lead
    theme: str = ""
    recommendations: tuple[str, ...] = ()
    short: str = ""
    strand: str = ""
    promises: tuple[Promise, ...] = ()
    starts_on: date | None = None
    done_on: date | None = None
    updates: tuple[Update, ...] = ()
    measures: tuple[Measure, ...] = ()
    repeats: str = ""
    next_review: date | None = None
    stops_when: str = ""
    reviews: tuple[Review, ...] = ()
    next_step: str = ""
    withdrawn: Withdrawal | None = None
    also_measured_by: tuple[str, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    contributors: tuple[str, ...] = ()
    serves: tuple[Serves, ...] = ()
    priorities: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise ValueError(
                f"Action {self.number} has an id that cannot be an address: 4 to 40 small letters, "
                "digits and hyphens are needed."
            )
        days = [promise.given_on for promise in self.promises]
        if days != sorted(days):
            raise ValueError(f"The promises of action {self.number} are not in order of time.")

    @property
    def title(self) -> str:
        """The short name where there is one, or the words."""
        return self.short or self.words


@dataclass(frozen=True)
class Theme:
    """A heading under which actions stand; ``code`` is how actions point to it."""

    code: str
    title: str


@dataclass(frozen=True)
class Answer:
    """What the body answered to a recommendation, who said so, and when.

    ``reason`` is why it was not accepted, or only in part.
    """

    position: Position
    words: str = ""
    by: str = ""
    on: date | None = None
    reason: str = ""


@dataclass(frozen=True)
class Recommendation:
    """What was recommended, word for word, by whom and when, and the body's answer."""

    number: str
    words: str
    made_by: str = ""
    made_on: date | None = None
    theme: str = ""
    answer: Answer | None = None


@dataclass(frozen=True)
class Answerable:
    """Who answers for the whole plan: the post, a published name, and for what.

    ``part`` is which part that is, and ``forum`` what a sponsor sponsors. ``vacant_since`` and
    ``meanwhile`` are as in :class:`Lead`.
    """

    post: str
    what: str
    person: str = ""
    part: Part = "other"
    forum: str = ""
    vacant_since: date | None = None
    meanwhile: str = ""


@dataclass(frozen=True)
class Horizon:
    """What the plan means by short, medium or long term: its name, and its last day."""

    name: str
    ends: date


@dataclass(frozen=True)
class Coming:
    """Something to come that is not an action, such as a committee's meeting.

    A meeting of the calendar has an ``id``, by which diaries know it through every edition, and a
    ``sequence`` that grows with each change of it. One that is ``cancelled`` stays, and says so.
    """

    on: date
    words: str
    id: str = ""
    starts: time | None = None
    place: str = ""
    sequence: int = 0
    cancelled: bool = False


@dataclass(frozen=True)
class Stance:
    """What a union or a forum says, in its own words and by its own wish in public.

    On the action whose id is ``action``, on the recommendation numbered ``recommendation``, or on
    the whole plan where both are empty.
    """

    stance: Agreement
    body: str
    on: date
    words: str = ""
    action: str = ""
    recommendation: str = ""


@dataclass(frozen=True)
class Term:
    """The words that the body uses for a group or a thing, who chose them, since when and why."""

    stands_for: str
    words: str
    chosen_by: str
    since: date
    reason: str = ""


@dataclass(frozen=True)
class Inquiry:
    """A review that made recommendations: who made it, on what terms, and when it reported.

    ``standing`` is whether its reviewer is independent of the body, in the words of
    ``independence``; None where nobody said. ``report`` is where anybody may read what it said,
    published on ``report_on``. ``recommendations`` are the numbers of all that it made, accepted or
    not.
    """

    title: str
    made_by: str = ""
    terms: str = ""
    began: date | None = None
    reported: date | None = None
    standing: Literal["independent", "internal"] | None = None
    independence: str = ""
    report: str = ""
    report_on: date | None = None
    recommendations: tuple[str, ...] = ()


@dataclass(frozen=True)
class Earlier:
    """An edition published before this one."""

    number: int
    as_at: date
    published_on: date


@dataclass(frozen=True)
class Edition:
    """The public part of one unit's plan as it stood on ``as_at``.

    ``decided_by`` and ``decided_on`` say who adopted the plan itself (a Cabinet, usually);
    ``adopted`` and ``published`` are the two people, by post, who let this edition out, and
    ``two_people`` is False where the body has switched that rule off. ``about`` completes "our
    promises on …". ``summary`` is one paragraph of the body's own, ``contact`` how to reach it, and
    ``licence`` the terms on which others may use the edition. ``stances`` are what unions and
    forums say of it, ``terms`` the words it uses for people, ``inquiries`` the reviews it answers,
    ``measures`` those of the plan as a whole.

    ``vision``, ``priorities``, ``pledges``, ``heard``, ``steps`` and ``closing`` are those of a
    directorate's planning. ``objectives`` is one total for the whole body, so only the body's own
    edition (that with no ``unit``) may hold it.

    Raises ValueError where two actions share an id or a number, or one points to a theme, a
    recommendation, a priority or something heard that is not here, or a stance to what is not
    here, or where objectives stand in the edition of a part of the body.
    """

    body: str
    plan: str
    number: int
    as_at: date
    adopted: Deed
    published: Deed
    unit: str = ""
    programme: str = ""
    about: str = ""
    summary: str = ""
    two_people: bool = True
    decided_by: str = ""
    decided_on: date | None = None
    themes: tuple[Theme, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    actions: tuple[Action, ...] = ()
    answerable: tuple[Answerable, ...] = ()
    coming: tuple[Coming, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    contact: str = ""
    licence: str = ""
    stances: tuple[Stance, ...] = ()
    terms: tuple[Term, ...] = ()
    inquiries: tuple[Inquiry, ...] = ()
    measures: tuple[Measure, ...] = ()
    case_studies: tuple[CaseStudy, ...] = ()
    horizons: tuple[Horizon, ...] = ()
    vision: Vision | None = None
    priorities: tuple[Priority, ...] = ()
    pledges: tuple[Pledge, ...] = ()
    heard: tuple[Heard, ...] = ()
    objectives: Objectives | None = None
    steps: tuple[StepTaken, ...] = ()
    closing: Closing | None = None

    def __post_init__(self) -> None:
        _each_once("action id", (action.id for action in self.actions))
        _each_once("action number", (action.number for action in self.actions))
        _each_once("theme", (theme.code for theme in self.themes))
        _each_once("recommendation", (rec.number for rec in self.recommendations))
        _each_once("horizon", (horizon.name for horizon in self.horizons))
        themes = {theme.code for theme in self.themes} | {""}
        numbers = {rec.number for rec in self.recommendations}
        pointers = [(action.number, action.theme) for action in self.actions]
        pointers += [(rec.number, rec.theme) for rec in self.recommendations]
        for number, theme in pointers:
            if theme not in themes:
                raise ValueError(f"{number} points to a theme that is not in the edition.")
        for action in self.actions:
            if not numbers.issuperset(action.recommendations):
                raise ValueError(
                    f"{action.number} answers a recommendation that is not in the edition."
                )
        if not all(numbers.issuperset(one.recommendations) for one in self.inquiries):
            raise ValueError("A review made a recommendation that is not in the edition.")
        ids = {action.id for action in self.actions} | {""}
        for said in self.stances:
            if said.action not in ids or said.recommendation not in numbers | {""}:
                raise ValueError("A stance is on something that is not in the edition.")
        self._check_directorate()

    def _check_directorate(self) -> None:
        """What a directorate says points to what is here, and counts nothing of its own."""
        _each_once("priority", (priority.number for priority in self.priorities))
        _each_once("theme of what was heard", (heard.code for heard in self.heard))
        priorities = {priority.number for priority in self.priorities}
        heard = {one.code for one in self.heard}
        comes_from = [(one.number, one.heard) for one in self.priorities]
        comes_from += [(one.number, one.heard) for one in self.actions]
        for number, codes in comes_from:
            if not heard.issuperset(codes):
                raise ValueError(f"{number} comes from a theme that is not in the edition.")
        for action in self.actions:
            if not priorities.issuperset(action.priorities):
                raise ValueError(
                    f"{action.number} comes from a priority that is not in the edition."
                )
        if self.objectives is not None and self.unit:
            raise ValueError(
                "Objectives are counted for the whole body together, and this is the edition of a "
                "part of it."
            )

    def action(self, id_: str) -> Action | None:
        """The action with that id, or None."""
        return next((action for action in self.actions if action.id == id_), None)

    def recommendation(self, number: str) -> Recommendation | None:
        """The recommendation with that number, or None."""
        return next((rec for rec in self.recommendations if rec.number == number), None)

    def stances_on(self, action: str = "", recommendation: str = "") -> tuple[Stance, ...]:
        """What is said of an action or a recommendation; of the whole plan where neither is given.

        The newest first.
        """
        found = [
            said
            for said in self.stances
            if (said.action, said.recommendation) == (action, recommendation)
        ]
        return tuple(sorted(found, key=lambda said: said.on, reverse=True))

    @property
    def every_measure(self) -> tuple[tuple[Action | None, Measure], ...]:
        """Every measure with the action it stands at; None for those of the plan as a whole."""
        of_actions = [(action, one) for action in self.actions for one in action.measures]
        return (*of_actions, *((None, one) for one in self.measures))

    def measure(self, id_: str) -> Measure | None:
        """The measure with that id, or None."""
        return next((one for _, one in self.every_measure if id_ and one.id == id_), None)

    def priority(self, number: str) -> Priority | None:
        """The priority with that number, or None."""
        return next((one for one in self.priorities if one.number == number), None)

    def theme_heard(self, code: str) -> Heard | None:
        """The theme of what was heard with that code, or None."""
        return next((one for one in self.heard if one.code == code), None)

    def theme(self, code: str) -> Theme | None:
        """The theme with that code, or None."""
        return next((theme for theme in self.themes if theme.code == code), None)


def _each_once(what: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ValueError(f"The edition has the {what} {name} twice.")
        seen.add(name)
