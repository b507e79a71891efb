"""The admin's search by words: articles in any status, by the index that readers' search uses."""

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import Func, TextField, Value

from archive.models import Article

if TYPE_CHECKING:
    from django.db.models import QuerySet


def matching_words(typed: str, articles: "QuerySet[Any] | None" = None) -> "QuerySet[Any]":
    """Those of the articles (or of all) that have these words, in the syntax of `websearch_to_tsquery`."""
    folded = Func(Value(typed), function="archive_fold", output_field=TextField())
    query = SearchQuery(folded, config="english", search_type="websearch")
    return (Article.objects.all() if articles is None else articles).filter(words=query)
