"""The SQL functions that columns, constraints and triggers of the archive rest on."""

from django.db import migrations

FOLD = r"""
-- Text without accents and with straight apostrophes, so that “Zürich” and “Zurich” find each other.
CREATE FUNCTION archive_fold(given text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT pg_catalog.regexp_replace(
        pg_catalog.normalize(pg_catalog.translate(given, '’‘ʼ“”', '''''''""'), 'NFKD'), '[\u0300-\u036f]', '', 'g')
$$;
"""

LANGUAGE = """
-- The text search configuration of a language tag (BCP 47); words of others are taken as they are.
CREATE FUNCTION archive_stemming(language text) RETURNS regconfig
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE pg_catalog.split_part(pg_catalog.lower(language), '-', 1)
        WHEN 'en' THEN 'pg_catalog.english' WHEN 'fr' THEN 'pg_catalog.french'
        WHEN 'de' THEN 'pg_catalog.german' WHEN 'es' THEN 'pg_catalog.spanish'
        WHEN 'it' THEN 'pg_catalog.italian' WHEN 'pt' THEN 'pg_catalog.portuguese'
        WHEN 'nl' THEN 'pg_catalog.dutch' WHEN 'ru' THEN 'pg_catalog.russian'
        WHEN 'sv' THEN 'pg_catalog.swedish' WHEN 'da' THEN 'pg_catalog.danish'
        WHEN 'no' THEN 'pg_catalog.norwegian' WHEN 'fi' THEN 'pg_catalog.finnish'
        ELSE 'pg_catalog.simple' END::pg_catalog.regconfig
$$;
"""

WORDS = """
-- Only the first 250,000 characters of a body are searched: a tsvector holds one megabyte.
-- The search path is pinned so that a dump, which is restored without one, can compute the column again.
CREATE FUNCTION archive_article_words(language text, headline text, standfirst text, body text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
    stemming regconfig := archive_stemming(language);
BEGIN
    RETURN setweight(to_tsvector(stemming, archive_fold(headline)), 'A')
        || setweight(to_tsvector(stemming, archive_fold(standfirst)), 'B')
        || setweight(to_tsvector(stemming, archive_fold(left(body, 250000))), 'D');
END
$$;
"""

SPANS = """
CREATE FUNCTION archive_words_at(body text, spans integer[]) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT pg_catalog.string_agg(
        pg_catalog.substr(body, spans[i][1] + 1, spans[i][2] - spans[i][1]), ' … ' ORDER BY i)
    FROM pg_catalog.generate_subscripts(spans, 1) AS i
$$;

CREATE FUNCTION archive_spans_in_order(spans integer[]) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    reached integer := 0;
BEGIN
    IF pg_catalog.cardinality(spans) = 0 THEN
        RETURN true;
    END IF;
    IF pg_catalog.array_ndims(spans) <> 2 OR pg_catalog.array_length(spans, 2) <> 2 THEN
        RETURN false;
    END IF;
    FOR i IN 1 .. pg_catalog.array_length(spans, 1) LOOP
        IF spans[i][1] IS NULL OR spans[i][2] IS NULL
           OR spans[i][1] < reached OR spans[i][2] <= spans[i][1] THEN
            RETURN false;
        END IF;
        reached := spans[i][2];
    END LOOP;
    RETURN true;
END
$$;
"""

QUOTES = """
-- Refuse quotes (all of an article, or one) whose words are not the body's words at their spans.
CREATE FUNCTION archive_check_quotes(of_article bigint, of_quote bigint DEFAULT NULL) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    wrong record;
BEGIN
    SELECT quote.id, quote.words, quote.article_id INTO wrong
    FROM archive_quote AS quote JOIN archive_article AS article ON article.id = quote.article_id
    WHERE quote.article_id = of_article AND (of_quote IS NULL OR quote.id = of_quote) AND quote.lost_at IS NULL
      AND quote.words IS DISTINCT FROM archive_words_at(article.body, quote.spans)
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'quote % is not in the body of article % where its spans say: %',
            wrong.id, wrong.article_id, wrong.words
            USING ERRCODE = 'check_violation', CONSTRAINT = 'quote_words_in_body';
    END IF;
END
$$;
"""

TOPICS = """
-- The topics above one topic, at any height.
CREATE FUNCTION archive_broader_topics(of_topic bigint) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN QUERY WITH RECURSIVE above (id) AS (
        SELECT broader_id FROM archive_topicbroader WHERE narrower_id = of_topic
        UNION
        SELECT link.broader_id FROM archive_topicbroader AS link JOIN above ON link.narrower_id = above.id
    ) SELECT id FROM above;
END
$$;

-- Make the implied taggings of one article or quote what its other taggings imply.
CREATE FUNCTION archive_imply_anew(of_article bigint, of_quote bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    implied_now bigint[];
BEGIN
    SELECT COALESCE(array_agg(DISTINCT above), '{}') INTO implied_now
    FROM archive_tagging AS filed, archive_broader_topics(filed.topic_id) AS above
    WHERE NOT filed.implied AND (filed.article_id = of_article OR filed.quote_id = of_quote);

    DELETE FROM archive_tagging
    WHERE implied AND (article_id = of_article OR quote_id = of_quote) AND topic_id <> ALL (implied_now);

    -- Nothing to file where the item itself is being deleted.
    INSERT INTO archive_tagging (topic_id, article_id, quote_id, implied, tagged_at, counted)
    SELECT above, of_article, of_quote, true, now(), false FROM unnest(implied_now) AS above
    ON CONFLICT DO NOTHING;
END
$$;
"""


class Migration(migrations.Migration):
    """Written by hand; a later change of a function is a later migration that replaces it."""

    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(FOLD, "DROP FUNCTION archive_fold(text)"),
        migrations.RunSQL(LANGUAGE, "DROP FUNCTION archive_stemming(text)"),
        migrations.RunSQL(WORDS, "DROP FUNCTION archive_article_words(text, text, text, text)"),
        migrations.RunSQL(
            SPANS,
            "DROP FUNCTION archive_words_at(text, integer[]); DROP FUNCTION archive_spans_in_order(integer[])",
        ),
        migrations.RunSQL(QUOTES, "DROP FUNCTION archive_check_quotes(bigint, bigint)"),
        migrations.RunSQL(
            TOPICS,
            "DROP FUNCTION archive_imply_anew(bigint, bigint); DROP FUNCTION archive_broader_topics(bigint)",
        ),
    ]
