"""Rows on their way in: people made unrecognisable, types checked, one Parquet file written."""

from __future__ import annotations

import hmac
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
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

# Stands for NULL among whole numbers that are all nearer to nought.
_NOTHING = -(2**63)


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
    return hmac.digest(key, said, "sha256").hex()[:32]


class Pseudonyms:
    """The pseudonyms under one key, each reckoned once: the same people are in every snapshot."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._known: dict[str, dict[Any, str | None]] = {}

    def of(self, numbers: Sequence[Any], column: str) -> list[str | None]:
        """What the people of a column are called; None where there is no number."""
        known = self._known.setdefault(column, {})
        for number in set(numbers).difference(known):
            there = number is not None and str(number).strip()
            known[number] = pseudonym(self._key, column, number) if there else None
        return [known[number] for number in numbers]


def write(rows: Rows, table: Table, key: bytes, place: Path, spill: Path) -> Counted:
    """Write the rows of a table to a new Parquet file, and count them.

    They are ordered by their days and pseudonyms, so that nothing is left of the order of the file
    they came from. Raises ``Unreadable``, naming the column and never a value, where a value is not
    of the column's type or would be rounded to it, where one is missing that must be there, and
    where two rows share what makes a row one; ``ValueError`` for other columns than the table's.
    """
    held = locked.connect([place], spill)
    try:
        _take(held, rows, table, Pseudonyms(key))
        locked.lock(held)
        held.execute(
            f"copy (select * from kept order by {_order(table)}) to {locked.quoted(str(place))} "
            "(format parquet, compression zstd, use_tmp_file false)"
        )
        return count(held, table, "kept")
    finally:
        held.close()


def insert(held: duckdb.DuckDBPyConnection, rows: Rows, table: Table, called: Pseudonyms) -> None:
    """Put rows into a table that the engine holds, as ``write`` puts them into a file."""
    _take(held, rows, table, called)
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


def _take(held: duckdb.DuckDBPyConnection, rows: Rows, table: Table, called: Pseudonyms) -> None:
    """Make the engine's table ``kept`` of rows, in the types of the contract, or refuse them."""
    if set(rows.names) != set(table.names):
        raise ValueError(f"the columns of {table.name} are {', '.join(table.names)}")
    held.register(
        "given", {column.name: _values(rows, column, table, called) for column in table.columns}
    )
    types = {name: str(kind) for name, kind, *_ in held.execute("describe given").fetchall()}
    _check(held, table, types)
    cast = ", ".join(f"{_cast(c, types[c.name])} as {c.name}" for c in table.columns)
    held.execute(f"create temp table kept as select {cast} from given")
    held.unregister("given")
    _check_there(held, table)
    if table.unique:
        _check_unique(held, table)


def _order(table: Table) -> str:
    """By day and pseudonym, so that nothing is left of the order in which rows came."""
    return ", ".join(dict.fromkeys([*filter(None, (table.day, table.key)), table.names[1]]))


def _values(rows: Rows, column: Column, table: Table, called: Pseudonyms) -> Any:  # noqa: ANN401
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
        values = called.of(values, name)
    if column.type.startswith("decimal"):
        plain = values.tolist() if isinstance(values, np.ndarray) else values
        return _in_smallest(plain, column, table)
    if isinstance(values, np.ndarray) and values.dtype.kind != "O":
        return values
    if column.type in ("integer", "bigint"):
        return _whole(values, column, table)
    held = np.empty(len(values), dtype=object)
    held[:] = values
    return held


def _in_smallest(values: Sequence[Any], column: Column, table: Table) -> Any:  # noqa: ANN401
    """Decimals as whole numbers of their column's smallest unit, hundredths for two places.

    The engine would take the type of a column of Python's decimals from a sample of them, and stop
    at the first value that the type has no room for.
    """
    precision, places = _decimal(column)
    scaled: dict[Any, int] = {None: _NOTHING}
    lost = set()
    for each in _distinct(values, column, table) - {None}:
        if isinstance(each, Decimal) and not each.is_finite():
            lost.add(each)
            continue
        above, below = each.as_integer_ratio()
        scaled[each], rest = divmod(above * 10**places, below)
        if rest or abs(scaled[each]) >= 10**precision:
            lost.add(each)
    if lost:
        raise _of_another_type(sum(each in lost for each in values), table, column)
    numbers = np.fromiter(map(scaled.__getitem__, values), dtype=np.int64, count=len(values))
    return np.ma.masked_equal(numbers, _NOTHING)


def _distinct(values: Sequence[Any], column: Column, table: Table) -> set[Any]:
    try:
        return set(values)
    except TypeError:
        # A signalling NaN cannot even be looked up.
        bad = sum(isinstance(each, Decimal) and each.is_snan() for each in values)
        raise _of_another_type(bad, table, column) from None


def _whole(values: Sequence[Any], column: Column, table: Table) -> Any:  # noqa: ANN401
    """Whole numbers as an array of numbers, masked where there is none."""
    mask = np.array([each is None for each in values], dtype=bool)
    try:
        numbers = np.array([0 if each is None else each for each in values], dtype=np.int64)
    except OverflowError:
        most = 2**63
        bad = sum(each is not None and not -most <= each < most for each in values)
        raise _of_another_type(bad, table, column) from None
    return np.ma.masked_array(numbers, mask)


def _of_another_type(bad: int, table: Table, column: Column) -> Unreadable:
    return Unreadable(
        f"{bad:,} values in {table.name}.{column.name} are not of its type, {column.type}.",
        do="Check the file against its contract again. Nothing was kept.",
    )


def _decimal(column: Column) -> tuple[int, int]:
    """How many digits a decimal column holds, and how many of them stand after the point."""
    precision, places = column.type.removeprefix("decimal(").removesuffix(")").split(",")
    return int(precision), int(places)


def _cast(column: Column, given: str) -> str:
    """The SQL for a registered column in the type of the contract."""
    if column.type.startswith("decimal"):
        unit = Decimal(1).scaleb(-_decimal(column)[1])
        return f"cast({column.name} * {unit:f} as {column.type})"
    return column.name if given == column.type.upper() else f"cast({column.name} as {column.type})"


def _check(held: duckdb.DuckDBPyConnection, table: Table, types: Mapping[str, str]) -> None:
    """Refuse what a cast to a column's type would lose. Words, flags and decimals lose nothing."""
    asked: dict[Column, str] = {}
    for column in table.columns:
        name, given = column.name, types[column.name]
        if column.type not in ("integer", "bigint", "date") or given == column.type.upper():
            continue
        cast = f"try_cast({name} as {column.type})"
        asked[column] = f"{name} is not null and {cast} is null"
        if given.startswith("TIMESTAMP"):
            asked[column] += f" or cast({cast} as timestamp) is distinct from {name}"
    for column, bad in _counted(held, asked, "given"):
        if bad:
            raise _of_another_type(bad, table, column)


def _check_there(held: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Refuse rows without a value that must be there."""
    asked = {column: f"{column.name} is null" for column in table.columns if not column.may_be_null}
    for column, missing in _counted(held, asked, "kept"):
        if missing:
            raise Unreadable(
                f"{missing:,} values are missing in {table.name}.{column.name}, which may not be "
                "empty.",
                do="Check the file against its contract again. Nothing was kept.",
            )


def _counted(
    held: duckdb.DuckDBPyConnection, asked: Mapping[Column, str], source: str
) -> Iterator[tuple[Column, int]]:
    """How many rows meet the condition of each column."""
    if not asked:
        return
    counts = ", ".join(f"count(*) filter (where {condition})" for condition in asked.values())
    found = held.execute(f"select {counts} from {source}").fetchone()
    assert found is not None  # noqa: S101 - a count always gives a row
    yield from zip(asked, found, strict=True)


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
