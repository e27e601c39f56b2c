"""Whether a protected release keeps its promise: whole numbers alone, no solver, nothing of ours.

This module shares no code with what made the release. It counts the true workforce of the
certificate again, looks whether every figure shown is its count, and tries every change of people:
each must leave all that is shown as it is, and together they must leave every hidden small figure,
every group that is all alike and every neighbour of somebody who is alone in doubt.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

from goldenthread.disclosure.verify_pay import LEAST, Frame, pay_faults
from goldenthread.disclosure.verify_rounded import is_rounded, verify_rounded
from goldenthread.errors import Unreadable

WIDTH = 2
LEAST_FOR_PERCENT = 23
FEW_MOVES = 20
_WHO = ("joiners", "leavers", "declared", "appeared", "arrivals", "departures")
_TOTAL = "Total"
_MOST_FAULTS = 50

Cell = tuple[str, ...]
"""A period and a code for each dimension, ``Total`` where none is told."""


@dataclass(frozen=True, eq=False)
class _Flow:
    begins: int
    ends: int
    where: Mapping[str, str]
    joiners: tuple[int, int]
    leavers: tuple[int, int]
    answers_may_change: bool


@dataclass
class _Release:
    threshold: int
    periods: list[str]
    dims: list[str]
    above: Mapping[tuple[str, str, str], tuple[str, ...]]
    sensitive: Mapping[str, frozenset[str] | None]
    counts: dict[Cell, int | None] = field(default_factory=dict)
    structural: Sequence[Mapping[str, str]] = ()
    says_more: bool = False
    symbols: dict[Cell, str] = field(default_factory=dict)
    marked: set[Cell] = field(default_factory=set)
    shares: list[tuple[Cell, Cell, int]] = field(default_factory=list)
    hidden_shares: list[tuple[Cell, Cell, str]] = field(default_factory=list)
    people: list[int] = field(default_factory=list)
    places: list[list[Cell]] = field(default_factory=list)
    leaves: list[list[tuple[str, ...] | None]] = field(default_factory=list)
    nowhere: set[int] = field(default_factory=set)
    flows: list[_Flow] = field(default_factory=list)
    moved: dict[tuple[_Flow, str], int] = field(default_factory=dict)
    true: dict[Cell, int] = field(default_factory=dict)
    last: dict[Cell, int] = field(default_factory=dict)
    """By cell the last kind that somebody in it is of: where one person is, theirs."""


def verify(folder: Path) -> list[str]:
    """What is wrong with a release and its certificate, in sentences; nothing where all is well.

    Shape: a folder that ``goldenthread protect`` wrote. Time grows with the size of the files.
    Units: people. No sentence holds a figure of anybody: it names cells, not counts.
    Raises ``Unreadable`` where a file is missing or damaged, with its row.

    Source: ours; the requirement on each kind of figure is that of the release format.
    """
    if is_rounded(folder):
        return verify_rounded(folder)
    release = _read_release(folder)
    _read_cells(folder / "cells.csv", release)
    _read_workforce(folder / "certificate" / "workforce.csv", release)
    changes = _read_changes(folder / "certificate" / "changes.csv", release)
    faults = list(_figures(release))
    release.moved = {
        (flow, who): sum(
            people
            for kind, people in enumerate(release.people)
            if _moving(release, flow, who, kind)
        )
        for flow in release.flows
        for who in ("joiners", "leavers")
    }
    moves = []
    for number, change in enumerate(changes):
        move = _moved(release, change)
        broken = list(_change(release, number, change, move))
        faults += broken
        moves.append({} if broken else {cell: by for cell, by in move.items() if by})
    faults += _proofs(release, moves)
    faults += _flow_proofs(release, changes)
    faults += pay_faults(folder, Frame(release.periods, release.dims, release.above))
    return faults[:_MOST_FAULTS]


def _figures(release: _Release) -> Iterator[str]:
    """What is shown is true and not small; what is hidden is not empty, and a mark says no more."""
    if release.says_more:
        yield "The marks say more of what is hidden than that somebody is there."
    for cell, value in release.counts.items():
        true = release.true.get(cell, 0)
        if value is not None and value != true:
            yield f"{_said(cell)}: the figure shown is not that of the certificate."
        if value is not None and 0 < value < release.threshold:
            yield f"{_said(cell)}: a small count is shown."
    for cell in sorted(release.marked):
        if release.true.get(cell, 0) < 1:
            yield f"{_said(cell)}: hidden as [c], and empty."
    for part, whole, percent in release.shares:
        people, base = release.true.get(part, 0), release.true.get(whole, 0)
        if base < LEAST_FOR_PERCENT:
            yield f"{_said(part)}: a percentage of fewer than {LEAST_FOR_PERCENT}."
        elif (200 * people + base) // (2 * base) != percent:
            yield f"{_said(part)}: the percentage is not that of the certificate."
        elif 0 < people < release.threshold:
            yield f"{_said(part)}: a percentage gives a small count back."


def _change(
    release: _Release, number: int, change: list[tuple[int, int]], move: Mapping[Cell, int]
) -> Iterator[str]:
    """A change leaves nobody below nought, and all that is shown as it is."""
    if any(release.people[kind] + by < 0 for kind, by in change):
        yield f"Change {number}: there are not so many people."
    if any(by > 0 and kind in release.nowhere for kind, by in change):
        yield f"Change {number}: it puts people where everybody knows that nobody is."
    for flow in release.flows:
        for who, limits in (("joiners", flow.joiners), ("leavers", flow.leavers)):
            now = sum(by for kind, by in change if _moving(release, flow, who, kind))
            if not limits[0] <= release.moved[flow, who] + now <= limits[1]:
                yield f"Change {number}: it does not agree with the {who} that are stated."
        if not flow.answers_may_change and any(
            _answers(release, flow.begins, kind) != _answers(release, flow.ends, kind)
            for kind, _ in change
            if _moving(release, flow, "declared", kind)
        ):
            yield f"Change {number}: somebody's answer changes, and it is stated that none does."
    fixed = {cell for part, whole, _ in release.shares for cell in (part, whole)}
    for cell, by in move.items():
        if not by:
            continue
        if cell in fixed or release.counts.get(cell) is not None:
            yield f"Change {number}: it would change {_said(cell)}, which is shown."
        least = 1 if cell in release.marked else 0
        if release.true.get(cell, 0) + by < least:
            yield f"Change {number}: {_said(cell)} would be below {least}."


def _proofs(release: _Release, moves: list[dict[Cell, int]]) -> Iterator[str]:
    """Every figure that needs a proof has one."""
    touching: dict[Cell, list[int]] = {}
    for number, move in enumerate(moves):
        for cell in move:
            touching.setdefault(cell, []).append(number)
    told = {cell for cell, value in release.counts.items() if value is None}
    told |= {part for part, _, _ in release.hidden_shares}
    told -= {cell for cell, value in release.counts.items() if value is not None}
    small = {cell for cell in told if 0 < release.true.get(cell, 0) < release.threshold}
    alone = {cell for cell in told if release.true.get(cell, 0) == 1}
    # Of a line that no table shows, for want of people, a reader learns nothing by a mark.
    untold = {
        part
        for part, whole, symbol in release.hidden_shares
        if symbol == "[x]" and release.true.get(whole, 0) < LEAST_FOR_PERCENT
    } - set(release.counts)
    for cell in sorted(small):
        true = release.true[cell]
        rise = max(release.threshold, true + (1 if cell in untold else WIDTH)) - true
        if not any(moves[number][cell] >= rise for number in touching.get(cell, ())):
            yield f"{_said(cell)}: nothing proves that it may be large."
            continue
        yield from _insiders(release, cell, moves, touching, alone)
    for cell in sorted(told - small):
        is_there = cell in release.symbols and release.true.get(cell, 0) > 0
        if is_there and _says(release, cell) and not _has_room(cell, moves, touching):
            yield f"{_said(cell)}: it is hidden, and can be worked out almost exactly."
    yield from _groups(release, moves, touching, told)


def _has_room(cell: Cell, moves: list[dict[Cell, int]], touching: Mapping[Cell, list[int]]) -> bool:
    held = [moves[number][cell] for number in touching.get(cell, ())]
    return max([0, *held]) - min([0, *held]) >= WIDTH


def _says(release: _Release, cell: Cell) -> bool:
    """Whether a cell says something of its people that is theirs to say."""
    return any(
        free is not None and code != _TOTAL and code not in free
        for code, free in zip(cell[1:], release.sensitive.values(), strict=True)
    )


def _insiders(
    release: _Release,
    cell: Cell,
    moves: list[dict[Cell, int]],
    touching: Mapping[Cell, list[int]],
    alone: set[Cell],
) -> Iterator[str]:
    common: set[Cell] | None = None
    near = _near(release, cell[0])
    for number in touching[cell]:
        touched = {one for one in alone.intersection(moves[number]) if one[0] in near}
        common = touched if common is None else common & touched
        if not common:
            return
    for other in sorted(common or ()):
        if other != cell and not _same_person(release, cell, other):
            yield (f"{_said(cell)}: whoever is alone in {_said(other)} could work it out.")


def _near(release: _Release, period: str) -> set[str]:
    """The periods that tell of this one, since so few came or went between them."""
    at = release.periods.index(period)
    return {period} | {
        release.periods[flow.ends if flow.begins == at else flow.begins]
        for flow in release.flows
        if at in (flow.begins, flow.ends) and sum(_at_most(release, flow)) <= FEW_MOVES
    }


def _same_person(release: _Release, cell: Cell, other: Cell) -> bool:
    return release.true[cell] == 1 and release.last[cell] == release.last[other]


def _groups(
    release: _Release,
    moves: list[dict[Cell, int]],
    touching: Mapping[Cell, list[int]],
    told: set[Cell],
) -> Iterator[str]:
    """No row of which a reader learns anything has everybody in one sensitive code."""
    known = {*release.counts, *told, *(part for part, _, _ in release.shares)}
    for cell in sorted(known):
        true = release.true.get(cell, 0)
        for at, dim in enumerate(release.dims, 1):
            free = release.sensitive[dim]
            if free is None or cell[at] == _TOTAL or cell[at] in free or not true:
                continue
            row = (*cell[:at], _TOTAL, *cell[at + 1 :])
            if release.true.get(row, 0) != true:
                continue
            numbers = {*touching.get(row, ()), *touching.get(cell, ())}
            if not any(
                moves[number].get(row, 0) - moves[number].get(cell, 0) >= 1 for number in numbers
            ):
                yield f"{_said(row)}: everybody there is alike, and it can be worked out."


def _flow_proofs(release: _Release, changes: list[list[tuple[int, int]]]) -> Iterator[str]:
    """Nobody who came, went or declared since can be told by taking one period from another."""
    for flow in release.flows:
        joined, left = _at_most(release, flow)
        for who in _WHO:
            if {"joiners": joined, "leavers": left}.get(who, joined + left) > FEW_MOVES:
                continue
            if who in ("declared", "appeared") and not flow.answers_may_change:
                continue
            at, other = flow.begins, flow.ends
            if who not in ("leavers", "departures"):
                at, other = other, at
            there: dict[Cell, int] = {}
            moving = [_moving(release, flow, who, kind) for kind in range(len(release.people))]
            for kind, places in enumerate(release.places):
                for cell in places if moving[kind] else ():
                    if cell[0] == release.periods[at] and _is_one(
                        release, flow, who, kind, cell, other
                    ):
                        there[cell] = there.get(cell, 0) + release.people[kind]
            few = {
                cell: people
                for cell, people in there.items()
                if 0 < people < release.threshold and _says(release, cell)
            }
            alike = {} if who in ("declared", "appeared") else _all_alike(release, there, few)
            asked = {*few, *(one for pair in alike for one in pair)}
            proved: set[Cell] = set()
            apart: set[tuple[Cell, Cell]] = set()
            for change in changes:
                move: dict[Cell, int] = {}
                for kind, by in change:
                    for cell in release.places[kind] if moving[kind] else ():
                        if cell in asked and _is_one(release, flow, who, kind, cell, other):
                            move[cell] = move.get(cell, 0) + by
                proved |= {
                    cell
                    for cell, by in move.items()
                    if cell in few and (by == -few[cell] or few[cell] + by >= release.threshold)
                }
                apart |= {
                    (cell, row) for cell, row in alike if move.get(row, 0) > move.get(cell, 0)
                }
            for cell in sorted(few):
                if cell not in proved:
                    yield f"{_said(cell)}: those who are {who} since can be worked out."
            for _, row in sorted(set(alike) - apart):
                yield f"{_said(row)}: the {who} are all alike, and it can be worked out."


def _at_most(release: _Release, flow: _Flow) -> tuple[int, int]:
    """How many joined and left at most, for whoever knows how many were there before and after."""
    before, after = (
        sum(
            people
            for leaves, people in zip(release.leaves, release.people, strict=True)
            if (codes := leaves[at]) is not None
            and _inside(release, flow.where, release.periods[at], codes)
        )
        for at in (flow.begins, flow.ends)
    )
    joiners, leavers = flow.joiners[1], flow.leavers[1]
    return min(joiners, leavers + after - before), min(leavers, joiners + before - after)


def _all_alike(
    release: _Release, there: Mapping[Cell, int], few: Mapping[Cell, int]
) -> dict[tuple[Cell, Cell], None]:
    """The cells in which everybody is who came or went in the row, with the row."""
    found: dict[tuple[Cell, Cell], None] = {}
    for cell, people in there.items():
        if not people or cell in few:
            continue
        for at, dim in enumerate(release.dims, 1):
            free = release.sensitive[dim]
            if free is None or cell[at] == _TOTAL or cell[at] in free:
                continue
            row = (*cell[:at], _TOTAL, *cell[at + 1 :])
            if there.get(row) == people:
                found[cell, row] = None
    return found


def _moving(release: _Release, flow: _Flow, who: str, kind: int) -> bool:
    """Whether somebody of a kind joined, left or answers otherwise, as a flow has it."""
    before, after = release.leaves[kind][flow.begins], release.leaves[kind][flow.ends]
    was, is_ = (
        codes is not None and _inside(release, flow.where, release.periods[at], codes)
        for at, codes in ((flow.begins, before), (flow.ends, after))
    )
    if who == "joiners":
        return is_ and not was
    if who == "leavers":
        return was and not is_
    if who == "appeared":
        return is_
    return was and is_


def _answers(release: _Release, period: int, kind: int) -> list[str]:
    codes = release.leaves[kind][period] or ()
    return [
        code
        for code, free in zip(codes, release.sensitive.values(), strict=False)
        if free is not None
    ]


def _is_one(release: _Release, flow: _Flow, who: str, kind: int, cell: Cell, other: int) -> bool:
    """Whether somebody who moved is one of those whom a cell tells of."""
    if who in ("joiners", "leavers"):
        return True
    if who in ("arrivals", "departures"):
        return _elsewhere(release, other, kind, cell)
    codes = release.leaves[kind][other]
    if codes is None or not _inside(release, flow.where, release.periods[other], codes):
        return who == "appeared"
    return any(
        free is not None
        and told != _TOTAL
        and told not in release.above[release.periods[other], dim, code]
        for (dim, free), told, code in zip(release.sensitive.items(), cell[1:], codes, strict=True)
    )


def _elsewhere(release: _Release, other: int, kind: int, cell: Cell) -> bool:
    """Whether somebody was in another unit than the cell's in another period, which has it too."""
    if "org" not in release.dims:
        return False
    at = release.dims.index("org")
    period, codes = release.periods[other], release.leaves[kind][other]
    unit = cell[at + 1]
    if unit == _TOTAL or codes is None or (period, "org", unit) not in release.above:
        return False
    return unit not in release.above[period, "org", codes[at]]


def _inside(
    release: _Release, where: Mapping[str, str], period: str, codes: tuple[str, ...]
) -> bool:
    return all(
        code in release.above[period, dim, codes[release.dims.index(dim)]]
        for dim, code in where.items()
    )


def _moved(release: _Release, change: list[tuple[int, int]]) -> dict[Cell, int]:
    move: dict[Cell, int] = {}
    for kind, by in change:
        for cell in release.places[kind]:
            move[cell] = move.get(cell, 0) + by
    return move


def _said(cell: Cell) -> str:
    codes = [code for code in cell[1:] if code != _TOTAL]
    return f"{cell[0]}, {', '.join(codes)}" if codes else f"{cell[0]}, everybody"


def _read_release(folder: Path) -> _Release:
    place = folder / "release.json"
    try:
        data = json.loads(place.read_text(encoding="utf-8"))
        dims, periods = data["dims"], data["periods"]
        above: dict[tuple[str, str, str], tuple[str, ...]] = {}
        for dim, told in dims.items():
            for period in periods:
                children = told.get("by_period", {}).get(period, told["children"])
                for code, codes in _above(children).items():
                    above[period, dim, code] = codes
        return _Release(
            threshold=int(data["threshold"]),
            periods=list(periods),
            dims=list(dims),
            above=above,
            flows=[_flow(told, periods) for told in data.get("flows", ())],
            structural=[dict(told) for told in data.get("structural", ())],
            says_more=_says_more(data.get("symbols", {})),
            sensitive={
                dim: frozenset(told.get("nonsensitive", ())) if told.get("sensitive") else None
                for dim, told in dims.items()
            },
        )
    except OSError as wrong:
        raise Unreadable(f"It cannot be opened ({wrong.strerror}).", file=place.name) from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Unreadable("This describes no release.", file=place.name) from None


def _flow(told: Mapping[str, Any], periods: list[str]) -> _Flow:
    joiners, leavers = ((int(told[key][0]), int(told[key][1])) for key in ("joiners", "leavers"))
    return _Flow(
        periods.index(told["from"]), periods.index(told["to"]), dict(told.get("where", {})),
        joiners, leavers, bool(told.get("answers_may_change", True)),
    )  # fmt: skip


def _says_more(symbols: Mapping[str, Any]) -> bool:
    """Whether readers are told of a mark more than that a count is at least 0, or 1 where [c]."""
    bounds = {mark: told for mark, told in symbols.items() if told is not None}
    return any(
        most is not None or least > (mark == "[c]") for mark, (least, most) in bounds.items()
    )


def _above(children: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Of each code itself and every code that it is part of."""
    parents: dict[str, set[str]] = {_TOTAL: set()}
    for code, below in children.items():
        ways = below if below and isinstance(below[0], list) else [below]
        for child in (one for way in ways for one in way):
            parents.setdefault(child, set()).add(code)
    found: dict[str, tuple[str, ...]] = {}
    for code in parents:
        seen, waiting = {code}, [code]
        while waiting:
            for parent in parents.get(waiting.pop(), ()):
                if parent not in seen:
                    seen.add(parent)
                    waiting.append(parent)
        found[code] = tuple(sorted(seen))
    return found


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
            value, symbol = row["value"], row["symbol"]
            if bool(value) == bool(symbol) or symbol not in ("", "[c]", "[x]", "[z]"):
                raise ValueError
            if row["measure"] == "count":
                told = int(value) if value else None
                if release.counts.setdefault(cell, told) != told:
                    raise Unreadable(
                        f"Row {number} shows a cell otherwise than a row above.", file=place.name
                    )
                release.symbols[cell] = symbol
                if symbol == "[c]":
                    release.marked.add(cell)
            elif row["measure"] == "percent":
                at = release.dims.index(row["of"]) + 1
                whole = (*cell[:at], _TOTAL, *cell[at + 1 :])
                if value:
                    release.shares.append((cell, whole, int(value)))
                else:
                    release.hidden_shares.append((cell, whole, symbol))
                    if symbol == "[c]":
                        release.marked.add(cell)
            elif row["measure"] not in LEAST:
                raise Unreadable(f"Row {number}: no proof covers this figure.", file=place.name)
        except (KeyError, ValueError):
            raise Unreadable(f"Row {number} is damaged.", file=place.name) from None


def _read_workforce(place: Path, release: _Release) -> None:
    known = set(release.counts)
    known |= {cell for part, whole, _ in release.shares for cell in (part, whole)}
    known |= {cell for part, whole, _ in release.hidden_shares for cell in (part, whole)}
    # Rows of groups too, whether or not a table has them.
    for cell in list(known):
        for at, dim in enumerate(release.dims, 1):
            if release.sensitive[dim] is not None:
                known.add((*cell[:at], _TOTAL, *cell[at + 1 :]))
    for number, row in _rows(place):
        try:
            kind, people = int(row["kind"]), int(row["people"])
            if kind != len(release.people) or people < 0:
                raise ValueError
            cells = [cell for cell in _cells_of(release, row) if cell in known]
            leaves = [_leaves(release, period, row) for period in release.periods]
        except (KeyError, ValueError):
            raise Unreadable(f"Row {number} is damaged.", file=place.name) from None
        release.people.append(people)
        release.places.append(cells)
        release.leaves.append(leaves)
        if _is_nowhere(release, leaves):
            release.nowhere.add(len(release.leaves) - 1)
        for cell in cells:
            release.true[cell] = release.true.get(cell, 0) + people
            if people:
                release.last[cell] = kind


def _is_nowhere(release: _Release, leaves: Sequence[tuple[str, ...] | None]) -> bool:
    """Whether a kind is in some period where everybody knows that nobody is."""
    return any(
        codes is not None and _inside(release, where, period, codes)
        for where in release.structural
        for period, codes in zip(release.periods, leaves, strict=True)
    )


def _leaves(release: _Release, period: str, row: Mapping[str, str]) -> tuple[str, ...] | None:
    """The lowest codes of a kind in a period, ``Total`` where none is told; None if not there."""
    codes = tuple(row.get(f"{period}:{dim}", _TOTAL) for dim in release.dims)
    return codes if all(codes) else None


def _cells_of(release: _Release, row: Mapping[str, str]) -> Iterator[Cell]:
    for period in release.periods:
        held: list[tuple[str, ...]] = []
        for dim in release.dims:
            code = row.get(f"{period}:{dim}")
            if code is None:
                held.append((_TOTAL,))
            elif code:
                held.append(release.above[period, dim, code])
        if len(held) == len(release.dims):
            for codes in product(*held):
                yield (period, *codes)


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
