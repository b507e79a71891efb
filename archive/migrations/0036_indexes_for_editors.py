"""Indexes in the order in which editors' lists show their rows, and of what was deleted.

Built without holding up those who write, and so not in one transaction.
"""

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models
from django.db.migrations.operations.base import Operation


def _begun_with_the_topic(item: str) -> list[Operation]:
    """The index that keeps an item from being filed twice under a topic, built anew while the one before serves on."""
    name = f"one_tagging_of_{item}_and_topic"

    def built(*columns: str) -> str:
        return f"CREATE UNIQUE INDEX CONCURRENTLY {name}_anew ON archive_tagging ({', '.join(columns)})"

    taken = f"ALTER TABLE archive_tagging DROP CONSTRAINT {name}, ADD CONSTRAINT {name} UNIQUE USING INDEX {name}_anew"
    before, after = (f"{item}_id", "topic_id"), ("topic_id", f"{item}_id")
    return [
        migrations.RunSQL(built(*after), taken),
        migrations.SeparateDatabaseAndState(
            [migrations.RunSQL(taken, built(*before))],
            [
                migrations.RemoveConstraint("tagging", name),
                migrations.AddConstraint("tagging", models.UniqueConstraint(fields=("topic", item), name=name)),
            ],
        ),
    ]


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("archive", "0035_digests"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *_begun_with_the_topic("article"),
        *_begun_with_the_topic("quote"),
        RemoveIndexConcurrently(
            model_name="article",
            name="article_status_newest",
        ),
        RemoveIndexConcurrently(
            model_name="suggestion",
            name="suggestion_pending",
        ),
        migrations.AlterField(
            model_name="article",
            name="source",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                help_text="The publication it comes from. Needed before it can be published.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="articles",
                to="archive.source",
            ),
        ),
        migrations.AlterField(
            model_name="quote",
            name="speaker",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                help_text="Who said it.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="quotes",
                to="archive.person",
            ),
        ),
        migrations.AlterField(
            model_name="tagging",
            name="topic",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="taggings", to="archive.topic"
            ),
        ),
        AddIndexConcurrently(
            model_name="article",
            index=models.Index(fields=["status", "-id"], name="article_of_status"),
        ),
        AddIndexConcurrently(
            model_name="article",
            index=models.Index(fields=["source", "-id"], name="article_of_source"),
        ),
        AddIndexConcurrently(
            model_name="articleevent",
            index=models.Index(
                condition=models.Q(("pgh_label", "delete")), fields=["-pgh_id"], name="articleevent_deleted"
            ),
        ),
        AddIndexConcurrently(
            model_name="authorshipevent",
            index=models.Index(
                condition=models.Q(("pgh_label", "delete")), fields=["-pgh_id"], name="authorshipevent_deleted"
            ),
        ),
        AddIndexConcurrently(
            model_name="failureevent",
            index=models.Index(
                condition=models.Q(("pgh_label", "delete")), fields=["-pgh_id"], name="failureevent_deleted"
            ),
        ),
        AddIndexConcurrently(
            model_name="original",
            index=models.Index(fields=["media_type", "-received_at", "-id"], name="original_of_type"),
        ),
        AddIndexConcurrently(
            model_name="original",
            index=models.Index(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Lower("filename"), "text_pattern_ops"
                ),
                name="original_filename_begins",
            ),
        ),
        AddIndexConcurrently(
            model_name="originalevent",
            index=models.Index(
                condition=models.Q(("pgh_label", "delete")), fields=["-pgh_id"], name="originalevent_deleted"
            ),
        ),
        AddIndexConcurrently(
            model_name="person",
            index=models.Index(fields=["name", "id"], name="person_by_name"),
        ),
        AddIndexConcurrently(
            model_name="personevent",
            index=models.Index(
                condition=models.Q(("pgh_label", "delete")), fields=["-pgh_id"], name="personevent_deleted"
            ),
        ),
        AddIndexConcurrently(
            model_name="personnameevent",
            index=models.Index(
                condition=models.Q(("pgh_label", "delete")), fields=["-pgh_id"], name="personnameevent_deleted"
            ),
        ),
        AddIndexConcurrently(
            model_name="quote",
            index=models.Index(fields=["speaker", "-id"], name="quote_of_speaker"),
        ),
        AddIndexConcurrently(
            model_name="quote",
            index=models.Index(fields=["speaker", "-article"], name="quote_articles_of_speaker"),
        ),
        AddIndexConcurrently(
            model_name="quoteevent",
            index=models.Index(
                condition=models.Q(("pgh_label", "delete")), fields=["-pgh_id"], name="quoteevent_deleted"
            ),
        ),
        AddIndexConcurrently(
            model_name="sourceevent",
            index=models.Index(
                condition=models.Q(("pgh_label", "delete")), fields=["-pgh_id"], name="sourceevent_deleted"
            ),
        ),
        AddIndexConcurrently(
            model_name="suggestion",
            index=models.Index(fields=["answer", "-id"], name="suggestion_of_answer"),
        ),
        AddIndexConcurrently(
            model_name="suggestion",
            index=models.Index(
                condition=models.Q(("answer", "pending")), fields=["kind", "-id"], name="suggestion_pending_of_kind"
            ),
        ),
        AddIndexConcurrently(
            model_name="suggestionevent",
            index=models.Index(
                condition=models.Q(("pgh_label", "delete")), fields=["-pgh_id"], name="suggestionevent_deleted"
            ),
        ),
        AddIndexConcurrently(
            model_name="taggingevent",
            index=models.Index(
                condition=models.Q(("pgh_label", "delete")), fields=["-pgh_id"], name="taggingevent_deleted"
            ),
        ),
        AddIndexConcurrently(
            model_name="topic",
            index=models.Index(fields=["name"], name="topic_by_name"),
        ),
        AddIndexConcurrently(
            model_name="topicbroaderevent",
            index=models.Index(
                condition=models.Q(("pgh_label", "delete")), fields=["-pgh_id"], name="topicbroaderevent_deleted"
            ),
        ),
        AddIndexConcurrently(
            model_name="topicevent",
            index=models.Index(
                condition=models.Q(("pgh_label", "delete")), fields=["-pgh_id"], name="topicevent_deleted"
            ),
        ),
        AddIndexConcurrently(
            model_name="topicnameevent",
            index=models.Index(
                condition=models.Q(("pgh_label", "delete")), fields=["-pgh_id"], name="topicnameevent_deleted"
            ),
        ),
        AddIndexConcurrently(
            model_name="topicrelationevent",
            index=models.Index(
                condition=models.Q(("pgh_label", "delete")), fields=["-pgh_id"], name="topicrelationevent_deleted"
            ),
        ),
        AddIndexConcurrently(
            model_name="noteanswerevent",
            index=models.Index(
                condition=models.Q(("pgh_label", "delete")), fields=["-pgh_id"], name="noteanswerevent_deleted"
            ),
        ),
        AddIndexConcurrently(
            model_name="noteevent",
            index=models.Index(
                condition=models.Q(("pgh_label", "delete")), fields=["-pgh_id"], name="noteevent_deleted"
            ),
        ),
    ]
