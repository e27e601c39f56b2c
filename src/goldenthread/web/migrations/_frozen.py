"""Triggers for rows that nobody rewrites; no migration itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.migrations import RunPython

# PostgreSQL's triggers share one function; SQLite's each say it themselves.
FUNCTION = (
    "CREATE FUNCTION goldenthread_frozen() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME "
    "USING ERRCODE = 'restrict_violation'; END $$"
)


@dataclass(frozen=True)
class Refused:
    """A deed that the database refuses on a table's rows: what a trigger is made of."""

    table: str
    deed: str
    columns: tuple[str, ...] = ()
    when: str = ""
    called: str = ""

    @property
    def name(self) -> str:
        """The trigger's name."""
        return f"goldenthread_{self.table}_{self.called or f'no_{self.deed.lower()}'}"

    def made(self, vendor: str) -> str:
        """The SQL that makes it."""
        table = f"goldenthread_{self.table}"
        of = f" OF {', '.join(self.columns)}" if self.columns else ""
        when = f"WHEN ({self.when}) " if self.when else ""
        refuse = (
            "EXECUTE FUNCTION goldenthread_frozen()"
            if vendor == "postgresql"
            else f"BEGIN SELECT RAISE(ABORT, '{table} is only ever added to'); END"
        )
        return (
            f"CREATE TRIGGER {self.name} BEFORE {self.deed}{of} ON {table} "
            f"FOR EACH ROW {when}{refuse}"
        )

    def removed(self, vendor: str) -> str:
        """The SQL that removes it."""
        of = f" ON goldenthread_{self.table}" if vendor == "postgresql" else ""
        return f"DROP TRIGGER {self.name}{of}"


def added_to(*tables: str) -> Iterator[Refused]:
    """What is refused of rows that are only ever added to, in tables named without their prefix."""
    for table in tables:
        yield Refused(table, "UPDATE")
        yield Refused(table, "DELETE")


def frozen(*refused: Refused) -> RunPython:
    """The operation that makes these triggers; PostgreSQL's function stands since 0002_council."""

    def freeze(_apps: Any, editor: Any) -> None:  # noqa: ANN401
        for one in refused:
            editor.execute(one.made(editor.connection.vendor), params=None)

    def thaw(_apps: Any, editor: Any) -> None:  # noqa: ANN401
        for one in refused:
            editor.execute(one.removed(editor.connection.vendor), params=None)

    return RunPython(freeze, thaw)
