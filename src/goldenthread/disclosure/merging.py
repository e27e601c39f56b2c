"""Units of an organisation that stand together because one of them is too small to stand alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from goldenthread.disclosure.people import People
from goldenthread.disclosure.spec import LEVELS, TOTAL, Hierarchy, Specification

_GROWN = 5
"""How many neighbours are taken in beside the smallest number that is large enough."""

_Children = dict[str, Any]


def merges(
    spec: Specification,
    people: People,
    threshold: int,
    cells: Iterable[tuple[str, tuple[tuple[str, str], ...]]],
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Ways to take units together, in words, each with the dimension ``org`` that it makes.

    ``cells`` are what could not be protected: their units, and those above them, stand together
    with their smallest neighbours below the same unit, first the fewest that reach the threshold.
    Units merged stay as codes one level down, where no table shows them, so that the file of people
    is read as it is. A merge that would not hold in every period is not among them.
    """
    if "org" not in spec.used:
        return
    units: dict[str, dict[str, None]] = {}
    for period, codes in sorted(cells):
        if "org" in dict(codes):
            units.setdefault(period, {})[dict(codes)["org"]] = None
    for depth in reversed(range(1, len(LEVELS["org"]) + 1)):
        for more in range(_GROWN):
            groups: list[tuple[str, ...]] = []
            for period, named in units.items():
                held = spec.dims["org"].of(period)
                sizes = _sizes(people, spec, period)
                for group in _groups(held, list(named), depth, sizes, threshold, more):
                    if not any(set(group) & set(other) for other in groups):
                        groups.append(group)
            if not groups:
                break
            dimension = dict(spec.as_given["dims"]["org"])
            merged = _merged_everywhere(dimension, groups)
            if merged is not None:
                level = LEVELS["org"][depth - 1]
                yield f"{' '.join(_words(group, level) for group in groups)}", merged


def _groups(
    held: Hierarchy,
    named: Sequence[str],
    depth: int,
    sizes: Mapping[str, int],
    threshold: int,
    more: int,
) -> list[tuple[str, ...]]:
    """Under each unit the units of a level that stand together; nothing where one takes in all."""
    wanted = {
        above for unit in named for above in held.above.get(unit, ()) if held.depths[above] == depth
    }
    found: list[tuple[str, ...]] = []
    for divided in held.children.values():
        for way in divided:
            small = [unit for unit in way if unit in wanted and held.depths[unit] == depth]
            if not small or any(set(small) & set(group) for group in found):
                continue
            others = sorted(
                (unit for unit in way if unit not in small),
                key=lambda unit: (sizes[unit], way.index(unit)),
            )
            taken = list(small)
            while others and (len(taken) < 2 or sum(sizes[one] for one in taken) < threshold):
                taken.append(others.pop(0))
            taken += others[:more]
            if len(taken) == len(way):
                # Whatever is told of all of them together is told of the unit above.
                continue
            found.append(tuple(unit for unit in way if unit in taken))
    return found


def _sizes(people: People, spec: Specification, period: str) -> dict[str, int]:
    there = people.codes["org"][people.period == spec.periods.index(period)]
    counts = np.bincount(there, minlength=len(people.names["org"]))
    held = spec.dims["org"].of(period)
    sizes = dict.fromkeys(held.depths, 0)
    for leaf, count in zip(people.names["org"], counts.tolist(), strict=True):
        for above in held.above.get(leaf, ()):
            sizes[above] += count
    return sizes


def _merged_everywhere(
    dimension: dict[str, Any], groups: Sequence[tuple[str, ...]]
) -> dict[str, Any] | None:
    held: dict[str | None, Mapping[str, Any]] = {None: dimension["children"]}
    held.update(dimension.get("by_period", {}))
    taken = {
        code
        for told in held.values()
        for ways in map(_ways, told.values())
        for code in (TOTAL, *(one for way in ways for one in way))
    }
    for group in groups:
        name = together(group)
        while name in taken:
            name += " (together)"
        for period, told in held.items():
            merged = _merged(told, group, name)
            if merged is None:
                return None
            held[period] = merged
    found = {**dimension, "children": held.pop(None)}
    if held:
        found["by_period"] = held
    return found


def _merged(told: Mapping[str, Any], group: Sequence[str], name: str) -> _Children | None:
    """A hierarchy with units taken together; None where they do not stand side by side."""
    children = {code: _ways(below) for code, below in told.items()}
    places = [
        (code, at)
        for code, ways in children.items()
        for at, way in enumerate(ways)
        if set(group) & set(way)
    ]
    if not places:
        return _given(children)
    together_at = [(code, at) for code, at in places if set(group) <= set(children[code][at])]
    divided = [unit for unit in group if unit in children]
    if len(together_at) != 1 or (divided and len(places) > 1):
        return None
    ways = {len(children[unit]) for unit in divided} or {1}
    if len(ways) > 1:
        return None
    code, at = together_at[0]
    way = children[code][at]
    first = next(number for number, unit in enumerate(way) if unit in group)
    below = [
        [each for unit in group for each in (children[unit][number] if unit in divided else [unit])]
        for number in range(ways.pop())
    ]
    rest = [unit for unit in way if unit not in group]
    children[code][at] = [*rest[:first], name, *rest[first:]]
    for unit in divided:
        del children[unit]
    children[name] = below
    return _given(children)


def _ways(below: Sequence[Any]) -> list[list[str]]:
    if below and all(isinstance(one, list) for one in below):
        return [list(one) for one in below]
    return [list(below)]


def _given(children: Mapping[str, list[list[str]]]) -> _Children:
    return {code: ways if len(ways) > 1 else ways[0] for code, ways in children.items()}


def together(units: Sequence[str]) -> str:
    """The name of units together; what all their names begin with is said once.

    >>> together(["Legal / Div 1 / Team 1", "Legal / Div 1 / Team 2"])
    'Legal / Div 1 / Team 1 and Team 2'
    """
    first = units[0].split(" / ")[:-1]
    start = " / ".join(first) + " / " if first else ""
    if start and all(unit.startswith(start) for unit in units):
        return start + together([unit[len(start) :] for unit in units])
    return " and ".join(filter(None, [", ".join(units[:-1]), units[-1]]))


def _words(group: Sequence[str], level: str) -> str:
    listed = " and ".join(filter(None, [", ".join(f"“{one}”" for one in group[:-1]),
                                        f"“{group[-1]}”"]))  # fmt: skip
    return f"Publish {listed} as one {level}."
