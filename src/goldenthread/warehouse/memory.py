"""Staff records that lie in memory alone, for as long as one question takes."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import duckdb

from goldenthread.errors import Unreadable
from goldenthread.warehouse import incoming, locked
from goldenthread.warehouse.incoming import Pseudonyms, Rows
from goldenthread.warehouse.locked import LockedRecords
from goldenthread.warehouse.tables import TABLES


@contextmanager
def in_memory(tables: Iterable[tuple[str, Rows]]) -> Iterator[LockedRecords]:
    """Rows of the contract's tables for measures to ask, and nothing of them afterwards.

    ``tables`` are rows with the name of their table; one name may come more than once, as for the
    people of several snapshots. They are held to what a vault holds them to: people become
    pseudonyms under a key that nobody keeps, and what a column cannot hold is refused. A table that
    nobody gives is empty. They are compressed, and nothing is spilled onto a disk.

    Raises ``Unreadable`` as ``Vault.receive`` does, and for more rows than fit into the memory that
    there is for them; ``ValueError`` for a table of another name.

    >>> with in_memory([]) as records:
    ...     records.rows("select count(*) from people")
    [(0,)]
    """
    called = incoming.Pseudonyms(secrets.token_bytes(32))
    held = locked.connect([], None)
    try:
        held.execute("attach ':memory:' as staff (compress)")
        held.execute("use staff")
        for table in TABLES.values():
            locked.make(held, table)
        for name, rows in tables:
            if name not in TABLES:
                raise ValueError(f"there are the tables {', '.join(TABLES)}")
            _insert(held, name, rows, called)
        locked.lock(held)
        yield LockedRecords(held)
    finally:
        held.close()


def _insert(held: duckdb.DuckDBPyConnection, name: str, rows: Rows, called: Pseudonyms) -> None:
    try:
        incoming.insert(held, rows, TABLES[name], called)
        # Only then are they compressed.
        held.execute("checkpoint staff")
    except duckdb.OutOfMemoryException:
        raise Unreadable(
            f"The rows of {name} do not fit into the memory that there is for them, "
            f"{locked.MEMORY}.",
            do="Give fewer snapshots at once.",
        ) from None
