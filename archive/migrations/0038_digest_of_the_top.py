"""The topics at the top of the vocabulary, kept as a digest: see archive/models/digest.py."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

NOTE = """
-- Note that digests are due, each by its subject and id. What is noted already need not be again, if it stays so until this
-- transaction ends: the worker who would take the note away waits for the lock, and one that it is just taking away is
-- passed over.
CREATE OR REPLACE FUNCTION archive_note_due(subjects text[], ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    WITH touched AS MATERIALIZED (
        SELECT DISTINCT subject, subject_id FROM unnest(subjects, ids) AS one (subject, subject_id)
        WHERE subject_id IS NOT NULL
    ), noted AS MATERIALIZED (
        SELECT due.subject, due.subject_id FROM archive_duedigest AS due
        WHERE due.subject = ANY (subjects) AND due.subject_id = ANY (ids)
            AND EXISTS (SELECT FROM touched WHERE (touched.subject, touched.subject_id) = (due.subject, due.subject_id))
        FOR KEY SHARE OF due SKIP LOCKED
    )
    INSERT INTO archive_duedigest (subject, subject_id) SELECT * FROM touched EXCEPT SELECT * FROM noted;
END
$$;
"""
NOTE_ITEMS = """
CREATE OR REPLACE FUNCTION archive_note_due_digests(
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
    PERFORM archive_note_due(
        array_fill('articles'::text, ARRAY[cardinality(on_articles)])
            || array_fill('quotes'::text, ARRAY[cardinality(on_quotes)])
            || array_fill('person'::text, ARRAY[cardinality(people)]),
        on_articles || on_quotes || people);
END
$$;
"""
TOP = """
ALTER FUNCTION archive_count_digest(text, bigint) RENAME TO archive_count_items;
CREATE FUNCTION archive_count_digest(of_subject text, of_id bigint) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF of_subject <> 'top' THEN
        RETURN archive_count_items(of_subject, of_id);
    END IF;
    RETURN jsonb_build_object('ids', ARRAY(
        SELECT id FROM archive_topic AS topic
        WHERE replaced_by_id IS NULL AND NOT EXISTS (SELECT FROM archive_topicbroader WHERE narrower_id = topic.id)
        ORDER BY name LIMIT 101));
END
$$;
CREATE FUNCTION archive_ids_at_the_top() RETURNS bigint[] LANGUAGE plpgsql STABLE AS $$
DECLARE
    kept jsonb;
BEGIN
    SELECT told INTO kept FROM archive_digest
    WHERE subject = 'top' AND NOT EXISTS (SELECT FROM archive_duedigest WHERE subject = 'top');
    RETURN ARRAY(
        SELECT jsonb_array_elements_text(COALESCE(kept, archive_count_digest('top', 0)) -> 'ids')::bigint);
END
$$;
"""
TOP_AWAY = """
DROP FUNCTION archive_ids_at_the_top();
DROP FUNCTION archive_count_digest(text, bigint);
ALTER FUNCTION archive_count_items(text, bigint) RENAME TO archive_count_digest;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0037_history_of_filings"),
    ]

    operations = [
        migrations.RunSQL(NOTE, migrations.RunSQL.noop),
        migrations.RunSQL(NOTE_ITEMS, migrations.RunSQL.noop),
        migrations.RunSQL(TOP, TOP_AWAY),
        migrations.RunSQL(
            "SELECT archive_note_due(ARRAY['top'], ARRAY[0])", "DELETE FROM archive_digest WHERE subject = 'top'"
        ),
        migrations.AlterField(
            model_name="digest",
            name="subject",
            field=models.CharField(
                choices=[
                    ("articles", "The latest articles under a topic"),
                    ("quotes", "The latest quotes under a topic"),
                    ("person", "The latest quotes of a person"),
                    ("top", "The topics that lie under no other"),
                ],
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="digest",
            name="subject_id",
            field=models.BigIntegerField(help_text="Id of the topic or person; 0 for the vocabulary."),
        ),
        migrations.AlterField(
            model_name="duedigest",
            name="subject",
            field=models.CharField(
                choices=[
                    ("articles", "The latest articles under a topic"),
                    ("quotes", "The latest quotes under a topic"),
                    ("person", "The latest quotes of a person"),
                    ("top", "The topics that lie under no other"),
                ],
                max_length=8,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="topic",
            trigger=pgtrigger.compiler.Trigger(
                name="digest_of_the_top",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM archive_note_due(ARRAY['top'], ARRAY[0]); RETURN NULL;",
                    hash="0fe10d00dedc2cdd24ef5fc85e96b21809b5c30f",
                    level="STATEMENT",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_digest_of_the_top_f9826",
                    table="archive_topic",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="topicbroader",
            trigger=pgtrigger.compiler.Trigger(
                name="digest_of_the_top",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM archive_note_due(ARRAY['top'], ARRAY[0]); RETURN NULL;",
                    hash="5bfe57bcfc81eb018f2d5dff7c9c33ce8cafdb40",
                    level="STATEMENT",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_digest_of_the_top_2a28a",
                    table="archive_topicbroader",
                    when="AFTER",
                ),
            ),
        ),
    ]
