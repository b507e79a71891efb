"""Fold text without taking apart what has no accents: a third of what it takes to make a story's search words."""

from django.db import migrations

# The same text as before for every text: straight quotes by `replace`, which is quicker than `translate`, and the
# decomposing left out where nothing but ASCII and two dashes that have no parts is left.
FOLD = r"""
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

FORMER = r"""
CREATE OR REPLACE FUNCTION archive_fold(given text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT pg_catalog.regexp_replace(
        pg_catalog.normalize(pg_catalog.translate(given, '’‘ʼ“”', '''''''""'), 'NFKD'), '[\u0300-\u036f]', '', 'g')
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("archive", "0017_words_of_topic_names")]
    operations = [migrations.RunSQL(FOLD, FORMER)]
