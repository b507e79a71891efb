"""On this day: articles of the same day in earlier years."""

from datetime import UTC, date, datetime

import pytest

from archive.site.anniversaries import on_this_day
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db

TODAY = date(2027, 10, 4)


def told(*moments, today=TODAY):
    """Years of what the page tells of on a day, given when articles were published."""
    for moment in moments:
        ArticleFactory(published=True, published_at=datetime(*moment, tzinfo=UTC), precision="time")
    earlier = on_this_day(today)
    return earlier.is_exact, [one.years for one in earlier.anniversaries]


def test_the_same_day_of_earlier_years_is_told_the_earliest_first():
    assert told((1957, 10, 4, 19, 28), (2017, 10, 4, 23, 59), (2017, 10, 5), (2018, 4, 10)) == (True, [70, 10])


def test_where_the_day_has_nothing_the_days_around_it_are_told():
    assert told((1957, 10, 1), (1967, 10, 7, 23), (1968, 9, 30, 23), (1969, 10, 8)) == (False, [70, 60])


def test_a_year_tells_one_article_and_this_year_none():
    assert told((2017, 10, 4, 9), (2017, 10, 4, 8), (2027, 10, 4)) == (True, [10])


def test_the_roundest_anniversaries_are_kept():
    assert told(*((year, 10, 4) for year in (1957, 1977, 2002, 2017, 2024, 2026))) == (True, [70, 50, 25, 10])


def test_the_last_day_of_february_is_no_first_of_march():
    assert told((2024, 2, 29), (2023, 3, 1), today=date(2028, 2, 29)) == (True, [4])


@pytest.mark.parametrize(
    "hidden", [{"precision": "month"}, {"published": False}, {"embargo_until": datetime(2999, 1, 1, tzinfo=UTC)}]
)
def test_an_uncertain_day_or_a_hidden_article_is_no_anniversary(hidden):
    ArticleFactory(**{"published": True, "published_at": datetime(2017, 10, 4, tzinfo=UTC), **hidden})
    assert told() == (False, [])


@pytest.mark.parametrize("years", [1, 3])
def test_an_anniversary_costs_one_query_however_many_years_there_are(years, django_assert_num_queries):
    for year in range(years):
        ArticleFactory(published=True, published_at=datetime(1957 + year, 10, 4, tzinfo=UTC))
    with django_assert_num_queries(1):
        assert len(on_this_day(TODAY).anniversaries) == years


def test_the_front_page_says_which_day_and_in_which_zone(reader, monkeypatch):
    monkeypatch.setattr("archive.site.views.front.on_this_day", lambda _: on_this_day(TODAY))
    moment = datetime(1996, 10, 4, tzinfo=UTC)
    article = ArticleFactory(published=True, published_at=moment)
    page = " ".join(reader.get("/").text.split())
    assert '<h2 id="earlier"> On this day </h2>' in page
    assert "4 October</time> of earlier years, in UTC." in page
    assert f'lang="en">{article.headline}</a>' in page
