"""What stands beside the lists of a topic and of a speaker, kept: see archive/models/digest.py."""

# ruff: noqa: S608 (the parts of the SQL are this file's own)

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


def _most(counted: str, number: int) -> str:
    """SQL for ids with their counts, as many as `number`, those that are counted most first."""
    return f"""(
            SELECT jsonb_agg(jsonb_build_array(id, number) ORDER BY number DESC, id)
            FROM ({counted} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {number}) AS most (id, number))"""


def _of_topic(item: str, *, people: str, sources: str) -> str:
    """SQL for what the latest articles or quotes (`item` is their column) under a topic are about."""
    topics = f"SELECT topic_id, count(*) FROM archive_tagging WHERE {item} = ANY (looked) AND NOT implied"
    return f"""
        newest := ARRAY(
            SELECT {item} FROM archive_tagging
            WHERE topic_id = of_id AND {item} IS NOT NULL AND visible_from <= statement_timestamp()
            ORDER BY published_at DESC, {item} DESC LIMIT 301);
        looked := newest[1:300];
        RETURN jsonb_build_object(
            'among', cardinality(looked),
            'more', cardinality(newest) > 300,
            'topics', {_most(f"{topics} AND topic_id <> of_id", 8)},
            'people', {_most(people, 8)},
            'sources', {_most(sources, 8)});"""


ON_ARTICLES = _of_topic(
    "article_id",
    people="SELECT speaker_id, count(DISTINCT article_id) FROM archive_quote WHERE article_id = ANY (looked)"
    " AND speaker_id IS NOT NULL AND visible_from <= statement_timestamp()",
    sources="SELECT source_id, count(*) FROM archive_article WHERE id = ANY (looked)",
)
ON_QUOTES = _of_topic(
    "quote_id",
    people="SELECT speaker_id, count(*) FROM archive_quote WHERE id = ANY (looked) AND speaker_id IS NOT NULL",
    sources="SELECT article.source_id, count(*) FROM archive_quote AS quote"
    " JOIN archive_article AS article ON article.id = quote.article_id WHERE quote.id = ANY (looked)",
)
SPOKEN_ON = "SELECT topic_id, count(*) FROM archive_tagging WHERE quote_id = ANY (looked) AND NOT implied"
COUNT = f"""
-- What the latest of a subject is about, counted, by a plan for each: what suits a large topic does not suit a small one.
CREATE FUNCTION archive_count_digest(of_subject text, of_id bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    newest bigint[];
    looked bigint[];
BEGIN
    IF of_subject = 'articles' THEN {ON_ARTICLES}
    ELSIF of_subject = 'quotes' THEN {ON_QUOTES}
    END IF;
    looked := ARRAY(
        SELECT id FROM archive_quote
        WHERE speaker_id = of_id AND visible_from <= statement_timestamp()
        ORDER BY published_at DESC, article_id DESC, position, id LIMIT 500);
    RETURN jsonb_build_object(
        'roles', (
            SELECT jsonb_agg(jsonb_build_array(role, first, last) ORDER BY latest)
            FROM (SELECT role, min(year), max(year), min(rank)
                  FROM (SELECT quote.role, EXTRACT(year FROM quote.published_at AT TIME ZONE 'UTC')::integer, rank
                        FROM unnest(looked) WITH ORDINALITY AS one (id, rank) JOIN archive_quote AS quote USING (id)
                        WHERE quote.role <> '') AS spoken (role, year, rank)
                  GROUP BY role) AS all_of_them (role, first, last, latest)),
        'topics', {_most(SPOKEN_ON, 12)});
END
$$;
"""


def _named(facet: str, table: str) -> str:
    """SQL for names and slugs in the place of ids."""
    return f"""'{facet}', (
            SELECT jsonb_agg(jsonb_build_array(name, slug, one -> 1) ORDER BY (one ->> 1)::integer DESC, name)
            FROM jsonb_array_elements(NULLIF(told -> '{facet}', 'null')) AS one
                JOIN {table} AS named ON named.id = (one ->> 0)::bigint)"""


KEPT = f"""
-- The same, with the names and slugs that readers are told: as it is kept, or counted now where that may not be right.
CREATE FUNCTION archive_digest(of_subject text, of_id bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
    told jsonb;
BEGIN
    SELECT digest.told INTO told FROM archive_digest AS digest
    WHERE digest.subject = of_subject AND digest.subject_id = of_id
        AND NOT EXISTS (SELECT FROM archive_duedigest WHERE subject = of_subject AND subject_id = of_id)
        -- Embargoes end without anybody's doing.
        AND NOT EXISTS (
            SELECT FROM archive_article
            WHERE embargo_until > digest.made_at AND embargo_until <= statement_timestamp());
    told := COALESCE(told, archive_count_digest(of_subject, of_id));
    RETURN told || jsonb_build_object(
        {_named("topics", "archive_topic")},
        {_named("people", "archive_person")},
        {_named("sources", "archive_source")});
END
$$;
"""

NOTE = r"""
-- Note that digests are due: those of topics given, of all that these articles and quotes are filed under, of speakers.
CREATE FUNCTION archive_note_due_digests(
    topics_of_articles bigint[], topics_of_quotes bigint[], articles bigint[], quotes bigint[], speakers bigint[])
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    on_articles bigint[] := topics_of_articles
        || ARRAY(SELECT topic_id FROM archive_tagging WHERE article_id = ANY (articles));
    on_quotes bigint[] := topics_of_quotes
        || ARRAY(SELECT topic_id FROM archive_tagging WHERE quote_id = ANY (quotes));
    people bigint[] := speakers
        || ARRAY(SELECT speaker_id FROM archive_quote WHERE id = ANY (quotes));
BEGIN
    -- What is noted already need not be again, if it stays so until this transaction ends: the worker who would take the
    -- note away waits for the lock, and one that it is just taking away is passed over.
    WITH touched AS (
        SELECT 'articles', unnest(on_articles)
        UNION SELECT 'quotes', unnest(on_quotes)
        UNION SELECT 'person', unnest(people)
    ), noted AS MATERIALIZED (
        SELECT subject, subject_id FROM archive_duedigest
        WHERE subject = 'articles' AND subject_id = ANY (on_articles)
            OR subject = 'quotes' AND subject_id = ANY (on_quotes)
            OR subject = 'person' AND subject_id = ANY (people)
        FOR KEY SHARE SKIP LOCKED
    )
    INSERT INTO archive_duedigest (subject, subject_id)
    SELECT subject, subject_id FROM touched AS one (subject, subject_id)
    WHERE subject_id IS NOT NULL
        AND NOT EXISTS (SELECT FROM noted WHERE noted.subject = one.subject AND noted.subject_id = one.subject_id);
END
$$;
"""
DUE = r"""
INSERT INTO archive_duedigest (subject, subject_id)
SELECT 'articles', subject_id FROM archive_tally WHERE subject = 'topic' AND year = 0 AND articles > 0
UNION ALL SELECT 'quotes', subject_id FROM archive_tally WHERE subject = 'topic' AND year = 0 AND quotes > 0
UNION ALL SELECT 'person', subject_id FROM archive_tally WHERE subject = 'person' AND year = 0 AND quotes > 0
"""


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0034_markup_is_no_word"),
    ]

    operations = [
        migrations.RunSQL(
            NOTE, "DROP FUNCTION archive_note_due_digests(bigint[], bigint[], bigint[], bigint[], bigint[])"
        ),
        migrations.CreateModel(
            name="Digest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("articles", "The latest articles under a topic"),
                            ("quotes", "The latest quotes under a topic"),
                            ("person", "The latest quotes of a person"),
                        ],
                        max_length=8,
                    ),
                ),
                ("subject_id", models.BigIntegerField(help_text="Id of the topic or person.")),
                ("told", models.JSONField()),
                (
                    "made_at",
                    models.DateTimeField(
                        help_text="When it was begun to count; an embargo that ended since is not in it."
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="DueDigest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("articles", "The latest articles under a topic"),
                            ("quotes", "The latest quotes under a topic"),
                            ("person", "The latest quotes of a person"),
                        ],
                        max_length=8,
                    ),
                ),
                ("subject_id", models.BigIntegerField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="quote",
            trigger=pgtrigger.compiler.Trigger(
                name="digests_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                PERFORM archive_note_due_digests(\n                    array_agg(DISTINCT NULL::bigint) FILTER (WHERE article_id IS NOT NULL),\n                    array_agg(DISTINCT NULL::bigint) FILTER (WHERE id IS NOT NULL),\n                    array_agg(DISTINCT article_id), array_agg(DISTINCT id), array_agg(DISTINCT speaker_id))\n                FROM (SELECT * FROM new_rows WHERE visible_from IS NOT NULL) AS changed HAVING count(*) > 0;\n                RETURN NULL;\n            ",
                    hash="4e27973db01f88ea1fa85aabc65458ebff2932de",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_digests_insert_aa124",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="archive_quote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="quote",
            trigger=pgtrigger.compiler.Trigger(
                name="digests_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                PERFORM archive_note_due_digests(\n                    array_agg(DISTINCT NULL::bigint) FILTER (WHERE article_id IS NOT NULL),\n                    array_agg(DISTINCT NULL::bigint) FILTER (WHERE id IS NOT NULL),\n                    array_agg(DISTINCT article_id), array_agg(DISTINCT id), array_agg(DISTINCT speaker_id))\n                FROM (SELECT * FROM old_rows WHERE visible_from IS NOT NULL UNION ALL SELECT * FROM new_rows WHERE visible_from IS NOT NULL) AS changed HAVING count(*) > 0;\n                RETURN NULL;\n            ",
                    hash="2c38a32dfce862ab24818b7404b2179d5392de89",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_digests_update_7ef2a",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="archive_quote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="quote",
            trigger=pgtrigger.compiler.Trigger(
                name="digests_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                PERFORM archive_note_due_digests(\n                    array_agg(DISTINCT NULL::bigint) FILTER (WHERE article_id IS NOT NULL),\n                    array_agg(DISTINCT NULL::bigint) FILTER (WHERE id IS NOT NULL),\n                    array_agg(DISTINCT article_id), array_agg(DISTINCT id), array_agg(DISTINCT speaker_id))\n                FROM (SELECT * FROM old_rows WHERE visible_from IS NOT NULL) AS changed HAVING count(*) > 0;\n                RETURN NULL;\n            ",
                    hash="3a92cdf975521607b575ac208cdaef4e274a3d6a",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_digests_delete_dd7de",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="archive_quote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tagging",
            trigger=pgtrigger.compiler.Trigger(
                name="digests_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                PERFORM archive_note_due_digests(\n                    array_agg(DISTINCT topic_id) FILTER (WHERE article_id IS NOT NULL),\n                    array_agg(DISTINCT topic_id) FILTER (WHERE quote_id IS NOT NULL),\n                    array_agg(DISTINCT article_id), array_agg(DISTINCT quote_id), array_agg(DISTINCT NULL::bigint))\n                FROM (SELECT * FROM new_rows WHERE visible_from IS NOT NULL) AS changed HAVING count(*) > 0;\n                RETURN NULL;\n            ",
                    hash="d161e4f9e1ff42288391ebacc16f032bbe3adbae",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_digests_insert_be7b2",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="archive_tagging",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tagging",
            trigger=pgtrigger.compiler.Trigger(
                name="digests_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                PERFORM archive_note_due_digests(\n                    array_agg(DISTINCT topic_id) FILTER (WHERE article_id IS NOT NULL),\n                    array_agg(DISTINCT topic_id) FILTER (WHERE quote_id IS NOT NULL),\n                    array_agg(DISTINCT article_id), array_agg(DISTINCT quote_id), array_agg(DISTINCT NULL::bigint))\n                FROM (SELECT * FROM old_rows WHERE visible_from IS NOT NULL UNION ALL SELECT * FROM new_rows WHERE visible_from IS NOT NULL) AS changed HAVING count(*) > 0;\n                RETURN NULL;\n            ",
                    hash="bff9b905f77dbd3ebe55ce8ad1913ec2b6153319",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_digests_update_b59d1",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="archive_tagging",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tagging",
            trigger=pgtrigger.compiler.Trigger(
                name="digests_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                PERFORM archive_note_due_digests(\n                    array_agg(DISTINCT topic_id) FILTER (WHERE article_id IS NOT NULL),\n                    array_agg(DISTINCT topic_id) FILTER (WHERE quote_id IS NOT NULL),\n                    array_agg(DISTINCT article_id), array_agg(DISTINCT quote_id), array_agg(DISTINCT NULL::bigint))\n                FROM (SELECT * FROM old_rows WHERE visible_from IS NOT NULL) AS changed HAVING count(*) > 0;\n                RETURN NULL;\n            ",
                    hash="0236ae21e89dffc71b86360092f40b65b5c1a4aa",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_digests_delete_ac96d",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="archive_tagging",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="digest",
            constraint=models.UniqueConstraint(fields=("subject", "subject_id"), name="one_digest_of_a_subject"),
        ),
        migrations.AddIndex(
            model_name="duedigest",
            index=models.Index(fields=["subject", "subject_id"], name="digest_due"),
        ),
        migrations.RunSQL(COUNT, "DROP FUNCTION archive_count_digest(text, bigint)"),
        migrations.RunSQL(KEPT, "DROP FUNCTION archive_digest(text, bigint)"),
        migrations.RunSQL(DUE, migrations.RunSQL.noop),
    ]
