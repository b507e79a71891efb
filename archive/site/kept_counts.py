"""The kept counts as pages show them: in words, by year, and as a part of the question after what they count."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, Func, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from archive.models import Tally

if TYPE_CHECKING:
    from django.db.models import QuerySet

Row = TypeVar("Row")


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


def counts_of(subject: Tally.Subject, path: str = "pk") -> Subquery:
    """The articles and quotes of all years together, NULL where none were counted; `path` leads to the subject's id."""
    return Subquery(_together(subject, path).values(numbers=Numbers("articles", "quotes")))


def counted(row: type[Row]) -> Callable[[Any], Row]:
    """What makes rows that end in the two counts of values that end in what `counts_of` gave."""
    return lambda values: row(*values[:-1], *(values[-1] or (0, 0)))


def articles_of(subject: Tally.Subject, path: str = "pk") -> Coalesce:
    """The articles of all years together."""
    return Coalesce(Subquery(_together(subject, path).values("articles")), Value(0))


def _together(subject: Tally.Subject, path: str) -> "QuerySet[Tally]":
    return Tally.objects.filter(subject=subject, subject_id=OuterRef(path)).totals()


def by_year_of(subject: Tally.Subject) -> ArraySubquery:
    """The values of a `YearRow` for each year of the row asked for, and for all years together, the earliest first."""
    tallies = Tally.objects.filter(subject=subject, subject_id=OuterRef("pk")).order_by("year")
    return ArraySubquery(tallies.values(numbers=Numbers("year", "articles", "quotes")))


def years_in(values: list[list[Any]]) -> tuple[YearRow, list[YearRow]]:
    """What `by_year_of` gave: all years together, and each year that holds something, the earliest first."""
    years = [YearRow._make(each) for each in values]
    together = years.pop(0) if years and not years[0].year else YearRow(0, 0, 0)
    return together, [each for each in years if each.articles or each.quotes]


def in_words(articles: int, quotes: int) -> str:
    """“1,204 articles, 1 quote”; nothing where both are 0."""
    if not quotes:
        return number_of(articles, "article") if articles else ""
    return f"{number_of(articles, 'article')}, {number_of(quotes, 'quote')}" if articles else number_of(quotes, "quote")


def number_of(number: int, kind: str) -> str:
    """“1,204 articles”, “1 quote”."""
    return f"{number:,} {kind}{'' if number == 1 else 's'}"
