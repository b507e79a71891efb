"""Fold < and > to spaces: PostgreSQL's parser takes what stands between them for markup, and its words for none."""

from django.db import migrations

FOLD = r"""
CREATE OR REPLACE FUNCTION archive_fold(given text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    plain text := pg_catalog.replace(pg_catalog.replace(given, '<', ' '), '>', ' ');
BEGIN
    IF pg_catalog.octet_length(plain) = pg_catalog.length(plain) THEN
        RETURN plain;
    END IF;
    plain := pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(
        plain, '’', ''''), '‘', ''''), 'ʼ', ''''), '“', '"'), '”', '"');
    IF plain OPERATOR(pg_catalog.!~) '[^\u0001-\u007f–—]' THEN
        RETURN plain;
    END IF;
    RETURN pg_catalog.regexp_replace(pg_catalog.normalize(plain, 'NFKD'), '[\u0300-\u036f]', '', 'g');
END
$$;
"""

FORMER = r"""
CREATE OR REPLACE FUNCTION archive_fold(given text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    plain text;
BEGIN
    IF pg_catalog.octet_length(given) = pg_catalog.length(given) THEN
        RETURN given;
    END IF;
    plain := pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(
        given, '’', ''''), '‘', ''''), 'ʼ', ''''), '“', '"'), '”', '"');
    IF plain OPERATOR(pg_catalog.!~) '[^\u0001-\u007f–—]' THEN
        RETURN plain;
    END IF;
    RETURN pg_catalog.regexp_replace(pg_catalog.normalize(plain, 'NFKD'), '[\u0300-\u036f]', '', 'g');
END
$$;
"""

# What was folded before is folded anew: indexes where any row has such a sign, and of articles the rows that do, for
# their words are a column. An update that changes nothing makes no history, and moves what is kept only where it must.
ANEW = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM archive_quote WHERE words ~ '[<>]') THEN REINDEX INDEX quote_searched; END IF;
    IF EXISTS (SELECT FROM archive_person WHERE name ~ '[<>]') THEN REINDEX TABLE archive_person; END IF;
    IF EXISTS (SELECT FROM archive_personname WHERE name ~ '[<>]') THEN REINDEX TABLE archive_personname; END IF;
    IF EXISTS (SELECT FROM archive_topic WHERE name ~ '[<>]') THEN REINDEX TABLE archive_topic; END IF;
    IF EXISTS (SELECT FROM archive_topicname WHERE name ~ '[<>]') THEN REINDEX TABLE archive_topicname; END IF;
END $$;
UPDATE archive_article SET headline = headline
WHERE headline ~ '[<>]' OR standfirst ~ '[<>]' OR body ~ '[<>]';
"""


class Migration(migrations.Migration):
    dependencies = [("archive", "0033_notes")]
    operations = [migrations.RunSQL([FOLD, ANEW], [FORMER, ANEW])]
