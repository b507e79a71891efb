"""The kept counts held against what they count, and put right.

Triggers keep them within the transaction that changes what is counted, so that neither a crash nor several who write
at once can part the two. This is for what goes around triggers: a restored table, rows changed with triggers off.
"""

from dataclasses import dataclass

from django.db import connection, transaction

from archive.models import article, quote, tagging
from archive.models.tally import ALL_YEARS, counts

_RIGHT = " UNION ALL ".join(
    [
        *counts("archive_article", article.COUNTED_IN),
        *counts("archive_quote", quote.COUNTED_IN),
        *counts("archive_tagging", tagging.COUNTED_IN),
    ]
)
# One statement, and so one moment: what others commit meanwhile is in both sides of the comparison, or in neither.
_OFF = f"""
    SELECT subject, subject_id, year, sum(articles)::bigint AS articles, sum(quotes)::bigint AS quotes
    FROM (
        SELECT subject, subject_id, span.year, sum(articles) AS articles, sum(quotes) AS quotes
        FROM ({_RIGHT}) AS one
        CROSS JOIN LATERAL (VALUES (one.year), ({ALL_YEARS}::smallint)) AS span (year)
        GROUP BY subject, subject_id, span.year
        UNION ALL SELECT subject, subject_id, year, -articles, -quotes FROM archive_tally
    ) AS both_sides
    GROUP BY subject, subject_id, year
    HAVING sum(articles) <> 0 OR sum(quotes) <> 0
    ORDER BY subject, subject_id, year
"""  # noqa: S608 (the parts are the models' own)
# What is missing is added to the count as it then stands, and so to what others have added since.
_PUT_RIGHT = f"""
    INSERT INTO archive_tally AS kept (subject, subject_id, year, articles, quotes) {_OFF}
    ON CONFLICT (subject, subject_id, year) DO UPDATE
    SET articles = kept.articles + EXCLUDED.articles, quotes = kept.quotes + EXCLUDED.quotes
    RETURNING subject
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Off:
    """A kept count that is off: whose, of which year (0 for all), and how many articles and quotes it lacks."""

    subject: str
    subject_id: int
    year: int
    articles: int
    quotes: int

    def __str__(self) -> str:
        whose = f"{self.subject} {self.subject_id}" if self.subject_id else self.subject
        return f"{whose}, {self.year or 'all years'}: lacks {self.articles:+,} articles, {self.quotes:+,} quotes"


def tallies_off() -> list[Off]:
    """The kept counts that are not what they count. Reads every article, quote and tagging once; locks nothing."""
    with connection.cursor() as cursor:
        cursor.execute(_OFF)
        return [Off(*row) for row in cursor.fetchall()]


def repair_tallies() -> int:
    """Put the kept counts right while others go on writing; how many were off. Two at once wait for each other."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('archive: tallies repaired'))")
        cursor.execute(_PUT_RIGHT)
        return len(cursor.fetchall())
