"""Words, language and month of an item in one index; headlines by their beginnings."""

import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import archive.models.searched

SLICES = """
-- The year and the month in which something appeared, in UTC. In PL/pgSQL so that a plan shows its name.
CREATE FUNCTION archive_slices(published_at timestamptz) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    appeared timestamp := published_at AT TIME ZONE 'UTC';
    of_year text := EXTRACT(year FROM appeared)::integer::text;
BEGIN
    RETURN ARRAY[of_year, of_year || '-' || lpad(EXTRACT(month FROM appeared)::integer::text, 2, '0')];
END
$$;

-- The same, and the language whose stemming its words are kept in; those of “other” are kept as they are.
CREATE FUNCTION archive_slices(published_at timestamptz, language text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
    code text := split_part(lower(language), '-', 1);
BEGIN
    RETURN COALESCE(archive_slices(published_at), '{}') || CASE
        WHEN code IN ('en', 'fr', 'de', 'es', 'it', 'pt', 'nl', 'ru', 'sv', 'da', 'no', 'fi') THEN code
        ELSE 'other' END;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0021_resemblances"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(
            SLICES, "DROP FUNCTION archive_slices(timestamptz, text); DROP FUNCTION archive_slices(timestamptz);"
        ),
        migrations.RemoveIndex(model_name="article", name="article_words"),
        migrations.RemoveIndex(model_name="quote", name="quote_words"),
        migrations.AddIndex(
            model_name="article",
            index=django.contrib.postgres.indexes.GinIndex(
                models.F("words"),
                archive.models.searched.WordsOfHead("words"),
                archive.models.searched.Slices("published_at", "language"),
                name="article_searched",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Lower(django.db.models.functions.text.Left("headline", 60)),
                    "text_pattern_ops",
                ),
                condition=models.Q(("visible_from__isnull", False)),
                name="article_headline_begins",
            ),
        ),
        migrations.AddIndex(
            model_name="quote",
            index=django.contrib.postgres.indexes.GinIndex(
                archive.models.searched.WordsOfQuote("words"),
                archive.models.searched.Slices("published_at"),
                name="quote_searched",
            ),
        ),
    ]
