"""What a list needs of its rows and no more: bodies and search words stay in the database."""

from django.db.models import Prefetch, QuerySet
from django.db.models.functions import Left

from archive.models import Article, Quote, Tagging

# More characters than the opening of an article takes in a list.
OPENING = 700

_HEAVY = ("body", "words", "author_note", "doubts")


def articles_listed(articles: "QuerySet[Article]") -> "QuerySet[Article]":
    """Articles with their source and the beginning of their text, for a list."""
    return articles.select_related("source").defer(*_HEAVY).annotate(beginning=Left("body", OPENING))


def quotes_listed(quotes: "QuerySet[Quote]") -> "QuerySet[Quote]":
    """Quotes with speaker, article and source, for a list."""
    return quotes.select_related("speaker", "article__source").defer(
        *(f"article__{column}" for column in (*_HEAVY, "standfirst"))
    )


def filed_articles_listed(taggings: "QuerySet[Tagging]") -> "QuerySet[Tagging]":
    """Taggings of articles, each with its article as for a list."""
    articles = articles_listed(Article.objects.all())
    return taggings.prefetch_related(Prefetch("article", queryset=articles))


def filed_quotes_listed(taggings: "QuerySet[Tagging]") -> "QuerySet[Tagging]":
    """Taggings of quotes, each with its quote as for a list."""
    return taggings.prefetch_related(Prefetch("quote", queryset=quotes_listed(Quote.objects.all())))
