"""The columns of a gathered file in their forms: each different word read once."""

from __future__ import annotations

from array import array
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from goldenthread.workforce.files import forms
from goldenthread.workforce.files.checked import Note
from goldenthread.workforce.files.contract import Column
from goldenthread.workforce.files.days import read_days
from goldenthread.workforce.files.faults import Faults
from goldenthread.workforce.files.gather import Words
from goldenthread.workforce.files.headings import Order

LAST_DAY = date(2100, 1, 1)
"""No day of a workforce file lies after it."""


@dataclass
class Typed:
    """A column in its form: for each row the number of its value, and the values by number."""

    codes: array[int] | None
    values: list[Any]
    faults: dict[int, str] = field(default_factory=dict)

    def of(self, row: int) -> Any:  # noqa: ANN401 - whatever the form holds
        """The value of a row."""
        return self.values[0 if self.codes is None else self.codes[row]]


def constant(value: Any) -> Typed:  # noqa: ANN401 - whatever the form holds
    """A column in which every row holds the same."""
    return Typed(None, [value])


def typed(
    words: Words, column: Column, order: Order | None, until: date
) -> tuple[Typed, list[Note]]:
    """The column in its form, the rule that each bad word breaks, and what had to be assumed.

    Blanks are None, or what the contract says of them; in characteristics they stay "". ``until``
    is the last day that a day of the column may be.
    """
    tidied = [forms.tidy(word) for word in words.words]
    faults: dict[int, str] = {}
    for code, word in enumerate(tidied):
        if word and (rule := forms.suspect(word, column)):
            faults[code] = rule
    notes: list[Note] = []
    if column.form == "day":
        values = _days(tidied, faults, column, order, until, notes)
    else:
        values = [None] * len(tidied)
        for code, word in enumerate(tidied):
            if word and code not in faults:
                values[code], rule = forms.read(word, column)
                if rule:
                    faults[code] = rule
            elif not word:
                values[code] = _blank(column)
    if column.form in ("hours", "share"):
        values = [value or None for value in values]  # nought is no fixed hours
    if column.needed or column.needed_in_row:
        faults.update((code, "blank") for code, word in enumerate(tidied) if not word)
    return Typed(words.codes, values, faults), notes


def _blank(column: Column) -> Any:  # noqa: ANN401 - whatever the form holds
    if column.form == "yes_no":
        return {"yes": True, "no": False}.get(column.blank)
    return "" if column.characteristic else None


def _days(
    tidied: Sequence[str],
    faults: dict[int, str],
    column: Column,
    order: Order | None,
    until: date,
    notes: list[Note],
) -> list[Any]:
    found = read_days(tidied, faults, order, until)
    faults.update(found.faults)
    last = until if column.latest == "today" else LAST_DAY
    for code, value in enumerate(found.values):
        if value and not (column.earliest or date.min) <= value <= last:
            faults[code] = "impossible_day"
            found.values[code] = None
    if found.assumed:
        notes.append(
            Note(
                "day_first",
                f"No day in “{column.title}” shows whether the day or the month comes first; they "
                f"were read day first. Say it with --day-order {column.name}=day.",
            )
        )
    if found.serials:
        says = f"“{column.title}” holds Excel's numbers of days; they were read as from 1900."
        notes.append(Note("serial_days", says))
    return list(found.values)


def tell(column: str, found: Typed, faults: Faults, skip: Container[int]) -> None:
    """Add every row whose word breaks a rule, but those to ``skip``."""
    if not found.faults or found.codes is None:
        return
    bad = found.faults
    for row, code in enumerate(found.codes):
        if code in bad and row not in skip:
            faults.add(bad[code], column, row)


def joined(parts: Sequence[Typed], rows: int) -> Typed:
    """A column whose value in each row is the tuple of the parts' values."""
    codes, values = array("I"), list[Any]()
    known: dict[tuple[int, ...], int] = {}
    for row in range(rows):
        key = tuple(0 if part.codes is None else part.codes[row] for part in parts)
        code = known.get(key)
        if code is None:
            code = known[key] = len(values)
            values.append(tuple(part.values[at] for part, at in zip(parts, key, strict=True)))
        codes.append(code)
    return Typed(codes, values)
