"""A rounded release as a folder: what everybody may see, and the proof that stays inside."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from goldenthread.disclosure.folder import SCHEMA, WITHDRAWN, open_new, write_people
from goldenthread.disclosure.rounding import BASE, Rounded
from goldenthread.disclosure.spec import TOTAL, Specification

ADDITIVE = "additive rounding to 5, each small count in doubt by another workforce"
CONVENTIONAL = "conventional rounding to 5, of which the intruder worked nothing out"
OF_ROUNDED = "of the rounded figures"
LEAST_FOR_PERCENT = 23

_Row = dict[str, Any]


def write_rounded(folder: Path, spec: Specification, rounded: Rounded, policy: str) -> None:
    """Write ``release.json``, ``cells.csv`` and ``certificate/`` into a folder that is empty.

    Shape: as of a release whose figures are hidden; the base of a count is ``r5``, or ``5`` where
    figures do not add up. Missing: a figure that is withdrawn, a percentage of too few and all pay
    is ``[x]``. What is in ``certificate/`` holds true figures; it is for its owner alone.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    dims = list(spec.dims)
    heads = ["period", "table", *dims, "measure", "value", "symbol", "base", "dp", "of"]
    with open_new(folder / "cells.csv") as stream:
        writer = csv.DictWriter(stream, heads, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(_cells(spec, rounded))
    with open_new(folder / "release.json") as stream:
        json.dump(_about(spec, rounded, policy), stream, ensure_ascii=False, indent=1)
        stream.write("\n")
    inside = folder / "certificate"
    inside.mkdir(mode=0o700)
    _certificate(inside, rounded)


def _about(spec: Specification, rounded: Rounded, policy: str) -> dict[str, Any]:
    given, cube = spec.as_given, rounded.cube
    kept = ("name", "threshold", "periods", "dims", "flows", "structural")
    gone = rounded.withdrawn & cube.told
    return {
        "schema": SCHEMA,
        **{key: given[key] for key in kept if key in given},
        "threshold": rounded.threshold,
        "cells": ["cells.csv"],
        "symbols": {WITHDRAWN: None},
        "suppressed_never_zero": False,
        "method": ADDITIVE if rounded.additive else CONVENTIONAL,
        "percentages": OF_ROUNDED,
        "policy": policy,
        "figures": {
            # Noughts are among them: how many figures are none would tell of those shown as 0.
            "shown": int((cube.told & ~gone).sum()),
            "hidden_first": 0,
            "hidden_to_protect": int(gone.sum()),
            "people_hidden_to_protect": int(rounded.shown[gone].sum()),
        },
    }


def _cells(spec: Specification, rounded: Rounded) -> Iterator[_Row]:
    dims = rounded.cube.dims
    for period, name in enumerate(spec.periods):
        for table in spec.tables:
            levels = [spec.dims[dim].codes(name, table.dims.get(dim, (TOTAL,))) for dim in dims]
            for codes in product(*levels):
                told = dict(zip(dims, codes, strict=True))
                where = {dim: "" if code == TOTAL else code for dim, code in told.items()}
                for measure in table.measures:
                    yield {"period": name, "table": table.name, **where,
                           "measure": measure.partition(":")[0],
                           **_figure(rounded, period, told, measure)}  # fmt: skip


def _figure(rounded: Rounded, period: int, told: Mapping[str, str], measure: str) -> _Row:
    kind, _, argument = measure.partition(":")
    if kind == "count":
        shown = _shown(rounded, period, told)
        base = f"r{BASE}" if rounded.additive else f"{BASE}"
        return {"symbol": WITHDRAWN} if shown is None else {"value": shown, "base": base}
    if kind == "percent":
        part = _shown(rounded, period, told)
        whole = _shown(rounded, period, {**told, argument: TOTAL})
        if part is None or whole is None or whole - rounded.room < LEAST_FOR_PERCENT:
            return {"symbol": WITHDRAWN, "of": argument}
        # By itself a part may be rounded up beyond what its whole is rounded down to.
        percent = min((200 * part + whole) // (2 * whole), 100)
        return {"value": percent, "dp": 0, "of": argument}
    # True pay beside a rounded count would give the count back.
    return {"symbol": WITHDRAWN, "of": argument}


def _shown(rounded: Rounded, period: int, told: Mapping[str, str]) -> int | None:
    cell = rounded.cube.cell(period, told)
    return None if rounded.withdrawn[cell] else int(rounded.shown[cell])


def _certificate(folder: Path, rounded: Rounded) -> None:
    """The true workforce, the changes that leave all that is shown as it is, and rounded counts.

    These are the counts of which only percentages tell.
    """
    cube = rounded.cube
    with open_new(folder / "rounded.csv") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["period", *cube.dims, "value"])
        for cell in np.flatnonzero(cube.told & ~cube.counted & ~rounded.withdrawn).tolist():
            period, codes = cube.codes(cell)
            writer.writerow([cube.spec.periods[period], *codes, int(rounded.shown[cell])])
    write_people(folder, cube, rounded.changes)
