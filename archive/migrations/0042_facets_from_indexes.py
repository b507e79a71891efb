"""Indexes that hold what a search counts of its matches, and more words of which PostgreSQL knows how frequent they are.

Built without holding up those who write, as in 0041. What is known of words is learnt at the end, from a sample: ten
seconds at a million articles, and nobody waits for it.
"""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models

# Of one of PostgreSQL's targets come ten words each. Of a word that it does not know it expects one row in two hundred,
# were it one of fifty or one of a million, and what is looked for is looked for in the wrong slices of time.
WORDS = """
    ALTER TABLE archive_article ALTER COLUMN words SET STATISTICS {target};
    ALTER INDEX article_searched ALTER COLUMN 2 SET STATISTICS {target};
    ALTER INDEX quote_searched ALTER COLUMN 1 SET STATISTICS {target};
"""

# An empty table is left to PostgreSQL's guess, which is better for one that is about to be filled.
LEARN = """
    DO $$ BEGIN
        IF EXISTS (SELECT FROM archive_article) THEN ANALYZE archive_article, archive_quote; END IF;
    END $$
"""


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("archive", "0041_read_from_indexes"),
    ]

    operations = [
        migrations.RunSQL(WORDS.format(target=300), WORDS.format(target=-1)),
        AddIndexConcurrently(
            "tagging",
            models.Index(
                fields=["article"],
                include=["topic"],
                name="tagging_topics_of_article",
                condition=models.Q(("article__isnull", False), ("implied", False)),
            ),
        ),
        AddIndexConcurrently(
            "tagging",
            models.Index(
                fields=["quote"],
                include=["topic"],
                name="tagging_topics_of_quote",
                condition=models.Q(("implied", False), ("quote__isnull", False)),
            ),
        ),
        migrations.RenameIndex("quote", old_name="quote_of_article", new_name="quote_of_article_before"),
        AddIndexConcurrently(
            "quote",
            models.Index(fields=["article", "position"], include=["speaker", "visible_from"], name="quote_of_article"),
        ),
        RemoveIndexConcurrently("quote", "quote_of_article_before"),
        migrations.RunSQL(LEARN, migrations.RunSQL.noop),
    ]
