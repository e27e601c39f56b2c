"""A small release as the gate makes it: protected, written and ready to be verified."""

from datetime import date
from pathlib import Path
from typing import Any

from core.disclosure.council import Row, Spec
from goldenthread.disclosure.folder import write_release
from goldenthread.disclosure.people import people_of
from goldenthread.disclosure.protect import hide
from goldenthread.disclosure.raw import Column, RawTable
from goldenthread.disclosure.spec import specification
from goldenthread.errors import Refusal

PERIOD = "2026Q1"
COUNTS = {
    "Adult care": (61, 12, 9, 6),
    "Children": (48, 3, 7, 2),
    "Place": (57, 9, 8, 1),
    "Resources": (70, 11, 4, 0),
}
"""How many are White, Black, Asian and not declared in each directorate; half of each are women."""
ANSWERS = ("White", "Black", "Asian", "Not declared")


def spec(**more: Any) -> Spec:
    """Staff by directorate, ethnic group and sex, in two linked tables, with percentages."""
    return {
        "name": "Staff of Brackenford",
        "threshold": 5,
        "periods": [PERIOD],
        "dims": {
            "org": {"children": {"Total": list(COUNTS)}},
            "ethnicity": {
                "children": {"Total": list(ANSWERS)},
                "sensitive": True,
                "nonsensitive": ["Not declared"],
            },
            "sex": {"children": {"Total": ["Female", "Male"]}},
        },
        "tables": [
            {
                "name": "Directorates",
                "dims": {"org": ["Total", "directorate"], "ethnicity": ["Total", "broad"]},
                "measures": ["count", "percent:ethnicity"],
            },
            {
                "name": "Sex",
                "dims": {"org": ["Total", "directorate"], "sex": ["Total", "all"]},
                "measures": ["count"],
            },
        ],
        "suppressed_never_zero": True,
        **more,
    }


def rows(counts: dict[str, tuple[int, ...]] = COUNTS) -> list[Row]:
    """One row for each of these people."""
    found: list[Row] = []
    for unit, told in counts.items():
        for answer, many in zip(ANSWERS, told, strict=True):
            found += [
                {"person": f"{unit} {answer} {n}", "period": PERIOD, "directorate": unit,
                 "division": "", "team": "", "ethnicity": answer, "ethnicity_broad": "",
                 "sex": "Male" if n % 2 else "Female"}
                for n in range(many)
            ]  # fmt: skip
    return found


def release(
    folder: Path,
    told: Spec | None = None,
    people: list[Row] | None = None,
    threshold: int = 5,
    policy: str = "internal",
) -> Path:
    """The folder of a release, as ``goldenthread protect`` writes it."""
    known = specification(told or spec())
    hidden = hide(known, people_of(people or rows(), known), threshold)
    assert not hidden.unproved
    write_release(folder, known, hidden, policy, threshold)
    return folder


def released_or_none(folder: Path, told: Spec, people: list[Row]) -> Path | None:
    """The folder of a release by a specification, as it is told; None where it is refused."""
    known = specification(told)
    try:
        hidden = hide(known, people_of(people, known), known.threshold)
    except Refusal:
        return None
    if hidden.unproved:
        return None
    write_release(folder, known, hidden, "internal", known.threshold)
    return folder


def rounded_release(folder: Path) -> Path:
    """A release that says its counts are rounded to fives; they are true to the person besides."""
    release(folder, spec(tables=spec()["tables"][1:]), rows(dict.fromkeys(COUNTS, (40, 20, 20, 0))))
    cells = folder / "cells.csv"
    cells.write_text(cells.read_text().replace(",,,,\n", ",,r5,,\n"))
    return folder


INTERNAL = RawTable(
    name="composition",
    title="Staff by ethnic group",
    columns=(Column("group", "Group"), Column("people", "People", "count")),
    rows=(("Secret", 4711), ("Hidden", 3)),
    as_at=date(2026, 3, 31),
    base=4714,
    of="people in post",
    sources=("The HR extract of 31 March 2026",),
)
"""A table that may not be shown: its words and figures are looked for in whatever is."""
