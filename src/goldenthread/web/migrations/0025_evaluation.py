"""How a planning is reviewed and closed, and what the next one takes on."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import goldenthread.web.models.public_id
from goldenthread.web.migrations._frozen import only_added_to


class Migration(migrations.Migration):
    """The tables; all but a claim, which can be withdrawn, is only ever added to."""

    dependencies: ClassVar = [
        ("goldenthread", "0024_reviews"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="CarriedOver",
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
                        choices=[
                            ("action", "action"),
                            ("priority", "priority"),
                            ("lesson", "lesson"),
                        ],
                        max_length=8,
                    ),
                ),
                ("of", models.CharField(max_length=12)),
                ("words", models.TextField()),
                ("stays", models.BooleanField()),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("number", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_because", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="ClaimEvidence",
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
                        choices=[
                            ("link", "link"),
                            ("file", "file"),
                            ("measure", "measure"),
                            ("update", "update"),
                        ],
                        max_length=7,
                    ),
                ),
                ("words", models.TextField()),
                ("url", models.URLField(blank=True, max_length=1000)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("stored", models.CharField(blank=True, max_length=40)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("size", models.PositiveBigIntegerField(null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Closing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("on", models.DateField()),
                ("content", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="ClosingConsultation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("words", models.TextField()),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="EvaluationPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("staff", "staff"),
                            ("residents", "residents"),
                            ("learnt", "learnt"),
                            ("statement", "statement"),
                        ],
                        max_length=10,
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("words", models.TextField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("on", models.DateField()),
                ("decided", models.TextField()),
                ("next_look", models.DateField(blank=True, null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["on", "id"],
            },
        ),
        migrations.AddField(
            model_name="carriedover",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="carried_over",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="carriedover",
            name="into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="carried_into",
                to="goldenthread.action",
            ),
        ),
        migrations.AddField(
            model_name="carriedover",
            name="planning",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="carried",
                to="goldenthread.planning",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claims_made",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="planning",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claims",
                to="goldenthread.planning",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="withdrawn_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claims_withdrawn",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="claimevidence",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claims_shown",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="claimevidence",
            name="claim",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="evidence",
                to="goldenthread.claim",
            ),
        ),
        migrations.AddField(
            model_name="claimevidence",
            name="evidence",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claims_shown",
                to="goldenthread.evidence",
            ),
        ),
        migrations.AddField(
            model_name="claimevidence",
            name="measure",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claims_shown",
                to="goldenthread.measure",
            ),
        ),
        migrations.AddField(
            model_name="closing",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="closings",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="closing",
            name="planning",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="closing",
                to="goldenthread.planning",
            ),
        ),
        migrations.AddField(
            model_name="closing",
            name="post",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="closings",
                to="goldenthread.post",
            ),
        ),
        migrations.AddField(
            model_name="closingconsultation",
            name="consultation",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="closing",
                to="goldenthread.consultation",
            ),
        ),
        migrations.AddField(
            model_name="closingconsultation",
            name="planning",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="closing_consultations",
                to="goldenthread.planning",
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrections",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="planning",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrections",
                to="goldenthread.planning",
            ),
        ),
        migrations.AddField(
            model_name="evaluationpart",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parts_written",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="evaluationpart",
            name="planning",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parts",
                to="goldenthread.planning",
            ),
        ),
        migrations.AddField(
            model_name="look",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="looks",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="look",
            name="planning",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="looks",
                to="goldenthread.planning",
            ),
        ),
        migrations.AddConstraint(
            model_name="carriedover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("stays", True),
                    models.Q(models.Q(("reason", ""), _negated=True), ("into__isnull", True)),
                    _connector="OR",
                ),
                name="carried_over_or_says_why_not",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(
                fields=("planning", "number"), name="claim_numbered"
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                    models.Q(
                        ("withdrawn_at__isnull", False),
                        ("withdrawn_by__isnull", False),
                        models.Q(("withdrawn_because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="claim_withdrawn_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimevidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "link"), models.Q(("url", ""), _negated=True), ("stored", "")
                    ),
                    models.Q(
                        ("kind", "file"),
                        models.Q(("stored", ""), _negated=True),
                        models.Q(("sha256", ""), _negated=True),
                        ("url", ""),
                    ),
                    models.Q(("kind__in", ("link", "file")), _negated=True),
                    _connector="OR",
                ),
                name="claim_evidence_has_its_file_or_link",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimevidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("evidence__isnull", True), ("kind", "measure"), ("measure__isnull", False)
                    ),
                    models.Q(
                        ("evidence__isnull", False), ("kind", "update"), ("measure__isnull", True)
                    ),
                    models.Q(
                        ("evidence__isnull", True),
                        ("kind__in", ("link", "file")),
                        ("measure__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="claim_evidence_is_of_one_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="evaluationpart",
            constraint=models.UniqueConstraint(
                fields=("planning", "part", "number"), name="evaluation_part_numbered"
            ),
        ),
        migrations.AddConstraint(
            model_name="evaluationpart",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True),
                name="evaluation_part_says_something",
            ),
        ),
        only_added_to(
            *("evaluationpart", "claimevidence", "look"),
            *("closingconsultation", "closing", "correction", "carriedover"),
        ),
    ]
