"""A table of internal figures as a frozen value, which no chart and no document takes."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from typing import Any, ClassVar, Literal, TypeAlias, get_args

from goldenthread.disclosure.cells import guard
from goldenthread.errors import Unreadable

SCHEMA = "goldenthread.raw-table/1"
MARK = "Internal: not for publication"
"""What every file of such a table says of itself, in every row of a CSV."""

_NO_TEXT = "a table of internal figures is not shown: protect it, and show the SafeTable"

Kind = Literal["words", "count", "share", "pence", "number", "day", "flag"]
"""What a column holds: ``share`` is in per cent, ``pence`` whole pence; ``number`` any figure."""


@dataclass(frozen=True)
class NotSaid:
    """A figure that is not given, and why: never a number, and never an empty cell.

    ``marker`` is the shorthand of official statistics that a table shows: ``[c]`` withheld because
    few people stand behind it, ``[x]`` not available, ``[z]`` not applicable.

    Source: https://gss.civilservice.gov.uk/policy-store/symbols-in-tables-definitions-and-help/

    >>> NotSaid("Fewer than 10 people are on one side.").marker
    '[c]'
    """

    why: str
    marker: Literal["[c]", "[x]", "[z]"] = "[c]"

    def __post_init__(self) -> None:
        if not _has_words(self.why) or self.marker not in ("[c]", "[x]", "[z]"):
            raise Unreadable("A figure that is not given says why, and is marked [c], [x] or [z].")


Figure: TypeAlias = int | float | Decimal | Fraction
Cell: TypeAlias = str | Figure | date | bool | NotSaid | None
"""What stands in a row. None is an empty cell: there is nothing to say."""


@dataclass(frozen=True)
class Column:
    """One column: what it is called in a file, what its head says, what it holds and its unit.

    >>> Column("share", "Share of staff", "share", "% of headcount").unit
    '% of headcount'
    """

    name: str
    title: str
    kind: Kind = "words"
    unit: str = ""

    def __post_init__(self) -> None:
        if not (_has_words(self.name) and _has_words(self.title)):
            raise Unreadable("A column of a table has a name and a title.")
        if self.kind not in get_args(Kind):
            raise Unreadable(f"A column is one of these kinds: {', '.join(get_args(Kind))}.")


@dataclass(frozen=True)
class RawTable:
    """Figures about staff as they are, for the body's own analysts and nobody else.

    Nothing has been protected: a small figure in it may be somebody. So no function that draws or
    prints takes one, its files say of themselves that they are not for publication, and it is no
    text: ``str``, ``format`` and a template raise ``TypeError``, and ``repr`` names it without a
    row. What may leave is another type, made by the gate alone (``SafeTable``).

    Shape: ``rows`` hold one cell for each of ``columns``, in order. Units: each column's own;
    ``base`` is how many ``of`` (people in post, applications) the table rests on, None where each
    row has its own base in a column. Missing: None is an empty cell, ``NotSaid`` a figure that is
    not given. Raises ``Unreadable`` for a figure that is no number (NaN, infinity), one that its
    column cannot hold, a row of another length, two columns of one name, and a table without a
    title, columns or source; the sentence names row and column, never the figure.

    >>> table = RawTable(
    ...     name="sex",
    ...     title="Staff by sex",
    ...     columns=(Column("sex", "Sex"), Column("people", "People", "count")),
    ...     rows=(("Female", 61), ("Male", 39)),
    ...     as_at=date(2026, 3, 31),
    ...     base=100,
    ...     of="people in post",
    ...     sources=("The HR extract of 31 March 2026",),
    ... )
    >>> from_json(to_json(table)) == table
    True
    >>> RawTable("sex", "Staff", (Column("n", "N", "count"),), ((float("nan"),),),
    ...     date(2026, 3, 31), None, "people", sources=("HR",))
    Traceback (most recent call last):
    ...
    goldenthread.errors.Unreadable: Row 1, column “N”: this is not a number. ...
    """

    never_shown: ClassVar[bool] = True
    """What a template looks for before it finds anything of a thing that it was given."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    as_at: date
    base: int | None
    of: str
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for field in ("columns", "notes", "sources"):
            object.__setattr__(self, field, tuple(getattr(self, field)))
        object.__setattr__(self, "rows", tuple(tuple(row) for row in self.rows))
        if not (_has_words(self.name) and _has_words(self.title) and _has_words(self.of)):
            raise Unreadable("A table has a name, a title, and says what it counts.")
        if not self.columns or not any(map(_has_words, self.sources)):
            raise Unreadable("A table has columns, and says where its figures come from.")
        if len({column.name for column in self.columns}) < len(self.columns):
            raise Unreadable("Two columns of the table have one name.", do="Name each differently.")
        if self.base is not None and (type(self.base) is not int or self.base < 0):
            raise Unreadable("The base of a table is a whole number, nought or more.")
        if isinstance(self.as_at, bool) or type(self.as_at) is not date:
            raise Unreadable("A table says on which day its figures stood.")
        for number, row in enumerate(self.rows, 1):
            if len(row) != len(self.columns):
                raise Unreadable(f"Row {number} does not have one cell for each column.")
            for cell, column in zip(row, self.columns, strict=True):
                _check(cell, column, number)

    def __repr__(self) -> str:
        """Its name and its size: a log or a traceback shows no row."""
        return f"<RawTable {self.name!r}, {len(self.rows)} rows. {MARK}>"

    def __str__(self) -> str:
        raise TypeError(_NO_TEXT)

    def __format__(self, form: str) -> str:
        raise TypeError(_NO_TEXT)

    def __html__(self) -> str:
        """Nothing: a template that meets the table stops."""
        raise TypeError(_NO_TEXT)


def to_json(table: RawTable) -> dict[str, Any]:
    """The table as plain values ready for JSON, marked as internal; days in ISO form.

    Exact figures stay exact: a decimal is ``{"decimal": "12.50"}``, a fraction ``{"fraction":
    "1/3"}``, a figure that is not given ``{"not_said": why, "marker": "[c]"}``.
    """
    return {
        "schema": SCHEMA,
        "status": MARK,
        "name": table.name,
        "title": table.title,
        "as_at": table.as_at.isoformat(),
        "base": table.base,
        "of": table.of,
        "columns": [
            {"name": one.name, "title": one.title, "kind": one.kind, "unit": one.unit}
            for one in table.columns
        ],
        "rows": [[_plain(cell) for cell in row] for row in table.rows],
        "notes": list(table.notes),
        "sources": list(table.sources),
    }


def from_json(plain: Mapping[str, Any]) -> RawTable:
    """The table that :func:`to_json` wrote, equal to it in every field.

    Raises ``Unreadable`` where it is no such table, one of a version that is not known here, one
    that has lost its mark, or one with a cell that its column cannot hold.
    """
    if not isinstance(plain, Mapping) or plain.get("schema") != SCHEMA:
        raise Unreadable(
            "This is not a table that this version of Golden Thread can read.",
            do=f"Its “schema” must be “{SCHEMA}”.",
        )
    if plain.get("status") != MARK:
        raise Unreadable(
            "The table has lost the mark that says it is internal.",
            do="Make it again from the records.",
        )
    try:
        columns = tuple(
            Column(str(c["name"]), str(c["title"]), c["kind"], str(c["unit"]))
            for c in plain["columns"]
        )
        return RawTable(
            name=str(plain["name"]),
            title=str(plain["title"]),
            columns=columns,
            rows=tuple(
                tuple(_cell(cell, column) for cell, column in zip(row, columns, strict=True))
                for row in plain["rows"]
            ),
            as_at=date.fromisoformat(plain["as_at"]),
            base=plain["base"],
            of=str(plain["of"]),
            notes=tuple(map(str, plain["notes"])),
            sources=tuple(map(str, plain["sources"])),
        )
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        # The error itself may repeat a figure.
        raise Unreadable(
            "The table is damaged.", do="Make it again from the records."
        ) from error.with_traceback(None)


def to_csv(table: RawTable) -> str:
    """The table as CSV (RFC 4180), with the mark, the title and the day in every row.

    They stand in every row so that rows copied out of the file still say that they are internal. A
    table without rows has one that holds nothing else. Words that a spreadsheet would compute get
    an apostrophe in front; figures are written as numbers, a fraction to twelve decimals (JSON has
    it exact), and a figure that is not given as its marker.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    heads = [f"{one.title} ({one.unit})" if one.unit else one.title for one in table.columns]
    writer.writerow([*map(guard, heads), "Status", "Table", "Position at"])
    about = [MARK, guard(table.title), table.as_at.isoformat()]
    for row in table.rows or ((None,) * len(table.columns),):
        writer.writerow([*map(_said, row), *about])
    return out.getvalue()


def _check(cell: Cell, column: Column, number: int) -> None:
    where = f"Row {number}, column “{column.title}”:"
    if cell is None or (isinstance(cell, NotSaid) and column.kind not in ("words", "flag")):
        return
    if column.kind in ("words", "day", "flag"):
        held = {"words": str, "day": date, "flag": bool}[column.kind]
        if type(cell) is not held:
            raise Unreadable(f"{where} this is not what the column holds ({column.kind}).")
        return
    if isinstance(cell, bool) or not isinstance(cell, int | float | Decimal | Fraction):
        raise Unreadable(
            f"{where} this is no figure.", do="Give a number, or say why there is none."
        )
    if not _finite(cell):
        raise Unreadable(f"{where} this is not a number.", do="Say why there is no figure instead.")
    if column.kind in ("count", "pence") and type(cell) is not int:
        raise Unreadable(f"{where} a {column.kind} is a whole number.")
    if column.kind in ("count", "share") and cell < 0:
        raise Unreadable(f"{where} a {column.kind} cannot be less than nought.")
    if column.kind == "share" and cell > 100:
        raise Unreadable(f"{where} a share lies between 0% and 100%.")


def _plain(cell: Cell) -> Any:  # noqa: ANN401 - whatever JSON holds
    if isinstance(cell, NotSaid):
        return {"not_said": cell.why, "marker": cell.marker}
    if isinstance(cell, Decimal):
        return {"decimal": str(cell)}
    if isinstance(cell, Fraction):
        return {"fraction": str(cell)}
    return cell.isoformat() if isinstance(cell, date) else cell


def _cell(plain: Any, column: Column) -> Cell:  # noqa: ANN401 - whatever JSON holds
    if isinstance(plain, Mapping):
        if "not_said" in plain:
            return NotSaid(str(plain["not_said"]), plain["marker"])
        if "decimal" in plain:
            return Decimal(plain["decimal"])
        return Fraction(plain["fraction"])
    if column.kind == "day" and plain is not None:
        return date.fromisoformat(plain)
    held: Cell = plain
    return held


def _said(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case NotSaid():
            return cell.marker
        case bool():
            return "yes" if cell else "no"
        case Fraction():
            return _decimals(cell)
        case Decimal():
            return f"{cell:f}"
        case date():
            return cell.isoformat()
        case str():
            return guard(cell)
        case _:
            return repr(cell)


def _finite(cell: Figure) -> bool:
    # Not math.isfinite alone, which asks a float of every number: some are too great for one.
    if isinstance(cell, Decimal):
        return cell.is_finite()
    return not isinstance(cell, float) or isfinite(cell)


def _decimals(cell: Fraction) -> str:
    """Twelve decimals at most, a half rounded up."""
    scaled = (abs(cell) * 10**12 + Fraction(1, 2)).__floor__()
    whole, rest = divmod(scaled, 10**12)
    sign = "-" if cell < 0 and scaled else ""
    return f"{sign}{whole}.{rest:012}".rstrip("0").rstrip(".")


def _has_words(words: str) -> bool:
    """Whether there is anything in it that a person can see."""
    return any(letter.isprintable() and not letter.isspace() for letter in words)
