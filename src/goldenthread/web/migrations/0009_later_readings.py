"""A document may be read again for a plan that is there, and choices say what of it is taken."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Many drafts of one plan, and the choices of each."""

    dependencies: ClassVar = [
        ("goldenthread", "0008_visits"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Choice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("about", models.CharField(max_length=64)),
                ("take", models.BooleanField()),
                ("reason", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="draft",
            name="draft_adopted_by_somebody_at_a_time",
        ),
        migrations.AlterField(
            model_name="draft",
            name="plan",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="drafts",
                to="goldenthread.plan",
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("adopted_at__isnull", False),
                        ("adopted_by__isnull", False),
                        ("plan__isnull", False),
                        ("state", "adopted"),
                    ),
                    models.Q(
                        models.Q(("state", "adopted"), _negated=True),
                        ("adopted_at__isnull", True),
                        ("adopted_by__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="draft_adopted_by_somebody_at_a_time",
            ),
        ),
        migrations.AddField(
            model_name="choice",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="draft_choices",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="choice",
            name="draft",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="choices",
                to="goldenthread.draft",
            ),
        ),
        migrations.AddConstraint(
            model_name="choice",
            constraint=models.UniqueConstraint(fields=("draft", "about"), name="choice_once"),
        ),
    ]
