"""The database itself refuses to rewrite what was said, published or logged.

Promises, updates and audit entries are only ever added. An edition's content is frozen the moment
that it is adopted. Facts beside the audit may be erased (personal details), never changed.
"""

from typing import Any, ClassVar

from django.db import migrations

# Table, what is refused, and the columns (None for every one).
FROZEN: list[tuple[str, str, tuple[str, ...] | None]] = [
    ("goldenthread_auditentry", "UPDATE", None),
    ("goldenthread_auditentry", "DELETE", None),
    ("goldenthread_auditfacts", "UPDATE", None),
    ("goldenthread_promise", "UPDATE", None),
    ("goldenthread_promise", "DELETE", None),
    ("goldenthread_update", "UPDATE", None),
    ("goldenthread_update", "DELETE", None),
    (
        "goldenthread_edition",
        "UPDATE",
        (
            *("public_id", "unit_id", "plan_id", "number", "as_at", "content", "sha256"),
            *("adopted_at", "adopted_by_id"),
        ),
    ),
    ("goldenthread_edition", "DELETE", None),
]


def statements(vendor: str) -> tuple[list[str], list[str]]:
    """The SQL that makes the triggers of this database, and the SQL that removes them."""
    make, remove = [], []
    if vendor == "postgresql":
        make.append(
            "CREATE FUNCTION goldenthread_frozen() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME "
            "USING ERRCODE = 'restrict_violation'; END $$"
        )
    for table, deed, columns in FROZEN:
        name = f"{table}_no_{deed.lower()}"
        of = f" OF {', '.join(columns)}" if columns else ""
        if vendor == "postgresql":
            make.append(
                f"CREATE TRIGGER {name} BEFORE {deed}{of} ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION goldenthread_frozen()"
            )
            remove.append(f"DROP TRIGGER {name} ON {table}")
        else:
            make.append(
                f"CREATE TRIGGER {name} BEFORE {deed}{of} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is only ever added to'); END"
            )
            remove.append(f"DROP TRIGGER {name}")
    if vendor == "postgresql":
        remove.append("DROP FUNCTION goldenthread_frozen()")
    return make, remove


def freeze(_apps: Any, editor: Any) -> None:  # noqa: ANN401
    """Make the triggers."""
    for sql in statements(editor.connection.vendor)[0]:
        editor.execute(sql, params=None)


def thaw(_apps: Any, editor: Any) -> None:  # noqa: ANN401
    """Remove the triggers."""
    for sql in statements(editor.connection.vendor)[1]:
        editor.execute(sql, params=None)


class Migration(migrations.Migration):
    """Triggers on the rows that nobody rewrites."""

    dependencies: ClassVar = [("goldenthread", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(freeze, thaw)]
