"""Evidence of a claim that was taken back, and posts that are not asked to sign any more."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import goldenthread.web.models.public_id
from goldenthread.web.migrations._frozen import only_added_to


class Migration(migrations.Migration):
    """The tables; rows are only ever added to."""

    dependencies: ClassVar = [
        ("goldenthread", "0026_proposals"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="EvidenceWithdrawn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence_withdrawn",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "shown",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawn",
                        to="goldenthread.claimevidence",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="evidence_withdrawn_says_why",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SignerWithdrawn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signers_withdrawn",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawn",
                        to="goldenthread.visionsigner",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="signer_withdrawn_says_why",
                    )
                ],
            },
        ),
        only_added_to("evidencewithdrawn", "signerwithdrawn"),
    ]
