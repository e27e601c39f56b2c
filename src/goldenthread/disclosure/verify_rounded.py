"""Whether a rounded release keeps its promise: whole numbers alone, no solver, nothing of ours.

This module shares no code with what made the release. It counts the true workforce of the
certificate again, looks whether every figure shown is a multiple of five near its count and whether
all of them add up, and tries every change of people: each must be rounded as is shown, and together
they must leave every small count, every group that is all alike and every neighbour of somebody who
is alone in doubt.

A count from 1 to one below the threshold is in doubt where it is nought in one workforce, or at the
threshold or above in one, and the least and the most it is in any of them are 2 or more apart.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

from goldenthread.errors import Unreadable

BASE, WIDTH, LEAST_FOR_PERCENT = 5, 2, 23
_ROOM = {"r5": BASE - 1, "5": BASE // 2}
_TOTAL = "Total"
_MOST_FAULTS = 50

Cell = tuple[str, ...]
"""A period and a code for each dimension, ``Total`` where none is told."""


@dataclass
class _Dim:
    """A dimension in one period: by code its children, its line up, and its lowest codes."""

    ways: Mapping[str, list[list[str]]]
    above: Mapping[str, tuple[str, ...]]
    leaves: Mapping[str, frozenset[str]]


@dataclass
class _Release:
    threshold: int
    periods: list[str]
    dims: list[str]
    of: Mapping[tuple[str, str], _Dim]
    sensitive: Mapping[str, frozenset[str] | None]
    structural: list[Mapping[str, str]]
    shown: dict[Cell, int] = field(default_factory=dict)
    gone: set[Cell] = field(default_factory=set)
    base: str = "r5"
    shares: list[tuple[Cell, Cell, int | None]] = field(default_factory=list)
    asked: set[Cell] = field(default_factory=set)
    true: dict[Cell, int] = field(default_factory=dict)
    only: dict[Cell, int] = field(default_factory=dict)
    people: list[int] = field(default_factory=list)
    places: list[list[Cell]] = field(default_factory=list)
    banned: list[bool] = field(default_factory=list)

    @property
    def told(self) -> set[Cell]:
        """Every cell of which a table says anything."""
        found = {*self.shown, *self.gone}
        return found.union(*((part, whole) for part, whole, _ in self.shares))


def is_rounded(folder: Path) -> bool:
    """Whether a folder holds a release whose figures are rounded; False where it cannot be read."""
    try:
        data = json.loads((folder / "release.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(data, dict) and "rounding" in str(data.get("method", ""))


def verify_rounded(folder: Path) -> list[str]:
    """What is wrong with a rounded release and its certificate, in sentences; nothing where all is well.

    Shape: a folder that ``goldenthread protect --method rounding`` wrote. Time grows with the size
    of the files. Units: people. No sentence holds a figure of anybody: it names cells, not counts.
    Raises ``Unreadable`` where a file is missing or damaged, with its row.

    Source: ours; what is asked of a hidden figure, read for one that is rounded.
    """  # noqa: E501
    release = _read_release(folder)
    _read_cells(folder / "cells.csv", release)
    _read_inner(folder / "certificate" / "rounded.csv", release)
    release.asked = _closed(release)
    _read_workforce(folder / "certificate" / "workforce.csv", release)
    changes = _read_changes(folder / "certificate" / "changes.csv", release)
    faults = list(_figures(release))
    if release.base == "r5":
        faults += _sums(release)
    moves = []
    for number, change in enumerate(changes):
        move = _moved(release, change)
        broken = list(_change(release, number, change, move))
        faults += broken
        moves.append({} if broken else move)
    faults += _proofs(release, moves)
    return faults[:_MOST_FAULTS]


def _figures(release: _Release) -> Iterator[str]:
    """What is shown is a multiple near the true figure, and percentages are of what is shown."""
    room = _ROOM[release.base]
    for cell, value in release.shown.items():
        true = release.true.get(cell, 0)
        if value % BASE or abs(value - true) > room:
            yield f"{_said(cell)}: the figure shown is not that of the certificate, rounded."
        elif value and not true:
            yield f"{_said(cell)}: nought is shown as somebody."
    for part, whole, percent in release.shares:
        if percent is None:
            continue
        if part not in release.shown or whole not in release.shown:
            yield f"{_said(part)}: the certificate does not say what the percentage is of."
            continue
        people, base = release.shown[part], release.shown[whole]
        if base - room < LEAST_FOR_PERCENT:
            yield f"{_said(part)}: a percentage of fewer than {LEAST_FOR_PERCENT}."
        elif min((200 * people + base) // (2 * base), 100) != percent:
            yield f"{_said(part)}: the percentage is not that of the rounded figures."


def _sums(release: _Release) -> Iterator[str]:
    """Whatever adds up to a cell adds up to the same, in every way and in every table."""
    for cell in sorted(release.asked):
        found = {release.shown[cell]} if cell in release.shown else set()
        for at, dim in enumerate(release.dims, 1):
            for way in release.of[cell[0], dim].ways.get(cell[at], ()):
                parts = [(*cell[:at], code, *cell[at + 1 :]) for code in way]
                if all(part in release.shown for part in parts):
                    found.add(sum(release.shown[part] for part in parts))
        if len(found) > 1:
            yield f"{_said(cell)}: what is shown does not add up."


def _change(
    release: _Release, number: int, change: list[tuple[int, int]], move: Mapping[Cell, int]
) -> Iterator[str]:
    """A change leaves nobody below nought, and every figure would be rounded as it is shown."""
    room = _ROOM[release.base]
    if any(release.people[kind] + by < 0 for kind, by in change):
        yield f"Change {number}: there are not so many people."
    if any(release.banned[kind] and by > 0 for kind, by in change):
        yield f"Change {number}: it puts somebody where everybody knows that nobody is."
    for cell, by in move.items():
        true = release.true.get(cell, 0) + by
        if cell in release.shown and abs(true - release.shown[cell]) > room:
            yield f"Change {number}: {_said(cell)} could not be shown as it is."
        elif cell in release.gone and true < 1 and not _beside_nought(release, cell):
            # With no nought withdrawn beside it, a reader knows that it is none.
            yield f"Change {number}: {_said(cell)} is withdrawn, and would be empty."


def _beside_nought(release: _Release, cell: Cell) -> bool:
    """Whether a nought that nobody knows of is withdrawn beside a cell, below the same code."""
    return not release.structural and any(
        other in release.gone and not release.true.get(other, 0)
        for at, dim in enumerate(release.dims, 1)
        for ways in release.of[cell[0], dim].ways.values()
        for way in ways
        if cell[at] in way
        for code in way
        if (other := (*cell[:at], code, *cell[at + 1 :])) != cell
    )


def _proofs(release: _Release, moves: list[dict[Cell, int]]) -> Iterator[str]:
    """Every figure that needs a proof has one."""
    least: dict[Cell, int] = {}
    most: dict[Cell, int] = {}
    touching: dict[Cell, list[int]] = {}
    for number, move in enumerate(moves):
        for cell, by in move.items():
            least[cell] = min(least.get(cell, 0), by)
            most[cell] = max(most.get(cell, 0), by)
            touching.setdefault(cell, []).append(number)
    alone = {cell for cell in release.told if release.true.get(cell, 0) == 1}
    for cell in sorted(release.asked):
        true = release.true.get(cell, 0)
        low, high = true + least.get(cell, 0), true + most.get(cell, 0)
        small = 0 < true < release.threshold
        if small and ((low > 0 and high < release.threshold) or high - low < WIDTH):
            yield f"{_said(cell)}: nothing proves that it may be nobody, or many."
        elif not small and true and cell in release.gone and high - low < WIDTH:
            yield f"{_said(cell)}: nothing proves that it may be another figure."
        elif small:
            yield from _insiders(release, cell, moves, touching[cell], alone)
    yield from _groups(release, moves, touching)


def _insiders(
    release: _Release,
    cell: Cell,
    moves: list[dict[Cell, int]],
    touching: list[int],
    alone: set[Cell],
) -> Iterator[str]:
    common = set.intersection(*(alone.intersection(moves[number]) for number in touching))
    for other in sorted(common):
        if other != cell and not _same_person(release, cell, other):
            yield f"{_said(cell)}: whoever is alone in {_said(other)} could work it out."


def _same_person(release: _Release, cell: Cell, other: Cell) -> bool:
    return release.true[cell] == 1 and release.only[cell] == release.only[other]


def _groups(
    release: _Release, moves: list[dict[Cell, int]], touching: Mapping[Cell, list[int]]
) -> Iterator[str]:
    """No row has everybody in one sensitive code, and tells it."""
    for cell in sorted(release.asked):
        true = release.true.get(cell, 0)
        for at, dim in enumerate(release.dims, 1):
            free = release.sensitive[dim]
            if free is None or not true or not _says(release.of[cell[0], dim], cell[at], free):
                continue
            row = (*cell[:at], _TOTAL, *cell[at + 1 :])
            if row not in release.asked or release.true.get(row, 0) != true:
                continue
            numbers = {*touching.get(row, ()), *touching.get(cell, ())}
            if not any(
                moves[number].get(row, 0) - moves[number].get(cell, 0) >= 1
                or moves[number].get(row, 0) == -true
                for number in numbers
            ):
                yield f"{_said(row)}: everybody there is alike, and it can be worked out."


def _says(dim: _Dim, code: str, free: frozenset[str]) -> bool:
    """Whether a code says something of a person."""
    if code == _TOTAL or code in free:
        return False
    below = dim.leaves[code]
    return not below <= free and below != dim.leaves[_TOTAL]


def _moved(release: _Release, change: list[tuple[int, int]]) -> dict[Cell, int]:
    move: dict[Cell, int] = {}
    for kind, by in change:
        for cell in release.places[kind]:
            move[cell] = move.get(cell, 0) + by
    return {cell: by for cell, by in move.items() if by}


def _closed(release: _Release) -> set[Cell]:
    """Every cell that is told, and all that are coarser."""
    found: set[Cell] = set()
    for cell in release.told:
        lines = [
            release.of[cell[0], dim].above[code]
            for dim, code in zip(release.dims, cell[1:], strict=True)
        ]
        if cell not in found or any(len(line) > 1 for line in lines):
            found.update((cell[0], *codes) for codes in product(*lines))
    return found


def _said(cell: Cell) -> str:
    codes = [code for code in cell[1:] if code != _TOTAL]
    return f"{cell[0]}, {', '.join(codes)}" if codes else f"{cell[0]}, everybody"


def _read_release(folder: Path) -> _Release:
    place = folder / "release.json"
    try:
        data = json.loads(place.read_text(encoding="utf-8"))
        dims, periods = data["dims"], data["periods"]
        return _Release(
            threshold=int(data["threshold"]),
            periods=list(periods),
            dims=list(dims),
            of={
                (period, dim): _dim(told.get("by_period", {}).get(period, told["children"]))
                for dim, told in dims.items()
                for period in periods
            },
            sensitive={
                dim: frozenset(told.get("nonsensitive", ())) if told.get("sensitive") else None
                for dim, told in dims.items()
            },
            structural=list(data.get("structural", [])),
            base="5" if str(data["method"]).startswith("conventional") else "r5",
        )
    except OSError as wrong:
        raise Unreadable(f"It cannot be opened ({wrong.strerror}).", file=place.name) from None
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        raise Unreadable("This describes no release.", file=place.name) from None


def _dim(children: Mapping[str, Any]) -> _Dim:
    ways = {code: below if isinstance(below[0], list) else [below]
            for code, below in children.items()}  # fmt: skip
    parents: dict[str, set[str]] = {_TOTAL: set()}
    for code, held in ways.items():
        for child in (one for way in held for one in way):
            parents.setdefault(child, set()).add(code)
    above: dict[str, tuple[str, ...]] = {}
    leaves: dict[str, set[str]] = {code: set() for code in parents}
    for code in parents:
        seen, waiting = {code}, [code]
        while waiting:
            for parent in parents.get(waiting.pop(), ()):
                if parent not in seen:
                    seen.add(parent)
                    waiting.append(parent)
        above[code] = tuple(sorted(seen))
        if code not in ways:
            for one in seen:
                leaves[one].add(code)
    return _Dim(ways, above, {code: frozenset(held) for code, held in leaves.items()})


def _rows(place: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with place.open(encoding="utf-8", newline="") as stream:
            for number, row in enumerate(csv.DictReader(stream), 2):
                if None in row or None in row.values():
                    raise Unreadable(f"Row {number} does not fit the headings.", file=place.name)
                yield number, row
    except OSError as wrong:
        raise Unreadable(f"It cannot be opened ({wrong.strerror}).", file=place.name) from None
    except (UnicodeDecodeError, csv.Error):
        raise Unreadable("It is damaged.", file=place.name) from None


def _read_cells(place: Path, release: _Release) -> None:
    for number, row in _rows(place):
        try:
            cell = (row["period"], *(row[dim] or _TOTAL for dim in release.dims))
            value, symbol, base = row["value"], row["symbol"], row["base"]
            if bool(value) == bool(symbol) or symbol not in ("", "[x]", "[z]"):
                raise ValueError
            if any(code not in release.of[cell[0], dim].above
                   for dim, code in zip(release.dims, cell[1:], strict=True)):  # fmt: skip
                raise ValueError
            if row["measure"] == "count":
                _keep(release, cell, int(value) if value else None, base)
            elif row["measure"] == "percent":
                at = release.dims.index(row["of"]) + 1
                whole = (*cell[:at], _TOTAL, *cell[at + 1 :])
                release.shares.append((cell, whole, int(value) if value else None))
            elif value:
                raise Unreadable(f"Row {number}: no proof covers this figure.", file=place.name)
        except (KeyError, ValueError):
            raise Unreadable(f"Row {number} is damaged.", file=place.name) from None


def _keep(release: _Release, cell: Cell, value: int | None, base: str) -> None:
    if value is None:
        if cell in release.shown:
            raise ValueError
        release.gone.add(cell)
        return
    if base != release.base or cell in release.gone:
        raise ValueError
    if release.shown.setdefault(cell, value) != value:
        raise ValueError


def _read_inner(place: Path, release: _Release) -> None:
    """The rounded counts that only percentages tell of."""
    for number, row in _rows(place):
        try:
            cell = (row["period"], *(row.get(dim) or _TOTAL for dim in release.dims))
            _keep(release, cell, int(row["value"]), release.base)
        except (KeyError, ValueError):
            raise Unreadable(f"Row {number} is damaged.", file=place.name) from None


def _read_workforce(place: Path, release: _Release) -> None:
    for number, row in _rows(place):
        try:
            people = int(row["people"])
            if int(row["kind"]) != len(release.people) or people < 0:
                raise ValueError
            cells, banned = _cells_of(release, row)
        except (KeyError, ValueError):
            raise Unreadable(f"Row {number} is damaged.", file=place.name) from None
        release.people.append(people)
        release.places.append(cells)
        release.banned.append(banned)
        for cell in cells:
            release.true[cell] = release.true.get(cell, 0) + people
            if people:
                # Of a cell with one person in it: who that is.
                release.only[cell] = number


def _cells_of(release: _Release, row: Mapping[str, str]) -> tuple[list[Cell], bool]:
    found: list[Cell] = []
    banned = False
    for period in release.periods:
        held: dict[str, tuple[str, ...]] = {}
        for dim in release.dims:
            code = row.get(f"{period}:{dim}")
            if code is None:
                held[dim] = (_TOTAL,)
            elif code:
                held[dim] = release.of[period, dim].above[code]
        if len(held) == len(release.dims):
            lines = [held[dim] for dim in release.dims]
            found += [cell for codes in product(*lines)
                      if (cell := (period, *codes)) in release.asked]  # fmt: skip
            banned |= any(
                all(code in held[dim] for dim, code in where.items())
                for where in release.structural
            )
    return found, banned


def _read_changes(place: Path, release: _Release) -> list[list[tuple[int, int]]]:
    changes: list[list[tuple[int, int]]] = []
    for number, row in _rows(place):
        try:
            change, kind, by = int(row["change"]), int(row["kind"]), int(row["by"])
            if change not in (len(changes) - 1, len(changes)) or not 0 <= kind < len(
                release.people
            ):
                raise ValueError
        except (KeyError, ValueError):
            raise Unreadable(f"Row {number} is damaged.", file=place.name) from None
        if change == len(changes):
            changes.append([])
        changes[-1].append((kind, by))
    return changes
