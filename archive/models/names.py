"""What the names of people and topics are found by."""

import re
from typing import Any, Self, TypeVar

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import models

Record = TypeVar("Record", bound=models.Model)

# One of the apostrophes that `archive_fold` makes alike is a letter to Unicode; it would end the word in the question.
_WORD = re.compile(r"[^\Wʼ]+")


class WordsOfName(models.Func):
    """The single words of a name, without accents, so that a surname alone finds it."""

    template = "to_tsvector('pg_catalog.simple', archive_fold(%(expressions)s))"
    output_field = SearchVectorField()


def words_begun(words: str) -> SearchQuery | None:
    """What a name has to match that holds words beginning like all of these; None where there is no word in them."""
    begun = [f"'{word}':*" for word in _WORD.findall(words)]
    if not begun:
        return None
    folded = models.Func(models.Value(" & ".join(begun)), function="archive_fold")
    return SearchQuery(folded, search_type="raw", config="simple")


class NamedQuerySet(models.QuerySet[Record]):
    """Questions asked by name of people or topics: records with a name, and others of it in `other_names`."""

    def named_like(self, words: str, *, most: int | None = None) -> Self:
        """Those with a name in which words begin like all of these; case and accents do not matter.

        None where there is no word among them. At `most` some so many of them.
        """
        begun = words_begun(words)
        return self.none() if begun is None else self._with_name(begun, most)

    def _with_name(self, question: SearchQuery, most: int | None) -> Self:
        """Those with a name, their own or another one, that meets the question: of each at `most` so many."""
        words = WordsOfName("name")
        others: Any = self.model._meta.get_field("other_names")
        own_name, other_name = (
            named._default_manager.alias(words=words).filter(words=question).values(link)[:most]
            for named, link in ((self.model, "pk"), (others.related_model, others.field.name))
        )
        return self.filter(pk__in=own_name.union(other_name))
