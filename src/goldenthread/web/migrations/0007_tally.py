"""Counts of what was refused, so that nobody can flood the audit."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """One table."""

    dependencies: ClassVar = [("goldenthread", "0006_parked")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("act", models.CharField(max_length=60)),
                ("actor", models.CharField(blank=True, max_length=12)),
                ("about", models.CharField(blank=True, max_length=40)),
                ("began", models.DateTimeField()),
                ("counted", models.PositiveIntegerField(default=0)),
                ("told", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("act", "actor", "about", "began"), name="tally_one_count"
                    )
                ],
            },
        ),
    ]
