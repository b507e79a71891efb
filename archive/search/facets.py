"""Facets: what the matches of a search are about, who speaks in them, where they come from, when.

Counted over the candidates of a search, a bounded number of ids: exact where these are all the matches.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, QuerySet
from django.db.models.functions import ExtractYear

from archive.models import Article, Quote, Tagging

OPTIONS = 8


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
    articles = Article.objects.filter(pk__in=ids)
    spoken = Quote.objects.public().filter(article__in=ids, speaker__isnull=False)
    facets = [
        _named("topic", Tagging.objects.filed().filter(article__in=ids), "topic", Count("pk")),
        _named("person", spoken, "speaker", Count("article", distinct=True)),
        _named("source", articles, "source", Count("pk")),
    ]
    return [*facets, _decades(articles)] if dated else facets


def facets_of_quotes(ids: Sequence[int], *, dated: bool = True) -> list[Facet]:
    """The facets of some quotes. A query each, that of dates if wanted."""
    quotes = Quote.objects.filter(pk__in=ids)
    facets = [
        _named("topic", Tagging.objects.filed().filter(quote__in=ids), "topic", Count("pk")),
        _named("person", quotes.filter(speaker__isnull=False), "speaker", Count("pk")),
        _named("source", quotes, "article__source", Count("pk")),
    ]
    return [*facets, _decades(quotes)] if dated else facets


def _named(field: str, rows: "QuerySet[Any]", relation: str, count: Count) -> Facet:
    named = rows.order_by().values(label=F(f"{relation}__name"), of_slug=F(f"{relation}__slug"))
    counted = named.annotate(count=count).order_by("-count", "label")[:OPTIONS]
    return Facet(field, [Option(row["label"], row["count"], {field: row["of_slug"]}) for row in counted])


def _decades(rows: "QuerySet[Any]") -> Facet:
    decades: dict[int, int] = {}
    years = rows.order_by().values(of_year=ExtractYear("published_at")).annotate(count=Count("pk"))
    for row in years:
        decade = row["of_year"] // 10 * 10
        decades[decade] = decades.get(decade, 0) + row["count"]
    return Facet(
        "date",
        [
            Option(f"{decade}–{decade + 9}", count, {"from": str(decade), "to": str(decade + 9)})
            for decade, count in sorted(decades.items(), reverse=True)
        ],
    )
