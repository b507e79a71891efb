"""An index of the proposals that wait, by article."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0038_digest_of_the_top"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="suggestion",
            index=models.Index(
                condition=models.Q(("answer", "pending")), fields=["-article"], name="suggestion_pending_of_article"
            ),
        ),
    ]
