"""What the public pages say beside the plan, of a plan or of every plan in a unit."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

import goldenthread.web.models.public_id


class Migration(migrations.Migration):
    """The words, and what must be true of them."""

    dependencies: ClassVar = [
        ("goldenthread", "0002_frozen_rows"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="PublicWords",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("about", models.CharField(blank=True, max_length=120)),
                ("summary", models.TextField(blank=True)),
                ("decided_by", models.CharField(blank=True, max_length=160)),
                ("decided_on", models.DateField(null=True)),
                ("answerable", models.JSONField(default=list)),
                ("coming", models.JSONField(default=list)),
                ("programme", models.CharField(blank=True, max_length=120)),
                ("contact", models.CharField(blank=True, max_length=300)),
                ("licence", models.CharField(blank=True, max_length=300)),
                (
                    "plan",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="public_words",
                        to="goldenthread.plan",
                    ),
                ),
                (
                    "unit",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="public_words",
                        to="goldenthread.unit",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("plan__isnull", False), ("unit__isnull", True)),
                            models.Q(("plan__isnull", True), ("unit__isnull", False)),
                            _connector="OR",
                        ),
                        name="public_words_of_a_plan_or_of_a_unit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_by", ""), ("decided_on__isnull", True)),
                            models.Q(
                                models.Q(("decided_by", ""), _negated=True),
                                ("decided_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="public_words_of_a_decision_say_who_and_when",
                    ),
                ],
            },
        ),
    ]
