"""Indexes for what is rare and looked for in the admin's lists: texts that break off, quotes that are lost."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0008_search_of_quotes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="article",
            index=models.Index(condition=models.Q(("broken_off", True)), fields=["-id"], name="article_broken_off"),
        ),
        migrations.AddIndex(
            model_name="quote",
            index=models.Index(condition=models.Q(("lost_at__isnull", False)), fields=["-id"], name="quote_lost"),
        ),
    ]
