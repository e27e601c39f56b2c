"""How we say no, and where: the refusals a person can read, and the place each one points to.

A refusal says what happened, where, and what to do next, and never repeats a value from a staff
record or an answer. A programmer's mistake is a plain ``ValueError`` or ``TypeError`` instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands in a file, as a person would look for it.

    Every number counts from 1; None means that the file has no such thing or that it is not known.
    In a spreadsheet ``row`` and ``column`` are those of the sheet and ``table`` is None.

    >>> str(Place(page=2, table=1, row=9, item=1))
    'page 2, table 1, row 9, item 1'
    >>> str(Place(sheet="Place", row=7, column=3))
    'sheet “Place”, row 7, column C'
    """

    page: int | None = None
    sheet: str | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    paragraph: int | None = None
    item: int | None = None

    def __str__(self) -> str:
        parts = []
        for field in fields(self):
            value = getattr(self, field.name)
            if value is None:
                continue
            if field.name == "sheet":
                value = f"“{value}”"
            elif field.name == "column" and self.sheet is not None:
                value = _letters(value)
            parts.append(f"{field.name} {value}")
        return ", ".join(parts)

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) is not None for field in fields(self))

    def at(self, **changes: Any) -> Place:  # noqa: ANN401
        """The same place made more exact, e.g. ``place.at(item=2)``."""
        return replace(self, **changes)


def _letters(column: int) -> str:
    """A spreadsheet's name for a column: 1 is A, 27 is AA."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


class Refusal(Exception):
    """The root of everything we refuse: ``what`` happened, ``where``, and what to ``do``."""

    def __init__(
        self, what: str, *, do: str = "", place: Place | None = None, file: str = ""
    ) -> None:
        self.what, self.do, self.place, self.file = what, do, place or Place(), file
        super().__init__(what)

    def __str__(self) -> str:
        where = ": ".join(part for part in (self.file, str(self.place)) if part)
        sentence = f"{where}: {self.what}" if where else self.what
        return f"{sentence} {self.do}".rstrip()

    def in_file(self, file: str) -> Refusal:
        """The same refusal, naming the file it is about."""
        self.file = file
        return self


class Unreadable(Refusal):
    """Nothing here that we can read: empty, damaged, locked, a picture, or no plan in it."""


class Unsafe(Refusal):
    """It could be read and must not be: macros, a bomb, an outside reference, a limit passed.

    ``rule`` names the rule that was broken, so that a program may tell the cases apart.
    """

    def __init__(
        self, what: str, *, rule: str, do: str = "", place: Place | None = None, file: str = ""
    ) -> None:
        self.rule = rule
        super().__init__(what, do=do, place=place, file=file)


class NotAllowed(Refusal):
    """This person may not do this, or not to this thing, or not in the state that it is in.

    ``permission`` names what would have been needed and ``rule`` which rule said no.
    """

    def __init__(self, what: str, *, permission: str, rule: str = "", do: str = "") -> None:
        self.permission, self.rule = permission, rule
        super().__init__(what, do=do)


class OutOfStep(Refusal):
    """Somebody else changed it first: both versions, so that no work is lost.

    ``yours`` is what was sent and ``theirs`` what now stands, field by field.
    """

    def __init__(
        self,
        what: str,
        *,
        yours: Mapping[str, Any] | None = None,
        theirs: Mapping[str, Any] | None = None,
        do: str = "",
    ) -> None:
        self.yours, self.theirs = dict(yours or {}), dict(theirs or {})
        super().__init__(what, do=do)


class Busy(Refusal):
    """Somebody else's long work held the database; nothing was done, and it may be sent again."""


class Missing(Refusal):
    """Something that is needed is not there: a thing that was asked for, or an answer in a form.

    ``needs`` holds a sentence for each answer that is missing or cannot be used, by its field.
    """

    def __init__(self, what: str, *, needs: Mapping[str, str] | None = None, do: str = "") -> None:
        self.needs = dict(needs or {})
        super().__init__(what, do=do)
