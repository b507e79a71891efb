"""A search as pages, feeds and files share it: what is asked, among what, and what was found."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from archive.models import Article, Quote
from archive.search.candidates import Candidates, candidates
from archive.search.filters import ArticleFilter, QuoteFilter, fields_apart
from archive.search.language import FIELDS, YEAR, loosened, understand, unknown_fields, written
from archive.search.ranking import RANKED, ranked_articles, ranked_quotes

BY_DATE = "date"
# What names a place in the order of dates.
PLACES = ("older", "newer", "year")


@dataclass(frozen=True)
class Search:
    """What a query string asks of the archive."""

    query: Mapping[str, str]

    @cached_property
    def given(self) -> Any:
        """The fields, with those that were written among the words in their own places."""
        return fields_apart(self.query)

    @property
    def in_quotes(self) -> bool:
        """Whether quotes are looked for, and not articles."""
        return bool(self.given.get("in") == "quotes")

    @cached_property
    def filters(self) -> Any:
        """The form and the filters, of articles or of quotes."""
        if self.in_quotes:
            return QuoteFilter(self.given, queryset=Quote.objects.public())
        return ArticleFilter(self.given, queryset=Article.objects.public())

    @property
    def asked(self) -> bool:
        """Whether anything was asked."""
        return any(self.given.get(name, "").strip() for name in self.filters.filters)

    @property
    def unknown(self) -> list[str]:
        """The fields written among the words that no search has."""
        return unknown_fields(self.query.get("q", ""))

    fields = (*FIELDS, YEAR)

    @property
    def valid(self) -> bool:
        """Whether something was asked that can be looked for."""
        return self.asked and bool(self.filters.form.is_valid())

    @property
    def words(self) -> str:
        """The words alone."""
        return str(self.filters.form.cleaned_data["q"])

    @property
    def order(self) -> str:
        """The order that was asked for; empty where none was."""
        return str(self.given.get("order", ""))

    @property
    def by_date(self) -> bool:
        """Whether the newest come first: where the reader wishes it, and where no words could be relevant.

        A page of the order of dates stays one, whatever its address says else.
        """
        return not self.words or self.order == BY_DATE or any(map(self.query.get, PLACES))

    @property
    def written(self) -> str:
        """The whole question in one line."""
        return written(self.given)

    @cached_property
    def found(self) -> "Candidates[Any]":
        """What matches, as far as it is looked at; where nothing has all of the words, what has some of them."""
        found = candidates(self.filters.sought())
        asked = self.filters.question
        if asked and not found.count and not found.more:
            for looser in loosened(asked.asked):
                in_part = candidates(self.filters.sought(looser))
                if in_part.count:
                    return in_part
            self.filters.question = asked
        return found

    @property
    def in_part(self) -> bool:
        """Whether what was found has only some of the words."""
        count, question = self.found.count, self.filters.question
        return bool(count and question and question.asked != understand(self.words))

    @property
    def ranked_in_part(self) -> bool:
        """Whether more was found than is put into the order of relevance."""
        return bool(self.found.count > RANKED)

    most_ranked = RANKED

    def ranked(self) -> list[int]:
        """The ids of what was found, best first."""
        if self.in_quotes:
            return ranked_quotes(self.found.ids, self.filters.question)
        return ranked_articles(self.found, self.filters)
