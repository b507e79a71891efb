"""The kept counts as pages show them: in words, by year, and as a part of the question after what they count."""

from typing import Any, NamedTuple, Protocol

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, Func, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from archive.models import Tally


class Counts(Protocol):
    """A `Tally`, or a row with the same counts."""

    @property
    def articles(self) -> int: ...
    @property
    def quotes(self) -> int: ...


class CountsOfYear(Counts, Protocol):
    """Those of one year."""

    @property
    def year(self) -> int: ...


class YearRow(NamedTuple):
    """The counts of one year; of all years together where that is 0."""

    year: int
    articles: int
    quotes: int


class Numbers(Func):
    """Several numbers as an array."""

    template = "ARRAY[%(expressions)s]::bigint[]"
    output_field = ArrayField(BigIntegerField())


def counts_of(subject: Tally.Subject, path: str = "pk") -> dict[str, Coalesce]:
    """The articles and quotes of all years together, 0 where none were counted; `path` leads to the subject's id."""
    tally = Tally.objects.filter(subject=subject, subject_id=OuterRef(path)).totals()
    return {kind: Coalesce(Subquery(tally.values(kind)), Value(0)) for kind in ("articles", "quotes")}


def by_year_of(subject: Tally.Subject) -> ArraySubquery:
    """The values of a `YearRow` for each year of the row asked for, and for all years together, the earliest first."""
    tallies = Tally.objects.filter(subject=subject, subject_id=OuterRef("pk")).order_by("year")
    return ArraySubquery(tallies.values(numbers=Numbers("year", "articles", "quotes")))


def years_in(values: list[list[Any]]) -> tuple[YearRow, list[YearRow]]:
    """What `by_year_of` gave: all years together, and each year that holds something, the earliest first."""
    years = [YearRow(*each) for each in values]
    together = next((each for each in years if not each.year), YearRow(0, 0, 0))
    return together, [each for each in years if each.year and (each.articles or each.quotes)]


def in_words(articles: int, quotes: int) -> str:
    """“1,204 articles, 1 quote”; nothing where both are 0."""
    kinds = (articles, "article"), (quotes, "quote")
    return ", ".join(number_of(number, kind) for number, kind in kinds if number)


def number_of(number: int, kind: str) -> str:
    """“1,204 articles”, “1 quote”."""
    return f"{number:,} {kind}{'' if number == 1 else 's'}"
