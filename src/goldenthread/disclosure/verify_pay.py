"""Whether what a release tells of pay is right and gives no few people's pay: whole numbers alone.

This shares no code with what made the release. Who is in a cell is a set of earners; every change
of pay must leave every figure told as it is, and for every few people, every hidden cell and what
is left of one mean when others are taken away there must be a change up and one down.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

from goldenthread.errors import Unreadable

LEAST = {"mean": 8, "median": 10, "gap": 10}
LEAST_IN_A_PUBLIC_GAP = 50
LARGEST, TWO_LARGEST = 50, 90
APART = 10
_TOTAL = "Total"

Cell = tuple[str, ...]
"""A period and a code for each dimension, ``Total`` where none is told."""

Ways = Mapping[str, Sequence[Sequence[str]]]


@dataclass(frozen=True)
class Frame:
    """What ``release.json`` says: periods, dimensions, and how the codes of each lie, by period."""

    periods: Sequence[str]
    dims: Sequence[str]
    above: Mapping[tuple[str, str, str], Sequence[str]]


@dataclass(frozen=True)
class _Figure:
    measure: str
    cell: Cell
    reference: Cell | None
    value: int | None
    dp: int
    symbol: str
    row: int


@dataclass
class _Pay:
    frame: Frame
    least: Mapping[str, int]
    children: Mapping[tuple[str, str], Ways]
    figures: list[_Figure] = field(default_factory=list)
    counted: dict[Cell, str] = field(default_factory=dict)
    cells: set[Cell] = field(default_factory=set)
    codes: list[dict[tuple[str, str], str]] = field(default_factory=list)
    people: list[int] = field(default_factory=list)
    pence: list[int] = field(default_factory=list)
    of_code: dict[tuple[str, str, str], int] = field(default_factory=dict)
    everybody: dict[str, int] = field(default_factory=dict)
    unknown: int = 0
    held: dict[Cell, int] = field(default_factory=dict)
    listed: dict[int, tuple[int, ...]] = field(default_factory=dict)
    totals: dict[int, int] = field(default_factory=dict)

    def earners(self, cell: Cell) -> int:
        """The earners of a cell as a set: a bit for each."""
        if cell not in self.held:
            period, *codes = cell
            found = self.everybody.get(period, 0)
            for dim, code in zip(self.frame.dims, codes, strict=True):
                if code != _TOTAL:
                    found &= self.of_code.get((period, dim, code), 0)
            self.held[cell] = found
        return self.held[cell]

    def members(self, earners: int) -> tuple[int, ...]:
        """The numbers of a set of earners."""
        if earners not in self.listed:
            self.listed[earners] = tuple(_bits(earners))
        return self.listed[earners]

    def total(self, earners: int) -> int:
        """What a set of earners earn together, in pence."""
        if earners not in self.totals:
            self.totals[earners] = sum(self.pence[one] for one in self.members(earners))
        return self.totals[earners]


def pay_faults(folder: Path, frame: Frame) -> Iterator[str]:
    """What is wrong with the pay of a release, in sentences; nothing where all is well.

    Shape: a folder that ``goldenthread protect`` wrote. Units: pence an hour. Missing: a release
    without ``certificate/pay.csv`` may tell no pay at all. No sentence holds a figure of anybody.
    Raises ``Unreadable`` where a file is missing or damaged, with its row.

    Source: ours; the limits are those of the rules on pay.
    """
    pay = _read_about(folder / "release.json", frame)
    _read_figures(folder / "cells.csv", pay)
    inside = folder / "certificate"
    if not any(one.value is not None for one in pay.figures):
        return
    if not (inside / "pay.csv").is_file():
        yield "Pay is told, and nothing proves it."
        return
    _read_kinds(inside / "workforce.csv", pay)
    yield from _read_pay(inside / "pay.csv", pay)
    floor = _floor(inside / "changes.csv", pay)
    changes = _read_changes(inside / "pay_changes.csv", pay)
    for figure in pay.figures:
        yield from _figure(pay, figure, floor)
    good: list[dict[int, int]] = []
    for number, change in enumerate(changes):
        wrong = list(_change(pay, number, change))
        yield from wrong
        good.append({} if wrong else change)
    yield from _proofs(pay, good)


def _figure(pay: _Pay, one: _Figure, floor: Mapping[Cell, int]) -> Iterator[str]:
    cells = [cell for cell in (one.cell, one.reference) if cell is not None]
    groups = [pay.earners(cell) for cell in cells]
    if one.value is None:
        empty = not groups[0] or pay.counted.get(one.cell, "none") == "none"
        if one.symbol == "[c]" and empty:
            yield f"{_said(one.cell)}: a {one.measure} is hidden as [c], where [x] is due."
        return
    if any(group & pay.unknown for group in groups):
        yield f"{_said(one.cell)}: a {one.measure} of people whose pay is not all known."
        return
    least = pay.least[one.measure]
    for cell, group in zip(cells, groups, strict=True):
        if group.bit_count() < least:
            yield f"{_said(cell)}: a {one.measure} of fewer than {least}."
            return
        if pay.counted.get(cell):
            yield f"{_said(cell)}: a {one.measure} is shown, and its count is not."
        elif cell not in pay.counted and floor.get(cell, least) < least:
            yield f"{_said(cell)}: a {one.measure} tells how many are there at least."
        if one.measure != "median" and _dominated(pay, group):
            yield f"{_said(cell)}: a {one.measure} of what one or two people earn."
    told = _told(pay, one, {})
    if told != one.value:
        yield f"{_said(one.cell)}: the {one.measure} shown is not that of the certificate."
    if one.measure == "median":
        held = [pay.pence[each] for each in pay.members(groups[0])]
        doubled = _middle(held)
        exact = one.value * 200 == doubled * 10**one.dp
        if exact and sum(2 * each == doubled for each in held) == 1:
            yield f"{_said(one.cell)}: the median is to the penny what one person earns."


def _told(pay: _Pay, one: _Figure, change: Mapping[int, int]) -> int | None:
    """What a figure would be, in units of its last decimal, after a change of pay."""
    group = pay.earners(one.cell)
    people = group.bit_count()
    if one.measure == "median":
        held = [pay.pence[each] + change.get(each, 0) for each in pay.members(group)]
        return _nearest(_middle(held) * 10**one.dp, 200)
    total = pay.total(group) + _moved(change, group)
    if one.measure == "mean":
        return _nearest(total * 10**one.dp, 100 * people)
    assert one.reference is not None  # noqa: S101 - every gap has one
    others = pay.earners(one.reference)
    below = (pay.total(others) + _moved(change, others)) * people
    if below <= 0:
        return None
    return _nearest(100 * 10**one.dp * (below - total * others.bit_count()), below)


def _moved(change: Mapping[int, int], group: int) -> int:
    return sum(by for each, by in change.items() if group >> each & 1)


def _change(pay: _Pay, number: int, change: Mapping[int, int]) -> Iterator[str]:
    """A change leaves nobody below nought, and every figure told as it is."""
    if any(pay.pence[one] + by < 0 or pay.pence[one] < 0 for one, by in change.items()):
        yield f"Change {number} of pay: somebody would earn less than nought."
        return
    touched = _set(change)
    for one in pay.figures:
        if one.value is None:
            continue
        group = pay.earners(one.cell)
        if one.reference is not None:
            group |= pay.earners(one.reference)
        if touched & group and _told(pay, one, change) != one.value:
            yield f"Change {number} of pay: it would change {_said(one.cell)}, which is shown."
            return


def _proofs(pay: _Pay, changes: Sequence[Mapping[int, int]]) -> Iterator[str]:
    """Everything that may not be known has a change up and one down."""
    touching: dict[int, list[int]] = {}
    for number, change in enumerate(changes):
        for earner in change:
            touching.setdefault(earner, []).append(number)
    done: set[int] = set()
    for words, group, hidden in _targets(pay):
        if group in done or not group or group & pay.unknown:
            continue
        close = _is_close(pay, group)
        total = pay.total(group)
        if not total or not (close or hidden):
            continue
        done.add(group)
        by: dict[int, int] = {}
        for earner in pay.members(group):
            for number in touching.get(earner, ()):
                by[number] = by.get(number, 0) + changes[number][earner]
        need = total * APART // (100 * (1 if close else group.bit_count())) + 1
        if max(by.values(), default=0) < need or min(by.values(), default=0) > -need:
            yield f"{words}: nothing proves that their pay may be other."


def _targets(pay: _Pay) -> Iterator[tuple[str, int, bool]]:
    """Sets of earners of whom too much might be known, and whether their count is hidden."""
    for cell in sorted(pay.cells):
        yield _said(cell), pay.earners(cell), bool(pay.counted.get(cell))
    known: dict[int, str] = {}
    for one in pay.figures:
        if one.value is not None and one.measure != "median":
            known.setdefault(pay.earners(one.cell), _said(one.cell))
            if one.reference is not None:
                known.setdefault(pay.earners(one.reference), _said(one.reference))
    held = sorted(known, key=lambda group: (group.bit_count(), group))
    sizes = [group.bit_count() for group in held]
    for at, small in enumerate(held):
        for number in range(at + 1, len(held)):
            if sizes[number] - sizes[at] >= LEAST["mean"]:
                break
            if held[number] & small == small:
                yield f"{known[held[number]]}, what is left", held[number] ^ small, False
    for group, words in known.items():
        for period in pay.frame.periods:
            if group & ~pay.everybody.get(period, 0):
                continue
            for dim in pay.frame.dims:
                for way in pay.children[period, dim].get(_TOTAL, ()):
                    taken = _known_parts(pay, period, dim, way, group, known)
                    if taken:
                        yield f"{words}, what is left", group & ~taken, False


def _known_parts(
    pay: _Pay, period: str, dim: str, codes: Sequence[str], group: int, known: Mapping[int, str]
) -> int:
    """Those of a group of whom parts along a dimension are known, the largest parts first."""
    taken = 0
    for code in codes:
        part = group & pay.of_code.get((period, dim, code), 0)
        if part and part != group and part in known:
            taken |= part
        elif part:
            for way in pay.children[period, dim].get(code, ()):
                taken |= _known_parts(pay, period, dim, way, group, known)
    return taken


def _is_close(pay: _Pay, group: int) -> bool:
    return 0 < group.bit_count() < LEAST["mean"] or _dominated(pay, group)


def _dominated(pay: _Pay, group: int) -> bool:
    held = sorted((pay.pence[one] for one in pay.members(group)), reverse=True)
    total = sum(held)
    return 100 * sum(held[:1]) > LARGEST * total or 100 * sum(held[:2]) > TWO_LARGEST * total


def _middle(held: Sequence[int]) -> int:
    """Twice the median."""
    order = sorted(held)
    return order[(len(order) - 1) // 2] + order[len(order) // 2]


def _nearest(number: int, by: int) -> int:
    return (2 * number + by) // (2 * by)


def _bits(earners: int) -> Iterator[int]:
    for at, byte in enumerate(earners.to_bytes(earners.bit_length() // 8 + 1, "little")):
        while byte:
            lowest = byte & -byte
            yield 8 * at + lowest.bit_length() - 1
            byte ^= lowest


def _set(earners: Mapping[int, int]) -> int:
    found = 0
    for one in earners:
        found |= 1 << one
    return found


def _said(cell: Cell) -> str:
    codes = [code for code in cell[1:] if code != _TOTAL]
    return f"{cell[0]}, {', '.join(codes)}" if codes else f"{cell[0]}, everybody"


# How it is read.


def _read_about(place: Path, frame: Frame) -> _Pay:
    try:
        data = json.loads(place.read_text(encoding="utf-8"))
        children: dict[tuple[str, str], Ways] = {}
        for dim in frame.dims:
            for period in frame.periods:
                told = data["dims"][dim]
                below = told.get("by_period", {}).get(period, told["children"])
                children[period, dim] = {
                    code: held if held and isinstance(held[0], list) else [held]
                    for code, held in below.items()
                }
        gap = LEAST_IN_A_PUBLIC_GAP if data.get("policy") == "public" else LEAST["gap"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise Unreadable("This describes no release.", file=place.name) from None
    return _Pay(frame, {**LEAST, "gap": gap}, children)


def _rows(place: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with place.open(encoding="utf-8", newline="") as stream:
            yield from enumerate(csv.DictReader(stream), 2)
    except OSError as wrong:
        raise Unreadable(f"It cannot be opened ({wrong.strerror}).", file=place.name) from None
    except (UnicodeDecodeError, csv.Error):
        raise Unreadable("It is damaged.", file=place.name) from None


def _damaged(place: Path, row: int) -> Unreadable:
    return Unreadable(f"Row {row} is damaged.", file=place.name)


def _read_figures(place: Path, pay: _Pay) -> None:
    dims = list(pay.frame.dims)
    for number, row in _rows(place):
        try:
            cell = (row["period"], *(row[dim] or _TOTAL for dim in dims))
            measure = row["measure"]
            pay.cells.add(cell)
            if measure == "count":
                pay.counted[cell] = row["symbol"]
            if measure not in LEAST:
                continue
            dp = int(row["dp"] or 0)
            value = Decimal(row["value"]).scaleb(dp) if row["value"] else None
            if value is not None and (value != int(value) or not 0 <= dp <= 6):
                raise ValueError
            reference = None
            if measure == "gap":
                dim, _, code = row["of"].partition("=")
                at = dims.index(dim) + 1
                reference = (*cell[:at], code, *cell[at + 1 :])
            told = None if value is None else int(value)
        except (KeyError, ValueError, TypeError, InvalidOperation):
            raise _damaged(place, number) from None
        pay.figures.append(_Figure(measure, cell, reference, told, dp, row["symbol"], number))


def _read_kinds(place: Path, pay: _Pay) -> None:
    for number, row in _rows(place):
        try:
            pay.people.append(int(row["people"]))
            pay.codes.append(
                {
                    (period, dim): row.get(f"{period}:{dim}", _TOTAL)
                    for period in pay.frame.periods
                    for dim in pay.frame.dims
                }
            )
        except (KeyError, ValueError, TypeError):
            raise _damaged(place, number) from None


def _there(pay: _Pay, kind: int, period: str) -> bool:
    return all(pay.codes[kind][period, dim] for dim in pay.frame.dims)


def _read_pay(place: Path, pay: _Pay) -> Iterator[str]:
    many: dict[tuple[str, int], int] = {}
    of_code: dict[tuple[str, str, str], list[int]] = {}
    everybody: dict[str, list[int]] = {}
    unknown: list[int] = []
    for number, row in _rows(place):
        try:
            earner, kind = int(row["earner"]), int(row["kind"])
            first, last = int(row["first"]), int(row["last"])
            pence = int(row["pence"]) if row["pence"] else -1
            if earner != len(pay.pence) or not 0 <= kind < len(pay.people) or pence < -1:
                raise ValueError
            if not 0 <= first <= last < len(pay.frame.periods):
                raise ValueError
            for period in pay.frame.periods[first : last + 1]:
                if not _there(pay, kind, period):
                    continue
                everybody.setdefault(period, []).append(earner)
                many[period, kind] = many.get((period, kind), 0) + 1
                for dim in pay.frame.dims:
                    for code in _codes(pay, period, dim, kind):
                        of_code.setdefault((period, dim, code), []).append(earner)
        except (KeyError, ValueError, TypeError):
            raise _damaged(place, number) from None
        if pence < 0:
            unknown.append(earner)
        pay.pence.append(pence)
    pay.of_code = {key: _packed(held, len(pay.pence)) for key, held in of_code.items()}
    pay.everybody = {key: _packed(held, len(pay.pence)) for key, held in everybody.items()}
    pay.unknown = _packed(unknown, len(pay.pence))
    for kind, people in enumerate(pay.people):
        for period in pay.frame.periods:
            there = people if _there(pay, kind, period) else 0
            if many.get((period, kind), 0) != there:
                yield f"{period}: pay is not that of the people of the certificate."
                return


def _packed(earners: Sequence[int], many: int) -> int:
    held = bytearray(many // 8 + 1)
    for one in earners:
        held[one >> 3] |= 1 << (one & 7)
    return int.from_bytes(held, "little")


def _codes(pay: _Pay, period: str, dim: str, kind: int) -> Sequence[str]:
    code = pay.codes[kind][period, dim]
    return (_TOTAL,) if code == _TOTAL else pay.frame.above[period, dim, code]


def _floor(place: Path, pay: _Pay) -> Mapping[Cell, int]:
    """How few are, in any workforce of the proofs, in a cell of pay that no table counts."""
    loose = {
        cell
        for one in pay.figures
        if one.value is not None
        for cell in (one.cell, one.reference)
        if cell is not None and cell not in pay.counted
    }
    least = {cell: pay.earners(cell).bit_count() for cell in loose}
    if not loose:
        return least
    moved: dict[tuple[str, Cell], int] = {}
    for number, row in _rows(place):
        try:
            kind, by = int(row["kind"]), int(row["by"])
            for cell in loose:
                if all(
                    pay.codes[kind][cell[0], dim]
                    and code in (_TOTAL, *_codes(pay, cell[0], dim, kind))
                    for dim, code in zip(pay.frame.dims, cell[1:], strict=True)
                ):
                    key = row["change"], cell
                    moved[key] = moved.get(key, 0) + by
        except (KeyError, ValueError, TypeError, IndexError):
            raise _damaged(place, number) from None
    for (_change, cell), by in moved.items():
        least[cell] = min(least[cell], pay.earners(cell).bit_count() + by)
    return least


def _read_changes(place: Path, pay: _Pay) -> list[dict[int, int]]:
    changes: list[dict[int, int]] = []
    for number, row in _rows(place):
        try:
            change, earner, by = int(row["change"]), int(row["earner"]), int(row["by"])
            if change not in (len(changes) - 1, len(changes)) or not 0 <= earner < len(pay.pence):
                raise ValueError
        except (KeyError, ValueError, TypeError):
            raise _damaged(place, number) from None
        if change == len(changes):
            changes.append({})
        changes[-1][earner] = changes[-1].get(earner, 0) + by
    return changes
