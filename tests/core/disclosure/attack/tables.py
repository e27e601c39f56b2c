"""Small releases by hand: what is published is written down, and nobody's records are behind it."""

import csv
import json
from pathlib import Path

HEAD = ["period", "table", "org", "ethnicity", "measure", "value", "symbol", "base", "dp", "of"]
ORG = {"Total": ["Place", "Homes"], "Place": ["Parks", "Roads", "Waste"]}
ETHNICITY = {"Total": ["White", "Asian", "Black", "Not declared"]}


def about(**changes):
    """What ``release.json`` says of a council of two directorates, one of them with three teams."""
    held = {
        "name": "By hand",
        "threshold": 5,
        "periods": ["2026Q1"],
        "dims": {
            "org": {"children": ORG},
            "ethnicity": {
                "children": ETHNICITY,
                "sensitive": True,
                "nonsensitive": ["Not declared"],
            },
        },
        "cells": ["cells.csv"],
        "symbols": {"[c]": [1, None], "[x]": None},
        "suppressed_never_zero": True,
        "method": "by hand",
    }
    return {key: value for key, value in (held | changes).items() if value is not None}


def count(org, ethnicity, value, period="2026Q1", table="staff", base=""):
    shown = isinstance(value, int)
    told = [value, ""] if shown else ["", value]
    return [period, table, org, ethnicity, "count", *told, base, "", ""]


def percent(org, ethnicity, value, dp=1, period="2026Q1", of="ethnicity"):
    return [period, "shares", org, ethnicity, "percent", value, "", "", dp, of]


def pay(org, ethnicity, value, measure="mean", of="", period="2026Q1"):
    return [period, "pay", org, ethnicity, measure, value, "", "", 2, of]


def grid(rows, period="2026Q1"):
    """Counts of units in lines, by ethnicity in the order of the codes, the whole first."""
    codes = ["", *ETHNICITY["Total"]]
    return [
        count(org, code, value, period)
        for org, values in rows.items()
        for code, value in zip(codes, values, strict=True)
    ]


def written(folder, rows, **changes):
    """A release folder with these rows, each as long as the head."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    told = json.dumps(about(**changes), ensure_ascii=False)
    (folder / "release.json").write_text(told, encoding="utf-8")
    with (folder / "cells.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEAD, *rows])
    return folder
