"""The body's own ratings, scale after scale; the database refuses to rewrite one."""

from typing import Any, ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import goldenthread.web.models.public_id

_TABLE = "goldenthread_ratingscale"


def freeze(_apps: Any, editor: Any) -> None:  # noqa: ANN401
    """Make the triggers."""
    for deed in ("UPDATE", "DELETE"):
        name = f"{_TABLE}_no_{deed.lower()}"
        refuse = f"BEGIN SELECT RAISE(ABORT, '{_TABLE} is only ever added to'); END"
        if editor.connection.vendor == "postgresql":
            refuse = "FOR EACH ROW EXECUTE FUNCTION goldenthread_frozen()"
        sql = f"CREATE TRIGGER {name} BEFORE {deed} ON {_TABLE} {refuse}"
        editor.execute(sql, params=None)


def thaw(_apps: Any, editor: Any) -> None:  # noqa: ANN401
    """Remove the triggers."""
    of = f" ON {_TABLE}" if editor.connection.vendor == "postgresql" else ""
    for deed in ("update", "delete"):
        editor.execute(f"DROP TRIGGER {_TABLE}_no_{deed}{of}", params=None)


class Migration(migrations.Migration):
    """The table, and triggers on it."""

    dependencies: ClassVar = [("goldenthread", "0003_public_words")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="RatingScale",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("number", models.PositiveIntegerField(unique=True)),
                ("labels", models.JSONField()),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scales_kept",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ["-number"]},
        ),
        migrations.RunPython(freeze, thaw),
    ]
