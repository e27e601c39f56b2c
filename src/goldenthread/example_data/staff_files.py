"""The invented borough's workforce as the files that an HR system would give."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from goldenthread.categories import MISSING_IN_WORDS, lists_in_use
from goldenthread.example_data.borough import GRADES, SEED, borough
from goldenthread.workforce.files import contract

_Row = Mapping[str, Any]

# What a file is called, and the columns of its contract that it has.
_FILES: Mapping[str, tuple[str, ...]] = {
    "people": (
        "snapshot", "person", "directorate", "division", "unit", "grade", "grade_order", "role",
        "sex", "ethnicity", "disability", "religion", "orientation", "gender_identity", "age",
        "working_pattern", "hours", "fte", "started", "relevant", "full_pay", "hourly_pay",
        "bonus", "board", "leadership",
    ),
    "applications": (
        "applied", "applicant", "vacancy", "directorate", "division", "unit", "grade", "sex",
        "ethnicity", "disability", "religion", "orientation", "gender_identity", "shortlisted",
        "appointed", "internal",
    ),
    "cases": (
        "opened", "person", "case", "kind", "formal", "directorate", "division", "unit", "sex",
        "ethnicity", "disability", "religion", "orientation", "gender_identity",
    ),
    "training": (
        "on_day", "person", "course", "mandatory", "funded", "directorate", "division", "unit",
        "sex", "ethnicity", "disability", "religion", "orientation", "gender_identity",
    ),
    "moves": (
        "on_day", "person", "kind", "directorate", "division", "unit", "grade", "sex", "ethnicity",
        "disability", "religion", "orientation", "gender_identity", "reason",
    ),
}  # fmt: skip


def write_staff_files(
    folder: Path, *, people: int = 6000, quarters: int = 8, seed: int = SEED
) -> tuple[Path, ...]:
    """Write ``people.csv``, ``applications.csv``, ``cases.csv``, ``training.csv``, ``moves.csv``.

    They hold what ``borough`` makes of the same arguments, in the words of the lists in use in
    England and under the headings of the contracts. The folder is made where it is not there; a
    file of one of these names is written over. Of one quarter alone, in which nobody came, went or
    rose, two files have headings and no row. Returns the files in this order.
    """
    tables = borough(people=people, quarters=quarters, seed=seed)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, columns in _FILES.items():
        place = folder / f"{name}.csv"
        wanted = contract(name)
        with place.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow([wanted.column(column).title for column in columns])
            for number, row in enumerate(tables.get(name, ()), 1):
                writer.writerow([_said(column, row, number) for column in columns])
        written.append(place)
    return tuple(written)


def _labels() -> dict[str, dict[str, str]]:
    return {
        name: {**{item.code: item.label for item in one.items}, **MISSING_IN_WORDS, "blank": ""}
        for name, one in lists_in_use().items()
    }


_WORDS = _labels()


def _unit(depth: int) -> Callable[[_Row], str]:
    """The name of the unit, its division or its directorate, as a person writes it."""

    def name(row: _Row) -> str:
        held = str(row["unit"]).split("_")
        # Of “public_health_2_1” the words are the directorate, the numbers what lies below it.
        words = [part for part in held if not part.isdigit()]
        numbers = [part for part in held if part.isdigit()]
        said = " ".join(words).capitalize()
        return " ".join([said, ".".join(numbers[:depth])]).strip()

    return name


_MADE: Mapping[str, Callable[[_Row], Any]] = {
    "directorate": _unit(0),
    "division": _unit(1),
    "unit": _unit(2),
    "grade": lambda row: str(row["grade"]).upper(),
    "grade_order": lambda row: GRADES.index(str(row["grade"])) + 1,
    "hourly_pay": lambda row: _pounds(row["hourly_pence"]),
    "bonus": lambda row: _pounds(row["bonus_pence"]),
    "applied": lambda row: row["period"],
}
# Numbers that the tables do not have, since no measure asks for them.
_NUMBERED = {"vacancy": "V", "case": "C", "course": "T"}


def _said(column: str, row: _Row, number: int) -> Any:  # noqa: ANN401 - whatever a cell holds
    if column in _NUMBERED:
        return f"{_NUMBERED[column]}{number}"
    value = _MADE[column](row) if column in _MADE else row[column]
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if column in _WORDS:
        return _WORDS[column].get(str(value), value)
    if column == "kind":
        return str(value).capitalize()
    return value


def _pounds(pence: int | None) -> str:
    return "" if pence is None else f"{Decimal(pence) / 100:.2f}"
