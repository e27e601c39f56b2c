"""Triggers for tables whose rows are only ever added to; no migration itself."""

from typing import Any

from django.db.migrations import RunPython


def only_added_to(*tables: str) -> RunPython:
    """Refuse to change or delete a row of these tables, named without their prefix.

    PostgreSQL's function is the one that 0002_frozen_rows makes.
    """

    def freeze(_apps: Any, editor: Any) -> None:  # noqa: ANN401
        postgresql = editor.connection.vendor == "postgresql"
        for name in tables:
            table = f"goldenthread_{name}"
            refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is only ever added to'); END"
            if postgresql:
                refuse = "EXECUTE FUNCTION goldenthread_frozen()"
            for deed in ("UPDATE", "DELETE"):
                editor.execute(
                    f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} "
                    f"FOR EACH ROW {refuse}",
                    params=None,
                )

    def thaw(_apps: Any, editor: Any) -> None:  # noqa: ANN401
        for name in tables:
            table = f"goldenthread_{name}"
            of = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
            for deed in ("update", "delete"):
                editor.execute(f"DROP TRIGGER {table}_no_{deed}{of}", params=None)

    return RunPython(freeze, thaw)
