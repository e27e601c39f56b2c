"""What directorates heard and looked at: sessions, themes and packs; what was said stays."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import goldenthread.web.models.public_id
from goldenthread.web.migrations._frozen import only_added_to


class Migration(migrations.Migration):
    """The tables as Django made them from the models, and triggers on what was said."""

    dependencies: ClassVar = [("goldenthread", "0018_planning")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="HeardTheme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("name", models.CharField(max_length=160)),
                (
                    "weight",
                    models.CharField(
                        choices=[("many", "many"), ("some", "some"), ("few", "few")], max_length=4
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("one_to_ones", models.BooleanField(default=False)),
                ("withdrawn_because", models.CharField(blank=True, max_length=300)),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_merged",
                        to="goldenthread.heardtheme",
                    ),
                ),
                (
                    "planning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="heard_themes",
                        to="goldenthread.planning",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="HeardIn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drawn_from",
                        to="goldenthread.heardtheme",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HeardThemeSaid",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=160)),
                (
                    "weight",
                    models.CharField(
                        choices=[("many", "many"), ("some", "some"), ("few", "few")], max_length=4
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("one_to_ones", models.BooleanField(default=False)),
                ("withdrawn_because", models.CharField(blank=True, max_length=300)),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("sessions", models.JSONField(default=list)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="themes_said",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_merged",
                        to="goldenthread.heardtheme",
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="said",
                        to="goldenthread.heardtheme",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="OneToOnes",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("counted_to", models.DateField()),
                ("total", models.PositiveIntegerField()),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "planning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="one_to_ones",
                        to="goldenthread.planning",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "one-to-ones",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Pack",
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
                ("discussed_on", models.DateField()),
                (
                    "format",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("pdf", "pdf"),
                            ("docx", "docx"),
                            ("xlsx", "xlsx"),
                            ("csv", "csv"),
                        ],
                        max_length=4,
                    ),
                ),
                ("file", models.CharField(blank=True, max_length=200)),
                ("stored", models.CharField(blank=True, max_length=40)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("size", models.PositiveBigIntegerField(null=True)),
                ("set_aside_because", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="packs",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "planning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="packs",
                        to="goldenthread.planning",
                    ),
                ),
            ],
            options={
                "ordering": ["discussed_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="PackFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("position", models.PositiveIntegerField(default=0)),
                ("withdrawn_because", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                ("words", models.CharField(max_length=300)),
                ("value", models.DecimalField(decimal_places=4, max_digits=16)),
                ("unit", models.CharField(max_length=40)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pack_figures",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pack",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figures",
                        to="goldenthread.pack",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="PackFinding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("position", models.PositiveIntegerField(default=0)),
                ("withdrawn_because", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                ("text", models.CharField(max_length=300)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pack",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="goldenthread.pack",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Session",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("focus_group", "focus_group"),
                            ("listening_session", "listening_session"),
                            ("other", "other"),
                        ],
                        max_length=20,
                    ),
                ),
                ("on", models.DateField()),
                ("place", models.CharField(max_length=160)),
                ("off_site", models.BooleanField(default=False)),
                ("came", models.PositiveIntegerField()),
                ("facilitator", models.CharField(max_length=160)),
                ("open_to", models.CharField(max_length=300)),
                ("cancelled_because", models.CharField(blank=True, max_length=300)),
                (
                    "planning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="goldenthread.planning",
                    ),
                ),
            ],
            options={
                "ordering": ["on", "id"],
            },
        ),
        migrations.AddField(
            model_name="heardtheme",
            name="sessions",
            field=models.ManyToManyField(
                related_name="heard_themes",
                through="goldenthread.HeardIn",
                to="goldenthread.session",
            ),
        ),
        migrations.AddField(
            model_name="heardin",
            name="session",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="heard",
                to="goldenthread.session",
            ),
        ),
        migrations.CreateModel(
            name="SessionSaid",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("focus_group", "focus_group"),
                            ("listening_session", "listening_session"),
                            ("other", "other"),
                        ],
                        max_length=20,
                    ),
                ),
                ("on", models.DateField()),
                ("place", models.CharField(max_length=160)),
                ("off_site", models.BooleanField(default=False)),
                ("came", models.PositiveIntegerField()),
                ("facilitator", models.CharField(max_length=160)),
                ("open_to", models.CharField(max_length=300)),
                ("cancelled_because", models.CharField(blank=True, max_length=300)),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions_said",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="said",
                        to="goldenthread.session",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddConstraint(
            model_name="pack",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("file", ""),
                        ("format", ""),
                        ("sha256", ""),
                        ("size__isnull", True),
                        ("stored", ""),
                    ),
                    models.Q(
                        models.Q(("format", ""), _negated=True),
                        models.Q(("file", ""), _negated=True),
                        models.Q(("stored", ""), _negated=True),
                        models.Q(("sha256", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="pack_file_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("came__gte", 2), ("cancelled_because", "")),
                    models.Q(models.Q(("cancelled_because", ""), _negated=True), ("came", 0)),
                    _connector="OR",
                ),
                name="session_held_by_several_or_cancelled",
            ),
        ),
        migrations.AddConstraint(
            model_name="heardtheme",
            constraint=models.UniqueConstraint(
                condition=models.Q(("merged_into__isnull", True), ("withdrawn_because", "")),
                fields=("planning", "name"),
                name="heard_theme_one_name_in_a_planning",
            ),
        ),
        migrations.AddConstraint(
            model_name="heardtheme",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into__isnull", True), ("withdrawn_because", ""), _connector="OR"
                ),
                name="heard_theme_merged_or_withdrawn",
            ),
        ),
        migrations.AddConstraint(
            model_name="heardin",
            constraint=models.UniqueConstraint(fields=("theme", "session"), name="heard_in_once"),
        ),
        only_added_to("sessionsaid", "onetoones", "heardthemesaid"),
    ]
