"""DuckDB in memory, filled from plain dicts: what a measure's SQL runs on in these tests.

The tables are those of the warehouse, but whatever a row does not say may be missing: a test tells
of a person what it is about, and a vault would ask for all.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import pytest

from goldenthread.warehouse import TABLES


class Filled:
    """DuckDB with the tables of the contract, and the rows that a test gives it."""

    def __init__(self) -> None:
        self._held = duckdb.connect()
        for table in TABLES.values():
            columns = ", ".join(f"{column.name} {column.type}" for column in table.columns)
            self._held.execute(f"create table {table.name} ({columns})")

    def fill(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add rows; what a row does not give is NULL."""
        names = TABLES[table].names
        marks = ", ".join("?" for _ in names)
        for row in rows:
            assert set(row) <= set(names), set(row) - set(names)
            self._held.execute(
                f"insert into {table} values ({marks})", [row.get(name) for name in names]
            )

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What a measure asks."""
        return self._held.execute(sql).fetchall()


@pytest.fixture
def records():
    """Empty tables, to be filled."""
    return Filled()
