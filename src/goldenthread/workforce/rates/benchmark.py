"""The people whom a workforce might look like: a census, from a file that says what it counts."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

from goldenthread.errors import Unreadable
from goldenthread.workforce.staff_columns import (
    MISSING,
    Characteristic,
    GroupingName,
    in_words,
)

_ABOUT = (
    "area",
    "taken_on",
    "ages",
    "characteristic",
    "grouping",
    "source",
    "address",
)
AGES = ("working_age", "all_ages")
_LARGEST = 1_000_000


@dataclass(frozen=True)
class Benchmark:
    """How an area's people divide, and on what authority.

    ``ages`` is ``working_age`` or ``all_ages``: there is no default, since children are of other
    ethnic groups than the grown, and the choice moves every comparison. ``age_words`` says which
    ages those are. ``shares`` are exact, of those who answered.
    """

    area: str
    taken_on: date
    ages: str
    age_words: str
    characteristic: str
    grouping: str
    source: str
    address: str
    shares: Mapping[str, Fraction]
    people: int | None

    @property
    def name(self) -> str:
        """What the reference is, as every figure that is held against it prints it."""
        whom = "people of working age" if self.ages == "working_age" else "people of all ages"
        words = f" ({self.age_words})" if self.age_words else ""
        return f"of {whom}{words} in {self.area} on {in_words(self.taken_on)} ({self.source})"


def read_benchmark(path: Path | str) -> Benchmark:
    """The benchmark population that a CSV or JSON file holds.

    Shape: a CSV has the columns ``area, taken_on, ages, characteristic, grouping, source, address``
    with the same words in every row, ``code`` and ``people`` or ``per_cent`` with one group a row,
    and ``age_words`` if it likes. A JSON object has the same names, with ``groups`` that give each
    code its ``people`` or, as text, its ``per_cent``. ``taken_on`` is written 2021-03-21.
    Units: people, or per cent that add up to 100 within 0.5.
    Missing: a group ``prefer_not_to_say`` or other state of missing is left out of the shares.
    Raises ``Unreadable`` where there is no such file, a name lacks, ``ages`` is neither
    ``working_age`` nor ``all_ages``, nobody is counted by its characteristic or grouping, the words
    differ between rows, a code stands twice, or a number is none.

    Source: the form is ours; figures such as TS021 of the Census 2021 come from
    https://www.nomisweb.co.uk/
    """
    file = Path(path)
    try:
        if file.stat().st_size > _LARGEST:
            raise Unreadable("The file is larger than 1 MB.", do="Give one area.")
        text = file.read_text(encoding="utf-8-sig")
        given = _json(text) if file.suffix.lower() == ".json" else _csv(text)
        return _benchmark(*given)
    except OSError as wrong:
        raise Unreadable(f"It could not be opened ({wrong.strerror}).", file=file.name) from None
    except UnicodeDecodeError:
        raise Unreadable("It is not UTF-8.", do="Save it as UTF-8.", file=file.name) from None
    except Unreadable as refusal:
        refusal.in_file(file.name)
        raise


def _json(text: str) -> tuple[dict[str, Any], list[tuple[str, Any, str]]]:
    try:
        told = json.loads(text, parse_float=Decimal, object_pairs_hook=_once)
    except (json.JSONDecodeError, RecursionError):
        raise Unreadable("It is no JSON.", do="Export it again.") from None
    if not isinstance(told, dict) or not isinstance(told.get("groups"), dict):
        raise Unreadable("It has no groups.", do="Give an object with a name “groups”.")
    unit = "per_cent" if told.get("unit") == "per_cent" else "people"
    return told, [(name, value, unit) for name, value in told["groups"].items()]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) != len(pairs):
        raise Unreadable("A name stands twice in one object.", do="Give each group once.")
    return dict(pairs)


def _csv(text: str) -> tuple[dict[str, Any], list[tuple[str, Any, str]]]:
    try:
        rows = list(csv.DictReader(io.StringIO(text), strict=True))
    except csv.Error:
        raise Unreadable("It is no CSV.", do="Export it again.") from None
    if not rows:
        raise Unreadable("It has no rows.", do="Give one row for each group.")
    for number, row in enumerate(rows, 2):
        for name in (*_ABOUT, "age_words"):
            if row.get(name) != rows[0].get(name):
                raise Unreadable(
                    f"Row {number} has another {name} than the first.", do="Give one population."
                )
    unit = "per_cent" if "per_cent" in rows[0] else "people"
    groups = [(row.get("code") or "", row.get(unit), unit) for row in rows]
    if len({name for name, *_ in groups}) != len(groups):
        raise Unreadable("A code stands in two rows.", do="Give each group once.")
    return dict(rows[0]), groups


def _benchmark(about: dict[str, Any], groups: list[tuple[str, Any, str]]) -> Benchmark:
    for name in _ABOUT:
        if not isinstance(about.get(name), str) or not about[name].strip():
            raise Unreadable(f"It does not say its {name}.", do=f"Say all of {', '.join(_ABOUT)}.")
    if about["ages"] not in AGES:
        raise Unreadable(
            "It does not say whether it counts people of working age.",
            do="Write working_age or all_ages under ages.",
        )
    for name, there in (("characteristic", Characteristic), ("grouping", GroupingName)):
        if about[name].strip() not in get_args(there):
            raise Unreadable(
                f"Its {name} is none that is counted.", do=f"Write {_or(get_args(there))}."
            )
    try:
        taken = date.fromisoformat(about["taken_on"])
    except ValueError:
        raise Unreadable("Its taken_on is no date.", do="Write it as 2021-03-21.") from None
    amounts = {name: _amount(value) for name, value, _ in groups if name not in MISSING}
    if not all(amounts) or not sum(amounts.values()):
        raise Unreadable("It has a group without a code, or nobody.", do="Give each its code.")
    whole, per_cent = sum(amounts.values(), Fraction(0)), groups[0][2] == "per_cent"
    if per_cent and len(amounts) == len(groups) and abs(whole - 100) > Fraction(1, 2):
        raise Unreadable("Its percentages do not add up to 100.", do="Give every group.")
    if not per_cent and any(value.denominator != 1 for value in amounts.values()):
        raise Unreadable("It counts a part of a person.", do="Give people in whole numbers.")
    return Benchmark(
        **{name: about[name].strip() for name in _ABOUT if name != "taken_on"},
        taken_on=taken,
        age_words=str(about.get("age_words") or "").strip(),
        shares=MappingProxyType({name: value / whole for name, value in amounts.items()}),
        people=None if per_cent else int(whole),
    )


def _or(names: tuple[str, ...]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"


def _amount(value: object) -> Fraction:
    try:
        number = Decimal(str(value).replace(",", ""))
        if not number.is_finite() or number < 0 or number > 10**11:
            raise ValueError
        return Fraction(number)
    except (InvalidOperation, ValueError):
        raise Unreadable(
            "A group has no number, or one below nought.", do="Give people or per cent."
        ) from None
