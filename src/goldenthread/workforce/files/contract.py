"""The published contracts of workforce files: which columns are read, in which form, and why.

A contract is data, in ``contracts/``. A column that no contract names is never read.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Form = Literal[
    "words", "code", "reference", "day", "money", "hours", "share", "whole", "yes_no", "choice"
]
"""How a value is written; ``FORMS`` says each in words."""

FORMS: Mapping[str, str] = {
    "words": "words or a code, kept as they are until they are mapped",
    "code": "words, kept in small letters with single blanks",
    "reference": "a number or code that tells one from another",
    "day": "a day: 2026-03-31, 31/03/2026, 31-MAR-2026, 31 March 2026",
    "money": "pounds and pence: 1,234.56 or £1,234.56",
    "hours": "hours: 37.5 or 37:30",
    "share": "a share: 0.6 or 60%",
    "whole": "a whole number",
    "yes_no": "yes or no: Yes, No, Y, N, 1, 0, True, False",
    "choice": "one of the kinds listed",
}
NAMES = ("people", "pay", "applications", "cases", "training", "moves")
"""The contracts there are; ``people`` is the main one."""
VERSION = 1
"""Of all contracts; a higher one where a column of one means something else than before."""


@dataclass(frozen=True)
class Column:
    """One column of a contract.

    ``needed`` columns must be there and filled in every row; ``needed_in_file`` ones must be there,
    and ``needed_in_row`` ones filled where they are there. ``of_somebody`` is the number by which
    people are told apart, which may not say who they are. ``blank`` is what a blank yes-or-no
    means. ``least`` and ``most`` bound a number, in whole pence where it is money, and ``places``
    are the decimals that are kept.
    ``earliest`` bounds a day; ``latest`` names what it may not be after: ``today``, or another
    column. ``headers`` are what HR systems call the column, folded, the surest first.
    """

    name: str
    title: str
    meaning: str
    form: Form
    headers: tuple[str, ...]
    examples: tuple[str, ...]
    needed: bool = False
    needed_in_file: bool = False
    needed_in_row: bool = False
    of_somebody: bool = False
    characteristic: bool = False
    blank: Literal["yes", "no", ""] = ""
    least: int | None = None
    most: int | None = None
    places: int = 0
    earliest: date | None = None
    latest: str = ""
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Contract:
    """What a file of one kind holds: its columns, what makes a row one of a kind, what it gives.

    ``key`` are the columns that no two rows may share; without one of them in the file only rows
    that are wholly alike are told. Of each group in ``one_of`` one column must be there.
    ``never_before`` are pairs of days of which the first may not lie before the second, and
    ``implies`` pairs of flags of which the first needs the second, each with the rule it breaks.
    ``gives`` are the names of what a typed row holds, in order.
    """

    name: str
    title: str
    about: str
    one_row: str
    columns: tuple[Column, ...]
    gives: tuple[str, ...]
    key: tuple[str, ...] = ()
    one_of: tuple[tuple[str, ...], ...] = ()
    never_before: tuple[tuple[str, str, str], ...] = ()
    implies: tuple[tuple[str, str, str], ...] = ()

    @property
    def version(self) -> str:
        """Its name and its version, as what is kept says what it was held to: ``people/1``."""
        return f"{self.name}/{VERSION}"

    def column(self, name: str) -> Column:
        """The column of this name; raises ``KeyError`` where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        return any(column.name == name for column in self.columns)


@cache
def contract(name: str) -> Contract:
    """The contract of this name, one of ``NAMES``; raises ``ValueError`` for another.

    >>> contract("people").column("hourly_pay").form
    'money'
    >>> contract("people").key
    ('snapshot', 'person')
    """
    if name not in NAMES:
        raise ValueError(f"There is no contract of this name; there are {', '.join(NAMES)}.")
    text = (
        files("goldenthread.workforce.files")
        .joinpath("contracts", f"{name}.toml")
        .read_text("utf-8")
    )
    told = tomllib.loads(text)
    columns = tuple(_column(one) for one in told.pop("column"))
    return Contract(columns=columns, **{name: _frozen(value) for name, value in told.items()})


def _column(told: dict[str, Any]) -> Column:
    said = {name: _frozen(value) for name, value in told.items() if name != "earliest"}
    earliest = date.fromisoformat(told["earliest"]) if "earliest" in told else None
    return Column(**said, earliest=earliest)


def _frozen(value: Any) -> Any:  # noqa: ANN401 - whatever TOML holds
    if isinstance(value, list):
        return tuple(_frozen(each) for each in value)
    if isinstance(value, dict):
        return {name: _frozen(each) for name, each in value.items()}
    return value
