"""What is confirmed of the body's own documents, and the answer that says what words mean."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import goldenthread.web.models.public_id


class Migration(migrations.Migration):
    """The table of habits, and one answer more."""

    dependencies: ClassVar = [
        ("goldenthread", "0009_later_readings"),
    ]

    operations: ClassVar = [
        migrations.AlterField(
            model_name="question",
            name="answer",
            field=models.CharField(
                blank=True,
                choices=[
                    ("as_read", "as_read"),
                    ("changed", "changed"),
                    ("left_out", "left_out"),
                    ("ask_lead", "ask_lead"),
                    ("means", "means"),
                ],
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="Habit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("column", "column"),
                            ("lead", "lead"),
                            ("status", "status"),
                            ("colour", "colour"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.CharField(max_length=300)),
                ("folded", models.CharField(max_length=300)),
                ("meaning", models.CharField(max_length=20)),
                ("full", models.CharField(blank=True, max_length=300)),
                (
                    "origin",
                    models.CharField(
                        choices=[("hand", "hand"), ("draft", "draft"), ("profile", "profile")],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="habits_confirmed",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="habits",
                        to="goldenthread.draft",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="habits_ended",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="habits",
                        to="goldenthread.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["about", "folded", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("unit", "about", "folded"),
                        name="habit_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="habit_ended_by_somebody_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("origin", "draft"), ("draft__isnull", False)),
                            models.Q(
                                models.Q(("origin", "draft"), _negated=True),
                                ("draft__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="habit_of_a_draft_names_it",
                    ),
                ],
            },
        ),
    ]
