"""Imports asked for in the admin: their job, what became of each row, and that archivists may."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def give_rights(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    config = apps.get_app_config("archive")
    config.models_module = True  # the historical app has none, and would be passed over
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = None
    add_batch = apps.get_model("auth", "Permission").objects.get(
        content_type__app_label="archive", codename="add_batch"
    )
    for archivist in apps.get_model("auth", "Group").objects.filter(name="archivist"):
        archivist.permissions.add(add_batch)


def take_rights(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    del schema_editor
    add_batch = apps.get_model("auth", "Permission").objects.get(
        content_type__app_label="archive", codename="add_batch"
    )
    for archivist in apps.get_model("auth", "Group").objects.filter(name="archivist"):
        archivist.permissions.remove(add_batch)


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0023_hours_to_check"),
    ]

    operations = [
        migrations.AddField(
            model_name="batch",
            name="job",
            field=models.ForeignKey(
                editable=False,
                help_text="The job that brings it in, where that is done in the background.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="archive.job",
            ),
        ),
        migrations.CreateModel(
            name="BatchRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("origin", models.TextField(help_text="The file, by the name it came in with.")),
                ("row", models.BigIntegerField(default=0, help_text="Its row; 0 for the file itself.")),
                ("outcome", models.CharField(help_text="imported, skipped or failed.", max_length=8)),
                ("reason", models.TextField(blank=True)),
                (
                    "article",
                    models.ForeignKey(
                        help_text="What it became, or what was here already.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="archive.article",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="archive.batch",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["batch", "id"], name="row_of_batch"),
                    models.Index(fields=["batch", "outcome", "id"], name="row_of_batch_by_outcome"),
                ],
            },
        ),
        migrations.RunPython(give_rights, take_rights),
    ]
