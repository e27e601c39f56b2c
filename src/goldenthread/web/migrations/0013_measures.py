"""Measures as they are kept: targets, points, the tolerance, case studies."""

from typing import Any, ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import goldenthread.web.models.public_id

_ADDED_TO = ("goldenthread_target", "goldenthread_point", "goldenthread_tolerance")


def freeze(_apps: Any, editor: Any) -> None:  # noqa: ANN401
    """Make the triggers: what was measured and meant is only ever added to."""
    postgresql = editor.connection.vendor == "postgresql"
    for table in _ADDED_TO:
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
    """Remove the triggers."""
    for table in _ADDED_TO:
        of = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
        for deed in ("update", "delete"):
            editor.execute(f"DROP TRIGGER {table}_no_{deed}{of}", params=None)


class Migration(migrations.Migration):
    """The tables and columns, and triggers on three of them."""

    dependencies: ClassVar = [
        ("goldenthread", "0012_quarter"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="CaseStudy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("title", models.CharField(max_length=200)),
                ("words", models.TextField()),
                ("told_on", models.DateField()),
                ("consent", models.BooleanField(default=False)),
                ("ended_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-told_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Point",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("begins", models.DateField()),
                ("ends", models.DateField()),
                ("value", models.DecimalField(decimal_places=4, max_digits=16, null=True)),
                ("part", models.DecimalField(decimal_places=4, max_digits=16, null=True)),
                ("whole", models.DecimalField(decimal_places=4, max_digits=16, null=True)),
                ("commentary", models.TextField()),
                ("remedy", models.TextField(blank=True)),
                (
                    "source",
                    models.CharField(
                        choices=[("hand", "hand"), ("file", "file"), ("system", "system")],
                        max_length=6,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("reason", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["ends", "id"],
            },
        ),
        migrations.CreateModel(
            name="Target",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("target", "target"), ("forecast", "forecast")], max_length=8
                    ),
                ),
                (
                    "horizon",
                    models.CharField(
                        blank=True,
                        choices=[("short", "short"), ("medium", "medium"), ("long", "long")],
                        max_length=6,
                    ),
                ),
                ("on", models.DateField()),
                ("value", models.DecimalField(decimal_places=4, max_digits=16)),
                ("rationale", models.TextField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["on", "id"],
            },
        ),
        migrations.CreateModel(
            name="Tolerance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("number", models.PositiveIntegerField(unique=True)),
                ("near", models.DecimalField(decimal_places=4, max_digits=7)),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-number"],
            },
        ),
        migrations.AddField(
            model_name="measure",
            name="baseline_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="measure",
            name="baseline_value",
            field=models.DecimalField(blank=True, decimal_places=4, max_digits=16, null=True),
        ),
        migrations.AddField(
            model_name="measure",
            name="better",
            field=models.CharField(
                blank=True,
                choices=[("higher", "higher"), ("lower", "lower"), ("neither", "neither")],
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="contextual",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="measure",
            name="counts",
            field=models.CharField(
                blank=True,
                choices=[
                    ("things", "things"),
                    ("everybody", "everybody"),
                    ("characteristic", "characteristic"),
                    ("unit", "unit"),
                ],
                max_length=16,
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="definition",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="measure",
            name="ended_because",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="measure",
            name="ended_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="measure",
            name="limits_from",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="measure",
            name="months",
            field=models.PositiveSmallIntegerField(
                choices=[(1, "1"), (3, "3"), (6, "6"), (12, "12")], default=3
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="owner",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="measures",
                to="goldenthread.post",
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="places",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="measure",
            name="quantity",
            field=models.CharField(
                blank=True,
                choices=[
                    ("share", "share"),
                    ("count", "count"),
                    ("rate", "rate"),
                    ("number", "number"),
                ],
                max_length=6,
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="source",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="measure",
            name="system",
            field=models.CharField(
                blank=True,
                choices=[
                    ("actions_done", "actions_done"),
                    ("actions_updated", "actions_updated"),
                    ("dates_moved", "dates_moved"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="tolerance",
            field=models.DecimalField(blank=True, decimal_places=4, max_digits=7, null=True),
        ),
        migrations.AddField(
            model_name="measure",
            name="unit_one",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name="measure",
            name="unit_words",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("baseline_on__isnull", True), ("baseline_value__isnull", True)),
                    models.Q(("baseline_on__isnull", False), ("baseline_value__isnull", False)),
                    _connector="OR",
                ),
                name="measure_baseline_has_its_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_on__isnull", True),
                    models.Q(("ended_because", ""), _negated=True),
                    _connector="OR",
                ),
                name="measure_that_ends_says_why",
            ),
        ),
        migrations.AddField(
            model_name="casestudy",
            name="action",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="case_studies",
                to="goldenthread.action",
            ),
        ),
        migrations.AddField(
            model_name="casestudy",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="case_studies_told",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="casestudy",
            name="measure",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="case_studies",
                to="goldenthread.measure",
            ),
        ),
        migrations.AddField(
            model_name="casestudy",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="case_studies",
                to="goldenthread.plan",
            ),
        ),
        migrations.AddField(
            model_name="point",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="points_given",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="point",
            name="measure",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="points",
                to="goldenthread.measure",
            ),
        ),
        migrations.AddField(
            model_name="point",
            name="replaces",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="goldenthread.point",
            ),
        ),
        migrations.AddField(
            model_name="target",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="targets_set",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="target",
            name="measure",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="targets",
                to="goldenthread.measure",
            ),
        ),
        migrations.AddField(
            model_name="target",
            name="replaces",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="goldenthread.target",
            ),
        ),
        migrations.AddField(
            model_name="tolerance",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tolerances_kept",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="casestudy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("action__isnull", False), ("measure__isnull", False), _connector="OR"
                ),
                name="case_study_serves_an_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="point",
            constraint=models.CheckConstraint(
                condition=models.Q(("commentary", ""), _negated=True),
                name="point_has_its_commentary",
            ),
        ),
        migrations.AddConstraint(
            model_name="point",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends__gte", models.F("begins"))), name="point_days_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="point",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("part__isnull", True), ("whole__isnull", True)),
                    models.Q(
                        ("part__isnull", False),
                        ("whole__isnull", False),
                        models.Q(("whole", 0), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="point_share_of_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="point",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("replaces__isnull", True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="point_that_replaces_another_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="point",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaces__isnull", True)),
                fields=("measure", "ends"),
                name="point_first_of_a_period_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(("rationale", ""), _negated=True), name="target_has_a_rationale"
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "forecast"), models.Q(("horizon", ""), _negated=True), _connector="OR"
                ),
                name="target_has_a_horizon",
            ),
        ),
        migrations.AddConstraint(
            model_name="tolerance",
            constraint=models.CheckConstraint(
                condition=models.Q(("near__gte", 0), ("near__lte", 1)), name="tolerance_is_a_share"
            ),
        ),
        migrations.AddConstraint(
            model_name="tolerance",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="tolerance_says_why"
            ),
        ),
        migrations.RunPython(freeze, thaw, elidable=False),
    ]
