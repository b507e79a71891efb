"""Indexes that hold all that pages ask them for, and of what is under embargo.

Built without holding up those who write, and so not in one transaction. Where it was broken off, put back the names that
end in `_before`, drop what is invalid (`\\d` tells) or there already, and begin again.
"""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models
from django.db.migrations.operations.base import Operation

SEEN = models.Q(("visible_from__isnull", False))


def _replaced(model: str, index: models.Index) -> list[Operation]:
    """The index of this name, built anew while the one before it serves on."""
    return [
        migrations.RenameIndex(model, old_name=index.name, new_name=f"{index.name}_before"),
        AddIndexConcurrently(model, index),
        RemoveIndexConcurrently(model, f"{index.name}_before"),
    ]


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("archive", "0040_totals"),
    ]

    operations = [
        *_replaced(
            "tagging",
            models.Index(
                fields=["topic", "-published_at", "-article"],
                include=["visible_from"],
                name="tagging_public_articles",
                condition=models.Q(("article__isnull", False), ("visible_from__isnull", False)),
            ),
        ),
        *_replaced(
            "tagging",
            models.Index(
                fields=["topic", "-published_at", "-quote"],
                include=["visible_from"],
                name="tagging_public_quotes",
                condition=models.Q(("quote__isnull", False), ("visible_from__isnull", False)),
            ),
        ),
        *_replaced(
            "quote",
            models.Index(
                fields=["-published_at", "-article", "position", "id"], name="quote_public_newest", condition=SEEN
            ),
        ),
        *_replaced(
            "quote",
            models.Index(
                fields=["speaker", "-published_at", "-article", "position", "id"],
                include=["visible_from"],
                name="quote_public_of_speaker",
                condition=SEEN,
            ),
        ),
        AddIndexConcurrently(
            "tagging",
            models.Index(
                fields=["topic", "visible_from"],
                name="tagging_under_embargo",
                condition=models.Q(("counted", False), ("visible_from__isnull", False)),
            ),
        ),
        AddIndexConcurrently(
            "quote",
            models.Index(
                fields=["speaker", "visible_from"],
                name="quote_under_embargo",
                condition=models.Q(("counted", False), ("visible_from__isnull", False)),
            ),
        ),
        migrations.SeparateDatabaseAndState(
            # One after another: each as a transaction of its own.
            [
                migrations.RunSQL(
                    "CREATE UNIQUE INDEX CONCURRENTLY one_tally_of_a_year_with_counts"
                    " ON archive_tally (subject, subject_id, year) INCLUDE (articles, quotes)",
                    "DROP INDEX CONCURRENTLY one_tally_of_a_year_with_counts",
                ),
                migrations.RunSQL(
                    "ALTER TABLE archive_tally DROP CONSTRAINT one_tally_of_a_year",
                    "ALTER TABLE archive_tally ADD CONSTRAINT one_tally_of_a_year UNIQUE (subject, subject_id, year)",
                ),
                migrations.RunSQL(
                    "ALTER INDEX one_tally_of_a_year_with_counts RENAME TO one_tally_of_a_year",
                    "ALTER INDEX one_tally_of_a_year RENAME TO one_tally_of_a_year_with_counts",
                ),
            ],
            [
                migrations.RemoveConstraint("tally", "one_tally_of_a_year"),
                migrations.AddConstraint(
                    "tally",
                    models.UniqueConstraint(
                        fields=["subject", "subject_id", "year"],
                        include=["articles", "quotes"],
                        name="one_tally_of_a_year",
                    ),
                ),
            ],
        ),
    ]
