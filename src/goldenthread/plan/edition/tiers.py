"""Two tiers that meet: what the directorates do for a promise of the whole body, and how it stands.

Each directorate is counted on the day of its own edition. The worst standing is always shown: one
that is on track never hides one that is late, and nothing is an average.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from goldenthread.plan.edition.directorate import Serves
from goldenthread.plan.edition.standing import Counts, Standing, count, standing
from goldenthread.plan.edition.value import Action, Edition

# The worst first. One that was given up helps nobody, so it is worse than one that is to come.
WORST_FIRST: tuple[Standing, ...] = (
    *("late", "at_risk", "withdrawn", "not_due", "on_track", "done"),
)


@dataclass(frozen=True)
class Backing:
    """What one directorate does for something: its edition, those actions, counts and the worst."""

    edition: Edition
    actions: tuple[Action, ...]
    counts: Counts
    worst: Standing


def worst(actions: Iterable[Action], at: date) -> Standing | None:
    """The worst standing among actions on a day; None where there are none.

    >>> worst([], date(2026, 9, 30)) is None
    True
    """
    found = {standing(action, at) for action in actions}
    return next((name for name in WORST_FIRST if name in found), None)


def backing(others: Iterable[Edition]) -> tuple[Backing, ...]:
    """What each directorate does for anything of the body's plan, in their order.

    ``others`` are their newest editions; those with nothing that serves it are left out.
    """
    found = (_backed(one, [a for a in one.actions if a.serves]) for one in others)
    return tuple(one for one in found if one is not None)


def backings(others: Iterable[Edition]) -> Mapping[tuple[str, str], tuple[Backing, ...]]:
    """What the directorates do for each thing of the body's plan, in one walk over them.

    By the id of the action, or the number of the recommendation: one of the two is empty.
    """
    found: dict[tuple[str, str], list[Backing]] = defaultdict(list)
    for edition in others:
        held: dict[tuple[str, str], list[Action]] = defaultdict(list)
        for action in edition.actions:
            for key in dict.fromkeys((one.action, one.recommendation) for one in action.serves):
                held[key].append(action)
        for key, actions in held.items():
            backed = _backed(edition, actions)
            if backed is not None:
                found[key].append(backed)
    return {key: tuple(backed) for key, backed in found.items()}


def _backed(edition: Edition, actions: Sequence[Action]) -> Backing | None:
    stands = worst(actions, edition.as_at)
    if stands is None:
        return None
    return Backing(edition, tuple(actions), count(actions, edition.as_at), stands)


def worst_of(backed: Iterable[Backing]) -> Standing | None:
    """The worst standing over several directorates; None where nobody does anything."""
    found = {one.worst for one in backed}
    return next((name for name in WORST_FIRST if name in found), None)


def served(edition: Edition) -> tuple[tuple[Serves, tuple[Action, ...]], ...]:
    """Each thing of the body's plan that an edition's actions serve, with those actions.

    In the order of the plan that they stand in: by number, B2 before B10.
    """
    things: dict[tuple[str, str], Serves] = {}
    groups: dict[tuple[str, str], list[Action]] = {}
    for action in edition.actions:
        for link in action.serves:
            key = (link.action, link.recommendation)
            things.setdefault(key, link)
            if action not in groups.setdefault(key, []):
                groups[key].append(action)
    ordered = sorted(things, key=lambda key: _as_people_order(things[key].number))
    return tuple((things[key], tuple(groups[key])) for key in ordered)


def _as_people_order(number: str) -> list[tuple[int, str]]:
    parts = re.findall(r"[0-9]+|[^0-9]+", number)
    return [(int(part), "") if part.isdigit() else (-1, part) for part in parts]
