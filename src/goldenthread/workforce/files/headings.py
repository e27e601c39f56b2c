"""Which column of a file is which column of a contract, by the words at its head.

HR systems call things by many names; the contract lists them. Where a name is not known, an officer
says once which column is which, and that is remembered by the fingerprint of the headings.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from goldenthread.errors import Unreadable
from goldenthread.workforce.files.contract import Contract

SCHEMA = "goldenthread.columns/1"
"""What a file of remembered columns says it is."""

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BETWEEN = re.compile(r"[\W_]+")
_SHOWN = 60

Order = Literal["day", "month"]
"""Whether the day or the month comes first in days such as 03/04/2026."""


@dataclass(frozen=True)
class Layout:
    """What an officer said of a file's columns: headings by contract column, "" for none.

    ``orders`` says of a column of days whether the day or the month comes first.

    >>> Layout({"grade": "Band"}).columns["grade"]
    'Band'
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    orders: Mapping[str, Order] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.columns or self.orders)


@dataclass(frozen=True)
class Heading:
    """A column of the file: its heading as shown, and its number from 1."""

    words: str
    column: int


@dataclass(frozen=True)
class Headings:
    """The row of headings: which contract column stands where, and what is dropped.

    ``read`` are the headings by contract column, in the file's order; ``dropped`` the headings of
    all other columns.
    """

    read: Mapping[str, Heading]
    dropped: tuple[Heading, ...]
    fingerprint: str
    width: int


def folded(words: str) -> str:
    """A heading as it is compared: small letters and digits, one blank between words.

    >>> folded("Ethnic_Origin "), folded("EmployeeNo."), folded("Full/Part Time")
    ('ethnic origin', 'employee no', 'full part time')
    """
    return _BETWEEN.sub(" ", _CAMEL.sub(" ", words)).casefold().strip()


def fingerprint(cells: Iterable[str]) -> str:
    """What tells one set of headings from another, whatever their order.

    >>> fingerprint(["Grade", "Unit"]) == fingerprint(["unit", " grade", ""])
    True
    """
    names = sorted(filter(None, map(folded, cells)))
    return hashlib.sha256("\n".join(names).encode()).hexdigest()


def likeness(cells: Sequence[str], contract: Contract, said: Layout) -> int:
    """How many columns of the contract these cells would be headings of."""
    return len(_places(cells, contract, said)[0])


def headings(
    cells: Sequence[str], contract: Contract, said: Layout, given: Collection[str] = ()
) -> Headings:
    """Which of these headings is which column of the contract.

    What the officer said comes first, then the names in the contract's order. Of two columns that
    could be the same, the one with the surer name is read; two of the same name are refused.
    ``given`` are columns that are told for the whole file, and need not be there.

    Raises ``Unreadable`` that names at once every column that is missing or in doubt, and every
    heading that was said to be there and is not.
    """
    places, doubts = _places(cells, contract, said)
    there = {*places, *given}
    needed = [c for c in contract.columns if c.needed or c.needed_in_file]
    missing = [column.title for column in needed if column.name not in there]
    missing += [
        " or ".join(contract.column(name).title for name in group)
        for group in contract.one_of
        if not there & set(group)
    ]
    if missing:
        doubts.append(f"The headings have no column for: {'; '.join(missing)}.")
    if doubts:
        raise Unreadable(
            " ".join(doubts), do="Say which column is meant with --column, or mend the headings."
        )
    in_order = sorted(places.items(), key=lambda place: place[1])
    read = {name: Heading(shown(cells[at]), at + 1) for name, at in in_order}
    taken = set(places.values())
    dropped = tuple(
        Heading(shown(words), at + 1)
        for at, words in enumerate(cells)
        if words.strip() and at not in taken
    )
    return Headings(read, dropped, fingerprint(cells), len(cells))


def shown(words: str) -> str:
    """A heading as it may be printed: one line, short, nothing but signs that print."""
    line = " ".join("".join(c if c.isprintable() else " " for c in words).split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def _places(
    cells: Sequence[str], contract: Contract, said: Layout
) -> tuple[dict[str, int], list[str]]:
    names = [folded(cell) for cell in cells]
    places: dict[str, int] = {}
    doubts: list[str] = []
    for asked, words in said.columns.items():
        if asked not in contract or not words:
            continue
        found = [at for at, name in enumerate(names) if name == folded(words)]
        if len(found) == 1:
            places[asked] = found[0]
        elif found:
            doubts.append(f"More than one column is called “{shown(words)}”.")
        else:
            doubts.append(f"No column is called “{shown(words)}”.")
    for column in contract.columns:
        if column.name in said.columns:
            continue
        # What the contract itself calls it is the surest name.
        for known in (folded(column.title), *column.headers):
            taken = set(places.values())
            found = [at for at, name in enumerate(names) if name == known and at not in taken]
            if len(found) > 1:
                where = " and ".join(str(at + 1) for at in found)
                doubts.append(f"Columns {where} are both called “{shown(cells[found[0]])}”.")
            if found:
                places[column.name] = found[0]
                break
    return places, doubts


@dataclass(frozen=True)
class Remembered:
    """What was said of files so far: a layout for each contract and fingerprint of headings."""

    layouts: Mapping[tuple[str, str], Layout] = field(default_factory=dict)

    def layout(self, contract: str, cells: Sequence[str]) -> Layout | None:
        """What was said of a file with these headings."""
        return self.layouts.get((contract, fingerprint(cells)))

    def with_layout(self, contract: str, mark: str, layout: Layout) -> Remembered:
        """The same, with what is said of one more set of headings, added to what was said of it."""
        before = self.layouts.get((contract, mark), Layout())
        both = Layout({**before.columns, **layout.columns}, {**before.orders, **layout.orders})
        return replace(self, layouts={**self.layouts, (contract, mark): both})

    def to_json(self) -> str:
        """As a file that a person can read; it holds headings, and nothing of any row."""
        layouts = [
            {
                "contract": contract,
                "headings": mark,
                "columns": dict(sorted(layout.columns.items())),
                "orders": dict(sorted(layout.orders.items())),
            }
            for (contract, mark), layout in sorted(self.layouts.items())
        ]
        told = {"schema": SCHEMA, "layouts": layouts}
        return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def remembered(text: str) -> Remembered:
    """What a file of remembered columns says; raises ``Unreadable`` where it is none.

    >>> kept = Remembered().with_layout("people", fingerprint(["Band"]), Layout({"grade": "Band"}))
    >>> remembered(kept.to_json()) == kept
    True
    """
    try:
        told = json.loads(text)
        if told["schema"] != SCHEMA:
            raise ValueError
        layouts = {
            (_text(one["contract"]), _text(one["headings"])): Layout(
                {_text(name): _text(words) for name, words in one["columns"].items()},
                {_text(name): _order(words) for name, words in one["orders"].items()},
            )
            for one in told["layouts"]
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Unreadable(
            "This is no file of remembered columns.",
            do="Name another with --columns, or take it away and say the columns again.",
        ) from None
    return Remembered(layouts)


def _text(value: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    if not isinstance(value, str):
        raise TypeError
    return value


def _order(value: Any) -> Order:  # noqa: ANN401 - whatever JSON holds
    if value == "day":
        return "day"
    if value == "month":
        return "month"
    raise ValueError
