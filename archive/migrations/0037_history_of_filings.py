"""Indexes for what was filed under a topic last, and what left it."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0036_indexes_for_editors"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="tagging",
            index=models.Index(
                condition=models.Q(("implied", False)), fields=["topic", "-tagged_at"], name="tagging_latest_filed"
            ),
        ),
        migrations.AddIndex(
            model_name="taggingevent",
            index=models.Index(
                condition=models.Q(("implied", False)), fields=["topic", "-pgh_id"], name="tagging_gone_from"
            ),
        ),
    ]
