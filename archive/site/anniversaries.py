"""On this day: what was first published on the same day of earlier years, in UTC."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import DateTimeField, DurationField, ExpressionWrapper, Func, IntegerField, OuterRef, Subquery
from django.db.models.functions import Cast, Coalesce

from archive.models import Article, Precision, Tally
from archive.site.asking import Question, given
from archive.site.rows import ArticleLink

if TYPE_CHECKING:
    from django.db.models import QuerySet

SHOWN = 4
# The roundest anniversaries come first, then the latest.
ROUND = (50, 25, 10, 5, 1)
# Where nothing was published on the day itself: as many days before it and after it.
AROUND = 3


class FirstOfMonth(Func):
    """The first moment of a month of a year, in UTC."""

    template = "make_timestamptz(%(expressions)s, 1, 0, 0, 0, 'UTC')"
    output_field = DateTimeField()


@dataclass(frozen=True, slots=True)
class Anniversary:
    """An article, and how many years ago it was published."""

    article: ArticleLink
    years: int


@dataclass(frozen=True, slots=True)
class OnThisDay:
    """What was published on a day of earlier years or, where `is_exact` is false, in the days around it."""

    day: date
    is_exact: bool
    anniversaries: list[Anniversary]


def on_this_day(day: date) -> OnThisDay:
    """The anniversaries of a day, the earliest first.

    One query: in each year the archive has something from, the latest article of the day is one step in the index of
    dates. It costs as much as there are years, however much was published in each.
    """
    after_first = {
        name: timedelta(days=day.day - 1 + days)
        for name, days in (("day", 0), ("next", 1), ("before", -AROUND), ("after", AROUND + 1))
    }
    listed = _QUESTION.ask(year=day.year, month=day.month, **after_first)
    exact = [article for article in listed if _is_on(article, day)]
    return OnThisDay(day, bool(exact), _chosen(exact or listed, day))


def _written() -> "QuerySet[Any, Any]":
    of_day, around = _latest_within("day", "next"), _latest_within("before", "after")
    years = Tally.objects.of(Tally.Subject.ARCHIVE, 0).by_year().filter(articles__gt=0, year__lt=given("year"))
    found = years.order_by().annotate(article=Coalesce(Subquery(of_day), Subquery(around))).values("article")
    articles = Article.objects.public().filter(pk__in=found, precision__in=[Precision.TIME, Precision.DAY])
    return articles.order_by().values_list(*ArticleLink._fields)


def _latest_within(begin: str, end: str) -> "QuerySet[Article, Any]":
    """The latest article of a year between two moments given, as how long after the first of the month they are."""
    first = FirstOfMonth(OuterRef("year"), Cast(given("month"), IntegerField()))
    bounds = {
        f"published_at__{bound}": ExpressionWrapper(first + given(name, DurationField()), output_field=DateTimeField())
        for bound, name in (("gte", begin), ("lt", end))
    }
    return Article.objects.public().filter(**bounds).newest_first().values("pk")[:1]


_QUESTION = Question(_written, ArticleLink._make)


def _is_on(article: ArticleLink, day: date) -> bool:
    at = article.published_at
    return (at.month, at.day) == (day.month, day.day)


def _chosen(articles: Iterable[ArticleLink], day: date) -> list[Anniversary]:
    all_of_them = [Anniversary(article, day.year - article.published_at.year) for article in articles]

    def roundness(one: Anniversary) -> tuple[int, int]:
        return next(rank for rank, span in enumerate(ROUND) if one.years % span == 0), one.years

    return sorted(sorted(all_of_them, key=roundness)[:SHOWN], key=lambda one: -one.years)
