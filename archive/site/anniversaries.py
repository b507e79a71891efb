"""On this day: what was first published on the same day of earlier years, in UTC."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import DateTimeField, ExpressionWrapper, Func, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from archive.models import Article, Precision, Tally

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

    article: Article
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
    of_day, around = _latest_within(day, 0, 1), _latest_within(day, -AROUND, AROUND + 1)
    years = Tally.objects.of(Tally.Subject.ARCHIVE, 0).by_year().filter(articles__gt=0, year__lt=day.year)
    found = years.order_by().annotate(article=Coalesce(Subquery(of_day), Subquery(around))).values("article")
    articles = Article.objects.public().filter(pk__in=found, precision__in=[Precision.TIME, Precision.DAY])
    listed = list(articles.only("headline", "slug", "language", "published_at", "precision"))
    exact = [article for article in listed if _is_on(article, day)]
    return OnThisDay(day, bool(exact), _chosen(exact or listed, day))


def _latest_within(day: date, begin: int, end: int) -> "QuerySet[Article, Any]":
    """The latest article between two moments of a year, given in days from `day`."""
    first = FirstOfMonth(OuterRef("year"), Value(day.month))
    bounds = {
        f"published_at__{bound}": ExpressionWrapper(
            first + Value(timedelta(days=day.day - 1 + days)), output_field=DateTimeField()
        )
        for bound, days in (("gte", begin), ("lt", end))
    }
    return Article.objects.public().filter(**bounds).newest_first().values("pk")[:1]


def _is_on(article: Article, day: date) -> bool:
    at = article.published_at
    return at is not None and (at.month, at.day) == (day.month, day.day)


def _chosen(articles: Iterable[Article], day: date) -> list[Anniversary]:
    all_of_them = [
        Anniversary(article, day.year - article.published_at.year) for article in articles if article.published_at
    ]

    def roundness(one: Anniversary) -> tuple[int, int]:
        return next(rank for rank, span in enumerate(ROUND) if one.years % span == 0), one.years

    return sorted(sorted(all_of_them, key=roundness)[:SHOWN], key=lambda one: -one.years)
