"""Facets: what the matches of a search are about, who speaks in them, where they come from, when.

Counted over the candidates of a search, a bounded number of ids: exact where these are all the matches.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

OPTIONS = 8
# Up to so many years are offered one by one, more of them as decades.
YEARS = 10

# What is counted of each facet: column, table and condition.
_OF_ARTICLES = {
    "topic": "topic_id, count(*) FROM archive_tagging WHERE article_id = ANY (%(ids)s) AND NOT implied",
    "person": "speaker_id, count(DISTINCT article_id) FROM archive_quote"
    " WHERE article_id = ANY (%(ids)s) AND speaker_id IS NOT NULL AND visible_from <= statement_timestamp()",
    "source": "source_id, count(*) FROM archive_article WHERE id = ANY (%(ids)s)",
}
_OF_QUOTES = {
    "topic": "topic_id, count(*) FROM archive_tagging WHERE quote_id = ANY (%(ids)s) AND NOT implied",
    "person": "speaker_id, count(*) FROM archive_quote WHERE id = ANY (%(ids)s) AND speaker_id IS NOT NULL",
    "source": "source_id, count(*) FROM archive_quote AS quote JOIN archive_article AS article"
    " ON article.id = quote.article_id WHERE quote.id = ANY (%(ids)s)",
}


@dataclass(frozen=True, slots=True)
class Option:
    """One way to narrow a search: what it is called, how many matches it leaves, the fields it sets."""

    label: str
    count: int
    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class Facet:
    """The options of one field, those that leave most first."""

    name: str
    options: list[Option]


def facets_of_articles(ids: Sequence[int], *, dated: bool = True) -> list[Facet]:
    """The facets of some articles; people are those who speak in them. A query each, that of dates if wanted."""
    facets = [_named(name, counted, ids) for name, counted in _OF_ARTICLES.items()]
    return [*facets, _years("archive_article", ids)] if dated else facets


def facets_of_quotes(ids: Sequence[int], *, dated: bool = True) -> list[Facet]:
    """The facets of some quotes. A query each, that of dates if wanted."""
    facets = [_named(name, counted, ids) for name, counted in _OF_QUOTES.items()]
    return [*facets, _years("archive_quote", ids)] if dated else facets


def _named(field: str, counted: str, ids: Sequence[int]) -> Facet:
    with connection.cursor() as cursor:
        # The names are read of the few that are shown, after counting.
        cursor.execute(
            f"""
            WITH most (id, count) AS (SELECT {counted} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {OPTIONS})
            SELECT name, slug, count FROM most JOIN archive_{field} USING (id) ORDER BY count DESC, name
            """,  # noqa: S608 (the parts are this module's own)
            {"ids": list(ids)},
        )
        return Facet(field, [Option(name, count, {field: slug}) for name, slug, count in cursor.fetchall()])


def _years(table: str, ids: Sequence[int]) -> Facet:
    """By year where these are few, else by decade; the latest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT EXTRACT(year FROM published_at AT TIME ZONE 'UTC')::integer, count(*)
            FROM {table} WHERE id = ANY (%(ids)s) GROUP BY 1
            """,  # noqa: S608 (the tables are this module's own)
            {"ids": list(ids)},
        )
        years = Counter(dict(cursor.fetchall()))
    if len(years) <= YEARS:
        return Facet("date", [_span(year, year, years[year]) for year in sorted(years, reverse=True)])
    decades: Counter[int] = Counter()
    for year, count in years.items():
        decades[year // 10 * 10] += count
    return Facet("date", [_span(decade, decade + 9, decades[decade]) for decade in sorted(decades, reverse=True)])


def _span(first: int, last: int, count: int) -> Option:
    label = str(first) if first == last else f"{first}–{last}"
    return Option(label, count, {"from": str(first), "to": str(last)})
