import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import archive.models.article
import archive.models.original
import archive.models.quote
import archive.models.searched


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("archive", "0001_sql_functions"),
        ("auth", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(help_text="As the publication writes its own name.", max_length=200, unique=True),
                ),
                (
                    "slug",
                    models.SlugField(
                        blank=True,
                        help_text="Its part of the address. Filled from the name; a change redirects the old address.",
                        max_length=100,
                        unique=True,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True, help_text="What it is, such as “trade weekly” or “ministry”.", max_length=60
                    ),
                ),
                ("place", models.CharField(blank=True, help_text="Where it is published.", max_length=100)),
                (
                    "language",
                    models.CharField(
                        default="en",
                        help_text="Language its articles are written in unless they say otherwise.",
                        max_length=12,
                    ),
                ),
                ("homepage", models.URLField(blank=True, help_text="Address of its front page.")),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("full", "Full text"),
                            ("excerpt", "Excerpt, with a link to the publisher"),
                            ("reference", "Reference only: headline, date and link"),
                        ],
                        default="excerpt",
                        help_text="What readers may see of its articles. Choose full text only where the rights allow it.",
                        max_length=10,
                    ),
                ),
                (
                    "rights",
                    models.TextField(blank=True, help_text="The rights statement shown below each of its articles."),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="SourceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(help_text="As the publication writes its own name.", max_length=200)),
                (
                    "slug",
                    models.SlugField(
                        blank=True,
                        db_index=False,
                        help_text="Its part of the address. Filled from the name; a change redirects the old address.",
                        max_length=100,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True, help_text="What it is, such as “trade weekly” or “ministry”.", max_length=60
                    ),
                ),
                ("place", models.CharField(blank=True, help_text="Where it is published.", max_length=100)),
                (
                    "language",
                    models.CharField(
                        default="en",
                        help_text="Language its articles are written in unless they say otherwise.",
                        max_length=12,
                    ),
                ),
                ("homepage", models.URLField(blank=True, help_text="Address of its front page.")),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("full", "Full text"),
                            ("excerpt", "Excerpt, with a link to the publisher"),
                            ("reference", "Reference only: headline, date and link"),
                        ],
                        default="excerpt",
                        help_text="What readers may see of its articles. Choose full text only where the rights allow it.",
                        max_length=10,
                    ),
                ),
                (
                    "rights",
                    models.TextField(blank=True, help_text="The rights statement shown below each of its articles."),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="archive.source",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_former_slug",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF (OLD.slug IS DISTINCT FROM NEW.slug) AND 0 IS NOT NULL AND OLD.slug <> '' THEN\n                INSERT INTO archive_formerslug (kind, year, slug, object_id, given_up_at)\n                VALUES ('source', 0, OLD.slug, OLD.id, now())\n                ON CONFLICT (kind, year, slug) DO UPDATE SET object_id = EXCLUDED.object_id, given_up_at = now();\n            END IF;\n            RETURN NULL;\n        ",
                    hash="45fd1082828a688c7c9148e57fa492d6f70e6c26",
                    operation="UPDATE",
                    pgid="pgtrigger_keep_former_slug_9526e",
                    table="archive_source",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "archive_sourceevent" ("homepage", "id", "kind", "language", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "rights", "slug", "visibility") VALUES (OLD."homepage", OLD."id", OLD."kind", OLD."language", OLD."name", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."place", OLD."rights", OLD."slug", OLD."visibility"); RETURN NULL;',
                    hash="2662d9c8ccc68f96ce64951ac9d1bcab1f44420e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_84a03",
                    table="archive_source",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "archive_sourceevent" ("homepage", "id", "kind", "language", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "rights", "slug", "visibility") VALUES (OLD."homepage", OLD."id", OLD."kind", OLD."language", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."rights", OLD."slug", OLD."visibility"); RETURN NULL;',
                    hash="9efb4ec8606dff60cfc0b398800603741ca35cdb",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_3d781",
                    table="archive_source",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sourceevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="ec205504e6b16413efe85e25e7726e5275fae230",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_00942",
                    table="archive_sourceevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("archive", "Archive"),
                            ("topic", "Topic"),
                            ("person", "Person"),
                            ("source", "Source"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "subject_id",
                    models.BigIntegerField(help_text="Id of the topic, person or source; 0 for the whole archive."),
                ),
                ("year", models.SmallIntegerField(default=0)),
                ("articles", models.BigIntegerField(default=0)),
                ("quotes", models.BigIntegerField(default=0)),
            ],
            options={
                "verbose_name_plural": "tallies",
                "constraints": [
                    models.UniqueConstraint(fields=("subject", "subject_id", "year"), name="one_tally_of_a_year")
                ],
            },
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        help_text="The preferred name (SKOS prefLabel), unique whatever its case.", max_length=200
                    ),
                ),
                (
                    "match_case",
                    models.BooleanField(
                        default=False,
                        help_text="The name counts in a text only in this case, as with “Dragon” or “ISS”.",
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        blank=True,
                        help_text="Its part of the address. Filled from the name; a change redirects the old address.",
                        max_length=100,
                        unique=True,
                    ),
                ),
                (
                    "scope_note",
                    models.TextField(blank=True, help_text="What belongs here and what does not (SKOS scopeNote)."),
                ),
                (
                    "identifiers",
                    models.JSONField(
                        blank=True, default=dict, help_text='Identifiers elsewhere, such as {"wikidata": "Q313"}.'
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="The topic that took this one's place; its address redirects there.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaces",
                        to="archive.topic",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(django.db.models.functions.text.Lower("name"), name="one_topic_of_a_name"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaced_by__isnull", True),
                            models.Q(("replaced_by", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="topic_not_replaced_by_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TopicEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "name",
                    models.CharField(
                        help_text="The preferred name (SKOS prefLabel), unique whatever its case.", max_length=200
                    ),
                ),
                (
                    "match_case",
                    models.BooleanField(
                        default=False,
                        help_text="The name counts in a text only in this case, as with “Dragon” or “ISS”.",
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        blank=True,
                        db_index=False,
                        help_text="Its part of the address. Filled from the name; a change redirects the old address.",
                        max_length=100,
                    ),
                ),
                (
                    "scope_note",
                    models.TextField(blank=True, help_text="What belongs here and what does not (SKOS scopeNote)."),
                ),
                (
                    "identifiers",
                    models.JSONField(
                        blank=True, default=dict, help_text='Identifiers elsewhere, such as {"wikidata": "Q313"}.'
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="archive.topic",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The topic that took this one's place; its address redirects there.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="archive.topic",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="topic",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_former_slug",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF (OLD.slug IS DISTINCT FROM NEW.slug) AND 0 IS NOT NULL AND OLD.slug <> '' THEN\n                INSERT INTO archive_formerslug (kind, year, slug, object_id, given_up_at)\n                VALUES ('topic', 0, OLD.slug, OLD.id, now())\n                ON CONFLICT (kind, year, slug) DO UPDATE SET object_id = EXCLUDED.object_id, given_up_at = now();\n            END IF;\n            RETURN NULL;\n        ",
                    hash="e40f8a25d3542db78eb794c87177b39a3fad432b",
                    operation="UPDATE",
                    pgid="pgtrigger_keep_former_slug_509c5",
                    table="archive_topic",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="topic",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "archive_topicevent" ("id", "identifiers", "match_case", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replaced_by_id", "scope_note", "slug") VALUES (OLD."id", OLD."identifiers", OLD."match_case", OLD."name", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."replaced_by_id", OLD."scope_note", OLD."slug"); RETURN NULL;',
                    hash="1a58ef82a6728f6f12aca1dc2b41ba2a54968398",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_37c38",
                    table="archive_topic",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="topic",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "archive_topicevent" ("id", "identifiers", "match_case", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replaced_by_id", "scope_note", "slug") VALUES (OLD."id", OLD."identifiers", OLD."match_case", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."replaced_by_id", OLD."scope_note", OLD."slug"); RETURN NULL;',
                    hash="930c3c962301ce4f9ec6c96ffa2df7b1087155f8",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_acc80",
                    table="archive_topic",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="topicevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f3dce5c8e6af29a8b5b0106805cd41f8168f591a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_9268b",
                    table="archive_topicevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="TopicBroader",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "broader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="narrower_links", to="archive.topic"
                    ),
                ),
                (
                    "narrower",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="broader_links", to="archive.topic"
                    ),
                ),
            ],
            options={
                "verbose_name": "broader topic",
                "constraints": [
                    models.UniqueConstraint(fields=("narrower", "broader"), name="one_link_between_two_topics"),
                    models.CheckConstraint(
                        condition=models.Q(("narrower", models.F("broader")), _negated=True),
                        name="topic_not_under_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TopicBroaderEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "broader",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="archive.topic",
                    ),
                ),
                (
                    "narrower",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="archive.topic",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="archive.topicbroader",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="topicbroader",
            trigger=pgtrigger.compiler.Trigger(
                name="no_cycle_of_topics",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    PERFORM pg_advisory_xact_lock(hashtext('archive: broader topics'));\n                    IF NEW.narrower_id IN (SELECT archive_broader_topics(NEW.broader_id)) THEN\n                        RAISE EXCEPTION 'topic % cannot lie under %: it would lie under itself',\n                            (SELECT name FROM archive_topic WHERE id = NEW.narrower_id),\n                            (SELECT name FROM archive_topic WHERE id = NEW.broader_id)\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'no_cycle_of_topics';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="259febd2f6b9caa106fe65f2daec390b9d804f7d",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_no_cycle_of_topics_cdd50",
                    table="archive_topicbroader",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="topicbroader",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "archive_topicbroaderevent" ("broader_id", "id", "narrower_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."broader_id", OLD."id", OLD."narrower_id", _pgh_attach_context(), NOW(), \'update\', OLD."id"); RETURN NULL;',
                    hash="3f018dda240dbe74a4e95a38e6f9faddffe6334f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_7c7cb",
                    table="archive_topicbroader",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="topicbroader",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "archive_topicbroaderevent" ("broader_id", "id", "narrower_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."broader_id", OLD."id", OLD."narrower_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="cad79886633119c1850e13d941380ed8b3ab5298",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a85e5",
                    table="archive_topicbroader",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="topicbroaderevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="ef6a7412da03b57680882bac82ca4cf9faf1e6a8",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_03d8e",
                    table="archive_topicbroaderevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="TopicName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(help_text="Another name that texts use for this topic.", max_length=200)),
                (
                    "match_case",
                    models.BooleanField(
                        default=False, help_text="Counts in a text only in this case, as with “ISS” or “SLS”."
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="other_names", to="archive.topic"
                    ),
                ),
            ],
            options={
                "verbose_name": "alternative name",
                "ordering": ["name"],
                "indexes": [
                    models.Index(django.db.models.functions.text.Lower("name"), name="topic_other_name_any_case")
                ],
                "constraints": [models.UniqueConstraint(fields=("topic", "name"), name="one_of_each_name_of_a_topic")],
            },
        ),
        migrations.CreateModel(
            name="TopicNameEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(help_text="Another name that texts use for this topic.", max_length=200)),
                (
                    "match_case",
                    models.BooleanField(
                        default=False, help_text="Counts in a text only in this case, as with “ISS” or “SLS”."
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="archive.topicname",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="archive.topic",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="topicname",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "archive_topicnameevent" ("id", "match_case", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "topic_id") VALUES (OLD."id", OLD."match_case", OLD."name", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."topic_id"); RETURN NULL;',
                    hash="9841c877ede63503c06ff3f22fe6368d0fd2cd6e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_5c49b",
                    table="archive_topicname",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="topicname",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "archive_topicnameevent" ("id", "match_case", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "topic_id") VALUES (OLD."id", OLD."match_case", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."topic_id"); RETURN NULL;',
                    hash="7b021f2a9addbb3051ef47d141988b0074309232",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_7ee22",
                    table="archive_topicname",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="topicnameevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="bb37f14876b059467b55c9cb35796061b20f09b6",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_6fe84",
                    table="archive_topicnameevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="TopicRelation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "from_topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="archive.topic"
                    ),
                ),
                (
                    "to_topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="archive.topic"
                    ),
                ),
            ],
            options={
                "verbose_name": "related topic",
                "constraints": [
                    models.UniqueConstraint(fields=("from_topic", "to_topic"), name="one_relation_of_two_topics"),
                    models.CheckConstraint(
                        condition=models.Q(("from_topic", models.F("to_topic")), _negated=True),
                        name="topic_not_related_to_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TopicRelationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "from_topic",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="archive.topic",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="archive.topicrelation",
                    ),
                ),
                (
                    "to_topic",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="archive.topic",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="topicrelation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "archive_topicrelationevent" ("from_topic_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "to_topic_id") VALUES (OLD."from_topic_id", OLD."id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."to_topic_id"); RETURN NULL;',
                    hash="fb10d528e96668531141f74f25a94a7ca0815fac",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_6e52b",
                    table="archive_topicrelation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="topicrelation",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "archive_topicrelationevent" ("from_topic_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "to_topic_id") VALUES (OLD."from_topic_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."to_topic_id"); RETURN NULL;',
                    hash="a7b09d13ab580a6e00551e4af388bd3bbc856daa",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1aa7e",
                    table="archive_topicrelation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="topicrelationevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f812ef1821e0a71c75aaa0f264fefef85dd13999",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_fd8b6",
                    table="archive_topicrelationevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "title",
                    models.CharField(default="Archive of record", help_text="The name of the archive.", max_length=100),
                ),
                (
                    "tagline",
                    models.CharField(
                        blank=True,
                        default="Space policy, from the first day to this one",
                        help_text="One line under the name on the front page.",
                        max_length=200,
                    ),
                ),
                (
                    "notice",
                    models.TextField(
                        blank=True,
                        help_text="A sentence shown on every page, such as that the sample archive is invented. Empty for none.",
                    ),
                ),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="one_edition")],
            },
        ),
        migrations.CreateModel(
            name="FormerSlug",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("article", "Article"),
                            ("topic", "Topic"),
                            ("person", "Person"),
                            ("source", "Source"),
                        ],
                        max_length=10,
                    ),
                ),
                ("year", models.SmallIntegerField(default=0, help_text="An article's year; 0 for everything else.")),
                ("slug", models.SlugField(db_index=False, max_length=100)),
                ("object_id", models.BigIntegerField()),
                ("given_up_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "year", "slug"), name="one_owner_of_a_former_slug")
                ],
            },
        ),
        migrations.CreateModel(
            name="Original",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sha256",
                    models.CharField(
                        editable=False, help_text="SHA-256 of the bytes, in hex.", max_length=64, unique=True
                    ),
                ),
                ("size", models.BigIntegerField(editable=False, help_text="Length in bytes.")),
                ("media_type", models.CharField(editable=False, help_text="Such as text/plain.", max_length=100)),
                (
                    "filename",
                    models.CharField(editable=False, help_text="The name the file came in with.", max_length=255),
                ),
                ("origin", models.TextField(editable=False, help_text="The path or address it came from.")),
                (
                    "encoding",
                    models.CharField(blank=True, editable=False, help_text="How its text was decoded.", max_length=40),
                ),
                (
                    "content",
                    models.FileField(
                        max_length=120,
                        storage=archive.models.original.originals_storage,
                        upload_to=archive.models.original.place_of_original,
                    ),
                ),
                ("received_at", models.DateTimeField(auto_now_add=True)),
                (
                    "received_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-received_at", "-id"],
                "indexes": [models.Index(fields=["-received_at", "-id"], name="original_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="original_sha256_is_hex"
                    ),
                    models.CheckConstraint(condition=models.Q(("size__gte", 0)), name="original_size_not_negative"),
                ],
            },
        ),
        migrations.CreateModel(
            name="OriginalEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("sha256", models.CharField(editable=False, help_text="SHA-256 of the bytes, in hex.", max_length=64)),
                ("size", models.BigIntegerField(editable=False, help_text="Length in bytes.")),
                ("media_type", models.CharField(editable=False, help_text="Such as text/plain.", max_length=100)),
                (
                    "filename",
                    models.CharField(editable=False, help_text="The name the file came in with.", max_length=255),
                ),
                ("origin", models.TextField(editable=False, help_text="The path or address it came from.")),
                (
                    "encoding",
                    models.CharField(blank=True, editable=False, help_text="How its text was decoded.", max_length=40),
                ),
                (
                    "content",
                    models.FileField(
                        max_length=120,
                        storage=archive.models.original.originals_storage,
                        upload_to=archive.models.original.place_of_original,
                    ),
                ),
                ("received_at", models.DateTimeField(auto_now_add=True)),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="archive.original",
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="original",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "archive_originalevent" ("content", "encoding", "filename", "id", "media_type", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "received_by_id", "sha256", "size") VALUES (OLD."content", OLD."encoding", OLD."filename", OLD."id", OLD."media_type", OLD."origin", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."received_at", OLD."received_by_id", OLD."sha256", OLD."size"); RETURN NULL;',
                    hash="ee1e6992ab1a3f684e0d5cdb058d1554bc3406bb",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_bff23",
                    table="archive_original",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="original",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "archive_originalevent" ("content", "encoding", "filename", "id", "media_type", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "received_by_id", "sha256", "size") VALUES (OLD."content", OLD."encoding", OLD."filename", OLD."id", OLD."media_type", OLD."origin", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."received_at", OLD."received_by_id", OLD."sha256", OLD."size"); RETURN NULL;',
                    hash="b432b5f64b68a122402a9fe3f36faf8b3d9a8da4",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_8bc25",
                    table="archive_original",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="originalevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f81825000fd5cf5715e6750830eecd071458d77b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_16de1",
                    table="archive_originalevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="Article",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("headline", models.CharField(help_text="As the publication printed it.", max_length=400)),
                (
                    "slug",
                    models.SlugField(
                        blank=True,
                        db_index=False,
                        help_text="Its part of the address, unique within the year. A change redirects the old address.",
                        max_length=100,
                    ),
                ),
                (
                    "standfirst",
                    models.TextField(blank=True, help_text="The sentence or two that stand between headline and text."),
                ),
                (
                    "dateline",
                    models.CharField(
                        blank=True, help_text="The place a report was sent from: WASHINGTON.", max_length=120
                    ),
                ),
                (
                    "byline",
                    models.CharField(blank=True, help_text="Who wrote it, as printed, without “By”.", max_length=300),
                ),
                (
                    "body",
                    models.TextField(
                        blank=True,
                        help_text="Plain text. Paragraphs are parted by a blank line; a line that starts with “## ” is a subheading. Quotes keep their place when the text around them changes.",
                    ),
                ),
                (
                    "author_note",
                    models.TextField(
                        blank=True, help_text="The author's biography that closed the text. Not part of the body."
                    ),
                ),
                (
                    "language",
                    models.CharField(default="en", help_text="Language of the text: en, fr, de …", max_length=12),
                ),
                (
                    "publisher_url",
                    models.URLField(
                        blank=True,
                        help_text="Address of the article at its publisher, if it is online.",
                        max_length=1000,
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Date of first publication by the source, in UTC. Needed before it can be published.",
                        null=True,
                    ),
                ),
                (
                    "precision",
                    models.CharField(
                        choices=[
                            ("time", "To the minute"),
                            ("day", "The day"),
                            ("month", "The month"),
                            ("year", "The year"),
                        ],
                        default="day",
                        help_text="How much of that date is known.",
                        max_length=5,
                    ),
                ),
                ("broken_off", models.BooleanField(default=False, help_text="The text stops before its end.")),
                (
                    "doubts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("headline", "The headline was made from the first words"),
                                ("date", "The date is missing or uncertain"),
                                ("source", "The source is not known"),
                                ("fragment", "The text is a fragment"),
                                ("encoding", "The encoding was guessed"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        default=list,
                        help_text="What the import left open.",
                        size=None,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                    ),
                ),
                (
                    "embargo_until",
                    models.DateTimeField(
                        blank=True,
                        help_text="Readers see a published article only from this moment on (UTC).",
                        null=True,
                    ),
                ),
                (
                    "released_at",
                    models.DateTimeField(editable=False, help_text="When it was published here.", null=True),
                ),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                ("withdrawal_reason", models.TextField(blank=True, editable=False, help_text="Shown to readers.")),
                (
                    "body_sha256",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="SHA-256 of the body as imported, to know it again.",
                        max_length=64,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "year",
                    models.GeneratedField(
                        db_persist=True,
                        expression=archive.models.article.YearOfPublication("published_at"),
                        output_field=models.SmallIntegerField(),
                    ),
                ),
                (
                    "visible_from",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(
                                status="published",
                                then=django.db.models.functions.comparison.Greatest("released_at", "embargo_until"),
                            ),
                            default=None,
                        ),
                        output_field=models.DateTimeField(null=True),
                    ),
                ),
                (
                    "counted",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(embargo_until__isnull=True, status="published", then=True), default=False
                        ),
                        output_field=models.BooleanField(),
                    ),
                ),
                (
                    "words",
                    models.GeneratedField(
                        db_persist=True,
                        expression=archive.models.searched.WordsOfArticle("language", "headline", "standfirst", "body"),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "original",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="articles",
                        to="archive.original",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        help_text="The publication it comes from. Needed before it can be published.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="articles",
                        to="archive.source",
                    ),
                ),
            ],
            options={
                "ordering": ["-published_at", "-id"],
                "permissions": [
                    ("publish_article", "Can publish articles"),
                    ("withdraw_article", "Can withdraw articles"),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("visible_from__isnull", False)),
                        fields=["-published_at", "-id"],
                        name="article_public_newest",
                    ),
                    models.Index(
                        condition=models.Q(("visible_from__isnull", False)),
                        fields=["source", "-published_at", "-id"],
                        name="article_public_of_source",
                    ),
                    models.Index(fields=["status", "-created_at", "-id"], name="article_status_newest"),
                    models.Index(fields=["-published_at", "-id"], name="article_newest"),
                    models.Index(fields=["body_sha256"], name="article_body_sha256"),
                    models.Index(fields=["publisher_url"], name="article_publisher_url"),
                    django.contrib.postgres.indexes.GinIndex(fields=["words"], name="article_words"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("slug"),
                        models.F("year"),
                        condition=models.Q(("slug", ""), _negated=True),
                        name="one_article_of_a_slug_in_a_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["draft", "in_review"]),
                            models.Q(
                                ("published_at__isnull", False),
                                ("source__isnull", False),
                                models.Q(("slug", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="published_with_date_source_and_slug",
                        violation_error_message="An article needs a date and a source before it is published.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True),
                            ("released_at__isnull", False),
                            _connector="OR",
                        ),
                        name="published_since_some_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "withdrawn"), _negated=True),
                            models.Q(
                                ("withdrawn_at__isnull", False), models.Q(("withdrawal_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="withdrawn_with_moment_and_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "in_review", "published", "withdrawn"])),
                        name="article_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("precision__in", ["time", "day", "month", "year"])),
                        name="article_precision_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ArticleEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("headline", models.CharField(help_text="As the publication printed it.", max_length=400)),
                (
                    "slug",
                    models.SlugField(
                        blank=True,
                        db_index=False,
                        help_text="Its part of the address, unique within the year. A change redirects the old address.",
                        max_length=100,
                    ),
                ),
                (
                    "standfirst",
                    models.TextField(blank=True, help_text="The sentence or two that stand between headline and text."),
                ),
                (
                    "dateline",
                    models.CharField(
                        blank=True, help_text="The place a report was sent from: WASHINGTON.", max_length=120
                    ),
                ),
                (
                    "byline",
                    models.CharField(blank=True, help_text="Who wrote it, as printed, without “By”.", max_length=300),
                ),
                (
                    "body",
                    models.TextField(
                        blank=True,
                        help_text="Plain text. Paragraphs are parted by a blank line; a line that starts with “## ” is a subheading. Quotes keep their place when the text around them changes.",
                    ),
                ),
                (
                    "author_note",
                    models.TextField(
                        blank=True, help_text="The author's biography that closed the text. Not part of the body."
                    ),
                ),
                (
                    "language",
                    models.CharField(default="en", help_text="Language of the text: en, fr, de …", max_length=12),
                ),
                (
                    "publisher_url",
                    models.URLField(
                        blank=True,
                        help_text="Address of the article at its publisher, if it is online.",
                        max_length=1000,
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Date of first publication by the source, in UTC. Needed before it can be published.",
                        null=True,
                    ),
                ),
                (
                    "precision",
                    models.CharField(
                        choices=[
                            ("time", "To the minute"),
                            ("day", "The day"),
                            ("month", "The month"),
                            ("year", "The year"),
                        ],
                        default="day",
                        help_text="How much of that date is known.",
                        max_length=5,
                    ),
                ),
                ("broken_off", models.BooleanField(default=False, help_text="The text stops before its end.")),
                (
                    "doubts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("headline", "The headline was made from the first words"),
                                ("date", "The date is missing or uncertain"),
                                ("source", "The source is not known"),
                                ("fragment", "The text is a fragment"),
                                ("encoding", "The encoding was guessed"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        default=list,
                        help_text="What the import left open.",
                        size=None,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                    ),
                ),
                (
                    "embargo_until",
                    models.DateTimeField(
                        blank=True,
                        help_text="Readers see a published article only from this moment on (UTC).",
                        null=True,
                    ),
                ),
                (
                    "released_at",
                    models.DateTimeField(editable=False, help_text="When it was published here.", null=True),
                ),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                ("withdrawal_reason", models.TextField(blank=True, editable=False, help_text="Shown to readers.")),
                (
                    "body_sha256",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="SHA-256 of the body as imported, to know it again.",
                        max_length=64,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="archive.article",
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "original",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="archive.original",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The publication it comes from. Needed before it can be published.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="archive.source",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="article",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_former_slug",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF (OLD.slug IS DISTINCT FROM NEW.slug OR OLD.year IS DISTINCT FROM NEW.year) AND OLD.year IS NOT NULL AND OLD.slug <> '' THEN\n                INSERT INTO archive_formerslug (kind, year, slug, object_id, given_up_at)\n                VALUES ('article', OLD.year, OLD.slug, OLD.id, now())\n                ON CONFLICT (kind, year, slug) DO UPDATE SET object_id = EXCLUDED.object_id, given_up_at = now();\n            END IF;\n            RETURN NULL;\n        ",
                    hash="1b4ec3e5ef3de6a3961792759c2fb5ae9f21c7f1",
                    operation="UPDATE",
                    pgid="pgtrigger_keep_former_slug_94dc3",
                    table="archive_article",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="article",
            trigger=pgtrigger.compiler.Trigger(
                name="tell_quotes_and_taggings",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF (OLD.published_at, OLD.visible_from, OLD.counted)\n                       IS DISTINCT FROM (NEW.published_at, NEW.visible_from, NEW.counted) THEN\n                        UPDATE archive_quote\n                        SET published_at = NEW.published_at, visible_from = NEW.visible_from, counted = NEW.counted\n                        WHERE article_id = NEW.id;\n                        UPDATE archive_tagging\n                        SET published_at = NEW.published_at, visible_from = NEW.visible_from, counted = NEW.counted\n                        WHERE article_id = NEW.id\n                           OR quote_id IN (SELECT id FROM archive_quote WHERE article_id = NEW.id);\n                    END IF;\n                    RETURN NULL;\n                ",
                    hash="de8773e50d97c674d81342730d49c2efc9c42143",
                    operation="UPDATE",
                    pgid="pgtrigger_tell_quotes_and_taggings_335ff",
                    table="archive_article",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="article",
            trigger=pgtrigger.compiler.Trigger(
                name="quotes_still_in_body",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="PERFORM archive_check_quotes(NEW.id); RETURN NULL;",
                    hash="091e0f66fabdb857ae54365575164666314f47a7",
                    operation='UPDATE OF "body"',
                    pgid="pgtrigger_quotes_still_in_body_0e3cf",
                    table="archive_article",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="article",
            trigger=pgtrigger.compiler.Trigger(
                name="tally_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                INSERT INTO archive_tally (subject, subject_id, year, articles, quotes)\n                SELECT subject, subject_id, span.year, sum(articles), sum(quotes)\n                FROM (SELECT 'source' AS subject, source_id::bigint AS subject_id,\n                       EXTRACT(year FROM published_at AT TIME ZONE 'UTC')::smallint AS year,\n                       +(1) AS articles, +(0) AS quotes\n                FROM new_rows WHERE counted AND source_id IS NOT NULL UNION ALL SELECT 'archive' AS subject, 0::bigint AS subject_id,\n                       EXTRACT(year FROM published_at AT TIME ZONE 'UTC')::smallint AS year,\n                       +(1) AS articles, +(0) AS quotes\n                FROM new_rows WHERE counted AND 0 IS NOT NULL) AS change\n                CROSS JOIN LATERAL (VALUES (change.year), (0::smallint)) AS span (year)\n                GROUP BY subject, subject_id, span.year\n                HAVING sum(articles) <> 0 OR sum(quotes) <> 0\n                ORDER BY subject, subject_id, span.year\n                ON CONFLICT (subject, subject_id, year) DO UPDATE\n                SET articles = archive_tally.articles + EXCLUDED.articles,\n                    quotes = archive_tally.quotes + EXCLUDED.quotes;\n                RETURN NULL;\n            ",
                    hash="7533be5e6ad0d4793785596f0d7c57efc617586a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_tally_insert_c0ba5",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="archive_article",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="article",
            trigger=pgtrigger.compiler.Trigger(
                name="tally_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                INSERT INTO archive_tally (subject, subject_id, year, articles, quotes)\n                SELECT subject, subject_id, span.year, sum(articles), sum(quotes)\n                FROM (SELECT 'source' AS subject, source_id::bigint AS subject_id,\n                       EXTRACT(year FROM published_at AT TIME ZONE 'UTC')::smallint AS year,\n                       +(1) AS articles, +(0) AS quotes\n                FROM new_rows WHERE counted AND source_id IS NOT NULL UNION ALL SELECT 'archive' AS subject, 0::bigint AS subject_id,\n                       EXTRACT(year FROM published_at AT TIME ZONE 'UTC')::smallint AS year,\n                       +(1) AS articles, +(0) AS quotes\n                FROM new_rows WHERE counted AND 0 IS NOT NULL UNION ALL SELECT 'source' AS subject, source_id::bigint AS subject_id,\n                       EXTRACT(year FROM published_at AT TIME ZONE 'UTC')::smallint AS year,\n                       -(1) AS articles, -(0) AS quotes\n                FROM old_rows WHERE counted AND source_id IS NOT NULL UNION ALL SELECT 'archive' AS subject, 0::bigint AS subject_id,\n                       EXTRACT(year FROM published_at AT TIME ZONE 'UTC')::smallint AS year,\n                       -(1) AS articles, -(0) AS quotes\n                FROM old_rows WHERE counted AND 0 IS NOT NULL) AS change\n                CROSS JOIN LATERAL (VALUES (change.year), (0::smallint)) AS span (year)\n                GROUP BY subject, subject_id, span.year\n                HAVING sum(articles) <> 0 OR sum(quotes) <> 0\n                ORDER BY subject, subject_id, span.year\n                ON CONFLICT (subject, subject_id, year) DO UPDATE\n                SET articles = archive_tally.articles + EXCLUDED.articles,\n                    quotes = archive_tally.quotes + EXCLUDED.quotes;\n                RETURN NULL;\n            ",
                    hash="9ddf911aa2da699a4b3d1ece19df7e3bb6adfc29",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_tally_update_7b6ca",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="archive_article",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="article",
            trigger=pgtrigger.compiler.Trigger(
                name="tally_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                INSERT INTO archive_tally (subject, subject_id, year, articles, quotes)\n                SELECT subject, subject_id, span.year, sum(articles), sum(quotes)\n                FROM (SELECT 'source' AS subject, source_id::bigint AS subject_id,\n                       EXTRACT(year FROM published_at AT TIME ZONE 'UTC')::smallint AS year,\n                       -(1) AS articles, -(0) AS quotes\n                FROM old_rows WHERE counted AND source_id IS NOT NULL UNION ALL SELECT 'archive' AS subject, 0::bigint AS subject_id,\n                       EXTRACT(year FROM published_at AT TIME ZONE 'UTC')::smallint AS year,\n                       -(1) AS articles, -(0) AS quotes\n                FROM old_rows WHERE counted AND 0 IS NOT NULL) AS change\n                CROSS JOIN LATERAL (VALUES (change.year), (0::smallint)) AS span (year)\n                GROUP BY subject, subject_id, span.year\n                HAVING sum(articles) <> 0 OR sum(quotes) <> 0\n                ORDER BY subject, subject_id, span.year\n                ON CONFLICT (subject, subject_id, year) DO UPDATE\n                SET articles = archive_tally.articles + EXCLUDED.articles,\n                    quotes = archive_tally.quotes + EXCLUDED.quotes;\n                RETURN NULL;\n            ",
                    hash="ffc71e36d3e0f1c28ca96dbfee716611bc8ffe17",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_tally_delete_3cd27",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="archive_article",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="article",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."author_note" IS DISTINCT FROM (NEW."author_note") OR OLD."body" IS DISTINCT FROM (NEW."body") OR OLD."body_sha256" IS DISTINCT FROM (NEW."body_sha256") OR OLD."broken_off" IS DISTINCT FROM (NEW."broken_off") OR OLD."byline" IS DISTINCT FROM (NEW."byline") OR OLD."changed_at" IS DISTINCT FROM (NEW."changed_at") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."dateline" IS DISTINCT FROM (NEW."dateline") OR OLD."doubts" IS DISTINCT FROM (NEW."doubts") OR OLD."embargo_until" IS DISTINCT FROM (NEW."embargo_until") OR OLD."headline" IS DISTINCT FROM (NEW."headline") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."original_id" IS DISTINCT FROM (NEW."original_id") OR OLD."precision" IS DISTINCT FROM (NEW."precision") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."publisher_url" IS DISTINCT FROM (NEW."publisher_url") OR OLD."released_at" IS DISTINCT FROM (NEW."released_at") OR OLD."released_by_id" IS DISTINCT FROM (NEW."released_by_id") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."standfirst" IS DISTINCT FROM (NEW."standfirst") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."withdrawal_reason" IS DISTINCT FROM (NEW."withdrawal_reason") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at") OR OLD."withdrawn_by_id" IS DISTINCT FROM (NEW."withdrawn_by_id"))',
                    func='INSERT INTO "archive_articleevent" ("author_note", "body", "body_sha256", "broken_off", "byline", "changed_at", "created_at", "created_by_id", "dateline", "doubts", "embargo_until", "headline", "id", "language", "original_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "precision", "published_at", "publisher_url", "released_at", "released_by_id", "slug", "source_id", "standfirst", "status", "withdrawal_reason", "withdrawn_at", "withdrawn_by_id") VALUES (OLD."author_note", OLD."body", OLD."body_sha256", OLD."broken_off", OLD."byline", OLD."changed_at", OLD."created_at", OLD."created_by_id", OLD."dateline", OLD."doubts", OLD."embargo_until", OLD."headline", OLD."id", OLD."language", OLD."original_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."precision", OLD."published_at", OLD."publisher_url", OLD."released_at", OLD."released_by_id", OLD."slug", OLD."source_id", OLD."standfirst", OLD."status", OLD."withdrawal_reason", OLD."withdrawn_at", OLD."withdrawn_by_id"); RETURN NULL;',
                    hash="90b973b096d685b5da08b618a5a61aefd88093ab",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_4266a",
                    table="archive_article",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="article",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "archive_articleevent" ("author_note", "body", "body_sha256", "broken_off", "byline", "changed_at", "created_at", "created_by_id", "dateline", "doubts", "embargo_until", "headline", "id", "language", "original_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "precision", "published_at", "publisher_url", "released_at", "released_by_id", "slug", "source_id", "standfirst", "status", "withdrawal_reason", "withdrawn_at", "withdrawn_by_id") VALUES (OLD."author_note", OLD."body", OLD."body_sha256", OLD."broken_off", OLD."byline", OLD."changed_at", OLD."created_at", OLD."created_by_id", OLD."dateline", OLD."doubts", OLD."embargo_until", OLD."headline", OLD."id", OLD."language", OLD."original_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."precision", OLD."published_at", OLD."publisher_url", OLD."released_at", OLD."released_by_id", OLD."slug", OLD."source_id", OLD."standfirst", OLD."status", OLD."withdrawal_reason", OLD."withdrawn_at", OLD."withdrawn_by_id"); RETURN NULL;',
                    hash="9c28db72a771e5eb89c1721e2a38863ed341f3c4",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_fdf42",
                    table="archive_article",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="articleevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9112bc331e5152551f60ceba0b6d6f3fd3c5611a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_ba8e2",
                    table="archive_articleevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(help_text="The name readers know them by, in full.", max_length=200)),
                (
                    "slug",
                    models.SlugField(
                        blank=True,
                        help_text="Their part of the address. Filled from the name; a change redirects the old address.",
                        max_length=100,
                        unique=True,
                    ),
                ),
                ("description", models.TextField(blank=True, help_text="Who they are, in a sentence or two.")),
                (
                    "identifiers",
                    models.JSONField(
                        blank=True, default=dict, help_text='Identifiers elsewhere, such as {"wikidata": "Q…"}.'
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "people",
                "ordering": ["name", "id"],
                "indexes": [models.Index(django.db.models.functions.text.Lower("name"), name="person_name_any_case")],
            },
        ),
        migrations.CreateModel(
            name="PersonEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(help_text="The name readers know them by, in full.", max_length=200)),
                (
                    "slug",
                    models.SlugField(
                        blank=True,
                        db_index=False,
                        help_text="Their part of the address. Filled from the name; a change redirects the old address.",
                        max_length=100,
                    ),
                ),
                ("description", models.TextField(blank=True, help_text="Who they are, in a sentence or two.")),
                (
                    "identifiers",
                    models.JSONField(
                        blank=True, default=dict, help_text='Identifiers elsewhere, such as {"wikidata": "Q…"}.'
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="archive.person",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_former_slug",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF (OLD.slug IS DISTINCT FROM NEW.slug) AND 0 IS NOT NULL AND OLD.slug <> '' THEN\n                INSERT INTO archive_formerslug (kind, year, slug, object_id, given_up_at)\n                VALUES ('person', 0, OLD.slug, OLD.id, now())\n                ON CONFLICT (kind, year, slug) DO UPDATE SET object_id = EXCLUDED.object_id, given_up_at = now();\n            END IF;\n            RETURN NULL;\n        ",
                    hash="2fd3c702e1199a75d08819844976d1990e4f3323",
                    operation="UPDATE",
                    pgid="pgtrigger_keep_former_slug_44eac",
                    table="archive_person",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "archive_personevent" ("description", "id", "identifiers", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") VALUES (OLD."description", OLD."id", OLD."identifiers", OLD."name", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."slug"); RETURN NULL;',
                    hash="12fff60db3780afefc01c9f9edd1f41e55cb2d6b",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_62928",
                    table="archive_person",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "archive_personevent" ("description", "id", "identifiers", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") VALUES (OLD."description", OLD."id", OLD."identifiers", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."slug"); RETURN NULL;',
                    hash="0bde4f83b088cf858a947d4817477b9191de5b13",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_210b3",
                    table="archive_person",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="personevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="bfd7acb20ee14b680b46e0973eacb03cb2bd5c0a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_4e503",
                    table="archive_personevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="PersonName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(help_text="A name that texts use for this person.", max_length=200)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="other_names", to="archive.person"
                    ),
                ),
            ],
            options={
                "verbose_name": "other name",
                "ordering": ["name"],
                "indexes": [
                    models.Index(django.db.models.functions.text.Lower("name"), name="person_other_name_any_case")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("person"),
                        django.db.models.functions.text.Lower("name"),
                        name="one_of_each_name_of_a_person",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonNameEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(help_text="A name that texts use for this person.", max_length=200)),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="archive.person",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="archive.personname",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="personname",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "archive_personnameevent" ("id", "name", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."id", OLD."name", OLD."person_id", _pgh_attach_context(), NOW(), \'update\', OLD."id"); RETURN NULL;',
                    hash="1f9777a73ac10326eda9a22600df92e2e89480b2",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_04c5e",
                    table="archive_personname",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="personname",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "archive_personnameevent" ("id", "name", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."id", OLD."name", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="efa408023c6f75f9a02cf81e2296fc2855e21cd7",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1be36",
                    table="archive_personname",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="personnameevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d99c07105ca7574fc16cc0c62f36da0638773466",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_abb44",
                    table="archive_personnameevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="Quote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "spans",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=2),
                        default=list,
                        help_text="Start and end of each part in the body, in Unicode code points, without quotation marks.",
                        size=None,
                    ),
                ),
                (
                    "position",
                    models.IntegerField(
                        default=0,
                        editable=False,
                        help_text="Where its first words stand, which orders the quotes of an article.",
                    ),
                ),
                (
                    "words",
                    models.TextField(
                        editable=False, help_text="The words at the spans; kept when the body loses them."
                    ),
                ),
                (
                    "speaker_mention",
                    models.CharField(
                        blank=True,
                        help_text="The speaker as named beside the words: “he”, “the ambassador”.",
                        max_length=300,
                    ),
                ),
                ("mention_start", models.IntegerField(blank=True, editable=False, null=True)),
                ("mention_end", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        help_text="The role they spoke in: “Russian ambassador to the United States”.",
                        max_length=300,
                    ),
                ),
                (
                    "partial",
                    models.BooleanField(default=False, help_text="A few words inside somebody else's sentence."),
                ),
                (
                    "lost_at",
                    models.DateTimeField(
                        blank=True, editable=False, help_text="When an edit of the body took its words away.", null=True
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("published_at", models.DateTimeField(editable=False, null=True)),
                ("visible_from", models.DateTimeField(editable=False, null=True)),
                ("counted", models.BooleanField(default=False, editable=False)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="quotes", to="archive.article"
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who said it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quotes",
                        to="archive.person",
                    ),
                ),
            ],
            options={
                "ordering": ["article", "position", "id"],
                "indexes": [
                    models.Index(fields=["article", "position"], name="quote_of_article"),
                    models.Index(
                        condition=models.Q(("visible_from__isnull", False)),
                        fields=["-published_at", "-article", "position"],
                        name="quote_public_newest",
                    ),
                    models.Index(
                        condition=models.Q(("visible_from__isnull", False)),
                        fields=["speaker", "-published_at", "-article", "position"],
                        name="quote_public_of_speaker",
                    ),
                    models.Index(fields=["-created_at", "-id"], name="quote_latest_made"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=archive.models.quote.SpansInOrder("spans"), name="spans_in_order"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lost_at__isnull", True), models.Q(("spans", []), _negated=True)),
                            models.Q(("lost_at__isnull", False), ("spans", [])),
                            _connector="OR",
                        ),
                        name="quote_in_the_body_or_lost",
                    ),
                    models.CheckConstraint(condition=models.Q(("words", ""), _negated=True), name="quote_has_words"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("mention_end__isnull", True), ("mention_start__isnull", True)),
                            models.Q(("mention_end__gt", models.F("mention_start")), ("mention_start__gte", 0)),
                            _connector="OR",
                        ),
                        name="mention_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QuoteEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "spans",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=2),
                        default=list,
                        help_text="Start and end of each part in the body, in Unicode code points, without quotation marks.",
                        size=None,
                    ),
                ),
                (
                    "position",
                    models.IntegerField(
                        default=0,
                        editable=False,
                        help_text="Where its first words stand, which orders the quotes of an article.",
                    ),
                ),
                (
                    "words",
                    models.TextField(
                        editable=False, help_text="The words at the spans; kept when the body loses them."
                    ),
                ),
                (
                    "speaker_mention",
                    models.CharField(
                        blank=True,
                        help_text="The speaker as named beside the words: “he”, “the ambassador”.",
                        max_length=300,
                    ),
                ),
                ("mention_start", models.IntegerField(blank=True, editable=False, null=True)),
                ("mention_end", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        help_text="The role they spoke in: “Russian ambassador to the United States”.",
                        max_length=300,
                    ),
                ),
                (
                    "partial",
                    models.BooleanField(default=False, help_text="A few words inside somebody else's sentence."),
                ),
                (
                    "lost_at",
                    models.DateTimeField(
                        blank=True, editable=False, help_text="When an edit of the body took its words away.", null=True
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "article",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="archive.article",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="archive.quote",
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Who said it.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="archive.person",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="quote",
            trigger=pgtrigger.compiler.Trigger(
                name="take_date_from_article",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    SELECT published_at, visible_from, counted\n                    INTO NEW.published_at, NEW.visible_from, NEW.counted\n                    FROM archive_article WHERE id = NEW.article_id FOR SHARE;\n                    RETURN NEW;\n                ",
                    hash="3248584f9aab5b44f6fca1d9d932ed988469559b",
                    operation="INSERT",
                    pgid="pgtrigger_take_date_from_article_f79af",
                    table="archive_quote",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="quote",
            trigger=pgtrigger.compiler.Trigger(
                name="words_are_in_body",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="PERFORM archive_check_quotes(NEW.article_id, NEW.id); RETURN NULL;",
                    hash="43c3e539fd1804be519b7ed08f91f1e34be75620",
                    operation='INSERT OR UPDATE OF "spans", "words", "article_id"',
                    pgid="pgtrigger_words_are_in_body_0a8d8",
                    table="archive_quote",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="quote",
            trigger=pgtrigger.compiler.Trigger(
                name="tally_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                INSERT INTO archive_tally (subject, subject_id, year, articles, quotes)\n                SELECT subject, subject_id, span.year, sum(articles), sum(quotes)\n                FROM (SELECT 'person' AS subject, speaker_id::bigint AS subject_id,\n                       EXTRACT(year FROM published_at AT TIME ZONE 'UTC')::smallint AS year,\n                       +(0) AS articles, +(1) AS quotes\n                FROM new_rows WHERE counted AND speaker_id IS NOT NULL UNION ALL SELECT 'archive' AS subject, 0::bigint AS subject_id,\n                       EXTRACT(year FROM published_at AT TIME ZONE 'UTC')::smallint AS year,\n                       +(0) AS articles, +(1) AS quotes\n                FROM new_rows WHERE counted AND 0 IS NOT NULL) AS change\n                CROSS JOIN LATERAL (VALUES (change.year), (0::smallint)) AS span (year)\n                GROUP BY subject, subject_id, span.year\n                HAVING sum(articles) <> 0 OR sum(quotes) <> 0\n                ORDER BY subject, subject_id, span.year\n                ON CONFLICT (subject, subject_id, year) DO UPDATE\n                SET articles = archive_tally.articles + EXCLUDED.articles,\n                    quotes = archive_tally.quotes + EXCLUDED.quotes;\n                RETURN NULL;\n            ",
                    hash="64baa7e84db806d4b98668a240048d907e2fbbd5",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_tally_insert_cd82f",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="archive_quote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="quote",
            trigger=pgtrigger.compiler.Trigger(
                name="tally_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                INSERT INTO archive_tally (subject, subject_id, year, articles, quotes)\n                SELECT subject, subject_id, span.year, sum(articles), sum(quotes)\n                FROM (SELECT 'person' AS subject, speaker_id::bigint AS subject_id,\n                       EXTRACT(year FROM published_at AT TIME ZONE 'UTC')::smallint AS year,\n                       +(0) AS articles, +(1) AS quotes\n                FROM new_rows WHERE counted AND speaker_id IS NOT NULL UNION ALL SELECT 'archive' AS subject, 0::bigint AS subject_id,\n                       EXTRACT(year FROM published_at AT TIME ZONE 'UTC')::smallint AS year,\n                       +(0) AS articles, +(1) AS quotes\n                FROM new_rows WHERE counted AND 0 IS NOT NULL UNION ALL SELECT 'person' AS subject, speaker_id::bigint AS subject_id,\n                       EXTRACT(year FROM published_at AT TIME ZONE 'UTC')::smallint AS year,\n                       -(0) AS articles, -(1) AS quotes\n                FROM old_rows WHERE counted AND speaker_id IS NOT NULL UNION ALL SELECT 'archive' AS subject, 0::bigint AS subject_id,\n                       EXTRACT(year FROM published_at AT TIME ZONE 'UTC')::smallint AS year,\n                       -(0) AS articles, -(1) AS quotes\n                FROM old_rows WHERE counted AND 0 IS NOT NULL) AS change\n                CROSS JOIN LATERAL (VALUES (change.year), (0::smallint)) AS span (year)\n                GROUP BY subject, subject_id, span.year\n                HAVING sum(articles) <> 0 OR sum(quotes) <> 0\n                ORDER BY subject, subject_id, span.year\n                ON CONFLICT (subject, subject_id, year) DO UPDATE\n                SET articles = archive_tally.articles + EXCLUDED.articles,\n                    quotes = archive_tally.quotes + EXCLUDED.quotes;\n                RETURN NULL;\n            ",
                    hash="3e69b56566cb82eb83230654ec1a5fa05341f0d9",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_tally_update_08cdd",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="archive_quote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="quote",
            trigger=pgtrigger.compiler.Trigger(
                name="tally_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                INSERT INTO archive_tally (subject, subject_id, year, articles, quotes)\n                SELECT subject, subject_id, span.year, sum(articles), sum(quotes)\n                FROM (SELECT 'person' AS subject, speaker_id::bigint AS subject_id,\n                       EXTRACT(year FROM published_at AT TIME ZONE 'UTC')::smallint AS year,\n                       -(0) AS articles, -(1) AS quotes\n                FROM old_rows WHERE counted AND speaker_id IS NOT NULL UNION ALL SELECT 'archive' AS subject, 0::bigint AS subject_id,\n                       EXTRACT(year FROM published_at AT TIME ZONE 'UTC')::smallint AS year,\n                       -(0) AS articles, -(1) AS quotes\n                FROM old_rows WHERE counted AND 0 IS NOT NULL) AS change\n                CROSS JOIN LATERAL (VALUES (change.year), (0::smallint)) AS span (year)\n                GROUP BY subject, subject_id, span.year\n                HAVING sum(articles) <> 0 OR sum(quotes) <> 0\n                ORDER BY subject, subject_id, span.year\n                ON CONFLICT (subject, subject_id, year) DO UPDATE\n                SET articles = archive_tally.articles + EXCLUDED.articles,\n                    quotes = archive_tally.quotes + EXCLUDED.quotes;\n                RETURN NULL;\n            ",
                    hash="3c6bab733ec0ac330e89f713d73821bcb59dd465",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_tally_delete_15052",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="archive_quote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="quote",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."article_id" IS DISTINCT FROM (NEW."article_id") OR OLD."changed_at" IS DISTINCT FROM (NEW."changed_at") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."lost_at" IS DISTINCT FROM (NEW."lost_at") OR OLD."mention_end" IS DISTINCT FROM (NEW."mention_end") OR OLD."mention_start" IS DISTINCT FROM (NEW."mention_start") OR OLD."partial" IS DISTINCT FROM (NEW."partial") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."spans" IS DISTINCT FROM (NEW."spans") OR OLD."speaker_id" IS DISTINCT FROM (NEW."speaker_id") OR OLD."speaker_mention" IS DISTINCT FROM (NEW."speaker_mention") OR OLD."words" IS DISTINCT FROM (NEW."words"))',
                    func='INSERT INTO "archive_quoteevent" ("article_id", "changed_at", "created_at", "created_by_id", "id", "lost_at", "mention_end", "mention_start", "partial", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "role", "spans", "speaker_id", "speaker_mention", "words") VALUES (OLD."article_id", OLD."changed_at", OLD."created_at", OLD."created_by_id", OLD."id", OLD."lost_at", OLD."mention_end", OLD."mention_start", OLD."partial", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."position", OLD."role", OLD."spans", OLD."speaker_id", OLD."speaker_mention", OLD."words"); RETURN NULL;',
                    hash="0015147b64c90f24750fb05e3f5d8a2a48ce3787",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_2fe80",
                    table="archive_quote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="quote",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "archive_quoteevent" ("article_id", "changed_at", "created_at", "created_by_id", "id", "lost_at", "mention_end", "mention_start", "partial", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "role", "spans", "speaker_id", "speaker_mention", "words") VALUES (OLD."article_id", OLD."changed_at", OLD."created_at", OLD."created_by_id", OLD."id", OLD."lost_at", OLD."mention_end", OLD."mention_start", OLD."partial", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."role", OLD."spans", OLD."speaker_id", OLD."speaker_mention", OLD."words"); RETURN NULL;',
                    hash="3ef733168912f76e349fe70f60995ef9e5b424c9",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_250c9",
                    table="archive_quote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="quoteevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="875444d544427657807962e04fb79f58b026277b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_8eb57",
                    table="archive_quoteevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("quote", "Quote"), ("topic", "Topic")], max_length=5)),
                (
                    "key",
                    models.CharField(
                        help_text="What is proposed, in short: the same is not proposed twice for one article.",
                        max_length=200,
                    ),
                ),
                ("proposal", models.JSONField(blank=True, default=dict)),
                ("confidence", models.FloatField(help_text="From 0 to 1.")),
                (
                    "why",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=300),
                        blank=True,
                        default=list,
                        help_text="What led to it.",
                        size=None,
                    ),
                ),
                ("made_by", models.CharField(help_text="Which part of the software proposed it.", max_length=60)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("pending", "Not answered yet"),
                            ("accepted", "Accepted"),
                            ("corrected", "Accepted with a correction"),
                            ("declined", "Declined"),
                        ],
                        default="pending",
                        max_length=9,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="suggestions", to="archive.article"
                    ),
                ),
                (
                    "quote",
                    models.ForeignKey(
                        blank=True,
                        help_text="The quote it became, or, with a topic, the quote it is proposed for.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="suggestions",
                        to="archive.quote",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="suggestions",
                        to="archive.topic",
                    ),
                ),
            ],
            options={
                "ordering": ["-confidence", "id"],
                "permissions": [("answer_suggestion", "Can accept, correct and decline suggestions")],
                "indexes": [
                    models.Index(
                        condition=models.Q(("answer", "pending")),
                        fields=["kind", "-made_at"],
                        name="suggestion_pending",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("article", "kind", "key"), name="one_proposal_of_a_kind_and_key"),
                    models.CheckConstraint(
                        condition=models.Q(("confidence__gte", 0), ("confidence__lte", 1)),
                        name="confidence_between_0_and_1",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "quote"), ("topic__isnull", False), _connector="OR"),
                        name="topic_suggestion_names_a_topic",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "pending"), ("answered_at__isnull", True)),
                            models.Q(models.Q(("answer", "pending"), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="answered_at_some_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SuggestionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("kind", models.CharField(choices=[("quote", "Quote"), ("topic", "Topic")], max_length=5)),
                (
                    "key",
                    models.CharField(
                        help_text="What is proposed, in short: the same is not proposed twice for one article.",
                        max_length=200,
                    ),
                ),
                ("proposal", models.JSONField(blank=True, default=dict)),
                ("confidence", models.FloatField(help_text="From 0 to 1.")),
                (
                    "why",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=300),
                        blank=True,
                        default=list,
                        help_text="What led to it.",
                        size=None,
                    ),
                ),
                ("made_by", models.CharField(help_text="Which part of the software proposed it.", max_length=60)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("pending", "Not answered yet"),
                            ("accepted", "Accepted"),
                            ("corrected", "Accepted with a correction"),
                            ("declined", "Declined"),
                        ],
                        default="pending",
                        max_length=9,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="archive.article",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="archive.suggestion",
                    ),
                ),
                (
                    "quote",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The quote it became, or, with a topic, the quote it is proposed for.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="archive.quote",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="archive.topic",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="suggestion",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "archive_suggestionevent" ("answer", "answered_at", "answered_by_id", "article_id", "confidence", "id", "key", "kind", "made_at", "made_by", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposal", "quote_id", "topic_id", "why") VALUES (OLD."answer", OLD."answered_at", OLD."answered_by_id", OLD."article_id", OLD."confidence", OLD."id", OLD."key", OLD."kind", OLD."made_at", OLD."made_by", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."proposal", OLD."quote_id", OLD."topic_id", OLD."why"); RETURN NULL;',
                    hash="022b5eee57489a7fdc0615cc41a0d95024837e28",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_374c4",
                    table="archive_suggestion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="suggestion",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "archive_suggestionevent" ("answer", "answered_at", "answered_by_id", "article_id", "confidence", "id", "key", "kind", "made_at", "made_by", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposal", "quote_id", "topic_id", "why") VALUES (OLD."answer", OLD."answered_at", OLD."answered_by_id", OLD."article_id", OLD."confidence", OLD."id", OLD."key", OLD."kind", OLD."made_at", OLD."made_by", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."proposal", OLD."quote_id", OLD."topic_id", OLD."why"); RETURN NULL;',
                    hash="fa16e0450f1a666a053015edc812f1ee21a6dad8",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_39ef7",
                    table="archive_suggestion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="suggestionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d402e46a70ab6e831ef51e62f31556d706bb5d29",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_08ea4",
                    table="archive_suggestionevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="Tagging",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "implied",
                    models.BooleanField(
                        default=False, editable=False, help_text="Filed under a narrower topic, and so under this one."
                    ),
                ),
                ("tagged_at", models.DateTimeField(auto_now_add=True)),
                ("published_at", models.DateTimeField(editable=False, null=True)),
                ("visible_from", models.DateTimeField(editable=False, null=True)),
                ("counted", models.BooleanField(default=False, editable=False)),
                (
                    "article",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="taggings",
                        to="archive.article",
                    ),
                ),
                (
                    "quote",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="taggings",
                        to="archive.quote",
                    ),
                ),
                (
                    "suggestion",
                    models.ForeignKey(
                        editable=False,
                        help_text="The proposal it was accepted from.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="taggings",
                        to="archive.suggestion",
                    ),
                ),
                (
                    "tagged_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="taggings", to="archive.topic"
                    ),
                ),
            ],
            options={
                "ordering": ["topic__name"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("article__isnull", False), ("visible_from__isnull", False)),
                        fields=["topic", "-published_at", "-article"],
                        name="tagging_public_articles",
                    ),
                    models.Index(
                        condition=models.Q(("quote__isnull", False), ("visible_from__isnull", False)),
                        fields=["topic", "-published_at", "-quote"],
                        name="tagging_public_quotes",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("article", "topic"), name="one_tagging_of_article_and_topic"),
                    models.UniqueConstraint(fields=("quote", "topic"), name="one_tagging_of_quote_and_topic"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("article__isnull", False), ("quote__isnull", True)),
                            models.Q(("article__isnull", True), ("quote__isnull", False)),
                            _connector="OR",
                        ),
                        name="tagging_of_one_item",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TaggingEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "implied",
                    models.BooleanField(
                        default=False, editable=False, help_text="Filed under a narrower topic, and so under this one."
                    ),
                ),
                ("tagged_at", models.DateTimeField(auto_now_add=True)),
                (
                    "article",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="archive.article",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="archive.tagging",
                    ),
                ),
                (
                    "quote",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="archive.quote",
                    ),
                ),
                (
                    "suggestion",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        help_text="The proposal it was accepted from.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="archive.suggestion",
                    ),
                ),
                (
                    "tagged_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="archive.topic",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tagging",
            trigger=pgtrigger.compiler.Trigger(
                name="take_date_from_item",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    SELECT published_at, visible_from, counted\n                    INTO NEW.published_at, NEW.visible_from, NEW.counted\n                    FROM archive_article\n                    WHERE id = COALESCE(NEW.article_id, (SELECT article_id FROM archive_quote WHERE id = NEW.quote_id))\n                    FOR SHARE;\n                    RETURN NEW;\n                ",
                    hash="3ee55e4a94b0a1cb7087cb8f6962e0899077a12f",
                    operation="INSERT",
                    pgid="pgtrigger_take_date_from_item_20b0d",
                    table="archive_tagging",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tagging",
            trigger=pgtrigger.compiler.Trigger(
                name="imply_broader_topics",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NOT NEW.implied)",
                    func="\n                    INSERT INTO archive_tagging (topic_id, article_id, quote_id, implied, tagged_at, counted)\n                    SELECT broader, NEW.article_id, NEW.quote_id, true, NEW.tagged_at, false\n                    FROM archive_broader_topics(NEW.topic_id) AS broader\n                    WHERE broader <> NEW.topic_id\n                    ON CONFLICT DO NOTHING;\n                    RETURN NULL;\n                ",
                    hash="45d115bcd63ccfb3e2890c1a581c3970709ddc2e",
                    operation='INSERT OR UPDATE OF "implied"',
                    pgid="pgtrigger_imply_broader_topics_61a04",
                    table="archive_tagging",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tagging",
            trigger=pgtrigger.compiler.Trigger(
                name="imply_no_longer",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NOT OLD.implied)",
                    func="PERFORM archive_imply_anew(OLD.article_id, OLD.quote_id); RETURN NULL;",
                    hash="0a7415c1c0c44e2c623548fec942064a2bebd35a",
                    operation="DELETE",
                    pgid="pgtrigger_imply_no_longer_9e169",
                    table="archive_tagging",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tagging",
            trigger=pgtrigger.compiler.Trigger(
                name="tally_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                INSERT INTO archive_tally (subject, subject_id, year, articles, quotes)\n                SELECT subject, subject_id, span.year, sum(articles), sum(quotes)\n                FROM (SELECT 'topic' AS subject, topic_id::bigint AS subject_id,\n                       EXTRACT(year FROM published_at AT TIME ZONE 'UTC')::smallint AS year,\n                       +((article_id IS NOT NULL)::int) AS articles, +((quote_id IS NOT NULL)::int) AS quotes\n                FROM new_rows WHERE counted AND topic_id IS NOT NULL) AS change\n                CROSS JOIN LATERAL (VALUES (change.year), (0::smallint)) AS span (year)\n                GROUP BY subject, subject_id, span.year\n                HAVING sum(articles) <> 0 OR sum(quotes) <> 0\n                ORDER BY subject, subject_id, span.year\n                ON CONFLICT (subject, subject_id, year) DO UPDATE\n                SET articles = archive_tally.articles + EXCLUDED.articles,\n                    quotes = archive_tally.quotes + EXCLUDED.quotes;\n                RETURN NULL;\n            ",
                    hash="a4521b048b5926808ffd8e76054bb51047960cc2",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_tally_insert_d7d6b",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="archive_tagging",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tagging",
            trigger=pgtrigger.compiler.Trigger(
                name="tally_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                INSERT INTO archive_tally (subject, subject_id, year, articles, quotes)\n                SELECT subject, subject_id, span.year, sum(articles), sum(quotes)\n                FROM (SELECT 'topic' AS subject, topic_id::bigint AS subject_id,\n                       EXTRACT(year FROM published_at AT TIME ZONE 'UTC')::smallint AS year,\n                       +((article_id IS NOT NULL)::int) AS articles, +((quote_id IS NOT NULL)::int) AS quotes\n                FROM new_rows WHERE counted AND topic_id IS NOT NULL UNION ALL SELECT 'topic' AS subject, topic_id::bigint AS subject_id,\n                       EXTRACT(year FROM published_at AT TIME ZONE 'UTC')::smallint AS year,\n                       -((article_id IS NOT NULL)::int) AS articles, -((quote_id IS NOT NULL)::int) AS quotes\n                FROM old_rows WHERE counted AND topic_id IS NOT NULL) AS change\n                CROSS JOIN LATERAL (VALUES (change.year), (0::smallint)) AS span (year)\n                GROUP BY subject, subject_id, span.year\n                HAVING sum(articles) <> 0 OR sum(quotes) <> 0\n                ORDER BY subject, subject_id, span.year\n                ON CONFLICT (subject, subject_id, year) DO UPDATE\n                SET articles = archive_tally.articles + EXCLUDED.articles,\n                    quotes = archive_tally.quotes + EXCLUDED.quotes;\n                RETURN NULL;\n            ",
                    hash="1ff7c045f224d19575b5224491edaa001d22640a",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_tally_update_6d652",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="archive_tagging",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tagging",
            trigger=pgtrigger.compiler.Trigger(
                name="tally_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                INSERT INTO archive_tally (subject, subject_id, year, articles, quotes)\n                SELECT subject, subject_id, span.year, sum(articles), sum(quotes)\n                FROM (SELECT 'topic' AS subject, topic_id::bigint AS subject_id,\n                       EXTRACT(year FROM published_at AT TIME ZONE 'UTC')::smallint AS year,\n                       -((article_id IS NOT NULL)::int) AS articles, -((quote_id IS NOT NULL)::int) AS quotes\n                FROM old_rows WHERE counted AND topic_id IS NOT NULL) AS change\n                CROSS JOIN LATERAL (VALUES (change.year), (0::smallint)) AS span (year)\n                GROUP BY subject, subject_id, span.year\n                HAVING sum(articles) <> 0 OR sum(quotes) <> 0\n                ORDER BY subject, subject_id, span.year\n                ON CONFLICT (subject, subject_id, year) DO UPDATE\n                SET articles = archive_tally.articles + EXCLUDED.articles,\n                    quotes = archive_tally.quotes + EXCLUDED.quotes;\n                RETURN NULL;\n            ",
                    hash="ee753a052ea1deab46c9f652ccc323d7e9b2d16b",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_tally_delete_fabcb",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="archive_tagging",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tagging",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."article_id" IS DISTINCT FROM (NEW."article_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."implied" IS DISTINCT FROM (NEW."implied") OR OLD."quote_id" IS DISTINCT FROM (NEW."quote_id") OR OLD."suggestion_id" IS DISTINCT FROM (NEW."suggestion_id") OR OLD."tagged_at" IS DISTINCT FROM (NEW."tagged_at") OR OLD."tagged_by_id" IS DISTINCT FROM (NEW."tagged_by_id") OR OLD."topic_id" IS DISTINCT FROM (NEW."topic_id"))',
                    func='INSERT INTO "archive_taggingevent" ("article_id", "id", "implied", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quote_id", "suggestion_id", "tagged_at", "tagged_by_id", "topic_id") VALUES (OLD."article_id", OLD."id", OLD."implied", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."quote_id", OLD."suggestion_id", OLD."tagged_at", OLD."tagged_by_id", OLD."topic_id"); RETURN NULL;',
                    hash="2491baa1bb4132f1972b2fcab27ac5f77629d206",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_2acdf",
                    table="archive_tagging",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tagging",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "archive_taggingevent" ("article_id", "id", "implied", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quote_id", "suggestion_id", "tagged_at", "tagged_by_id", "topic_id") VALUES (OLD."article_id", OLD."id", OLD."implied", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."quote_id", OLD."suggestion_id", OLD."tagged_at", OLD."tagged_by_id", OLD."topic_id"); RETURN NULL;',
                    hash="29af0eb04f2036ac0e19d8e558edb27ae7f18117",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a6586",
                    table="archive_tagging",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="taggingevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="bb0643634c5ecda089f0d7f68ef53b1d4dab1eee",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_227c5",
                    table="archive_taggingevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="Authorship",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="authorships", to="archive.article"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="authorships", to="archive.person"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("article", "person"), name="one_authorship_of_a_person")
                ],
            },
        ),
        migrations.AddField(
            model_name="topic",
            name="broader",
            field=models.ManyToManyField(
                blank=True,
                related_name="narrower",
                through="archive.TopicBroader",
                through_fields=("narrower", "broader"),
                to="archive.topic",
            ),
        ),
        migrations.AddField(
            model_name="topic",
            name="related",
            field=models.ManyToManyField(blank=True, through="archive.TopicRelation", to="archive.topic"),
        ),
        migrations.AddField(
            model_name="article",
            name="authors",
            field=models.ManyToManyField(
                blank=True, related_name="written", through="archive.Authorship", to="archive.person"
            ),
        ),
    ]
