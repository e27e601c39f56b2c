"""Flaws, planted in a sound release of two quarters one at a time, and who is to catch each.

A flaw is one thing that is wrong: a figure too many, a figure that is untrue, a certificate that
does not prove what it should, or something told besides that the proofs did not reckon with.
"""

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.disclosure.two_quarters import ANSWERS, BEFORE, NOW, rows

CELLS, KINDS, CHANGES = "cells.csv", "certificate/workforce.csv", "certificate/changes.csv"


@dataclass(frozen=True)
class Flaw:
    """What is planted, words of what ``verify`` says of it, and what kind ``attack`` finds.

    Blank where that one of the two need not see it, since the other does. ``loose`` where the
    release is one of which no more is told than that at most thirty joined, and thirty left.
    """

    name: str
    plant: Callable[[Path], None]
    verify: str = ""
    attack: str = ""
    loose: bool = False


def table(folder: Path, name: str) -> tuple[list[str], list[dict[str, str]]]:
    """The headings and the rows of a file."""
    with (folder / name).open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        return list(reader.fieldnames or ()), list(reader)


def write(folder: Path, name: str, heads: list[str], rows: list[dict[str, str]]) -> None:
    """Write a file again."""
    with (folder / name).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, heads, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def figures(
    period: str, measure: str = "count", **codes: str
) -> Callable[[Mapping[str, str]], bool]:
    """Whether a row of figures is of this cell, in whichever table."""
    wanted = {"org": "", "ethnicity": "", "sex": "", **codes, "period": period, "measure": measure}
    return lambda row: all(row[key] == value for key, value in wanted.items())


def told(
    period: str, measure: str = "count", value: str = "", symbol: str = "", **codes: str
) -> Callable[[Path], None]:
    """Show a figure, or a mark, in place of what is there, in every table that has the cell."""
    of_cell = figures(period, measure, **codes)

    def plant(folder: Path) -> None:
        heads, found = table(folder, CELLS)
        (before,) = {(row["value"], row["symbol"]) for row in found if of_cell(row)}
        assert before != (value, symbol)
        for row in filter(of_cell, found):
            row |= {"value": value, "symbol": symbol, "dp": _decimals(measure) if value else ""}
        write(folder, CELLS, heads, found)

    return plant


def _decimals(measure: str) -> str:
    return {"count": "", "percent": "0", "mean": "2", "median": "1", "gap": "1"}[measure]


def true(period: str, **codes: str) -> int:
    """How many are in a cell in truth."""
    wanted = {"period": period, **codes}
    names = {"org": "directorate"}
    return sum(
        all(row[names.get(key, key)] == value for key, value in wanted.items()) for row in rows()
    )


def describing(**more: Any) -> Callable[[Path], None]:
    """Tell otherwise in ``release.json``."""

    def plant(folder: Path) -> None:
        place = folder / "release.json"
        about = json.loads(place.read_text(encoding="utf-8"))
        place.write_text(json.dumps(about | more), encoding="utf-8")

    return plant


def certificate(name: str, change: Callable[[list[dict[str, str]]], Any]) -> Callable[[Path], None]:
    """Change the rows of a file of the certificate."""

    def plant(folder: Path) -> None:
        heads, found = table(folder, name)
        change(found)
        write(folder, name, heads, found)

    return plant


def by_change(found: list[dict[str, str]]) -> Iterator[list[dict[str, str]]]:
    """The rows of each change of people."""
    for number in dict.fromkeys(row["change"] for row in found):
        yield [row for row in found if row["change"] == number]


# People of a certificate.


def _kind(found: list[dict[str, str]], **wanted: str) -> dict[str, str]:
    """The kind of people who are this in the second quarter and as many as any."""
    fit = [row for row in found if all(row[f"{NOW}:{dim}"] == code for dim, code in wanted.items())]
    return max(fit, key=lambda row: int(row["people"]))


def _one_moves(found: list[dict[str, str]]) -> None:
    for row, by in ((_kind(found, ethnicity="White"), -1), (_kind(found, ethnicity="Asian"), 1)):
        row["people"] = str(int(row["people"]) + by)


def _one_more(found: list[dict[str, str]]) -> None:
    row = _kind(found, ethnicity="Black")
    row["people"] = str(int(row["people"]) + 1)


def _answers_otherwise(found: list[dict[str, str]]) -> None:
    """One of the kinds with few people has another answer, which is as possible as theirs."""
    row = next(row for row in found if row[f"{NOW}:ethnicity"] == "Black" and row["people"] == "1")
    row[f"{NOW}:ethnicity"] = "Asian"


def _another_kind(found: list[dict[str, str]]) -> None:
    row = next(row for row in found if int(row["by"]) > 0)
    row["kind"] = next(one["kind"] for one in found if one["change"] != row["change"])


def _of_nobody(found: list[dict[str, str]]) -> None:
    """More people are taken than there are, and as many of the same are put there again."""
    first = next(row for row in found if int(row["by"]) < 0)
    first["by"] = str(int(first["by"]) - 1000)
    found.insert(found.index(first), {**first, "by": "1000"})


def _negative_kind(found: list[dict[str, str]]) -> None:
    found[0]["kind"] = "-1"


def _none_left(found: list[dict[str, str]]) -> None:
    found.clear()


def _turned(found: list[dict[str, str]]) -> None:
    for row in found:
        row["by"] = str(-int(row["by"]))


def _doubled(found: list[dict[str, str]]) -> None:
    for row in found:
        row["by"] = str(2 * int(row["by"]))


def _first_left_out(found: list[dict[str, str]]) -> None:
    """The change that proves most is no more."""
    longest = max(by_change(found), key=len)
    kept = [row for row in found if row not in longest]
    numbers = {number: str(at) for at, number in enumerate(dict.fromkeys(
        row["change"] for row in kept))}  # fmt: skip
    found[:] = [{**row, "change": numbers[row["change"]]} for row in kept]


def _nobody_else(directorate: str) -> list[dict[str, str]]:
    """What everybody would know: whoever is in a directorate is White."""
    return [{"org": directorate, "ethnicity": answer} for answer in ANSWERS if answer != "White"]


def _flow(joiners: tuple[int, int] = (1, 1), leavers: tuple[int, int] = (1, 1), **more: Any) -> Any:
    return [{"from": BEFORE, "to": NOW, "where": {}, "joiners": list(joiners),
             "leavers": list(leavers), **more}]  # fmt: skip


_SMALL = {"org": "Children", "ethnicity": "Black"}
_BESIDE = {"org": "Adult care", "ethnicity": "Black"}
_BODY = {"ethnicity": "Asian"}
_FEW = f"{true(NOW, **_SMALL)}"

FLAWS = (
    # One published figure too many.
    Flaw("a small count", told(NOW, value=_FEW, **_SMALL), "a small count is shown", "exact"),
    Flaw(
        "a count hidden to protect another",
        told(NOW, value=f"{true(NOW, **_BODY)}", **_BODY),
        "it would change 2026Q1, Asian, which is shown",
        "narrow",
    ),
    Flaw(
        "a percentage of a small count",
        told(NOW, "percent", value=f"{round(100 * true(NOW, **_SMALL) / 60)}", **_SMALL),
        "a percentage gives a small count back",
        "small",
    ),
    Flaw(
        "a percentage of a count that is hidden",
        told(NOW, "percent", value="11", **_BODY),
        "it would change 2026Q1, Asian, which is shown",
    ),
    Flaw(
        "a group that is all alike",
        told(NOW, value="0", org="Leisure", ethnicity="Not declared"),
        "it would change 2026Q1, Leisure, Not declared, which is shown",
    ),
    Flaw(
        "the whole of a group that is all alike",
        told(NOW, value="31", org="Leisure", ethnicity="White"),
        "everybody there is alike",
        "group",
    ),
    # A figure that is untrue, or a mark that is.
    Flaw(
        "a count that is untrue",
        told(NOW, value="62", org="Adult care", ethnicity="White"),
        "not that of the certificate",
    ),
    Flaw(
        "a percentage that is untrue",
        told(NOW, "percent", value="70", org="Adult care", ethnicity="White"),
        "the percentage is not that of the certificate",
    ),
    Flaw(
        "[c] of nobody",
        told(NOW, symbol="[c]", org="Resources", ethnicity="Not declared"),
        "hidden as [c], and empty",
    ),
    Flaw(
        "[c] of a percentage of nobody",
        told(NOW, "percent", symbol="[c]", org="Leisure", ethnicity="Black"),
        "hidden as [c], and empty",
    ),
    # A certificate that proves less than it should.
    Flaw("one of the people moved", certificate(KINDS, _one_moves), "not that of the certificate"),
    Flaw("one person too many", certificate(KINDS, _one_more), "not that of the certificate"),
    Flaw(
        "a person of another kind",
        certificate(KINDS, _answers_otherwise),
        "not that of the certificate",
    ),
    Flaw("a change of another kind", certificate(CHANGES, _another_kind), "it would change"),
    Flaw("a kind that is none", certificate(CHANGES, _negative_kind), "is damaged"),
    Flaw("fewer than nobody", certificate(CHANGES, _of_nobody), "there are not so many people"),
    Flaw("twice every change", certificate(CHANGES, _doubled), "would be below 1"),
    Flaw("every change the other way", certificate(CHANGES, _turned), "nothing proves"),
    Flaw("no change at all", certificate(CHANGES, _none_left), "nothing proves"),
    Flaw("one change less", certificate(CHANGES, _first_left_out), "nothing proves"),
    # Something told besides.
    Flaw(
        "how many joined and left, to the person",
        describing(flows=_flow()),
        "those who are joiners since can be worked out",
        "joiner",
        loose=True,
    ),
    Flaw(
        "that no answer changed",
        describing(flows=_flow(answers_may_change=False)),
        "somebody's answer changes",
    ),
    Flaw(
        "what everybody knows of a directorate",
        describing(structural=_nobody_else("Leisure")),
        "where everybody knows that nobody is",
        "group",
    ),
    Flaw(
        "that [c] is of few",
        describing(symbols={"[c]": [1, 4], "[x]": None}),
        "The marks say more",
    ),
    Flaw(
        "that [x] is of nobody",
        describing(symbols={"[c]": [1, None], "[x]": [0, 0]}),
        "The marks say more",
    ),
    # Pay.
    Flaw("a mean of three", told(NOW, "mean", value="20.00", **_SMALL), "a mean of fewer"),
    Flaw("a median of three", told(NOW, "median", value="20.0", **_SMALL), "a median of fewer"),
    Flaw("a gap of three", told(NOW, "gap", value="1.0", **_SMALL), "a gap of fewer"),
    Flaw(
        "a mean of people who are not counted",
        told(NOW, "mean", value="23.00", **_BESIDE),
        "a mean is shown, and its count is not",
    ),
)  # fmt: skip
"""What may go wrong of each kind that a release has."""
