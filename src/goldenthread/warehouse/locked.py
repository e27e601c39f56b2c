"""DuckDB behind a locked door: no network, no extension, no file but those that it is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from goldenthread.errors import Unreadable, Unsafe
from goldenthread.warehouse.manifest import Snapshot
from goldenthread.warehouse.tables import HELD, Table

MEMORY = "1GB"
# What is wrong with a statement's own words; every other error of the engine may repeat a value.
_OF_THE_WORDS = (duckdb.ParserException, duckdb.BinderException, duckdb.CatalogException)


def connect(files: Iterable[Path], spill: Path | None) -> duckdb.DuckDBPyConnection:
    """DuckDB in memory that may touch these files and its own folder to spill into, nothing else.

    Without a folder nothing is spilled: what needs more memory than ``MEMORY`` fails.

    Extensions can be neither installed nor loaded, names are never taken for variables of Python,
    and none of this can be taken back: ``enable_external_access`` is off, the two lists of what is
    allowed name files one by one, and the configuration is locked.
    """
    held = duckdb.connect(
        ":memory:",
        config={
            "allow_community_extensions": False,
            "allow_unsigned_extensions": False,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "python_enable_replacements": False,
            "memory_limit": MEMORY,
            "temp_directory": str(spill or ""),
        },
    )
    listed = ", ".join(quoted(str(path)) for path in files)
    held.execute(f"set allowed_paths = [{listed}]")
    held.execute("set enable_external_access = false")
    return held


def lock(held: duckdb.DuckDBPyConnection) -> None:
    """Lock the configuration for good."""
    held.execute("set lock_configuration = true")


def make(held: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Make an empty table of the contract."""
    held.execute(f"create table {table.name} as {_nothing(table)}")


def show(held: duckdb.DuckDBPyConnection, table: Table, files: Iterable[Path]) -> None:
    """Make a table of the contract from its files; without any it is there and empty."""
    listed = ", ".join(quoted(str(path)) for path in files)
    names = ", ".join(table.names)
    told = f"select {names} from read_parquet([{listed}])" if listed else _nothing(table)
    held.execute(f"create view {table.name} as {told}")


def _nothing(table: Table) -> str:
    columns = ", ".join(f"cast(null as {c.type}) as {c.name}" for c in table.columns)
    return f"select {columns} where 1 = 0"


def over(
    files: Mapping[str, Sequence[Path]], spill: Path, snapshots: tuple[Snapshot, ...] = ()
) -> LockedRecords:
    """The records that lie in these files, by the name of their table."""
    held = connect([path for paths in files.values() for path in paths], spill)
    for table in HELD.values():
        show(held, table, files.get(table.name, []))
    lock(held)
    return LockedRecords(held, snapshots)


class LockedRecords:
    """The tables of the contract for a measure to ask: the ``Records`` of the workforce room.

    ``held`` is a connection that has them and is locked. ``snapshots`` are what a vault holds of
    them; rows in memory are of none.
    """

    def __init__(
        self, held: duckdb.DuckDBPyConnection, snapshots: tuple[Snapshot, ...] = ()
    ) -> None:
        self._held, self.snapshots = held, snapshots

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows that one ``select`` gives.

        Raises ``Unsafe`` for any other statement and for one that reaches outside the vault, and
        ``Unreadable`` for one that cannot be run; neither repeats a value of a record.
        """
        try:
            statements = self._held.extract_statements(sql)
            if [one.type for one in statements] != [duckdb.StatementType.SELECT]:
                raise Unsafe(
                    "Records are asked by one “select” at a time, and by nothing else.",
                    rule="not a select",
                    do="Leave out whatever writes, attaches, installs or sets.",
                )
            return self._held.execute(statements[0]).fetchall()
        except duckdb.PermissionException:
            raise Unsafe(
                "The statement reaches for something outside the tables of the vault.",
                rule="outside the vault",
                do="Name the tables alone.",
            ) from None
        except _OF_THE_WORDS as error:
            raise Unreadable(f"The statement cannot be run. {_first_line(error)}") from None
        except duckdb.Error as error:
            raise Unreadable(f"The statement could not be run ({type(error).__name__}).") from None

    def close(self) -> None:
        """Let the files go."""
        self._held.close()


def quoted(text: str) -> str:
    """A word of ours as SQL holds it.

    >>> quoted("the borough's vault")
    "'the borough''s vault'"
    """
    return "'" + text.replace("'", "''") + "'"


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
