"""Indexes in the order in which editors' lists show their rows, and of what was deleted."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0035_digests"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="tagging",
            name="one_tagging_of_article_and_topic",
        ),
        migrations.RemoveConstraint(
            model_name="tagging",
            name="one_tagging_of_quote_and_topic",
        ),
        migrations.RemoveIndex(
            model_name="article",
            name="article_status_newest",
        ),
        migrations.RemoveIndex(
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
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["status", "-id"], name="article_of_status"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["source", "-id"], name="article_of_source"),
        ),
        migrations.AddIndex(
            model_name="articleevent",
            index=models.Index(
                condition=models.Q(("pgh_label", "delete")), fields=["-pgh_id"], name="articleevent_deleted"
            ),
        ),
        migrations.AddIndex(
            model_name="authorshipevent",
            index=models.Index(
                condition=models.Q(("pgh_label", "delete")), fields=["-pgh_id"], name="authorshipevent_deleted"
            ),
        ),
        migrations.AddIndex(
            model_name="failureevent",
            index=models.Index(
                condition=models.Q(("pgh_label", "delete")), fields=["-pgh_id"], name="failureevent_deleted"
            ),
        ),
        migrations.AddIndex(
            model_name="original",
            index=models.Index(fields=["media_type", "-received_at", "-id"], name="original_of_type"),
        ),
        migrations.AddIndex(
            model_name="original",
            index=models.Index(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Lower("filename"), "text_pattern_ops"
                ),
                name="original_filename_begins",
            ),
        ),
        migrations.AddIndex(
            model_name="originalevent",
            index=models.Index(
                condition=models.Q(("pgh_label", "delete")), fields=["-pgh_id"], name="originalevent_deleted"
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["name", "id"], name="person_by_name"),
        ),
        migrations.AddIndex(
            model_name="personevent",
            index=models.Index(
                condition=models.Q(("pgh_label", "delete")), fields=["-pgh_id"], name="personevent_deleted"
            ),
        ),
        migrations.AddIndex(
            model_name="personnameevent",
            index=models.Index(
                condition=models.Q(("pgh_label", "delete")), fields=["-pgh_id"], name="personnameevent_deleted"
            ),
        ),
        migrations.AddIndex(
            model_name="quote",
            index=models.Index(fields=["speaker", "-id"], name="quote_of_speaker"),
        ),
        migrations.AddIndex(
            model_name="quote",
            index=models.Index(fields=["speaker", "-article"], name="quote_articles_of_speaker"),
        ),
        migrations.AddIndex(
            model_name="quoteevent",
            index=models.Index(
                condition=models.Q(("pgh_label", "delete")), fields=["-pgh_id"], name="quoteevent_deleted"
            ),
        ),
        migrations.AddIndex(
            model_name="sourceevent",
            index=models.Index(
                condition=models.Q(("pgh_label", "delete")), fields=["-pgh_id"], name="sourceevent_deleted"
            ),
        ),
        migrations.AddIndex(
            model_name="suggestion",
            index=models.Index(fields=["answer", "-id"], name="suggestion_of_answer"),
        ),
        migrations.AddIndex(
            model_name="suggestion",
            index=models.Index(
                condition=models.Q(("answer", "pending")), fields=["kind", "-id"], name="suggestion_pending_of_kind"
            ),
        ),
        migrations.AddIndex(
            model_name="suggestionevent",
            index=models.Index(
                condition=models.Q(("pgh_label", "delete")), fields=["-pgh_id"], name="suggestionevent_deleted"
            ),
        ),
        migrations.AddIndex(
            model_name="taggingevent",
            index=models.Index(
                condition=models.Q(("pgh_label", "delete")), fields=["-pgh_id"], name="taggingevent_deleted"
            ),
        ),
        migrations.AddIndex(
            model_name="topic",
            index=models.Index(fields=["name"], name="topic_by_name"),
        ),
        migrations.AddIndex(
            model_name="topicbroaderevent",
            index=models.Index(
                condition=models.Q(("pgh_label", "delete")), fields=["-pgh_id"], name="topicbroaderevent_deleted"
            ),
        ),
        migrations.AddIndex(
            model_name="topicevent",
            index=models.Index(
                condition=models.Q(("pgh_label", "delete")), fields=["-pgh_id"], name="topicevent_deleted"
            ),
        ),
        migrations.AddIndex(
            model_name="topicnameevent",
            index=models.Index(
                condition=models.Q(("pgh_label", "delete")), fields=["-pgh_id"], name="topicnameevent_deleted"
            ),
        ),
        migrations.AddIndex(
            model_name="topicrelationevent",
            index=models.Index(
                condition=models.Q(("pgh_label", "delete")), fields=["-pgh_id"], name="topicrelationevent_deleted"
            ),
        ),
        migrations.AddConstraint(
            model_name="tagging",
            constraint=models.UniqueConstraint(fields=("topic", "article"), name="one_tagging_of_article_and_topic"),
        ),
        migrations.AddConstraint(
            model_name="tagging",
            constraint=models.UniqueConstraint(fields=("topic", "quote"), name="one_tagging_of_quote_and_topic"),
        ),
        migrations.AddIndex(
            model_name="noteanswerevent",
            index=models.Index(
                condition=models.Q(("pgh_label", "delete")), fields=["-pgh_id"], name="noteanswerevent_deleted"
            ),
        ),
        migrations.AddIndex(
            model_name="noteevent",
            index=models.Index(
                condition=models.Q(("pgh_label", "delete")), fields=["-pgh_id"], name="noteevent_deleted"
            ),
        ),
    ]
