"""What the names of people and topics are found by."""

import re
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import models

# One of the apostrophes that `archive_fold` makes alike is a letter to Unicode; it would end the word in the question.
_WORD = re.compile(r"[^\Wʼ]+")


class WordsOfName(models.Func):
    """The single words of a name, without accents, so that a surname alone finds it."""

    template = "to_tsvector('pg_catalog.simple', archive_fold(%(expressions)s))"
    output_field = SearchVectorField()


def ids_named(
    question: SearchQuery,
    own: "models.QuerySet[Any]",
    other: "models.QuerySet[Any]",
    link: str,
    most: int | None = None,
) -> "models.QuerySet[Any]":
    """The ids of records with a name that meets the question: their own, or another one, which names them by `link`.

    Of each at `most` so many, of which nothing is said.
    """
    words = WordsOfName("name")
    with_own = own.alias(words=words).filter(words=question).values("pk")
    with_other = other.alias(words=words).filter(words=question).values(link)
    return with_own[:most].union(with_other[:most])  # type: ignore[no-any-return]


def words_begun(words: str) -> SearchQuery | None:
    """What a name has to match that holds words beginning like all of these; None where there is no word in them."""
    begun = [f"'{word}':*" for word in _WORD.findall(words)]
    if not begun:
        return None
    folded = models.Func(models.Value(" & ".join(begun)), function="archive_fold")
    return SearchQuery(folded, search_type="raw", config="simple")
