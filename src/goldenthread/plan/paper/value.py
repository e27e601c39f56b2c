"""What a committee's paper holds: the plan as it stood and as it stands, frozen, and our words.

``Facts`` are what the system knows and reckons from; ``Paper`` adds what an author wrote. Both are
internal: they may say more than the public edition does, and no public page is made from them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

from goldenthread import spc
from goldenthread.errors import Unreadable
from goldenthread.plan.edition import Edition

AskKind = Literal["request", "resolution"]
Stand = Literal["supports", "supports_with_objections", "objects", "no_position"]
Purpose = Literal["decision", "information"]


@dataclass(frozen=True)
class Led:
    """The part of the body that leads an action; ``action`` is its id. Editions do not say it."""

    action: str
    unit: str


@dataclass(frozen=True)
class Reply:
    """What was answered to an ask on a day; ``whole`` where it answers all of it."""

    on: date
    words: str
    whole: bool = True


@dataclass(frozen=True)
class Ask:
    """What the committee asked for or resolved, under its number ("S14"), and the replies to it.

    ``of`` is the post that was asked, and ``due`` the day by which. From ``withdrawn_on`` on the
    committee asks for it no more.
    """

    number: str
    words: str
    asked_on: date
    kind: AskKind = "request"
    of: str = ""
    due: date | None = None
    replies: tuple[Reply, ...] = ()
    withdrawn_on: date | None = None


@dataclass(frozen=True)
class Stance:
    """What a union or a forum says, in its own words, of an action or of the whole plan.

    ``about`` is the number of the action or recommendation, empty for the plan.
    """

    body: str
    stance: Stand
    on: date
    words: str = ""
    about: str = ""


@dataclass(frozen=True)
class MeasurePoint:
    """One period's figure as it is written, "61.2" or "550/9"; None where there is none."""

    on: date
    label: str
    value: str | None = None
    of: int | None = None
    why: str = ""


@dataclass(frozen=True)
class Level:
    """A target in force from a day, or a day from which limits are reckoned anew and why."""

    value: str = ""
    words: str = ""
    since: date | None = None


@dataclass(frozen=True)
class Measured:
    """Programme figures of one measure, as a series that can be kept: exact, and never of people
    by characteristic or by unit (the wall of ``spc.Series`` is asked when one is made).

    ``actions`` are the numbers of the actions that it measures and ``said`` what the body says
    about it. Raises what ``spc.Series`` raises.
    """

    title: str
    kind: Literal["share", "count", "rate", "number"]
    better: Literal["higher", "lower", "neither"]
    counts: str
    source: str
    points: tuple[MeasurePoint, ...] = ()
    targets: tuple[Level, ...] = ()
    steps: tuple[Level, ...] = ()
    unit: str = ""
    one: str = ""
    places: int | None = None
    baseline: int | None = None
    actions: tuple[str, ...] = ()
    said: str = ""

    def __post_init__(self) -> None:
        self.series()

    @classmethod
    def of(cls, series: spc.Series, *, actions: Iterable[str] = (), said: str = "") -> Measured:
        """The figures of a series, to be kept."""
        return cls(
            title=series.title,
            kind=series.quantity.kind,
            better=series.better,
            counts=series.counts.value,
            source=series.source,
            points=tuple(
                MeasurePoint(p.on, p.label, _written(p.value), p.of, p.why) for p in series.points
            ),
            targets=tuple(Level(_written(t.value) or "", t.words, t.since) for t in series.targets),
            steps=tuple(Level(words=step.why, since=step.on) for step in series.steps),
            unit=series.quantity.words,
            one=series.quantity.one,
            places=series.quantity.places,
            baseline=series.baseline,
            actions=tuple(actions),
            said=said,
        )

    def series(self) -> spc.Series:
        """The series that these figures are."""
        return spc.Series(
            title=self.title,
            quantity=spc.Quantity(self.kind, self.unit, self.one, self.places),
            better=self.better,
            counts=spc.Counts(self.counts),
            source=self.source,
            points=tuple(
                spc.Point(p.on, p.label, None if p.value is None else _number(p.value), p.of, p.why)
                for p in self.points
            ),
            targets=tuple(spc.Target(_number(t.value), t.words, t.since) for t in self.targets),
            steps=tuple(spc.Step(s.since or date.min, s.words) for s in self.steps),
            baseline=self.baseline,
        )


def _written(value: spc.Number | None) -> str | None:
    return None if value is None else str(Fraction(str(value)))


def _number(text: str) -> Fraction:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise Unreadable("A figure of a measure is not a number.") from None


@dataclass(frozen=True)
class Facts:
    """All that a paper reckons from: two editions that the committee may see, and what is beside.

    ``then`` is the plan as it was known on the day of the last meeting, None where the committee
    has not met on it before; ``now`` as it is known on the day up to which the paper speaks. Both
    may hold what no public edition has. ``committee`` meets on ``meeting_on``. Figures count to the
    day of ``now``, often the end of a quarter; asks and stances to ``known_on``, the day on which
    all this was known (that of ``now`` where None), so that what a union said last week is told.
    ``strand`` is the name of the strand that all of it is narrowed to, empty for the whole plan.

    Raises ValueError where ``now`` is earlier than ``then`` or later than ``known_on``, or a number
    stands twice.
    """

    committee: str
    now: Edition
    then: Edition | None = None
    meeting_on: date | None = None
    known_on: date | None = None
    led: tuple[Led, ...] = ()
    asks: tuple[Ask, ...] = ()
    stances: tuple[Stance, ...] = ()
    measured: tuple[Measured, ...] = ()
    strand: str = ""

    def __post_init__(self) -> None:
        if self.then is not None and self.then.as_at > self.now.as_at:
            raise ValueError("The plan of the last meeting is later than the plan of now.")
        if self.known_on is not None and self.known_on < self.now.as_at:
            raise ValueError("The paper was known before the day up to which it counts.")
        for what, names in (
            ("ask", [ask.number for ask in self.asks]),
            ("action", [led.action for led in self.led]),
        ):
            if len(names) != len(set(names)):
                raise ValueError(f"The paper has the same {what} twice.")

    @property
    def as_at(self) -> date:
        """The day up to which it speaks."""
        return self.now.as_at

    @property
    def told_on(self) -> date:
        """The day up to which asks and stances count."""
        return self.known_on or self.now.as_at

    @property
    def met_on(self) -> date | None:
        """The day of the last meeting."""
        return self.then.as_at if self.then is not None else None


@dataclass(frozen=True)
class Implications:
    """What the decisions mean, in the author's words; empty where nothing was said of it."""

    finance: str = ""
    legal: str = ""
    people: str = ""
    equality: str = ""
    risk: str = ""


@dataclass(frozen=True)
class Paper:
    """A paper as it is frozen: the facts, and what its author wrote around them.

    ``purpose`` is decision or information. ``author`` and ``contact`` are posts, ``lead_member``
    the councillor whose portfolio it is, ``wards`` those it affects ("All"). ``summary`` is the
    author's own, before the system's. ``decisions`` are what the committee is asked to decide, one
    each; ``background`` the papers relied on. ``item`` is its number on the agenda, ``written_on``
    the day on which it was frozen.

    Raises ValueError for a paper for decision that asks for none.
    """

    facts: Facts
    written_on: date
    number: int = 1
    purpose: Purpose = "information"
    item: str = ""
    author: str = ""
    contact: str = ""
    lead_member: str = ""
    wards: str = ""
    summary: str = ""
    decisions: tuple[str, ...] = ()
    implications: Implications = field(default_factory=Implications)
    background: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.purpose == "decision" and not self.decisions:
            raise ValueError("A paper for decision says what is to be decided.")
