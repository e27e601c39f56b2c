"""The tables that a measure's SQL reads: their columns, what may be NULL, and what dates a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

CHARACTERISTICS = ("sex", "ethnicity", "disability", "religion", "orientation", "gender_identity")

Dated = Literal["snapshot", "events", "once"]


@dataclass(frozen=True)
class Column:
    """One column: its name, its type in SQL, and whether it may be NULL."""

    name: str
    type: str
    may_be_null: bool = False


@dataclass(frozen=True)
class Table:
    """One table of the vault.

    ``dated`` says what one file of it holds: a ``snapshot`` as things stood on one day, ``events``
    of a span of days, or, ``once``, a list that each newer one replaces. ``day`` is the column that
    dates a row, with that day or, ``by`` quarter, with the last of its quarter. ``key`` is the
    column that knows a person, kept only as a keyed hash, and ``unique`` are the columns that no
    two rows of a file may share.
    """

    name: str
    columns: tuple[Column, ...]
    dated: Dated
    day: str | None = None
    by: Literal["day", "quarter"] = "day"
    key: str | None = None
    unique: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns, in order."""
        return tuple(column.name for column in self.columns)


def _columns(*told: str) -> tuple[Column, ...]:
    """Columns from ``name type`` or ``name type null``."""
    found: list[Column] = []
    for words in told:
        name, kind, *rest = words.split()
        found.append(Column(name, kind, rest == ["null"]))
    return tuple(found)


_WHO = tuple(f"{name} varchar" for name in CHARACTERISTICS)

TABLES: Mapping[str, Table] = MappingProxyType(
    {
        table.name: table
        for table in (
            Table(
                "people",
                _columns(
                    "snapshot date",
                    "person varchar",
                    "unit varchar",
                    "grade varchar",
                    "grade_order integer",
                    "role varchar null",
                    *_WHO,
                    "age integer null",
                    "working_pattern varchar",
                    "hours decimal(6,2) null",
                    "fte decimal(5,4) null",
                    "started date null",
                    "relevant boolean",
                    "full_pay boolean",
                    "hourly_pence bigint null",
                    "bonus_pence bigint null",
                    "board boolean",
                    "leadership boolean",
                ),
                "snapshot",
                day="snapshot",
                key="person",
                unique=("snapshot", "person"),
            ),
            Table(
                "groups",
                _columns(
                    "characteristic varchar",
                    "code varchar",
                    "grouping varchar",
                    "grp varchar",
                    "position integer",
                ),
                "once",
                unique=("characteristic", "code", "grouping"),
            ),
            Table(
                "unit_lines",
                _columns("snapshot date", "unit varchar", "ancestor varchar", "depth integer"),
                "snapshot",
                day="snapshot",
                unique=("snapshot", "unit", "ancestor"),
            ),
            Table(
                "applications",
                _columns(
                    "period date",
                    "applicant varchar",
                    "unit varchar",
                    "grade varchar",
                    *_WHO,
                    "shortlisted boolean",
                    "appointed boolean",
                    "internal boolean",
                ),
                "events",
                day="period",
                by="quarter",
                key="applicant",
            ),
            Table(
                "cases",
                _columns(
                    "opened date",
                    "person varchar",
                    "kind varchar",
                    "formal boolean",
                    "unit varchar",
                    *_WHO,
                ),
                "events",
                day="opened",
                key="person",
            ),
            Table(
                "training",
                _columns(
                    "on_day date",
                    "person varchar",
                    "mandatory boolean",
                    "funded boolean",
                    "unit varchar",
                    *_WHO,
                ),
                "events",
                day="on_day",
                key="person",
            ),
            Table(
                "moves",
                _columns(
                    "on_day date",
                    "person varchar",
                    "kind varchar",
                    "unit varchar",
                    "grade varchar",
                    *_WHO,
                    "reason varchar null",
                ),
                "events",
                day="on_day",
                key="person",
            ),
        )
    }
)
"""Every table that measures read, by its name."""

LABELS = Table(
    "labels",
    _columns("snapshot date", "kind varchar", "code varchar", "label varchar"),
    "snapshot",
    day="snapshot",
    unique=("snapshot", "kind", "code"),
)
"""What units and grades were called on a day where they were first written; of nobody a value."""

HELD: Mapping[str, Table] = MappingProxyType({**TABLES, LABELS.name: LABELS})
"""Every table that a vault holds, by its name."""
