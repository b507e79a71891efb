"""The admin's search by words: in any status, in the language and by the indexes of the readers' search."""

from typing import TYPE_CHECKING, Any

from archive.models import Article
from archive.search.language import understand
from archive.search.words import question_of

if TYPE_CHECKING:
    from django.db.models import QuerySet


def with_words(typed: str, articles: "QuerySet[Any]") -> "QuerySet[Any]":
    """Those of these articles that have the words typed; all of them where none were."""
    typed = typed.replace("\0", "")
    return articles.filter(question_of(understand(typed)).of_articles()) if typed.strip() else articles


def of_articles_with_words(typed: str, rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Those of these rows whose article has the words typed; all of them where none were."""
    return rows.filter(article__in=with_words(typed, Article.objects.all())) if typed.strip() else rows


def saying(typed: str, quotes: "QuerySet[Any]") -> "QuerySet[Any]":
    """Those of these quotes that have the words typed; all of them where none were."""
    return quotes.filter(question_of(understand(typed)).of_quotes()) if typed.strip() else quotes
