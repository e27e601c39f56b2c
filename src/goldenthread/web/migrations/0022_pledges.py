"""Service plans, what good looks like, pledges and what became of them, and objectives counted."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import goldenthread.web.models.public_id
from goldenthread.web.migrations._frozen import only_added_to


class Migration(migrations.Migration):
    """The tables; what was said and counted is only ever added to."""

    dependencies: ClassVar = [
        ("goldenthread", "0021_choosing"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Pledge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("words", models.TextField()),
                ("team_words", models.CharField(blank=True, max_length=160)),
                ("made_on", models.DateField()),
                ("public", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pledges_recorded",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "planning",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pledges",
                        to="goldenthread.planning",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pledges",
                        to="goldenthread.post",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="team_pledges",
                        to="goldenthread.unit",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pledges",
                        to="goldenthread.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["made_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("kept", "kept"),
                            ("not_kept", "not_kept"),
                            ("no_longer", "no_longer"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ups",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pledge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ups",
                        to="goldenthread.pledge",
                    ),
                ),
            ],
            options={
                "ordering": ["on", "id"],
            },
        ),
        migrations.CreateModel(
            name="ServicePlan",
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
                ("begins", models.DateField()),
                ("ends", models.DateField()),
                ("place", models.CharField(blank=True, max_length=300)),
                ("link", models.URLField(blank=True, max_length=1000)),
                ("review_on", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="service_plans",
                        to="goldenthread.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["-begins", "unit_id", "id"],
            },
        ),
        migrations.CreateModel(
            name="InServicePlan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("reference", models.CharField(blank=True, max_length=60)),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="in_service_plans",
                        to="goldenthread.action",
                    ),
                ),
                (
                    "service_plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="goldenthread.serviceplan",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="WhatGood",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("words", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="what_good",
                        to="goldenthread.action",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="what_good_said",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="what_good",
                        to="goldenthread.measure",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ObjectiveCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("ends", models.DateField()),
                ("serving", models.PositiveIntegerField()),
                ("held", models.PositiveIntegerField()),
                ("reason", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objective_counts",
                        to="goldenthread.action",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objectives_counted",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "planning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="counts",
                        to="goldenthread.planning",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="goldenthread.objectivecount",
                    ),
                ),
            ],
            options={
                "ordering": ["ends", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("serving__lte", models.F("held"))),
                        name="objective_count_of_those_held",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("held__gte", 5)), name="objective_count_not_of_a_few"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaces__isnull", True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="objective_count_that_replaces_another_says_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("action__isnull", True), ("replaces__isnull", True)),
                        fields=("planning", "ends"),
                        name="objective_count_first_of_a_planning_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("action__isnull", False), ("replaces__isnull", True)),
                        fields=("planning", "action", "ends"),
                        name="objective_count_first_of_an_action_once",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="pledge",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="pledge_has_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="pledge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("post__isnull", False), ("team__isnull", True), ("team_words", "")),
                    models.Q(("post__isnull", True), ("team__isnull", False), ("team_words", "")),
                    models.Q(
                        ("post__isnull", True),
                        ("team__isnull", True),
                        models.Q(("team_words", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="pledge_has_one_maker",
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("what", "kept"), models.Q(("words", ""), _negated=True), _connector="OR"
                ),
                name="follow_up_not_kept_has_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="serviceplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends__gte", models.F("begins"))),
                name="service_plan_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="serviceplan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_on__isnull", True)),
                fields=("unit", "title", "begins"),
                name="service_plan_once_in_a_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="inserviceplan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until__isnull", True)),
                fields=("service_plan", "action"),
                name="in_service_plan_once_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="inserviceplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="in_service_plan_ends_after_it_begins",
            ),
        ),
        only_added_to("followup", "whatgood", "objectivecount"),
    ]
