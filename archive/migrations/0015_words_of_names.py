import django.contrib.postgres.indexes
from django.db import migrations

import archive.models.person


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0014_rules_in_words"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="person",
            index=django.contrib.postgres.indexes.GinIndex(
                archive.models.person.WordsOfName("name"), name="person_name_words"
            ),
        ),
        migrations.AddIndex(
            model_name="personname",
            index=django.contrib.postgres.indexes.GinIndex(
                archive.models.person.WordsOfName("name"), name="person_other_name_words"
            ),
        ),
    ]
