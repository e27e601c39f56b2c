"""What a measure asks of wherever staff records lie: rows for a standard SQL statement."""

from __future__ import annotations

from typing import Any, Protocol


class Records(Protocol):
    """Staff records wherever they lie: DuckDB over a vault, PostgreSQL, Spark."""

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows that a statement gives, with dates, integers, decimals and text as Python has
        them, and None for NULL."""
        ...
