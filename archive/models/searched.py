"""What articles and quotes are searched by, as PostgreSQL computes and indexes it: words, heads, and slices of time.

One index holds all three of an article, so that a question meets its words, its language and its month in the index
itself and no row is read that does not match (`docs/decisions/0010-search-by-slices.md`).
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class WordsOfArticle(models.Func):
    """The words of an article, weighed A (headline), B (standfirst), D (body), stemmed by its language."""

    function = "archive_article_words"
    output_field = SearchVectorField()


class WordsOfHead(models.Func):
    """Of those words the ones in headline and standfirst."""

    template = "ts_filter(%(expressions)s, '{a,b}')"
    output_field = SearchVectorField()


class WordsOfQuote(models.Func):
    """The words of a quote, stemmed as English whatever their language: a question is, too."""

    template = "to_tsvector('pg_catalog.english', archive_fold(%(expressions)s))"
    output_field = SearchVectorField()


class Slices(models.Func):
    """The year and the month that something appeared in, `{2017, 2017-01}`, and its language where that is given.

    A language is one of those whose stemming the archive knows, or `other`.
    """

    function = "archive_slices"
    output_field = ArrayField(models.TextField())

    def __init__(self, published_at: str, language: str | None = None) -> None:
        super().__init__(published_at, *([language] if language else []))
