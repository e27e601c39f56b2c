"""DuckDB in memory, filled from plain dicts: what a measure's SQL runs on in these tests."""

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import pytest

CHARACTERISTICS = ("sex", "ethnicity", "disability", "religion", "orientation", "gender_identity")
_WHO = tuple((name, "varchar") for name in CHARACTERISTICS)
_PEOPLE = (
    ("snapshot", "date"), ("person", "varchar"), ("unit", "varchar"), ("grade", "varchar"),
    ("grade_order", "integer"), ("role", "varchar"), *_WHO,
    ("age", "integer"), ("working_pattern", "varchar"), ("hours", "decimal(6,2)"),
    ("fte", "decimal(5,4)"), ("started", "date"), ("relevant", "boolean"), ("full_pay", "boolean"),
    ("hourly_pence", "bigint"), ("bonus_pence", "bigint"), ("board", "boolean"),
    ("leadership", "boolean"),
)  # fmt: skip
TABLES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "people": _PEOPLE,
    "groups": (
        ("characteristic", "varchar"), ("code", "varchar"), ("grouping", "varchar"),
        ("grp", "varchar"), ("position", "integer"),
    ),
    "unit_lines": (
        ("snapshot", "date"), ("unit", "varchar"), ("ancestor", "varchar"), ("depth", "integer"),
    ),
    "applications": (
        ("period", "date"), ("applicant", "varchar"), ("unit", "varchar"), ("grade", "varchar"),
        *_WHO, ("shortlisted", "boolean"), ("appointed", "boolean"), ("internal", "boolean"),
    ),
    "cases": (
        ("opened", "date"), ("person", "varchar"), ("kind", "varchar"), ("formal", "boolean"),
        ("unit", "varchar"), *_WHO,
    ),
    "training": (
        ("on_day", "date"), ("person", "varchar"), ("mandatory", "boolean"), ("funded", "boolean"),
        ("unit", "varchar"), *_WHO,
    ),
    "moves": (
        ("on_day", "date"), ("person", "varchar"), ("kind", "varchar"), ("unit", "varchar"),
        ("grade", "varchar"), *_WHO, ("reason", "varchar"),
    ),
}  # fmt: skip


class Filled:
    """DuckDB with the tables of the contract, and the rows that a test gives it."""

    def __init__(self) -> None:
        self._held = duckdb.connect()
        for table, columns in TABLES.items():
            told = ", ".join(f"{name} {kind}" for name, kind in columns)
            self._held.execute(f"create table {table} ({told})")

    def fill(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add rows; what a row does not give is NULL."""
        names = [name for name, _kind in TABLES[table]]
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
