"""A published edition may be taken down by two people; the database keeps what they decided."""

from typing import Any, ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import goldenthread.web.models.public_id

_TABLE = "goldenthread_takedown"
# What was asked is never rewritten, what was decided is decided, and no row goes away.
_ASKED = "public_id, edition_id, public_reason, reason, asked_at, asked_by_id, hidden_until"
_DECIDED = "OLD.agreed_at IS NOT NULL OR OLD.stands_at IS NOT NULL"
_TRIGGERS = (
    ("asked", f"UPDATE OF {_ASKED}", ""),
    ("decided", "UPDATE", _DECIDED),
    ("no_delete", "DELETE", ""),
)


def freeze(_apps: Any, editor: Any) -> None:  # noqa: ANN401
    """Make the triggers."""
    postgresql = editor.connection.vendor == "postgresql"
    for name, deed, when in _TRIGGERS:
        refuse = f"BEGIN SELECT RAISE(ABORT, '{_TABLE} is only ever added to'); END"
        if postgresql:
            refuse = "EXECUTE FUNCTION goldenthread_frozen()"
        condition = f"WHEN ({when}) " if when else ""
        sql = (
            f"CREATE TRIGGER {_TABLE}_{name} BEFORE {deed} ON {_TABLE} "
            f"FOR EACH ROW {condition}{refuse}"
        )
        editor.execute(sql, params=None)


def thaw(_apps: Any, editor: Any) -> None:  # noqa: ANN401
    """Remove the triggers."""
    of = f" ON {_TABLE}" if editor.connection.vendor == "postgresql" else ""
    for name, _deed, _when in _TRIGGERS:
        editor.execute(f"DROP TRIGGER {_TABLE}_{name}{of}", params=None)


class Migration(migrations.Migration):
    """The table, and triggers on it."""

    dependencies: ClassVar = [
        ("goldenthread", "0010_habits"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="TakeDown",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("public_reason", models.TextField()),
                ("reason", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("hidden_until", models.DateTimeField(null=True)),
                ("agreed_at", models.DateTimeField(null=True)),
                ("alone", models.BooleanField(default=False)),
                ("stands_at", models.DateTimeField(null=True)),
                ("stands_because", models.TextField(blank=True)),
                (
                    "agreed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="takedowns_agreed",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="takedowns_asked",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="takedowns",
                        to="goldenthread.edition",
                    ),
                ),
                (
                    "stands_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="takedowns_ended",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["asked_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("stands_at__isnull", True)),
                        fields=("edition",),
                        name="takedown_one_at_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("hidden_until__isnull", False)),
                        fields=("edition",),
                        name="takedown_hidden_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed_at__isnull", True), ("agreed_by__isnull", True)),
                            models.Q(("agreed_at__isnull", False), ("agreed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="takedown_agreed_by_somebody_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agreed_by__isnull", True),
                            ("alone", True),
                            models.Q(("agreed_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="takedown_agreed_by_a_second_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("stands_at__isnull", True),
                                ("stands_because", ""),
                                ("stands_by__isnull", True),
                            ),
                            models.Q(
                                ("agreed_at__isnull", True),
                                ("stands_at__isnull", False),
                                ("stands_by__isnull", False),
                                models.Q(("stands_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="takedown_ended_by_somebody_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("public_reason", ""), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                        ),
                        name="takedown_has_its_reasons",
                    ),
                ],
            },
        ),
        migrations.RunPython(freeze, thaw),
    ]
