"""The totals of the kept counts close together."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0039_pending_by_article"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="tally",
            index=models.Index(
                condition=models.Q(("year", 0)),
                fields=["subject", "subject_id"],
                include=("articles", "quotes"),
                name="tally_totals",
            ),
        ),
    ]
