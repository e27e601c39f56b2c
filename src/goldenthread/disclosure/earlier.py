"""What was released earlier, as plain values: every figure, and the workforce that it was of."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from goldenthread.disclosure.spec import (
    TOTAL,
    Dimension,
    Flow,
    Specification,
    specification,
)
from goldenthread.errors import Place, Unreadable

CELLS = "cells.csv"
_SPEC = ("name", "threshold", "periods", "dims", "structural", "flows")
_COLUMNS = ("period", "table", "measure", "value", "symbol", "base", "dp", "of")
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,12})?")
_MOST_DECIMALS = 12
# How far the true count may lie from the figure shown, by the base that it was rounded to.
_ROUNDED = {"": 0, "5": 2, "r5": 4}

Bounds = tuple[Fraction | None, Fraction | None]
"""The least and the greatest that a true figure may be, None where nothing is told."""


@dataclass(frozen=True)
class Told:
    """One figure as it was released, whatever tables it stood in.

    ``codes`` are by dimension, without ``Total``. ``measure`` is ``count``, ``percent``, ``mean``,
    ``median`` or ``gap``, ``of`` what it is of, as the release format has both. ``value`` is a
    whole number of units of the last of ``dp`` decimals (12.3 is 123 with ``dp`` 1); of a count it
    is people. None where a ``symbol`` stood in its place. ``base`` is the base of a rounded count.
    """

    period: str
    codes: Mapping[str, str]
    measure: str
    of: str
    value: int | None
    symbol: str
    base: str
    dp: int = 0

    @property
    def cell(self) -> tuple[str, frozenset[tuple[str, str]], str, str]:
        """What it is a figure of: the same in every release that tells of it."""
        return self.period, frozenset(self.codes.items()), self.measure, self.of


@dataclass(frozen=True)
class Shown:
    """One table of one period: by dimension the codes it is by, in order, ``Total`` among them.

    Its figures are of every combination of these codes. ``measures`` are written as in a
    specification: ``count``, ``percent:ethnicity``.
    """

    table: str
    period: str
    codes: Mapping[str, tuple[str, ...]]
    measures: tuple[str, ...]


@dataclass(frozen=True)
class Workforce:
    """The true workforce of a release: how many people are of each kind. Internal, never shown.

    ``columns`` are pairs of period and dimension; each row of ``kinds`` has the lowest code of its
    people for each column, blank where they were not there. ``people`` are how many there are, by
    kind; 0 is a kind that only a change uses. ``changes`` are those of the certificate: pairs of
    the number of a kind and by how many people it changes.
    """

    columns: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, ...], ...]
    people: tuple[int, ...]
    changes: tuple[tuple[tuple[int, int], ...], ...]

    def __repr__(self) -> str:
        return f"<Workforce: {len(self.kinds):,} kinds>"


@dataclass(frozen=True)
class Earlier:
    """One release that went out: what it was by, what it told, and of whom.

    ``symbols`` are, by mark, the least and the greatest count that the reader was told it stands
    for, None where nothing was told. ``never_zero``: readers were told that noughts are shown.
    ``workforce`` is None for a release that is not in a ledger yet and came without it.
    """

    name: str
    threshold: int
    policy: str
    method: str
    periods: tuple[str, ...]
    dims: Mapping[str, Dimension]
    structural: tuple[Mapping[str, str], ...]
    flows: tuple[Flow, ...]
    symbols: Mapping[str, tuple[int, int | None] | None]
    never_zero: bool
    tables: tuple[Shown, ...]
    figures: tuple[Told, ...]
    workforce: Workforce | None

    def __repr__(self) -> str:
        return f"<Earlier: {self.name}, {len(self.figures):,} figures>"


def read_earlier(folder: Path, certificate: Path | None = None) -> Earlier:
    """The release in a folder, with the workforce of its certificate where that is given.

    Missing: a figure that is hidden has no value; a release without a mark in its ``symbols`` tells
    nothing by it. Raises ``Unreadable``, naming file and row and never a value, where something is
    damaged, or where a figure stands in two tables otherwise.
    """
    data = _json(folder / "release.json")
    try:
        spec, symbols, never_zero = _about(data)
        policy, method = (_words(data, key) for key in ("policy", "method"))
    except Unreadable as refusal:
        raise refusal.in_file("release.json") from None
    tables, figures = _cells(folder / CELLS, spec)
    return Earlier(
        name=spec.name,
        threshold=spec.threshold,
        policy=policy,
        method=method,
        periods=spec.periods,
        dims=spec.dims,
        structural=spec.structural,
        flows=spec.flows,
        symbols=symbols,
        never_zero=never_zero,
        tables=tables,
        figures=figures,
        workforce=_workforce(certificate, spec) if certificate else None,
    )


def contradicted(new: Earlier, old: Earlier) -> Iterator[Told]:
    """Every figure of a release that cannot be true beside an earlier one, or is told otherwise.

    A figure that one of them hides contradicts nothing, but for a nought where the reader was told
    that the mark stands for somebody. Of rounded figures the true ones must be able to be the same;
    two that are rounded alike must be alike.

    Source: ours. A reader who holds both learns from two different figures that one of them is
    wrong, and by how much it may be.
    """
    held: dict[Any, list[Told]] = {}
    for told in old.figures:
        held.setdefault(told.cell, []).append(told)
    for told in new.figures:
        for before in held.get(told.cell, ()):
            if _differ(told, before) or _apart(_bounds(told, new), _bounds(before, old)):
                yield told
                break


def name_of(told: Told) -> str:
    """What a figure is of, without its value: “2026Q1, Place, Asian: count”."""
    codes = ", ".join(told.codes.values()) or "everybody"
    of = f" of {told.of}" if told.of else ""
    return f"{told.period}, {codes}: {told.measure}{of}"


def _differ(one: Told, other: Told) -> bool:
    alike = (one.base, one.dp) == (other.base, other.dp)
    both = one.value is not None and other.value is not None
    return both and alike and one.value != other.value


def _apart(one: Bounds, other: Bounds) -> bool:
    for least, most in ((one[0], other[1]), (other[0], one[1])):
        if least is not None and most is not None and least > most:
            return True
    return False


def _bounds(told: Told, release: Earlier) -> Bounds:
    if told.value is None:
        bounds = release.symbols.get(told.symbol) if told.measure == "count" else None
        if bounds is None:
            return None, None
        return Fraction(bounds[0]), None if bounds[1] is None else Fraction(bounds[1])
    if told.measure == "count":
        by = Fraction(_ROUNDED[told.base])
        return told.value - by, told.value + by
    unit = Fraction(1, 10**told.dp)
    return told.value * unit - unit / 2, told.value * unit + unit / 2


def _about(
    data: Any,  # noqa: ANN401 - whatever JSON holds
) -> tuple[Specification, Mapping[str, tuple[int, int | None] | None], bool]:
    if not isinstance(data, dict):
        raise Unreadable("This describes no release.")
    kept = {key: data[key] for key in _SPEC if key in data}
    spec = specification({**kept, "tables": []})
    never_zero = data.get("suppressed_never_zero", False)
    if not isinstance(never_zero, bool):
        raise Unreadable("“suppressed_never_zero” is neither true nor false.")
    if data.get("cells", [CELLS]) != [CELLS]:
        raise Unreadable(f"Its figures are in other files than {CELLS}.")
    told = data.get("symbols", {})
    if not isinstance(told, dict):
        raise Unreadable("“symbols” is not an object with keys.")
    return spec, {mark: _range(one) for mark, one in told.items()}, never_zero


def _range(told: Any) -> tuple[int, int | None] | None:  # noqa: ANN401
    if told is None or (isinstance(told, list) and len(told) == 2 and told[0] is None):
        return None
    if isinstance(told, list) and len(told) == 2 and type(told[0]) is int:
        least, most = told
        if least >= 0 and (most is None or (type(most) is int and most >= least)):
            return least, most
    raise Unreadable("“symbols” does not give each mark its least and its greatest count.")


def _words(data: Mapping[str, Any], key: str) -> str:
    told = data.get(key, "")
    if not isinstance(told, str):
        raise Unreadable(f"“{key}” is not text.")
    return told


def _json(path: Path) -> Any:  # noqa: ANN401
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as wrong:
        raise Unreadable(f"It cannot be opened ({wrong.strerror}).", file=path.name) from None
    except (ValueError, RecursionError):
        raise Unreadable("This is not JSON in UTF-8.", file=path.name) from None


def _rows(path: Path) -> tuple[tuple[str, ...], Iterator[tuple[int, Mapping[str, str]]]]:
    """The headings of a file, and its rows with their numbers."""
    try:
        rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
        return tuple(rows.fieldnames or ()), _numbered(rows, path.name)
    except OSError as wrong:
        raise Unreadable(f"It cannot be opened ({wrong.strerror}).", file=path.name) from None
    except (UnicodeDecodeError, csv.Error):
        raise Unreadable("It is damaged.", file=path.name) from None


def _numbered(rows: csv.DictReader[str], file: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    try:
        for number, row in enumerate(rows, 2):
            if None in row or None in row.values():
                raise _damaged(file, number)
            yield number, row
    except csv.Error:
        raise Unreadable("It is damaged.", file=file) from None


def _damaged(file: str, row: int) -> Unreadable:
    return Unreadable("The row is damaged.", place=Place(row=row), file=file)


class _Table:
    """A table of one period as its rows come: codes by dimension, and measures, each once."""

    def __init__(self, dims: Iterable[str]) -> None:
        self.codes: dict[str, dict[str, None]] = {dim: {} for dim in dims}
        self.measures: dict[str, None] = {}


def _cells(path: Path, spec: Specification) -> tuple[tuple[Shown, ...], tuple[Told, ...]]:
    heads, rows = _rows(path)
    if not {*_COLUMNS, *spec.dims} <= set(heads):
        raise Unreadable("Its columns are not those of a release.", file=path.name)
    tables: dict[tuple[str, str], _Table] = {}
    found: dict[Any, Told] = {}
    known = {
        (period, name): frozenset(dim.of(period).depths)
        for period in spec.periods
        for name, dim in spec.dims.items()
    }
    for number, row in rows:
        told = _told(row, known, spec)
        if told is None:
            raise _damaged(path.name, number)
        if found.setdefault((told.cell, told.base, told.dp), told) != told:
            raise Unreadable(
                "It tells a figure otherwise than a row above.",
                place=Place(row=number),
                file=path.name,
            )
        table = tables.setdefault((row["table"], told.period), _Table(spec.dims))
        for name in spec.dims:
            table.codes[name][told.codes.get(name, TOTAL)] = None
        table.measures[f"{told.measure}:{told.of}" if told.of else told.measure] = None
    shown = tuple(
        Shown(name, period, {dim: tuple(codes) for dim, codes in one.codes.items()},
              tuple(one.measures))
        for (name, period), one in tables.items()
    )  # fmt: skip
    return shown, tuple(found.values())


def _told(
    row: Mapping[str, str], known: Mapping[tuple[str, str], frozenset[str]], spec: Specification
) -> Told | None:
    """The figure of a row, None where the row is none."""
    period, measure, base, value = row["period"], row["measure"], row["base"], row["value"]
    if period not in spec.periods or base not in _ROUNDED or bool(value) == bool(row["symbol"]):
        return None
    if measure not in ("count", "percent", "mean", "median", "gap"):
        return None
    codes = {name: row[name] for name in spec.dims if row[name] not in ("", TOTAL)}
    if any(code not in known[period, name] for name, code in codes.items()):
        return None
    if value and not _NUMBER.fullmatch(value):
        return None
    if row["dp"] and not re.fullmatch(r"[0-9]{1,2}", row["dp"]):
        return None
    places = len(value.partition(".")[2])
    dp = int(row["dp"]) if row["dp"] else places
    if dp > _MOST_DECIMALS or places > dp or (measure == "count" and dp):
        return None
    whole = int(Decimal(value) * 10**dp) if value else None
    return Told(period, codes, measure, row["of"], whole, row["symbol"], base, dp if value else 0)


def _workforce(folder: Path, spec: Specification) -> Workforce:
    path = folder / "workforce.csv"
    heads, rows = _rows(path)
    named = {f"{period}:{dim}": (period, dim) for period in spec.periods for dim in spec.dims}
    columns = [head for head in heads if head in named]
    if not {"kind", "people"} <= set(heads):
        raise Unreadable("Its columns are not those of a workforce.", file=path.name)
    kinds: list[tuple[str, ...]] = []
    people: list[int] = []
    for number, row in rows:
        if not row["people"].isdecimal() or row["kind"] != str(len(kinds)):
            raise _damaged(path.name, number)
        kinds.append(tuple(row[column] for column in columns))
        people.append(int(row["people"]))
    return Workforce(
        tuple(named[column] for column in columns),
        tuple(kinds),
        tuple(people),
        _changes(folder / "changes.csv", len(kinds)),
    )


def _changes(path: Path, kinds: int) -> tuple[tuple[tuple[int, int], ...], ...]:
    changes: list[list[tuple[int, int]]] = []
    if not path.exists():
        return ()
    heads, rows = _rows(path)
    if not {"change", "kind", "by"} <= set(heads):
        raise Unreadable("Its columns are not those of changes.", file=path.name)
    for number, row in rows:
        change, kind, by = _whole(row["change"]), _whole(row["kind"]), _whole(row["by"])
        if change is None or kind is None or by is None:
            raise _damaged(path.name, number)
        if change not in (len(changes) - 1, len(changes)) or not 0 <= kind < kinds:
            raise _damaged(path.name, number)
        if change == len(changes):
            changes.append([])
        changes[-1].append((kind, by))
    return tuple(map(tuple, changes))


def _whole(said: str) -> int | None:
    return int(said) if re.fullmatch(r"-?[0-9]{1,12}", said) else None


def distinct(figures: Sequence[Told]) -> tuple[int, int]:
    """How many different cells are told of, and how many of them are hidden.

    A cell that is shown once is shown, whatever else hides it.
    """
    shown = {told.cell for told in figures if told.value is not None}
    return len(shown), len({told.cell for told in figures} - shown)
