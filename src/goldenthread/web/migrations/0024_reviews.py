"""A review's report, whose it is, and each answer that the body gave to what it asked."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import goldenthread.web.models.public_id
from goldenthread.web.migrations._frozen import only_added_to


class Migration(migrations.Migration):
    """The tables; a report and an answer are only ever added to."""

    dependencies: ClassVar = [
        ("goldenthread", "0023_tiers"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Response",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                (
                    "position",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "accepted"),
                            ("partly_accepted", "partly_accepted"),
                            ("not_accepted", "not_accepted"),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("reason", models.TextField(blank=True)),
                ("decided_by", models.CharField(blank=True, max_length=200)),
                ("on", models.DateField(null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ReviewReport",
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
                    models.CharField(choices=[("link", "link"), ("file", "file")], max_length=4),
                ),
                ("title", models.CharField(max_length=300)),
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
        migrations.AddField(
            model_name="recommendation",
            name="answered_by",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="review",
            name="independence",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="review",
            name="report_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="review",
            name="report_url",
            field=models.URLField(blank=True, max_length=1000),
        ),
        migrations.AddField(
            model_name="review",
            name="standing",
            field=models.CharField(
                blank=True,
                choices=[("internal", "internal"), ("independent", "independent")],
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="strand",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reviews",
                to="goldenthread.strand",
            ),
        ),
        migrations.AlterField(
            model_name="recommendation",
            name="plan",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="recommendations",
                to="goldenthread.plan",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("plan__isnull", False), ("review__isnull", False), _connector="OR"
                ),
                name="recommendation_of_a_plan_or_a_review",
            ),
        ),
        migrations.AddField(
            model_name="response",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="responses_recorded",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="response",
            name="recommendation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="responses",
                to="goldenthread.recommendation",
            ),
        ),
        migrations.AddField(
            model_name="reviewreport",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reports_recorded",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reviewreport",
            name="review",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reports",
                to="goldenthread.review",
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("by__isnull", True),
                    models.Q(
                        ("on__isnull", False),
                        models.Q(("position", ""), _negated=True),
                        models.Q(("decided_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="response_has_its_day_and_author",
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("by__isnull", True),
                    ("position", "accepted"),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="response_that_refuses_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewreport",
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
                name="review_report_has_what_its_kind_needs",
            ),
        ),
        only_added_to("reviewreport", "response"),
    ]
