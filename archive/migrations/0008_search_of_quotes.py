import django.contrib.postgres.indexes
from django.conf import settings
from django.db import migrations

import archive.models.searched


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0007_batches"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="quote",
            index=django.contrib.postgres.indexes.GinIndex(
                archive.models.searched.WordsOfQuote("words"), name="quote_words"
            ),
        ),
    ]
