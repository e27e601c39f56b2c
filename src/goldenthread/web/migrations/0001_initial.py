"""People, by themselves, since the tables of other apps refer to them."""

from typing import ClassVar

import django.db.models.functions.text
from django.db import migrations, models

import goldenthread.web.models.public_id


class Migration(migrations.Migration):
    """One table."""

    initial = True
    operations: ClassVar = [
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                ("public_id", goldenthread.web.models.public_id.PublicIdField()),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("is_active", models.BooleanField(default=True)),
                ("joined", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        name="person_one_account_per_address",
                    )
                ],
            },
        ),
    ]
