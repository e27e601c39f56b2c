# ruff: noqa: E501
"""What a directorate starts with, and versions of its vision: what is said is only ever added to."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import goldenthread.web.models.public_id
from goldenthread.web.migrations._frozen import only_added_to


class Migration(migrations.Migration):
    """The tables; what was said, signed and answered is only ever added to."""

    dependencies: ClassVar = [
        ("goldenthread", "0020_listening"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Area",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("title", models.CharField(max_length=160)),
                (
                    "hardness",
                    models.CharField(
                        choices=[
                            ("most", "most"),
                            ("challenging", "challenging"),
                            ("less", "less"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "difference",
                    models.CharField(
                        choices=[("greatest", "greatest"), ("some", "some"), ("little", "little")],
                        max_length=10,
                    ),
                ),
                (
                    "choice",
                    models.CharField(
                        choices=[
                            ("chosen", "chosen"),
                            ("not_chosen", "not_chosen"),
                            ("undecided", "undecided"),
                        ],
                        default="undecided",
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("evidence", models.TextField(blank=True)),
                ("horizon", models.CharField(blank=True, max_length=60)),
                ("withdrawn_because", models.CharField(blank=True, max_length=300)),
                ("number", models.CharField(max_length=10)),
                (
                    "planning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="areas",
                        to="goldenthread.planning",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="AreaSaid",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=160)),
                (
                    "hardness",
                    models.CharField(
                        choices=[
                            ("most", "most"),
                            ("challenging", "challenging"),
                            ("less", "less"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "difference",
                    models.CharField(
                        choices=[("greatest", "greatest"), ("some", "some"), ("little", "little")],
                        max_length=10,
                    ),
                ),
                (
                    "choice",
                    models.CharField(
                        choices=[
                            ("chosen", "chosen"),
                            ("not_chosen", "not_chosen"),
                            ("undecided", "undecided"),
                        ],
                        default="undecided",
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("evidence", models.TextField(blank=True)),
                ("horizon", models.CharField(blank=True, max_length=60)),
                ("withdrawn_because", models.CharField(blank=True, max_length=300)),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("on", models.DateField()),
                ("ends", models.DateField(blank=True, null=True)),
                ("why", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="said",
                        to="goldenthread.area",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="areas_said",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="PlanningHorizon",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("name", models.CharField(max_length=60)),
                ("ends", models.DateField()),
                ("set_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "planning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="horizons",
                        to="goldenthread.planning",
                    ),
                ),
            ],
            options={
                "ordering": ["ends", "id"],
            },
        ),
        migrations.CreateModel(
            name="Vision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("number", models.PositiveIntegerField()),
                ("words", models.TextField()),
                ("written_with", models.CharField(blank=True, max_length=160)),
                ("why", models.CharField(blank=True, max_length=300)),
                ("read_again_on", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visions_written",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "planning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visions",
                        to="goldenthread.planning",
                    ),
                ),
            ],
            options={
                "ordering": ["number", "id"],
            },
        ),
        migrations.CreateModel(
            name="VisionAsked",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("words", models.TextField()),
                ("asked_on", models.DateField()),
                ("wanted_by", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visions_asked_about",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asked_about_visions",
                        to="goldenthread.committee",
                    ),
                ),
                (
                    "vision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asked",
                        to="goldenthread.vision",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="VisionAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("supports", "supports"),
                            ("supports_with_objections", "supports_with_objections"),
                            ("objects", "objects"),
                            ("no_position", "no_position"),
                        ],
                        max_length=24,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("on", models.DateField()),
                ("source", models.CharField(blank=True, max_length=300)),
                ("public", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vision_answers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="goldenthread.visionasked",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="VisionRead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("on", models.DateField()),
                ("words", models.CharField(max_length=300)),
                ("again_on", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visions_read",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "vision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="goldenthread.vision",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="VisionSignature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("on", models.DateField()),
                ("paper", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures_recorded",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visions_signed",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visions_signed",
                        to="goldenthread.post",
                    ),
                ),
                (
                    "vision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="goldenthread.vision",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="VisionSigner",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("turn", models.PositiveSmallIntegerField(default=1)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signers_asked",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visions_to_sign",
                        to="goldenthread.post",
                    ),
                ),
                (
                    "vision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signers",
                        to="goldenthread.vision",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddConstraint(
            model_name="area",
            constraint=models.UniqueConstraint(fields=("planning", "number"), name="area_numbered"),
        ),
        migrations.AddConstraint(
            model_name="planninghorizon",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("planning", "name"),
                name="planning_horizon_one_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="planninghorizon",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("planning", "ends"),
                name="planning_horizon_one_last_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="planninghorizon",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_at__isnull", True),
                    ("ended_at__gte", models.F("set_at")),
                    _connector="OR",
                ),
                name="planning_horizon_ends_after_it_was_set",
            ),
        ),
        migrations.AddConstraint(
            model_name="vision",
            constraint=models.UniqueConstraint(
                fields=("planning", "number"), name="vision_numbered"
            ),
        ),
        migrations.AddConstraint(
            model_name="vision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("number", 1), models.Q(("why", ""), _negated=True), _connector="OR"
                ),
                name="vision_that_changes_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="vision",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="vision_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="visionasked",
            constraint=models.UniqueConstraint(
                fields=("vision", "committee"), name="vision_asked_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="visionasked",
            constraint=models.CheckConstraint(
                condition=models.Q(("wanted_by__gte", models.F("asked_on"))),
                name="vision_asked_days_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="visionanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("stance__in", ("supports", "no_position")),
                    models.Q(("words", ""), _negated=True),
                    _connector="OR",
                ),
                name="vision_answer_that_objects_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="visionread",
            constraint=models.CheckConstraint(
                condition=models.Q(("again_on__gt", models.F("on"))), name="vision_read_again_later"
            ),
        ),
        migrations.AddConstraint(
            model_name="visionsignature",
            constraint=models.UniqueConstraint(
                fields=("vision", "post"), name="vision_signed_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="visionsignature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("paper", ""), _negated=True),
                    ("by", models.F("person")),
                    _connector="OR",
                ),
                name="vision_signed_for_oneself",
            ),
        ),
        migrations.AddConstraint(
            model_name="visionsigner",
            constraint=models.UniqueConstraint(
                fields=("vision", "post", "turn"), name="vision_signer_once"
            ),
        ),
        only_added_to(
            *("areasaid", "vision", "visionsigner", "visionsignature"),
            *("visionasked", "visionanswer", "visionread"),
        ),
    ]
