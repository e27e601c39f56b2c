"""A release as somebody makes it who hides small counts and thinks no further."""

import csv
import json
from collections import Counter, defaultdict
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from pathlib import Path
from statistics import median

LEVELS = {"org": ("directorate", "division", "team"), "ethnicity": ("broad", "detailed")}
COLUMNS = {"org": ("team", "division", "directorate"), "ethnicity": ("ethnicity",)}


def read(folder):
    """The specification and the rows of microdata in a folder."""
    spec = json.loads((Path(folder) / "spec.json").read_text(encoding="utf-8"))
    with (Path(folder) / "microdata.csv").open(encoding="utf-8", newline="") as stream:
        return spec, list(csv.DictReader(stream))


def ways(below):
    return below if below and isinstance(below[0], list) else [below]


class Codes:
    """The codes of one dimension in one period: how deep they are, and what they are part of."""

    def __init__(self, dim, period):
        children = dim.get("by_period", {}).get(period, dim["children"])
        self.depth, self.above = {"Total": 0}, defaultdict(set)
        waiting = ["Total"]
        while waiting:
            code = waiting.pop(0)
            for way in ways(children.get(code, [])):
                for child in way:
                    if self.depth.get(child, -1) <= self.depth[code]:
                        self.depth[child] = self.depth[code] + 1
                        waiting.append(child)
        for code in sorted(self.depth, key=self.depth.get):
            self.above[code].add(code)
            for _ in range(len(self.depth)):
                parents = [p for p, b in children.items() if any(code in way for way in ways(b))]
                before = len(self.above[code])
                for parent in parents:
                    self.above[code] |= {parent} | self.above[parent]
                if len(self.above[code]) == before:
                    break

    def shown(self, name, levels):
        wanted = {LEVELS.get(name, ()).index(x) + 1 for x in levels if x in LEVELS.get(name, ())}
        return [
            code
            for code, depth in self.depth.items()
            if (code == "Total" and "Total" in levels)
            or (code != "Total" and ("all" in levels or depth in wanted))
        ]


def code_of(row, name, codes):
    for column in COLUMNS.get(name, (name,)):
        if row.get(column, "") in codes.depth:
            return row[column]
    return "Not declared"


def counts(spec, rows):
    """Of each period, table and cell of the specification who is in it (their pay, in order)."""
    used = list(dict.fromkeys(d for t in spec["tables"] for d in t["dims"]))
    found = {}
    for period in spec["periods"]:
        codes = {name: Codes(spec["dims"][name], period) for name in used}
        above = {name: codes[name].above for name in used}
        alike = defaultdict(list)
        for row in rows:
            if row["period"] == period:
                key = tuple(code_of(row, name, codes[name]) for name in used)
                alike[key].append(Decimal(row.get("hourly_pay") or "0"))
        for table in spec["tables"]:
            dims = list(table["dims"])
            shown = [codes[name].shown(name, table["dims"][name]) for name in dims]
            cells = {cell: [] for cell in product(*shown)}
            at = [used.index(name) for name in dims]
            sets = [set(one) for one in shown]
            for key, pay in alike.items():
                for cell in product(
                    *(above[n][key[i]] & s for n, i, s in zip(dims, at, sets, strict=True))
                ):
                    cells[cell] += pay
            found[period, table["name"]] = (dims, cells)
    return found


def rounded(value, dp):
    return str(Decimal(value).quantize(Decimal(1).scaleb(-dp), ROUND_HALF_UP))


def publish(spec, rows, folder, hide=None, base=""):
    """Write the release; ``hide(period, codes, count)`` says which counts get a ``[c]``.

    Without it every count from 1 to the threshold is hidden and nothing else is.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    names = list(spec["dims"])
    dp = spec.get("percent_dp", 0)
    small = hide or (lambda period, codes, count: 0 < count < spec["threshold"])
    out = []
    for (period, table), (dims, cells) in counts(spec, rows).items():
        measures = next(t["measures"] for t in spec["tables"] if t["name"] == table)
        for cell, pay in cells.items():
            codes = dict(zip(dims, cell, strict=True))
            named = {d: c for d, c in codes.items() if c != "Total"}
            row = [period, table, *(named.get(name, "") for name in names)]
            hidden = small(period, named, len(pay))
            for measure in measures:
                kind, _, of = measure.partition(":")
                if kind == "count":
                    value = len(pay) if not base else int(5 * ((len(pay) + 2) // 5))
                    told = ["", "[c]", "", ""] if hidden else [value, "", base, ""]
                    out.append([*row, "count", *told, ""])
                elif kind == "percent":
                    whole = len(cells[tuple("Total" if d == of else codes[d] for d in dims)])
                    value = rounded(Decimal(100 * len(pay)) / whole, dp) if whole else ""
                    told = [value, "", "", dp] if whole else ["", "[z]", "", dp]
                    out.append([*row, "percent", *told, of])
                elif kind in ("mean", "median"):
                    if pay:
                        middle = sum(pay) / len(pay) if kind == "mean" else median(pay)
                        out.append([*row, kind, rounded(middle, 2), "", "", 2, ""])
                    else:
                        out.append([*row, kind, "", "[z]", "", 2, ""])
    about = {k: spec[k] for k in ("name", "threshold", "periods", "dims", "flows", "structural")
             if k in spec}  # fmt: skip
    about |= {
        "cells": ["cells.csv"],
        "symbols": {"[c]": [1, None] if spec.get("suppressed_never_zero") else None},
        "suppressed_never_zero": spec.get("suppressed_never_zero", False),
        "method": "small counts hidden",
    }
    (folder / "release.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
    with (folder / "cells.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(
            ["period", "table", *names, "measure", "value", "symbol", "base", "dp", "of"]
        )
        writer.writerows(out)
    return folder


def truth(spec, rows):
    """The true count of every cell that the tables show, by period and codes without Total."""
    return Counter(
        {
            (
                period,
                frozenset((d, c) for d, c in zip(dims, cell, strict=True) if c != "Total"),
            ): len(pay)
            for (period, _), (dims, cells) in counts(spec, rows).items()
            for cell, pay in cells.items()
        }
    )
