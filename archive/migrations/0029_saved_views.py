"""Views of a list, which colleagues keep under a name."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0028_preview_links"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "list",
                    models.CharField(help_text="The name of the model that is listed, such as article.", max_length=50),
                ),
                ("name", models.CharField(max_length=60)),
                ("query", models.CharField(help_text="The query string of the list's address.", max_length=2000)),
                (
                    "is_default",
                    models.BooleanField(default=False, help_text="Shown where the list is opened without another."),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("user", "list", "name"), name="one_view_of_a_name"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True)), fields=("user", "list"), name="one_default_view"
                    ),
                ],
            },
        ),
    ]
