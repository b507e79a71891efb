"""Digests are asked for as a part of the question after what they tell of, and by no function of their own."""

from importlib import import_module

from django.db import migrations

KEPT = import_module("archive.migrations.0035_digests").KEPT


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0042_facets_from_indexes"),
    ]

    operations = [
        migrations.RunSQL("DROP FUNCTION archive_digest(text, bigint)", KEPT),
    ]
