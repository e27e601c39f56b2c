"""Two tiers that meet: what the directorates do for a promise of the whole body, and how it stands.

Each directorate is counted on the day of its own edition. The worst standing is always shown: one
that is on track never hides one that is late, and nothing is an average.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
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


def backing(
    others: Iterable[Edition], *, action: str = "", recommendation: str = ""
) -> tuple[Backing, ...]:
    """What the directorates do for one action or recommendation of the body's plan, in their order.

    ``others`` are their newest editions; those with nothing that serves it are left out. With
    neither an action nor a recommendation, all that serves anything.
    """
    found = []
    for edition in others:
        actions = tuple(
            one for one in edition.actions if _serves(one, action=action, number=recommendation)
        )
        stands = worst(actions, edition.as_at)
        if stands is not None:
            found.append(Backing(edition, actions, count(actions, edition.as_at), stands))
    return tuple(found)


def _serves(one: Action, *, action: str, number: str) -> bool:
    if not action and not number:
        return bool(one.serves)
    return any(
        (action and link.action == action) or (number and link.recommendation == number)
        for link in one.serves
    )


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
