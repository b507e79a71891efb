"""What a search looks at follows how many match."""

from datetime import UTC, datetime

import pytest

from archive.models import Article, Quote
from archive.search import candidates as module
from archive.search.candidates import candidates, nearest
from archive.site.paging import ARTICLES
from tests.factories import ArticleFactory, QuoteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def articles():
    """One a year, the newest first."""
    days = (datetime(year, 12, 1, tzinfo=UTC) for year in (2020, 1999, 1958))
    return [ArticleFactory(published=True, published_at=day) for day in days]


@pytest.fixture
def expect(monkeypatch):
    """Let PostgreSQL expect so many matches, and let so many be few."""

    def so_many(expected, few=module.FEW):
        monkeypatch.setattr(module, "_expected", lambda matching: expected)
        monkeypatch.setattr(module, "FEW", few)

    return so_many


def ids(rows):
    return [row.pk for row in rows]


def test_few_matches_are_counted_exactly(articles, monkeypatch):
    monkeypatch.setattr(module, "FEW", 3)
    found = candidates(Article.objects.public())
    assert (found.count, found.more, found.ids) == (3, False, ids(articles))


def test_of_many_matches_the_newest_are_looked_at(articles, monkeypatch):
    monkeypatch.setattr(module, "FEW", 2)
    found = candidates(Article.objects.public())
    assert (found.count, found.more, found.ids) == (2, True, ids(articles[:2]))


def test_where_many_are_expected_and_few_match_these_are_found_all_the_same(articles, expect):
    expect(3_000)
    found = candidates(Article.objects.public())
    assert (found.count, found.more, found.ids) == (3, False, ids(articles))


def test_where_many_are_expected_only_slices_near_the_present_are_looked_through(
    articles, expect, django_assert_num_queries
):
    expect(5_400, few=1)
    with django_assert_num_queries(2):  # the counts of the years, and one slice of a month
        found = candidates(Article.objects.public())
    assert (found.more, found.ids) == (True, ids(articles[:1]))


def test_a_search_with_an_end_begins_there(articles, expect, django_assert_num_queries):
    expect(5_400, few=1)
    end = datetime(1999, 12, 31, tzinfo=UTC)
    with django_assert_num_queries(2):
        found = candidates(Article.objects.public().filter(published_at__lte=end), latest=end)
    assert (found.more, found.ids) == (True, ids(articles[1:2]))


def test_quotes_are_looked_at_from_the_newest_on(articles, expect):
    expect(3_000)
    quotes = [QuoteFactory(article=article) for article in articles]
    assert candidates(Quote.objects.public()).ids == ids(quotes)


@pytest.mark.parametrize(("older", "found"), [(True, slice(2, 3)), (False, slice(0, 1))])
def test_matches_next_to_a_place_are_found_on_either_side(older, found, articles):
    place = (articles[1].published_at, articles[1].pk)
    beyond = ARTICLES.beyond(place, older=older)
    near = nearest(Article.objects.public(), beyond, start=place[0], older=older, many=1)
    assert near.ids == ids(articles[found])


def test_a_search_whose_month_is_full_of_what_does_not_match_goes_on_with_the_month_before(articles, expect):
    expect(1_000_000)
    place, passed = (datetime(2021, 1, 1, tzinfo=UTC), 0), []
    while True:
        start = ARTICLES.looks_from(place, older=True)
        near = nearest(
            Article.objects.public(), ARTICLES.beyond(place, older=True), start=start, older=True, many=1_000
        )
        passed.append(near.since)
        if near.since is None or len(passed) > 36:
            break
        place = (near.since, 0)
    months = [datetime(year, month, 1, tzinfo=UTC) for year in (2020, 1999, 1958) for month in range(12, 0, -1)]
    assert passed == [*months, None]
    assert near.at_all


def test_what_is_counted_of_many_is_spread_over_them():
    found = module.Candidates(Article.objects.public(), range(1_000), more=True)
    assert found.sample == range(0, 1_000, 3)


def test_where_far_fewer_match_than_expected_the_search_says_how_far_it_came(articles, expect):
    expect(5_400, few=1)
    found = candidates(Article.objects.public().filter(published_at__year=1958))
    assert (found.count, found.more, found.since) == (0, True, datetime(2020, 5, 1, tzinfo=UTC))
