"""The tree of units as it was on a day: what stood above what, and who took over from whom.

A unit that moved has ended, and what it owned stays its own. So that such things are still found,
and by those alone whom they now concern, a unit that has ended hangs below its successor; one that
has not begun yet hangs below the unit that it will succeed. On the day before a division moved it
stood below its old directorate with all that it owned, and on the day after below the new one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from goldenthread.web.models.people import Unit


@dataclass(frozen=True, slots=True)
class Node:
    """A unit as the tree knows it; ``heirs`` are its successors, each with the day it took over."""

    key: int
    parent: int | None
    name: str
    begins: date
    ends: date | None
    heirs: tuple[tuple[int, date], ...] = ()
    public_id: str = ""


def nodes() -> dict[int, Node]:
    """Every unit there ever was, by its key, in one query."""
    found: dict[int, Node] = {}
    rows = Unit.objects.order_by("pk", "succeeded_by__pk").values_list(
        *("pk", "parent_id", "name", "begins", "ends", "public_id"),
        F("succeeded_by__after_id"),
        F("succeeded_by__on"),
    )
    for key, parent, name, begins, ends, public_id, heir, since in rows:
        heirs = found[key].heirs if key in found else ()
        if heir is not None:
            heirs += ((heir, since),)
        found[key] = Node(key, parent, name, begins, ends, heirs, public_id)
    return found


def above(units: Mapping[int, Node], on: date) -> dict[int, int | None]:
    """The key of each unit with that of the unit above it on a day; None for the whole body.

    A unit that has ended hangs below its successor; of several, below the nearest unit that stands
    above all of them, so that none of them reads what was of another; without any, where it stood.
    One that has not begun hangs below the unit from which it takes over on its first day, where
    that is a single one. No unit is above itself.

    >>> day = date(2026, 10, 1)
    >>> body, old, new = (Node(key, 1 if key > 1 else None, "", date(2020, 4, 1), None)
    ...     for key in (1, 2, 3))
    >>> moved = Node(4, 2, "", date(2020, 4, 1), date(2026, 9, 30), ((5, day),))
    >>> units = {one.key: one for one in (body, old, new, moved, Node(5, 3, "", day, None))}
    >>> above(units, day)
    {1: None, 2: 1, 3: 1, 4: 5, 5: 3}
    >>> above(units, date(2026, 9, 30))
    {1: None, 2: 1, 3: 1, 4: 2, 5: 4}
    """
    before = _before(units, on)
    known: dict[int, int | None] = {}

    def line(key: int, asked: frozenset[int]) -> list[int]:
        """A unit and all above it, from below."""
        found, here = [], key
        while here not in found:
            found.append(here)
            up = upward(here, asked)
            if up is None:
                break
            here = up
        return found

    def upward(key: int, asked: frozenset[int] = frozenset()) -> int | None:
        if key in known:
            return known[key]
        unit = units[key]
        # A unit asked for on the way to itself: days in disorder, so that it stays where it stood.
        if key in asked or unit.parent is None:
            return unit.parent
        asked = asked | {key}
        heirs = [heir for heir, since in unit.heirs if since <= on and heir in units]
        found: int | None = unit.parent
        if unit.ends is not None and unit.ends < on and heirs:
            lines = [line(heir, asked) for heir in heirs]
            common = [up for up in lines[0] if all(up in other for other in lines)]
            found = next((up for up in common if up != key), unit.parent)
        elif unit.begins > on and key in before:
            found = before[key]
        known[key] = found
        return found

    found = {key: upward(key) for key in units}
    return found if _sound(found) else {key: unit.parent for key, unit in units.items()}


def _before(units: Mapping[int, Node], on: date) -> dict[int, int]:
    """The single unit from which each that has not begun on a day takes over on its first."""
    found: dict[int, list[int]] = {}
    for unit in units.values():
        for heir, since in unit.heirs:
            if heir in units and units[heir].begins > on and units[heir].begins == since:
                found.setdefault(heir, []).append(unit.key)
    return {heir: keys[0] for heir, keys in found.items() if len(keys) == 1}


def _sound(found: Mapping[int, int | None]) -> bool:
    """Whether every way up ends at the body."""
    ends: set[int] = set()
    for key in found:
        way: list[int] = []
        here: int | None = key
        while here is not None and here not in ends:
            if here in way:
                return False
            way.append(here)
            here = found[here]
        ends.update(way)
    return True


def stands_for(key: int, units: Mapping[int, Node], on: date) -> int:
    """The unit that stands on a day in the place of one: its successor where it has a single one.

    The unit itself while it stands, and where nothing or more than one thing took over from it.
    """
    seen: list[int] = []
    while key not in seen:
        seen.append(key)
        unit = units[key]
        heirs = [heir for heir, since in unit.heirs if since <= on and heir in units]
        if unit.ends is not None and unit.ends < on and len(heirs) == 1:
            key = heirs[0]
    return key


def part_of(key: int, found: Mapping[int, int | None]) -> int:
    """The unit right below the body in which a unit stands; the body for itself."""
    here, up = key, found.get(key)
    while up is not None and (further := found.get(up)) is not None:
        here, up = up, further
    return here
