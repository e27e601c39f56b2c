"""A link that ended says why."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column more."""

    dependencies: ClassVar = [("goldenthread", "0004_rating_scales")]
    operations: ClassVar = [
        migrations.AddField(
            model_name="link", name="reason", field=models.TextField(blank=True, default="")
        ),
    ]
