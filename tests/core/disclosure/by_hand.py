"""Releases with their certificates by hand: so many people by unit and sex that none is hidden."""

import csv
import json
from itertools import product
from pathlib import Path

HEAD = ["period", "table", "org", "sex", "measure", "value", "symbol", "base", "dp", "of"]
UNITS, SEXES = ("Place", "Homes"), ("Female", "Male")
COUNTS = {
    ("Place", "Female"): 12,
    ("Place", "Male"): 9,
    ("Homes", "Female"): 7,
    ("Homes", "Male"): 31,
}


def released(folder, counts=COUNTS, period="2026Q1", name="Staff", hide=(), rows=(), **about):
    """A release folder that verifies: every count of at least 5, but those that ``hide`` names.

    ``hide`` are pairs of unit and sex, blank for the whole, that need no proof since none is small;
    ``rows`` stand below the others.
    """
    folder = Path(folder)
    inside = folder / "certificate"
    inside.mkdir(parents=True)
    told = {
        "schema": "goldenthread.release/1",
        "name": name,
        "threshold": 5,
        "periods": [period],
        "dims": {
            "org": {"children": {"Total": list(UNITS)}},
            "sex": {"children": {"Total": list(SEXES)}},
        },
        "cells": ["cells.csv"],
        "symbols": {"[c]": [1, None], "[x]": None},
        "suppressed_never_zero": True,
        "method": "by hand",
        "policy": "internal",
        **about,
    }
    (folder / "release.json").write_text(json.dumps(told), encoding="utf-8")
    with (folder / "cells.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(HEAD)
        for org, sex in product(("", *UNITS), ("", *SEXES)):
            value = sum(
                people for (unit, each), people in counts.items()
                if org in ("", unit) and sex in ("", each)
            )  # fmt: skip
            figure = ["", "[c]"] if (org, sex) in hide else [value, ""]
            writer.writerow([period, "units by sex", org, sex, "count", *figure, "", "", ""])
        writer.writerows(rows)
    _write(
        inside / "workforce.csv",
        ["kind", "people", f"{period}:org", f"{period}:sex"],
        [[at, people, *codes] for at, (codes, people) in enumerate(counts.items())],
    )
    _write(inside / "changes.csv", ["change", "kind", "by"], [])
    _write(inside / "proofs.csv", ["change", "rise", "period", "cell", "row", "still"], [])
    return folder


def _write(path, heads, rows):
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([heads, *rows])
