"""The ways in which a reader may narrow the plan: each is a page with an address and a count."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from goldenthread.plan import edition as ed

Kind = Literal[
    "standing", "moved", "strand", "theme", "quarter", "later", "undated", "repeats", "all"
]


@dataclass(frozen=True)
class Choice:
    """One filter: ``value`` is the standing, strand or theme's code, or ``day`` tells the quarter.

    ``slug`` is its place under ``plan/``; "all" has none.
    """

    kind: Kind
    slug: str
    actions: tuple[ed.Action, ...]
    value: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Choices:
    """Every choice that an edition offers, in the groups in which they are shown."""

    all: Choice
    standing: tuple[Choice, ...]
    strand: tuple[Choice, ...]
    due: tuple[Choice, ...]
    theme: tuple[Choice, ...]

    def __iter__(self) -> Iterator[Choice]:
        yield self.all
        yield from (*self.standing, *self.strand, *self.due, *self.theme)

    def due_in(self, action: ed.Action) -> Choice | None:
        """The choice of due dates that an action is in."""
        return next((choice for choice in self.due if action in choice.actions), None)


def choices(edition: ed.Edition) -> Choices:
    """The choices of an edition; those that would be empty are left out, but for the standings."""
    at, actions = edition.as_at, edition.actions
    taken: set[str] = set()
    standings = [
        Choice(
            "standing",
            _slug(standing.replace("_", "-"), taken),
            _where(actions, lambda action, s=standing: ed.standing(action, at) == s),
            standing,
        )
        for standing in ed.STANDINGS
    ]
    moved = Choice(
        "moved",
        _slug("date-moved", taken),
        _where(actions, lambda action: bool(ed.moves(action, at))),
    )
    strands = [
        Choice(
            "strand",
            _slug(f"for-{strand}", taken),
            _where(actions, lambda action, s=strand: action.strand == s),
            strand,
        )
        for strand in dict.fromkeys(action.strand for action in actions if action.strand)
    ]
    themes = [
        Choice("theme", _slug(f"theme-{theme.code}", taken), found, theme.code)
        for theme, found in ed.by_theme(edition)
        if theme.code
    ]
    return Choices(
        Choice("all", "", actions),
        (*standings, *([moved] if moved.actions else [])),
        tuple(strands),
        tuple(choice for choice in _by_date(edition, taken) if choice.actions),
        tuple(themes),
    )


def _by_date(edition: ed.Edition, taken: set[str]) -> Iterator[Choice]:
    """What is left to do, by when it is promised: this quarter, the next, later; never; again."""
    at = edition.as_at
    left = [action for action in edition.actions if not ed.is_done(action, at)]
    repeating = tuple(action for action in left if action.repeats)
    once = [action for action in left if not action.repeats]
    first = _quarter_start(at + timedelta(days=1))
    second = _quarter_start(first + timedelta(days=100))
    after = _quarter_start(second + timedelta(days=100))
    for begins, ends in ((first, second), (second, after)):
        name = f"due-by-{ends - timedelta(days=1):%B-%Y}"
        within = _where(
            once, lambda action, b=begins, e=ends: b <= (ed.now_promised(action, at) or e) < e
        )
        yield Choice("quarter", _slug(name, taken), within, day=begins)
    later = _where(once, lambda action: (ed.now_promised(action, at) or date.min) >= after)
    yield Choice("later", _slug("due-later", taken), later, day=after - timedelta(days=1))
    undated = _where(once, lambda action: (ed.now_promised(action, at) or date.min) < first)
    yield Choice("undated", _slug("no-date", taken), undated)
    yield Choice("repeats", _slug("repeats", taken), repeating)


def _where(
    actions: Iterable[ed.Action], holds: Callable[[ed.Action], bool]
) -> tuple[ed.Action, ...]:
    return tuple(action for action in actions if holds(action))


def _quarter_start(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def _slug(text: str, taken: set[str]) -> str:
    """A part of an address made from words, unlike any before it."""
    plain = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:48].strip("-") or "x"
    name, number = plain, 2
    # The page that goes by recommendation has a place of its own.
    while name in taken | {"by-recommendation"}:
        name, number = f"{plain}-{number}", number + 1
    taken.add(name)
    return name
