"""Jobs in the background, which every role may look at."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ROLES = ["contributor", "editor", "archivist"]


def give_rights(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    config = apps.get_app_config("archive")
    config.models_module = True  # the historical app has none, and would be passed over
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = None
    view_job = apps.get_model("auth", "Permission").objects.get(content_type__app_label="archive", codename="view_job")
    for role in apps.get_model("auth", "Group").objects.filter(name__in=ROLES):
        role.permissions.add(view_job)


def take_rights(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    del schema_editor
    permissions = apps.get_model("auth", "Permission").objects
    permissions.filter(content_type__app_label="archive", codename="view_job").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0018_folding_quicker"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        editable=False, help_text="The function that does it, by its dotted path.", max_length=200
                    ),
                ),
                ("title", models.CharField(editable=False, max_length=250)),
                ("arguments", models.JSONField(default=dict, editable=False)),
                (
                    "onward",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="The address within the site of what it is about.",
                        max_length=250,
                    ),
                ),
                (
                    "asked_as",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="Their name then; empty for the operator of the server.",
                        max_length=150,
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("begun_at", models.DateTimeField(editable=False, null=True)),
                (
                    "beat_at",
                    models.DateTimeField(
                        editable=False,
                        help_text="The last sign of life of whoever is at it. Empty where nobody is.",
                        null=True,
                    ),
                ),
                ("times_begun", models.PositiveIntegerField(default=0, editable=False)),
                ("ended_at", models.DateTimeField(editable=False, null=True)),
                ("done", models.BigIntegerField(default=0, editable=False, help_text="How many items are done.")),
                (
                    "total",
                    models.BigIntegerField(
                        editable=False, help_text="How many there are; empty: not known.", null=True
                    ),
                ),
                (
                    "reached",
                    models.BigIntegerField(
                        default=0, editable=False, help_text="The key of the last row that is done, to go on behind it."
                    ),
                ),
                ("outcome", models.TextField(blank=True, editable=False, help_text="What came of it.")),
                ("problem", models.TextField(blank=True, editable=False, help_text="Why it ended before it was done.")),
                ("undone_at", models.DateTimeField(editable=False, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "undoes",
                    models.ForeignKey(
                        editable=False,
                        help_text="What it undoes.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="undoings",
                        to="archive.job",
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="JobItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("object_type", models.CharField(help_text="The name of its model, such as article.", max_length=50)),
                ("object_id", models.BigIntegerField()),
                ("before", models.JSONField(default=dict)),
                (
                    "job",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="archive.job",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(condition=models.Q(("ended_at__isnull", True)), fields=["id"], name="job_unended"),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(fields=["asked_by", "-id"], name="job_of_colleague"),
        ),
        migrations.AddConstraint(
            model_name="jobitem",
            constraint=models.UniqueConstraint(
                fields=("job", "object_type", "object_id"), name="an_object_once_in_a_job"
            ),
        ),
        migrations.RunPython(give_rights, take_rights),
    ]
