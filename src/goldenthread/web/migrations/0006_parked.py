"""Files of a form that came back, kept for it for a day."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """One table more."""

    dependencies: ClassVar = [("goldenthread", "0005_link_reason")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Parked",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("session", models.CharField(max_length=64)),
                ("form", models.CharField(max_length=64)),
                ("slot", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("stored", models.CharField(max_length=40)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("at", models.DateTimeField(db_index=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parked",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "session", "form", "slot"), name="parked_one_in_a_place"
                    )
                ],
            },
        ),
    ]
