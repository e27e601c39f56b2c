"""What keeps two tiers apart on purpose, and the further strands of things."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import goldenthread.web.models.public_id


class Migration(migrations.Migration):
    """Two tables."""

    dependencies: ClassVar = [
        ("goldenthread", "0022_pledges"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Apart",
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
                    "what",
                    models.CharField(
                        choices=[
                            ("local", "local"),
                            ("no_directorate", "no_directorate"),
                            ("not_needed", "not_needed"),
                        ],
                        max_length=14,
                    ),
                ),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("undone_because", models.TextField(blank=True)),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="apart",
                        to="goldenthread.action",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kept_apart",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="apart_undone",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="not_needed_for",
                        to="goldenthread.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="apart_says_why"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("unit__isnull", False), ("what", "not_needed")),
                            models.Q(
                                models.Q(("what", "not_needed"), _negated=True),
                                ("unit__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="apart_names_the_directorate_that_is_not_needed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("undone_at__isnull", True),
                                ("undone_because", ""),
                                ("undone_by__isnull", True),
                            ),
                            models.Q(
                                ("undone_at__isnull", False),
                                ("undone_by__isnull", False),
                                models.Q(("undone_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="apart_undone_by_somebody_and_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("undone_at__isnull", True),
                            ("undone_at__gte", models.F("at")),
                            _connector="OR",
                        ),
                        name="apart_undone_after_it_was_said",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at__isnull", True), ("unit__isnull", True)),
                        fields=("action", "what"),
                        name="apart_once_at_a_time",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at__isnull", True), ("unit__isnull", False)),
                        fields=("action", "unit"),
                        name="apart_once_of_a_directorate_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InStrand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="in_strands",
                        to="goldenthread.action",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="put_in_strands",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken_from_strands",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="in_strands",
                        to="goldenthread.measure",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="in_strands",
                        to="goldenthread.review",
                    ),
                ),
                (
                    "strand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="belonging",
                        to="goldenthread.strand",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("action__isnull", False),
                                ("measure__isnull", True),
                                ("review__isnull", True),
                            ),
                            models.Q(
                                ("action__isnull", True),
                                ("measure__isnull", False),
                                ("review__isnull", True),
                            ),
                            models.Q(
                                ("action__isnull", True),
                                ("measure__isnull", True),
                                ("review__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="in_strand_of_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="in_strand_ended_by_somebody_at_a_time",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("strand", "action"),
                        name="in_strand_once_of_action",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("strand", "measure"),
                        name="in_strand_once_of_measure",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("strand", "review"),
                        name="in_strand_once_of_review",
                    ),
                ],
            },
        ),
    ]
