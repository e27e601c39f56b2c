"""Which units and grades there are, as lists of their own say it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from goldenthread import intake
from goldenthread.errors import Unreadable
from goldenthread.workforce.files.contract import contract
from goldenthread.workforce.files.headings import folded

LEVELS = ("directorate", "division", "unit")
"""The columns that say where somebody works, from the top down."""

BETWEEN = " / "
"""What stands between the names of a unit's path."""

_CODES = ("code", "unit code", "org code", "cost centre", "unit id")
_ABOVE = 20


@dataclass(frozen=True)
class Units:
    """The units there are: the path of each by everything that it may be called.

    A path is the names from the directorate down, in small letters: ``place / highways``.
    """

    paths: Mapping[str, str] = field(default_factory=dict)

    def path(self, said: str) -> str | None:
        """The path of the unit of this path, code or name; None where there is none, or several.

        >>> units = units_of([["Place", "Highways"], ["Place", "Parks"], ["People", "Parks"]])
        >>> units.path("place / highways"), units.path("highways"), units.path("parks")
        ('place / highways', 'place / highways', None)
        """
        return self.paths.get(said)


def unit_path(names: Iterable[str]) -> str:
    """The path of a unit from its names; blank ones are passed over.

    >>> unit_path(["Place", "", "Street  Lighting"])
    'place / street lighting'
    """
    told = (" ".join(name.casefold().split()).replace(BETWEEN, "/") for name in names)
    return BETWEEN.join(filter(None, told))


def unit_lines(paths: Iterable[str]) -> list[tuple[str, str, int]]:
    """Every unit with itself at depth 0 and each unit above it, as ``unit_lines`` holds them.

    >>> unit_lines(["place / highways"])
    [('place / highways', 'place / highways', 0), ('place / highways', 'place', 1)]
    """
    lines = []
    for path in sorted(set(paths)):
        names = path.split(BETWEEN)
        lines += [(path, BETWEEN.join(names[: len(names) - up]), up) for up in range(len(names))]
    return lines


def units_of(rows: Iterable[Sequence[str]], codes: Mapping[str, str] | None = None) -> Units:
    """The units of rows of names, and of the ``codes`` that some are known by."""
    paths: dict[str, str] = {}
    named: dict[str, set[str]] = {}
    for names in rows:
        parts = unit_path(names).split(BETWEEN)
        for depth in range(1, len(parts) + 1):
            path = BETWEEN.join(parts[:depth])
            paths[path] = path
            named.setdefault(parts[depth - 1], set()).add(path)
    for name, all_ in {**{c: {p} for c, p in (codes or {}).items()}, **named}.items():
        if len(all_) == 1:
            paths.setdefault(name, next(iter(all_)))
    return Units(paths)


def read_units(path: str | os.PathLike[str]) -> Units:
    """The units that a file lists: columns for directorate, division, unit, and a code if any.

    Raises ``Unreadable`` where it has none of these columns, and as ``intake.rows`` does.
    """
    levels = {name: contract("people").column(name).headers for name in LEVELS}
    # Names go before codes: where there are both, the codes are what units are known by as well.
    levels = {
        name: tuple(sorted(called, key=_CODES.__contains__)) for name, called in levels.items()
    }
    at: dict[str, int] = {}
    rows: list[tuple[str, ...]] = []
    codes: dict[str, str] = {}
    for number, values in enumerate(_values(path)):
        if not at:
            names = [folded(value) for value in values]
            for level, called in {**levels, "code": _CODES}.items():
                found = [names.index(one) for one in called if one in names]
                if found and found[0] not in at.values():
                    at[level] = found[0]
            if not set(at) & set(LEVELS):
                at = {}
                if number == _ABOVE:
                    break
            continue
        said = {name: values[place] if place < len(values) else "" for name, place in at.items()}
        path_of = tuple(said.get(level, "") for level in LEVELS)
        if any(path_of):
            rows.append(path_of)
            if code := " ".join(said.get("code", "").casefold().split()):
                codes[code] = unit_path(path_of)
    if not rows:
        raise Unreadable(
            "This is no list of units.",
            do="Give it columns Directorate, Division and Unit, or one of them.",
            file=Path(path).name,
        )
    return units_of(rows, codes)


def read_grades(path: str | os.PathLike[str]) -> Mapping[str, int]:
    """The grades that a file lists from the lowest up, the first cell of each row, from 1.

    A row of headings is known by its first word (“Grade”). Raises ``Unreadable`` where a grade
    stands there twice, and as ``intake.rows`` does.
    """
    order: dict[str, int] = {}
    headers = contract("people").column("grade").headers
    for number, values in enumerate(_values(path)):
        name = " ".join(values[0].casefold().split())
        if not name or (number == 0 and folded(name) in headers):
            continue
        if name in order:
            raise Unreadable(
                f"A grade stands twice in the list, the second time in row {number + 1}.",
                do="List each grade once, the lowest first.",
                file=Path(path).name,
            )
        order[name] = len(order) + 1
    if not order:
        raise Unreadable("The list has no grade.", do="List the lowest first, one in a row.")
    return order


def _values(path: str | os.PathLike[str]) -> Iterator[tuple[str, ...]]:
    for one in intake.rows(path):
        if isinstance(one, intake.Record):
            yield one.values
