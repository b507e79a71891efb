"""Facets: what the matches of a search are about, who speaks in them, where they come from, when.

Counted over the candidates of a search, a bounded number of ids: exact where these are all the matches.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from archive.planned import answer
from archive.search.words import listed

OPTIONS = 8
# Up to so many years are offered one by one, more of them as decades.
YEARS = 10

# What is counted of each facet: which column of which rows, and how.
_OF_ARTICLES = {
    "topic": "topic_id, count(*) FROM archive_tagging WHERE article_id = ANY (%(ids)s::bigint[]) AND NOT implied",
    "person": "speaker_id, count(DISTINCT article_id) FROM archive_quote"
    " WHERE article_id = ANY (%(ids)s::bigint[]) AND speaker_id IS NOT NULL AND visible_from <= statement_timestamp()",
    "source": "source_id, count(*) FROM found",
}
_OF_QUOTES = {
    "topic": "topic_id, count(*) FROM archive_tagging WHERE quote_id = ANY (%(ids)s::bigint[]) AND NOT implied",
    "person": "speaker_id, count(*) FROM found WHERE speaker_id IS NOT NULL",
    "source": "source_id, count(*) FROM found",
}
_ARTICLES = "SELECT source_id, published_at FROM archive_article WHERE id = ANY (%(ids)s::bigint[])"
_QUOTES = """
    SELECT article.source_id, quote.published_at, quote.speaker_id
    FROM archive_quote AS quote JOIN archive_article AS article ON article.id = quote.article_id
    WHERE quote.id = ANY (%(ids)s::bigint[])
"""


@dataclass(slots=True)  # not frozen, which takes thrice as long to make, and pages have dozens
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


def facets_of_articles(ids: Sequence[int]) -> list[Facet]:
    """The facets of some articles; people are those who speak in them. One query."""
    return _facets(_ARTICLES, _OF_ARTICLES, ids)


def facets_of_quotes(ids: Sequence[int]) -> list[Facet]:
    """The facets of some quotes. One query."""
    return _facets(_QUOTES, _OF_QUOTES, ids)


def _facets(found: str, counted: Mapping[str, str], ids: Sequence[int]) -> list[Facet]:
    rows = sorted(answer(_written(found, tuple(counted.items())), ids=listed(ids)), key=lambda row: (-row[3], row[1]))
    options = {
        field: [Option(name, count, {field: slug}) for facet, name, slug, count in rows if facet == field]
        for field in counted
    }
    years = Counter({int(year): count for facet, year, _, count in rows if facet == "date"})
    return [*(Facet(*each) for each in options.items()), Facet("date", _spans(years))]


@cache
def _written(found: str, counted: tuple[tuple[str, str], ...]) -> str:
    """The query of some facets, of which the names are read of the few that are shown, after counting."""
    named = " UNION ALL ".join(
        f"""
        SELECT '{field}' AS facet, name, slug, count
        FROM (SELECT {column} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {OPTIONS}) AS most (id, count)
        JOIN archive_{field} USING (id)
        """  # noqa: S608 (the parts are this module's own)
        for field, column in counted
    )
    return f"""
        WITH found AS MATERIALIZED ({found})
        {named}
        UNION ALL
        SELECT 'date', EXTRACT(year FROM published_at AT TIME ZONE 'UTC')::integer::text, '', count(*)
        FROM found GROUP BY 2
    """  # noqa: S608 (the parts are this module's own)


def _spans(years: Counter[int]) -> list[Option]:
    """By year where these are few, else by decade; the latest first."""
    if len(years) <= YEARS:
        return [_span(year, year, years[year]) for year in sorted(years, reverse=True)]
    decades: Counter[int] = Counter()
    for year, count in years.items():
        decades[year // 10 * 10] += count
    return [_span(decade, decade + 9, decades[decade]) for decade in sorted(decades, reverse=True)]


def _span(first: int, last: int, count: int) -> Option:
    label = str(first) if first == last else f"{first}–{last}"
    return Option(label, count, {"from": str(first), "to": str(last)})
