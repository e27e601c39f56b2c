"""Figures of a programme over time, and the wall that keeps counts of people out of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from math import isfinite
from typing import Literal, TypeAlias

from goldenthread.errors import Unreadable, Unsafe

Number: TypeAlias = int | float | Decimal | Fraction
"""A figure. A float is taken as the decimal that it prints as: 61.2 is 61.2 exactly."""

Polarity = Literal["higher", "lower", "neither"]
"""Which way is better."""

QuantityKind = Literal["share", "count", "rate", "number"]

# Fewer than these are not shown of people, though they be counted all together: the threshold
# for what is published, until the room that protects tables can say otherwise.
FEW = 10
# Limits are fixed from no fewer figures than these: with fewer they are on trial.
FIRM = 12


class Counts(StrEnum):
    """What a series counts. There is no word here for people by characteristic or by unit.

    A series is drawn and published without disclosure control, so it may count things (actions,
    panels, sessions, cases) or everybody in the body together, and nothing between. Any other mark
    is ``Unsafe``: such figures are for protected tables alone.

    >>> Counts("things")
    <Counts.THINGS: 'things'>
    >>> Counts("people by ethnic group")
    Traceback (most recent call last):
    ...
    goldenthread.errors.Unsafe: A series counts things, or everybody together. ...
    """

    THINGS = "things"
    EVERYBODY = "everybody"

    @classmethod
    def _missing_(cls, value: object) -> Counts:  # noqa: ARG003 (it is never repeated)
        raise Unsafe(
            "A series counts things, or everybody together. Figures of people by characteristic or "
            "by unit can point at somebody.",
            rule="people in a series",
            do="Keep them out of series: they are shown only as a table that was checked for that.",
        )


@dataclass(frozen=True)
class Quantity:
    """How figures are said: a share in per cent, a whole count, a rate, or any number.

    ``words`` stand behind a count, rate or number: ``Quantity("rate", "per 1,000 staff")``; ``one``
    stands behind a count of one. ``places`` are the decimals to print; None prints as many as the
    figures have, at most two.

    >>> Quantity("share").say(61), Quantity("count", "panels", one="panel").say(1)
    ('61%', '1 panel')
    >>> Quantity("number", "percentage points", places=1).say(-0.04)
    '0.0 percentage points'
    """

    kind: QuantityKind
    words: str = ""
    one: str = ""
    places: int | None = None

    def say(self, value: Number, places: int | None = None) -> str:
        """A figure with its unit, rounded half up; never minus nought."""
        number = figure(value, _first(self.places, places, decimals(value)))
        if self.kind == "share":
            return f"{number}%"
        words = self.one if number == "1" and self.one else self.words
        return f"{number} {words}".rstrip()


@dataclass(frozen=True)
class Point:
    """One period's figure: its date, what the body calls the period, and the figure.

    ``value`` is None where there is no figure; ``why`` may say why not. ``of`` is the number that a
    share is taken of.
    """

    on: date
    label: str
    value: Number | None
    of: int | None = None
    why: str = ""


@dataclass(frozen=True)
class Target:
    """A level that was promised, in force from a day; None means from the beginning."""

    value: Number
    words: str = ""
    since: date | None = None


@dataclass(frozen=True)
class Step:
    """A day from which the limits are reckoned anew, and why: something is known to be different.

    A step is a judgement. Without a reason it would be a way to make bad news look ordinary.
    """

    on: date
    why: str


@dataclass(frozen=True)
class Series:
    """Figures of one measure over time, in the order of their dates, with where they come from.

    ``counts`` has no default: whoever makes a series says what is counted. ``baseline`` fixes the
    limits of every phase from its first so many figures, at least 12.

    Raises ``Unsafe`` for figures of people by characteristic or by unit, and for small figures of
    people; ``Unreadable`` for a figure that cannot be so (a share over 100%, half a panel, a share
    of nothing), for periods out of order and for a step without a reason. The sentence names the
    period and never the figure.
    """

    title: str
    quantity: Quantity
    better: Polarity
    counts: Counts
    points: tuple[Point, ...]
    source: str
    targets: tuple[Target, ...] = ()
    steps: tuple[Step, ...] = ()
    baseline: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "counts", Counts(self.counts))
        if not (_has_words(self.title) and _has_words(self.source)):
            raise Unreadable("A series needs a title and says where its figures come from.")
        if self.better not in ("higher", "lower", "neither"):
            raise ValueError("better is one of higher, lower, neither")
        if self.quantity.kind not in ("share", "count", "rate", "number"):
            raise ValueError("a quantity is a share, count, rate or number")
        if self.baseline is not None and self.baseline < FIRM:
            raise Unreadable(f"Limits can be fixed from {FIRM} figures or more, not from fewer.")
        for step in self.steps:
            if not _has_words(step.why):
                raise Unreadable(
                    "Limits were to start anew without a reason.",
                    do="Say what changed, so that everybody can judge it.",
                )
        for target in self.targets:
            _check(target.value, self.quantity, target.words or "The target", whole=False)
        for point in self.points:
            _check_point(point, self.quantity, self.counts)
        for before, after in pairwise(self.points):
            if after.on <= before.on:
                raise Unreadable(
                    f"{after.label} does not come after {before.label}.",
                    do="Give each period once, in the order of their dates.",
                )

    @property
    def places(self) -> int:
        """The decimals to print of a figure."""
        found = [decimals(point.value) for point in self.points if point.value is not None]
        return _first(self.quantity.places, max(found, default=0))

    def say(self, value: Number) -> str:
        """One of its figures with the unit."""
        return self.quantity.say(value, self.places)

    def target_at(self, on: date) -> Target | None:
        """The target in force on a day, the last to begin; None where there is none yet."""
        begun = [t for t in self.targets if t.since is None or t.since <= on]
        return max(begun, key=lambda t: t.since or date.min, default=None)


def share(on: date, label: str, part: int, whole: int) -> Point:
    """A period's share in per cent, from the part and the whole.

    Missing: a share of nothing is no figure, and says so.

    >>> share(date(2026, 6, 30), "Q1 2026/27", 0, 0).why
    'there were none to take a share of'
    >>> share(date(2026, 9, 30), "Q2 2026/27", 11, 18).value
    Fraction(550, 9)
    """
    if whole < 0 or not 0 <= part <= whole:
        raise Unreadable(f"{label}: the part is more than the whole, or less than none.")
    if whole == 0:
        return Point(on, label, None, of=0, why="there were none to take a share of")
    return Point(on, label, Fraction(100 * part, whole), of=whole)


def exact(value: Number) -> Fraction:
    """A figure as the fraction that its decimal is, so that nothing depends on binary rounding."""
    return Fraction(str(value)) if isinstance(value, float) else Fraction(value)


def figure(value: Number, places: int) -> str:
    """A number as a council prints it: commas, a real minus, rounded half up.

    >>> figure(-1234.25, 1), figure(0.5, 0), figure(-0.01, 1)
    ('−1,234.3', '1', '0.0')
    """
    amount = exact(value)
    magnitude = abs(Decimal(amount.numerator) / Decimal(amount.denominator))
    rounded = magnitude.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{'−' if amount < 0 and rounded else ''}{rounded:,}"


def decimals(value: Number) -> int:
    """How many decimals a figure has, at most two; one for a share that never ends."""
    for places in range(3):
        if (exact(value) * 10**places).denominator == 1:
            return places
    return 1 if isinstance(value, Fraction) else 2


def _has_words(words: str) -> bool:
    """Whether there is anything in it that a person can see."""
    return any(letter.isprintable() and not letter.isspace() for letter in words)


def _first(*numbers: int | None) -> int:
    return next(number for number in numbers if number is not None)


def _check_point(point: Point, quantity: Quantity, counts: Counts) -> None:
    if not _has_words(point.label):
        raise Unreadable("A period has no name.", do="Name it as the body does, e.g. Q1 2026/27.")
    if point.of is not None and point.of < 0:
        raise Unreadable(f"{point.label}: a share cannot be taken of fewer than none.")
    if point.value is None:
        return
    if point.of == 0:
        raise Unreadable(f"{point.label}: a share of nothing is no figure.", do="Leave it empty.")
    _check(point.value, quantity, point.label, whole=True)
    if counts is Counts.EVERYBODY and _few(point, quantity):
        raise Unsafe(
            f"{point.label}: fewer than {FEW} people, or a share of people that does not say of "
            "how many.",
            rule="few people",
            do="Leave the figure empty, or give figures of longer periods.",
        )


def _few(point: Point, quantity: Quantity) -> bool:
    """Whether a figure of everybody together is still one of few people."""
    if point.value is None or quantity.kind in ("rate", "number"):
        return False
    people = exact(point.value)
    if quantity.kind == "share":
        if point.of is None or point.of < FEW:
            return True
        people = people * point.of / 100
    return 0 < people < FEW


def _check(value: Number, quantity: Quantity, label: str, *, whole: bool) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | Fraction):
        raise TypeError("a figure is a number")
    if not isfinite(value):
        raise Unreadable(f"{label}: this is not a number.", do="Leave it empty if there is none.")
    if quantity.kind == "share" and not 0 <= value <= 100:
        raise Unreadable(f"{label}: a share lies between 0% and 100%.")
    if quantity.kind in ("count", "rate") and value < 0:
        raise Unreadable(f"{label}: a {quantity.kind} cannot be less than nought.")
    if quantity.kind == "count" and whole and exact(value).denominator != 1:
        raise Unreadable(f"{label}: a count is a whole number.")
