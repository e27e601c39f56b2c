"""A protected release as a folder: what everybody may see, and the proof that stays inside."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import IO, Any, Protocol

from goldenthread.disclosure.figures import NOWHERE, Figures
from goldenthread.disclosure.protect import Hidden
from goldenthread.disclosure.protect.marks import LEAST_FOR_PERCENT
from goldenthread.disclosure.protect.pay import Paid
from goldenthread.disclosure.spec import TOTAL, Specification

SCHEMA = "goldenthread.release/1"
HIDDEN, WITHDRAWN = "[c]", "[x]"

_ABOUT = 50
"""To how many the people in what is hidden are rounded where everybody may read of them."""

_Row = dict[str, Any]


def write_release(
    folder: Path,
    spec: Specification,
    hidden: Hidden,
    policy: str,
    threshold: int,
    paid: Paid | None = None,
) -> None:
    """Write ``release.json``, ``cells.csv`` and ``certificate/`` into a folder that is empty.

    What is in ``certificate/`` holds true figures; it is for its owner alone. Without ``paid`` no
    figure of pay is told.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    dims = list(spec.dims)
    heads = ["period", "table", *dims, "measure", "value", "symbol", "base", "dp", "of"]
    with open_new(folder / "cells.csv") as stream:
        writer = csv.DictWriter(stream, heads, restval="", lineterminator="\n")
        writer.writeheader()
        for row in _cells(spec, hidden, paid):
            writer.writerow(row)
    with open_new(folder / "release.json") as stream:
        json.dump(_about(spec, hidden, policy, threshold), stream, ensure_ascii=False, indent=1)
        stream.write("\n")
    inside = folder / "certificate"
    inside.mkdir(mode=0o700)
    _certificate(inside, hidden)
    if paid is not None:
        _certificate_of_pay(inside, paid)


def _about(spec: Specification, hidden: Hidden, policy: str, threshold: int) -> dict[str, Any]:
    given = spec.as_given
    kept = ("name", "threshold", "periods", "dims", "flows", "structural")
    told = figures_of(hidden)
    # Everybody may read this: of the people in what is hidden it says no more than about how many.
    about = _ABOUT * round(told["people_hidden_to_protect"] / _ABOUT)
    return {
        "schema": SCHEMA,
        **{key: given[key] for key in kept if key in given},
        "threshold": threshold,
        "cells": ["cells.csv"],
        "symbols": {HIDDEN: [1, None], WITHDRAWN: None},
        "suppressed_never_zero": True,
        "method": "suppression, each hidden figure proved by another workforce",
        "policy": policy,
        "figures": {**told, "people_hidden_to_protect": about},
    }


def figures_of(hidden: Hidden) -> dict[str, int]:
    """How many different cells are shown and hidden, and how many people are in the latter.

    A cell that several tables show counts once. The last figure is the body's alone: whoever knows
    how many people are hidden together may take from it what they know.
    """
    marks = hidden.marks
    protect = hidden.hidden & ~marks.small & ~marks.withdrawn
    return {
        "shown": int((marks.shown & ~hidden.hidden).sum()),
        "hidden_first": int((marks.shown & (marks.small | marks.withdrawn)).sum()),
        "hidden_to_protect": int(protect.sum()),
        "people_hidden_to_protect": int(marks.figures.value[protect].sum()),
    }


def _cells(spec: Specification, hidden: Hidden, paid: Paid | None) -> Iterator[_Row]:
    figures = hidden.marks.figures
    for period, name in enumerate(spec.periods):
        for table in spec.tables:
            levels = [
                spec.dims[dim].codes(name, table.dims.get(dim, (TOTAL,))) for dim in figures.dims
            ]
            for codes in product(*levels):
                told = dict(zip(figures.dims, codes, strict=True))
                where = {dim: "" if code == TOTAL else code for dim, code in told.items()}
                row = {"period": name, "table": table.name, **where}
                for measure in table.measures:
                    yield {**row, "measure": measure.partition(":")[0],
                           **_figure(hidden, paid, period, told, measure)}  # fmt: skip


def _figure(
    hidden: Hidden, paid: Paid | None, period: int, told: Mapping[str, str], measure: str
) -> _Row:
    kind, _, argument = measure.partition(":")
    if kind == "count":
        symbol = _symbol(hidden, period, told)
        return {"symbol": symbol} if symbol else {"value": _value(hidden, period, told)}
    if kind == "percent":
        return _percent(hidden, period, told, argument)
    if paid is None:
        return {"symbol": WITHDRAWN, "of": argument}
    key = period, tuple(told.values()), measure
    if key not in paid.value:
        return {"symbol": paid.symbol[key], "of": argument}
    decimals = paid.decimals[kind]
    value = Decimal(paid.value[key]).scaleb(-decimals)
    return {"value": f"{value:.{decimals}f}", "dp": decimals, "of": argument}


def _percent(hidden: Hidden, period: int, told: Mapping[str, str], dim: str) -> _Row:
    whole = {**told, dim: TOTAL}
    base = _value(hidden, period, whole)
    if base < LEAST_FOR_PERCENT:
        return {"symbol": WITHDRAWN, "of": dim}
    symbol = _symbol(hidden, period, told)
    # Of a part that is not hidden itself [c] would say that somebody is in it, and of none nobody.
    if symbol or _symbol(hidden, period, whole):
        return {"symbol": symbol or WITHDRAWN, "of": dim}
    doubled = 200 * _value(hidden, period, told) + base
    return {"value": doubled // (2 * base), "dp": 0, "of": dim}


def _find(figures: Figures, period: int, told: Mapping[str, str]) -> int:
    cells = figures.find_codes(period, told)
    return next((cell for cell in cells if cell != NOWHERE), NOWHERE)


def _value(hidden: Hidden, period: int, told: Mapping[str, str]) -> int:
    cell = _find(hidden.marks.figures, period, told)
    return 0 if cell == NOWHERE else int(hidden.marks.figures.value[cell])


def _symbol(hidden: Hidden, period: int, told: Mapping[str, str]) -> str:
    cell = _find(hidden.marks.figures, period, told)
    if cell == NOWHERE or not hidden.hidden[cell]:
        return ""
    return WITHDRAWN if hidden.marks.withdrawn[cell] else HIDDEN


def _certificate(folder: Path, hidden: Hidden) -> None:
    """The true workforce by kind, the changes of people, and which change proves which figure."""
    figures = hidden.marks.figures
    write_people(folder, figures, hidden.changes)
    with open_new(folder / "proofs.csv") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["change", "rise", "period", "cell", "row", "still"])
        for demand, at in hidden.proofs:
            period = figures.families[int(figures.family[demand.cell])].period
            cells = [
                json.dumps(figures.codes(cell), ensure_ascii=False) if cell >= 0 else ""
                for cell in (demand.cell, demand.row, demand.still)
            ]
            writer.writerow([at, demand.rise, figures.spec.periods[period], *cells])


def _certificate_of_pay(folder: Path, paid: Paid) -> None:
    """What everybody earns by kind, and the other pay that proves what is hidden."""
    with open_new(folder / "pay.csv") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["earner", "kind", "first", "last", "pence"])
        columns = (paid.kinds, paid.first, paid.last, paid.pence)
        told = zip(*(one.tolist() for one in columns), strict=True)
        for number, (kind, first, last, pence) in enumerate(told):
            writer.writerow([number, kind, first, last, pence if pence >= 0 else ""])
    with open_new(folder / "pay_changes.csv") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["change", "earner", "by"])
        for number, change in enumerate(paid.changes):
            for earner, by in zip(change.earners.tolist(), change.by.tolist(), strict=True):
                writer.writerow([number, earner, by])


class Counted(Protocol):
    """Whoever is counted in a release: by kind the codes in each period, and how many there are."""

    spec: Specification
    names: Mapping[str, tuple[str, ...]]
    dims: tuple[str, ...]
    kinds: Any
    sizes: Any


class Changed(Protocol):
    """How many people more or fewer another workforce has of some kinds."""

    @property
    def kinds(self) -> Any: ...  # noqa: ANN401, D102 - rows of numbers
    @property
    def by(self) -> Any: ...  # noqa: ANN401, D102 - numbers


def write_people(folder: Path, counted: Counted, changed: Sequence[Changed]) -> None:
    """Write the true workforce by kind, and each change of it, as ``verify`` reads both."""
    dims = counted.dims
    number: dict[bytes, int] = {}
    with open_new(folder / "workforce.csv") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        columns = [f"{period}:{dim}" for period in counted.spec.periods for dim in dims]
        writer.writerow(["kind", "people", *columns])

        def keep(kind: Any, people: int) -> int:  # noqa: ANN401 - a row of numbers
            mark = kind.tobytes()
            if mark not in number:
                number[mark] = len(number)
                words = [
                    "" if code == NOWHERE else counted.names[dims[at % len(dims)]][code]
                    for at, code in enumerate(kind.tolist())
                ]
                writer.writerow([number[mark], people, *words])
            return number[mark]

        for kind, people in zip(counted.kinds, counted.sizes.tolist(), strict=True):
            keep(kind, people)
        changes = [
            [(keep(kind, 0), by) for kind, by in zip(one.kinds, one.by.tolist(), strict=True)]
            for one in changed
        ]
    with open_new(folder / "changes.csv") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["change", "kind", "by"])
        for at, change in enumerate(changes):
            writer.writerows([at, kind, by] for kind, by in change)


def open_new(path: Path) -> IO[str]:
    """A file that is not there yet, for its owner alone, open to be written."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    return os.fdopen(handle, "w", encoding="utf-8", newline="")
