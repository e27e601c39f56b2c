"""Rows on their way in: people made unrecognisable, types checked, one Parquet file written."""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import NoneType
from typing import Any, Protocol

import duckdb
import numpy as np

from goldenthread.errors import Unreadable
from goldenthread.warehouse import locked
from goldenthread.warehouse.tables import Column, Table

# What a value may be, by the type of its column, and which arrays hold such values. Nothing else is
# let in: the engine would take a number for a code, and a float that is no number for NULL.
_HELD: Mapping[str, tuple[frozenset[type], str]] = {
    "varchar": (frozenset({str, np.str_}), "U"),
    "integer": (frozenset({int, np.int64, np.int32}), "iu"),
    "bigint": (frozenset({int, np.int64, np.int32}), "iu"),
    "decimal": (frozenset({int, Decimal}), "iu"),
    "boolean": (frozenset({bool, np.bool_}), "b"),
    "date": (frozenset({date}), "M"),
}


class Rows(Protocol):
    """Checked rows by column, in the names and types of a table of the contract."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        ...

    def column(self, name: str) -> Sequence[Any]:
        """The value of each row in one column, None (in a masked array: masked) for NULL."""
        ...

    def __len__(self) -> int: ...


@dataclass(frozen=True)
class Arrival:
    """Rows of one table on their way into a vault.

    ``on`` is the day that they show, or to which events were gathered. ``contract`` is the version
    of the contract that they were checked against, ``keep_until`` the last day on which they may be
    held, and ``lists`` those that their codes are of, by name. ``instead`` puts them in the place
    of what is held of that table and day.
    """

    table: str
    on: date
    rows: Rows
    contract: str
    keep_until: date
    lists: tuple[str, ...] = ()
    instead: bool = False


@dataclass(frozen=True)
class Counted:
    """What a file holds, in numbers: its rows, the people in them, its first and last day."""

    rows: int
    people: int | None
    begins: date | None
    ends: date | None


def pseudonym(key: bytes, column: str, number: str) -> str:
    """What the vault calls somebody: HMAC-SHA-256 of their number under its key, in 128 bits.

    The same number gives the same pseudonym in every file of one vault, and another one in another
    vault. Staff and applicants are numbered apart, so the name of the column is part of it. Blanks
    around a number and capitals do not count.

    >>> pseudonym(b"key", "person", "104233") == pseudonym(b"key", "person", " 104233")
    True
    >>> pseudonym(b"key", "person", "104233") == pseudonym(b"key", "applicant", "104233")
    False
    """
    said = f"{column}\0{str(number).strip().casefold()}".encode()
    return hmac.new(key, said, hashlib.sha256).hexdigest()[:32]


def write(rows: Rows, table: Table, key: bytes, place: Path, spill: Path) -> Counted:
    """Write the rows of a table to a new Parquet file, and count them.

    They are ordered by their days and pseudonyms, so that nothing is left of the order of the file
    they came from. Raises ``Unreadable``, naming the column and never a value, where a value is not
    of the column's type or would be rounded to it, where one is missing that must be there, and
    where two rows share what makes a row one; ``ValueError`` for other columns than the table's.
    """
    held = locked.connect([place], spill)
    try:
        _take(held, rows, table, key)
        locked.lock(held)
        held.execute(
            f"copy (select * from kept order by {_order(table)}) to {locked.quoted(str(place))} "
            "(format parquet, compression zstd, use_tmp_file false)"
        )
        return count(held, table, "kept")
    finally:
        held.close()


def insert(held: duckdb.DuckDBPyConnection, rows: Rows, table: Table, key: bytes) -> None:
    """Put rows into a table that the engine holds, as ``write`` puts them into a file."""
    _take(held, rows, table, key)
    held.execute(f"insert into {table.name} select * from kept order by {_order(table)}")
    held.execute("drop table kept")


def without(
    table: Table, file: Path, people: Collection[str], place: Path, spill: Path
) -> Counted | None:
    """Write a file again without some people; None, and nothing written, where none is in it.

    ``people`` are pseudonyms.
    """
    held = locked.connect([file, place], spill)
    try:
        locked.lock(held)
        source = f"read_parquet([{locked.quoted(str(file))}])"
        where = f"{table.key} in ({', '.join(map(locked.quoted, sorted(people)))})"
        found = held.execute(f"select count(*) from {source} where {where}").fetchone()
        if not found or not found[0]:
            return None
        held.execute(f"create table kept as select * from {source} where not {where}")
        held.execute(
            f"copy kept to {locked.quoted(str(place))} "
            "(format parquet, compression zstd, use_tmp_file false)"
        )
        return count(held, table, "kept")
    finally:
        held.close()


def count(held: duckdb.DuckDBPyConnection, table: Table, source: str) -> Counted:
    """The numbers of a table that the engine holds."""
    people = f"count(distinct {table.key})" if table.key else "cast(null as bigint)"
    first = f"min({table.day})" if table.day else "cast(null as date)"
    last = f"max({table.day})" if table.day else "cast(null as date)"
    found = held.execute(f"select count(*), {people}, {first}, {last} from {source}").fetchone()
    assert found is not None  # noqa: S101 - a count always gives a row
    return Counted(*found)


def _take(held: duckdb.DuckDBPyConnection, rows: Rows, table: Table, key: bytes) -> None:
    """Make the engine's table ``kept`` of rows, in the types of the contract, or refuse them."""
    if set(rows.names) != set(table.names):
        raise ValueError(f"the columns of {table.name} are {', '.join(table.names)}")
    held.register(
        "given", {column.name: _values(rows, column, table, key) for column in table.columns}
    )
    types = {name: str(kind) for name, kind, *_ in held.execute("describe given").fetchall()}
    _check(held, table, types)
    cast = ", ".join(f"cast({c.name} as {c.type}) as {c.name}" for c in table.columns)
    held.execute(f"create table kept as select {cast} from given")
    held.unregister("given")
    if table.unique:
        _check_unique(held, table)


def _order(table: Table) -> str:
    """By day and pseudonym, so that nothing is left of the order in which rows came."""
    return ", ".join(dict.fromkeys([*filter(None, (table.day, table.key)), table.names[1]]))


def _values(rows: Rows, column: Column, table: Table, key: bytes) -> Any:  # noqa: ANN401
    """A column as an array that the engine reads; its values are of the column's type."""
    name = column.name
    values = rows.column(name)
    if len(values) != len(rows):
        raise ValueError(f"the column {name} does not have a value for each row")
    types, kinds = _HELD[column.type.partition("(")[0]]
    if isinstance(values, np.ndarray) and values.dtype.kind != "O":
        if values.dtype.kind not in kinds:
            raise _of_another_type(len(values), table, column)
        if values.dtype.kind == "M":
            return values.astype("datetime64[us]")
        values = values.astype(object) if values.dtype.kind == "U" else values
    else:
        found = Counter(map(type, values))
        if bad := sum(n for each, n in found.items() if each not in types | {NoneType}):
            raise _of_another_type(bad, table, column)
    if name == table.key:
        known = {each: _hidden(each, key, name) for each in set(values)}
        values = [known[each] for each in values]
    if isinstance(values, np.ndarray):
        return values
    held = np.empty(len(values), dtype=object)
    held[:] = values
    return held


def _of_another_type(bad: int, table: Table, column: Column) -> Unreadable:
    return Unreadable(
        f"{bad:,} values in {table.name}.{column.name} are not of its type, {column.type}.",
        do="Check the file against its contract again. Nothing was kept.",
    )


def _hidden(number: Any, key: bytes, column: str) -> str | None:  # noqa: ANN401 - any cell
    if number is None or not str(number).strip():
        return None
    return pseudonym(key, column, number)


def _check(held: duckdb.DuckDBPyConnection, table: Table, types: Mapping[str, str]) -> None:
    """Refuse what a cast to a column's type would lose, and what may not be missing."""
    asked: list[str] = []
    for column in table.columns:
        name, given = column.name, types[column.name]
        cast = f"try_cast({name} as {column.type})"
        wrong = f"{name} is not null and {cast} is null"
        if given.startswith("DECIMAL"):
            # A cast would round it without a word.
            wrong += f" or cast({cast} as {given}) is distinct from {name}"
        elif given.startswith("TIMESTAMP"):
            wrong += f" or cast({cast} as timestamp) is distinct from {name}"
        asked += [f"count(*) filter (where {wrong})", f"count(*) filter (where {name} is null)"]
    found = held.execute(f"select {', '.join(asked)} from given").fetchone()
    assert found is not None  # noqa: S101 - a count always gives a row
    for column, bad, missing in zip(table.columns, found[::2], found[1::2], strict=True):
        if bad:
            raise _of_another_type(bad, table, column)
        if missing and not column.may_be_null:
            raise Unreadable(
                f"{missing:,} values are missing in {table.name}.{column.name}, which may not be "
                "empty.",
                do="Check the file against its contract again. Nothing was kept.",
            )


def _check_unique(held: duckdb.DuckDBPyConnection, table: Table) -> None:
    names, said = ", ".join(table.unique), " and ".join(table.unique)
    found = held.execute(
        f"select count(*) from (select {names} from kept group by {names} having count(*) > 1)"
    ).fetchone()
    if found and found[0]:
        raise Unreadable(
            f"{found[0]:,} times rows of {table.name} have the same {said}.",
            do="Give each once. Nothing was kept.",
        )
