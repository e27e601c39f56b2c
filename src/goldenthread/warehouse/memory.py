"""Staff records that lie in memory alone, for as long as one question takes."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from goldenthread.warehouse import incoming, locked
from goldenthread.warehouse.incoming import Rows
from goldenthread.warehouse.locked import LockedRecords
from goldenthread.warehouse.tables import TABLES


@contextmanager
def in_memory(tables: Iterable[tuple[str, Rows]]) -> Iterator[LockedRecords]:
    """Rows of the contract's tables for measures to ask, and nothing of them afterwards.

    ``tables`` are rows with the name of their table; one name may come more than once, as for the
    people of several snapshots. They are held to what a vault holds them to: people become
    pseudonyms under a key that nobody keeps, and what a column cannot hold is refused. A table that
    nobody gives is empty. What does not fit into memory is spilled into a folder that its owner
    alone can reach, under a key that DuckDB does not keep either.

    Raises ``Unreadable`` as ``Vault.receive`` does; ``ValueError`` for a table of another name.

    >>> with in_memory([]) as records:
    ...     records.rows("select count(*) from people")
    [(0,)]
    """
    key = secrets.token_bytes(32)
    with tempfile.TemporaryDirectory(prefix="goldenthread-") as spill:
        held = locked.connect([], Path(spill))
        try:
            for table in TABLES.values():
                locked.make(held, table)
            for name, rows in tables:
                if name not in TABLES:
                    raise ValueError(f"there are the tables {', '.join(TABLES)}")
                incoming.insert(held, rows, TABLES[name], key)
            locked.lock(held)
            yield LockedRecords(held)
        finally:
            held.close()
