"""The ways in which a reader may narrow the plan: each is a page with an address and a count."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
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
    """The choices of an edition; those that would be empty are left out, but for five standings."""
    at, actions = edition.as_at, edition.actions
    taken: set[str] = set()
    stand = [ed.standing(action, at) for action in actions]
    standings = [
        Choice("standing", slug(name.replace("_", "-"), taken), _same(stand, actions, name), name)
        for name in ed.STANDINGS
        if name != "withdrawn" or name in stand
    ]
    moved = tuple(action for action in actions if ed.moves(action, at))
    strands = [
        Choice(
            "strand",
            slug(f"for-{strand}", taken),
            tuple(action for action in actions if action.strand == strand),
            strand,
        )
        for strand, _ in Counter(action.strand for action in actions).most_common()
        if strand
    ]
    themes = [
        Choice("theme", slug(f"theme-{theme.code}", taken), found, theme.code)
        for theme, found in ed.by_theme(edition)
        if theme.code
    ]
    return Choices(
        Choice("all", "", actions),
        (*standings, *([Choice("moved", slug("date-moved", taken), moved)] if moved else [])),
        tuple(strands),
        tuple(choice for choice in _by_date(edition, taken) if choice.actions),
        tuple(themes),
    )


def _by_date(edition: ed.Edition, taken: set[str]) -> Iterator[Choice]:
    """What is left to do, by when it is promised: three quarters, later; no date; again."""
    at = edition.as_at
    left = [action for action in edition.actions if not ed.is_over(action, at)]
    repeating = tuple(action for action in left if action.repeats)
    once = [action for action in left if not action.repeats]
    quarters = [_quarter_start(at)]
    for _ in range(3):
        quarters.append(_quarter_start(quarters[-1] + timedelta(days=100)))
    after = quarters[-1]
    due = [ed.now_promised(action, at) for action in once]
    for begins, ends in pairwise(quarters):
        within = [d is not None and begins <= d < ends for d in due]
        name = f"due-by-{ends - timedelta(days=1):%B-%Y}"
        yield Choice("quarter", slug(name, taken), _same(within, once), day=begins)
    later = _same([d is not None and d >= after for d in due], once)
    yield Choice("later", slug("due-later", taken), later, day=after - timedelta(days=1))
    undated = _same([d is None for d in due], once)
    yield Choice("undated", slug("no-date", taken), undated)
    yield Choice("repeats", slug("repeats", taken), repeating)


def _same(
    facts: Sequence[object], actions: Sequence[ed.Action], fact: object = True
) -> tuple[ed.Action, ...]:
    """The actions whose fact, at the same place in the other list, is the one asked for."""
    return tuple(a for held, a in zip(facts, actions, strict=True) if held == fact)


def _quarter_start(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def slug(text: str, taken: set[str]) -> str:
    """A part of an address made from words, unlike any before it."""
    plain = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:48].strip("-") or "x"
    name, number = plain, 2
    # The page that goes by recommendation has a place of its own.
    while name in taken | {"by-recommendation"}:
        name, number = f"{plain}-{number}", number + 1
    taken.add(name)
    return name
