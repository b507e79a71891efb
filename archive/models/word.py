"""Word: a word as public articles spell it, so that a misspelt question can be told a better one."""

from collections import Counter
from collections.abc import Iterator

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models, transaction

# Shorter words are near to too many others, longer ones are no words.
SHORTEST, LONGEST = 4, 30
# The words in most articles are kept, so many of them.
MOST = 100_000
# Articles that are counted in one step.
STEP = 2_000

_COUNTED = f"""
    SELECT word, ndoc FROM ts_stat(format($$
        SELECT to_tsvector('pg_catalog.simple', archive_fold(concat_ws(' ', headline, standfirst, body)))
        FROM archive_article WHERE id BETWEEN %%s AND %%s AND visible_from <= statement_timestamp()
    $$, %s::bigint, %s::bigint)) WHERE word ~ '^[[:alpha:]]{{{SHORTEST},{LONGEST}}}$'
"""  # noqa: S608 (the numbers are this module's own)


def shortened(word: str) -> list[str]:
    """A word, and all that it becomes when one of its letters is left out.

    Two words share one of these where they differ by a letter too many, too few, another one, or one that has moved:
    the symmetric deletions of W. Garbe's SymSpell.
    """
    return [word, *dict.fromkeys(word[:place] + word[place + 1 :] for place in range(len(word)))]


class WordQuerySet(models.QuerySet["Word"]):
    """Questions asked of the words."""

    def near(self, *words: str) -> "WordQuerySet":
        """These words, and those spelt nearly so."""
        return self.filter(shortened__overlap=[each for word in words for each in shortened(word)])

    def count_anew(self) -> Iterator[int]:
        """Count the words of all public articles, and tell after each step how many articles' numbers are behind it.

        What was counted before stays until all is.
        """
        with connection.cursor() as cursor:
            cursor.execute("SELECT COALESCE(max(id), 0) FROM archive_article")
            (last,) = cursor.fetchone()
            counts: Counter[str] = Counter()
            for first in range(1, last + 1, STEP):
                cursor.execute(_COUNTED, [first, first + STEP - 1])
                counts.update(dict(cursor.fetchall()))
                counts = Counter(dict(counts.most_common(4 * MOST)))
                yield min(first + STEP - 1, last)
        rows = (
            Word(word=word, articles=articles, shortened=shortened(word)) for word, articles in counts.most_common(MOST)
        )
        with transaction.atomic():
            self.all().delete()
            self.bulk_create(rows, batch_size=STEP)


class Word(models.Model):
    """A word without case and accents, and how many articles hold it; counted by `manage.py count_words`."""

    word = models.TextField(primary_key=True)
    articles = models.IntegerField()
    shortened = ArrayField(models.TextField())

    objects = WordQuerySet.as_manager()

    class Meta:
        indexes = [GinIndex(fields=["shortened"], name="word_shortened")]

    def __str__(self) -> str:
        return self.word
