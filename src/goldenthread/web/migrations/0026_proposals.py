"""What was said of the links that are proposed by words in common."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import goldenthread.web.models.public_id
from goldenthread.web.migrations._frozen import only_added_to


class Migration(migrations.Migration):
    """One table, whose rows are only ever added to."""

    dependencies: ClassVar = [
        ("goldenthread", "0025_evaluation"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="ProposalAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("wordings", models.CharField(max_length=32)),
                ("refused", models.BooleanField()),
                ("at", models.DateTimeField()),
                (
                    "above",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposed_below",
                        to="goldenthread.action",
                    ),
                ),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposal_answers",
                        to="goldenthread.action",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals_answered",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposed_below",
                        to="goldenthread.recommendation",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("above__isnull", False), ("recommendation__isnull", True)),
                            models.Q(("above__isnull", True), ("recommendation__isnull", False)),
                            _connector="OR",
                        ),
                        name="proposal_answer_of_one_thing_above",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("wordings", ""), _negated=True),
                        name="proposal_answer_knows_the_wordings",
                    ),
                ],
            },
        ),
        only_added_to("proposalanswer"),
    ]
