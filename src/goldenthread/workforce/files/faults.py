"""What can be wrong with a workforce file: every rule in words, and the findings that count them.

A finding says which rule, in which column and in which rows. It has no place for a value.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from goldenthread.errors import Place
from goldenthread.workforce.files.headings import Heading

Effect = Literal["set apart", "passed over", "note"]
"""What becomes of a row that breaks a rule: it is set apart, or passed over, or counted all the
same."""


@dataclass(frozen=True)
class Rule:
    """A rule: what is said of the rows that break it, how to mend them, and their fate."""

    says: str
    mend: str
    effect: Effect = "set apart"


RULES: Mapping[str, Rule] = {
    "blank": Rule("The value is needed and is blank.", "Fill it in the HR system."),
    "not_a_day": Rule("This is no day.", "Write days as 31/03/2026 or 2026-03-31."),
    "impossible_day": Rule(
        "There is no such day, or it cannot be this one.", "Look it up, and correct it."
    ),
    "day_order": Rule(
        "Some days of the column are written day first and some month first, so that none is sure.",
        "Say which it is with --day-order, or write days as 2026-03-31.",
    ),
    "not_a_number": Rule("This is no number.", "Write numbers as 1234.56, and nothing beside."),
    "not_whole": Rule("This is no whole number.", "Write it without decimals."),
    "impossible_number": Rule(
        "The number is outside of what is possible (see the contract of the file).",
        "Look it up, and correct it.",
    ),
    "not_yes_no": Rule("This is neither yes nor no.", "Write Yes or No."),
    "not_one_of": Rule(
        "This is none of the kinds that the contract lists.", "Use its words, or take the row out."
    ),
    "shortened": Rule(
        "A spreadsheet has shortened a long number (as in 1.2E+11), and the rest of it is lost.",
        "Export it again, and do not open the CSV file in a spreadsheet before it is read.",
    ),
    "names_somebody": Rule(
        "A name, an e-mail address or a National Insurance number stands for a person's number.",
        "Use a number that says nothing about who it is.",
    ),
    "formula": Rule(
        "A formula stands where a value should.",
        "Copy the column and paste it as values; or take the = + - or @ off its beginning.",
    ),
    "error_value": Rule("A formula failed here, as in #N/A.", "Correct the formula's source."),
    "encoding": Rule(
        "Signs were written in one encoding and read in another.",
        "Export it again as UTF-8 (in Excel: “CSV UTF-8”).",
    ),
    "control": Rule("The value has signs that do not print.", "Type it again."),
    "too_long": Rule("The value is too long for this column.", "Keep free text out of the file."),
    "ragged": Rule(
        "The row has more values than there are headings, so that some stand in the wrong column.",
        "Put values that hold a comma in quotes, or export the file again.",
    ),
    "repeated": Rule(
        "The same one stands in more than one row, and the rows differ.",
        "Keep one row of each (of several posts the main one, or add a column “Main post”).",
    ),
    "same_again": Rule(
        "The row says the same as one before it.",
        "Nothing, where it came in twice; only the first is counted.",
        "passed over",
    ),
    "alike": Rule(
        "The row says the same as one before it, and both are counted.",
        "Look whether it came in twice.",
        "note",
    ),
    "further_post": Rule(
        "The row is a further post of somebody, and not the main one.", "Nothing.", "passed over"
    ),
    "unknown_unit": Rule(
        "The list of units has no unit of this name, or more than one.",
        "Correct the name, or add the unit to the list.",
    ),
    "grade_order": Rule(
        "The grade has no place among the grades.", "Add it to the list of grades, or its order."
    ),
    "grade_orders": Rule(
        "The grade has another order in another row.", "Give each grade one order."
    ),
    "birth_after_start": Rule(
        "The start date is before the date of birth.", "Look both up, and correct them."
    ),
    "starts_later": Rule(
        "The start date is after the snapshot date.", "Take out who had not started on the day."
    ),
    "impossible_age": Rule(
        "The age on the snapshot date is below 14 or over 100.", "Look up the date of birth."
    ),
    "appointed_unlisted": Rule(
        "Somebody was appointed who was not shortlisted.", "Say that they were shortlisted."
    ),
}
"""Every rule by its code."""


@dataclass(frozen=True)
class Finding:
    """The rows that break one rule in one column, without any value.

    ``column`` is that of the contract and ``heading`` what the file calls it; both are empty where
    the rule is about the row. ``rows`` are the numbers of the rows in the file, in order.
    """

    rule: str
    column: str
    heading: Heading | None
    rows: Sequence[int]
    sheet: str | None = None

    @property
    def effect(self) -> Effect:
        """What became of the rows."""
        return RULES[self.rule].effect

    @property
    def says(self) -> str:
        """What is wrong with them."""
        return RULES[self.rule].says

    @property
    def mend(self) -> str:
        """What to do."""
        return RULES[self.rule].mend

    def first(self, most: int = 5) -> list[Place]:
        """Where the first of them stand."""
        column = self.heading.column if self.heading else None
        table = None if self.sheet is not None else 1
        return [
            Place(sheet=self.sheet, table=table, row=row, column=column) for row in self.rows[:most]
        ]


class Faults:
    """Which row breaks which rule in which column, while a file is checked."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, str], array[int]] = {}

    def add(self, rule: str, column: str, row: int) -> None:
        """One more row, by its place among the rows that were read."""
        self._held.setdefault((rule, column), array("I")).append(row)

    def __iter__(self) -> Iterator[tuple[str, str, array[int]]]:
        for (rule, column), rows in self._held.items():
            yield rule, column, array("I", sorted(set(rows)))
