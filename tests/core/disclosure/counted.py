"""Counts of invented people by a specification, one person at a time, and releases made of them.

It is slow and plain, and shares nothing with the code that it judges: it reads a specification as
``release-format`` has it, counts heads, and writes a release with whatever marks somebody chose.
"""

import csv
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from pathlib import Path
from statistics import median
from typing import Any

Spec = Mapping[str, Any]
Row = Mapping[str, str]
Codes = frozenset[tuple[str, str]]
"""Of a cell, the code of each dimension that is not ``Total``."""
Cell = tuple[str, Codes]
"""A period and codes: one count, whatever tables show it."""

TOTAL = "Total"
LEVELS = {"org": ("directorate", "division", "team"), "ethnicity": ("broad", "detailed")}
COLUMNS = {"org": ("team", "division", "directorate"), "ethnicity": ("ethnicity",)}


def cell(period: str, **codes: str) -> Cell:
    """A cell by its codes, those of ``Total`` left out."""
    return period, frozenset((dim, code) for dim, code in codes.items() if code != TOTAL)


def children(spec: Spec, dim: str, period: str) -> dict[str, list[list[str]]]:
    """What stands below each code in a period, once for each way to divide it."""
    told = spec["dims"][dim]
    found = told.get("by_period", {}).get(period, told["children"])
    return {
        code: list(below) if below and isinstance(below[0], list) else [below]
        for code, below in found.items()
    }


def leaves(spec: Spec, dim: str, period: str, code: str = TOTAL) -> frozenset[str]:
    """The lowest codes that a code is made of."""
    below = children(spec, dim, period).get(code)
    if below is None:
        return frozenset([code])
    return frozenset().union(*(leaves(spec, dim, period, one) for one in below[0]))


def codes(spec: Spec, dim: str, period: str, levels: Sequence[str]) -> list[str]:
    """The codes of these levels; a code that is below in two ways is as deep as the longer."""
    below, depths, order = children(spec, dim, period), {TOTAL: 0}, [TOTAL]
    for code in order:
        for one in (each for way in below.get(code, []) for each in way):
            if depths.get(one, -1) < depths[code] + 1:
                depths[one] = depths[code] + 1
                order.append(one)
    named = LEVELS.get(dim, ())

    def wanted(code: str) -> bool:
        if code == TOTAL:
            return TOTAL in levels
        depth = depths[code]
        return "all" in levels or (depth <= len(named) and named[depth - 1] in levels)

    return [code for code in depths if wanted(code)]


def leaf(row: Row, dim: str) -> str:
    """What somebody is in a dimension; a blank answer is not declared."""
    for column in COLUMNS.get(dim, (dim,)):
        if row[column].strip():
            return row[column].strip()
    return "Not declared"


class People:
    """The people of a release, and how many of them are in any cell."""

    def __init__(self, spec: Spec, rows: Sequence[Row]) -> None:
        self.spec, self.rows = spec, rows
        self._in: dict[tuple[str, ...], set[int]] = {}
        for number, row in enumerate(rows):
            self._in.setdefault((row["period"],), set()).add(number)
            for dim in spec["dims"]:
                if _has(row, dim):
                    self._in.setdefault((row["period"], dim, leaf(row, dim)), set()).add(number)

    def of(self, where: Cell) -> list[Row]:
        """Who is in a cell."""
        period, told = where
        found = set(self._in.get((period,), ()))
        for dim, code in told:
            inside = leaves(self.spec, dim, period, code)
            found &= set().union(*(self._in.get((period, dim, one), ()) for one in inside))
        return [self.rows[number] for number in sorted(found)]

    def count(self, where: Cell) -> int:
        return len(self.of(where))


def shown_by(spec: Spec, table: Mapping[str, Any], period: str) -> Iterator[Cell]:
    """The cells of one table in one period."""
    by = table["dims"]
    for told in product(*(codes(spec, dim, period, levels) for dim, levels in by.items())):
        yield cell(period, **dict(zip(by, told, strict=True)))


def counts(spec: Spec) -> list[Cell]:
    """Every cell whose count some table shows, once each."""
    found: dict[Cell, None] = {}
    for table in spec["tables"]:
        if "count" in table["measures"]:
            for period in spec["periods"]:
                found.update(dict.fromkeys(shown_by(spec, table, period)))
    return list(found)


@dataclass(frozen=True)
class Release:
    """What was published: ``release.json`` and the rows of ``cells.csv``."""

    told: Mapping[str, Any]
    cells: list[dict[str, str]]

    def write(self, folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "release.json").write_text(json.dumps(self.told, indent=1), encoding="utf-8")
        with (folder / "cells.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(self.cells[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(self.cells)
        return folder


def read(folder: Path) -> Release:
    """A release as its folder has it."""
    told = json.loads((folder / "release.json").read_text(encoding="utf-8"))
    cells: list[dict[str, str]] = []
    for name in told["cells"]:
        with (folder / name).open(encoding="utf-8", newline="") as stream:
            cells += csv.DictReader(stream)
    return Release(told, cells)


def publish(
    spec: Spec,
    rows: Sequence[Row],
    hidden: Collection[Cell] | None = None,
    withdrawn: Collection[Cell] = (),
) -> Release:
    """A release with these counts hidden, ``[c]``, and these withdrawn, ``[x]``; all else is shown.

    Without ``hidden`` every count from 1 to one below the threshold is, and no more: what a tool
    does that knows nothing of subtraction. A percentage is hidden with its numerator or its
    denominator; pay is shown wherever there is anybody.
    """
    people = People(spec, rows)
    if hidden is None:
        hidden = small(spec, rows)
    cells: list[dict[str, str]] = []
    for period, table in product(spec["periods"], spec["tables"]):
        for where, measure in product(shown_by(spec, table, period), table["measures"]):
            row = {"period": period, "table": table["name"]}
            row |= {dim: dict(where[1]).get(dim, "") for dim in spec["dims"]}
            row |= _figure(spec, people, where, measure, hidden, withdrawn)
            cells.append(row)
    told = {key: spec[key] for key in ("name", "threshold", "periods", "dims")}
    told |= {key: spec[key] for key in ("flows", "structural") if key in spec}
    never = spec.get("suppressed_never_zero", False)
    told |= {
        "cells": ["cells.csv"],
        "symbols": {"[c]": [1 if never else 0, None], "[x]": None, "[z]": None},
        "suppressed_never_zero": never,
        "method": "by hand",
        "policy": "none",
    }
    return Release(told, cells)


def small(spec: Spec, rows: Sequence[Row]) -> set[Cell]:
    """The cells of tables that hold somebody, and fewer people than the threshold."""
    people = People(spec, rows)
    tabled = {
        where
        for table in spec["tables"]
        for period in spec["periods"]
        for where in shown_by(spec, table, period)
    }
    return {where for where in tabled if 0 < people.count(where) < spec["threshold"]}


def _figure(
    spec: Spec,
    people: People,
    where: Cell,
    measure: str,
    hidden: Collection[Cell],
    withdrawn: Collection[Cell],
) -> dict[str, str]:
    kind, _, argument = measure.partition(":")
    row = {"measure": kind, "value": "", "symbol": "", "base": "", "dp": "", "of": ""}
    held = people.of(where)
    if kind == "percent":
        below = where[0], frozenset((dim, code) for dim, code in where[1] if dim != argument)
        row |= {"dp": str(spec.get("percent_dp", 0)), "of": argument}
        asked = [where, below]
        whole = people.count(below)
        figure = Fraction(100 * len(held), whole) if whole else None
    elif kind == "gap":
        dim, _, code = argument.partition("=")
        reference = where[0], frozenset({*((d, c) for d, c in where[1] if d != dim), (dim, code)})
        row |= {"dp": "1", "of": argument}
        asked = [where, reference]
        mine, theirs = _mean(held), _mean(people.of(reference))
        figure = None if mine is None or not theirs else (theirs - mine) * 100 / theirs
    elif kind == "count":
        asked, figure = [where], Fraction(len(held))
    else:
        row["dp"] = "2"
        asked = [where]
        pay = [Fraction(one["hourly_pay"]) for one in held if one["hourly_pay"]]
        figure = median(pay) if kind == "median" and pay else _mean(held)
    if any(one in withdrawn for one in asked):
        row["symbol"] = "[x]"
    elif any(one in hidden for one in asked):
        row["symbol"] = "[c]" if kind == "count" else "[x]"
    elif figure is None:
        row["symbol"] = "[z]"
    else:
        row["value"] = rounded(figure, int(row["dp"] or 0))
    return row


def rounded(figure: Fraction, places: int) -> str:
    """A figure to so many decimals, a half away from nought."""
    sign, scaled = ("-" if figure < 0 else ""), abs(figure) * 10**places
    whole = int(scaled + Fraction(1, 2))
    digits = str(whole).rjust(places + 1, "0")
    said = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return sign + said if whole else said


def _mean(rows: Sequence[Row]) -> Fraction | None:
    pay = [Fraction(row["hourly_pay"]) for row in rows if row["hourly_pay"]]
    return sum(pay, Fraction(0)) / len(pay) if pay else None


def _has(row: Row, dim: str) -> bool:
    return all(column in row for column in COLUMNS.get(dim, (dim,)))
