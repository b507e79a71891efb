"""Paging by key: every row once, in order, whichever way one goes."""

from datetime import UTC, datetime

import pytest
from django.http import Http404, QueryDict

from archive.models import Article, Quote
from archive.site import paging
from archive.site.listing import people_by_name
from tests.factories import ArticleFactory, PersonFactory, QuoteFactory

DAY = datetime(2017, 1, 31, tzinfo=UTC)


@pytest.fixture
def articles(db):
    """Seven articles, newest first: four of one day, which only their ids tell apart, and three of others."""
    dates = [datetime(1957, 10, 4, 19, 28, 34, 123, tzinfo=UTC), DAY, DAY, DAY, DAY]
    dates += [datetime(2018, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)]
    return [ArticleFactory(published=True, published_at=at) for at in dates][::-1]


def pages(rows, order, start="", *, direction="older", size=2):
    """The rows of page after page, following the links."""
    page = paging.page_of(rows, order, QueryDict(start), size=size)
    while True:
        yield page.items
        if not (link := getattr(page, direction)):
            return
        page = paging.page_of(rows, order, QueryDict(link), size=size)


def test_older_pages_give_every_row_once_and_in_order(articles):
    found = [row for page in pages(Article.objects.all(), paging.ARTICLES) for row in page]
    assert found == articles


def test_newer_pages_lead_back_to_the_first_row(articles):
    last = f"older={paging.ARTICLES.key_of(articles[-2])}"
    back = list(pages(Article.objects.all(), paging.ARTICLES, last, direction="newer"))
    assert [row for page in reversed(back) for row in page] == articles


def test_quotes_of_one_article_are_paged_in_the_order_of_the_text(db):
    body = "“One,” she said. “Two,” he said. “Three,” they said. “Four,” said all."
    quotes = []
    for _ in range(2):
        article = ArticleFactory(published=True, published_at=DAY, body=body)
        spans = [[body.index(word), body.index(word) + len(word)] for word in ("One", "Two", "Three", "Four")]
        quotes = [*(QuoteFactory(article=article, spans=[span]) for span in spans), *quotes]
    forth = [row for page in pages(Quote.objects.all(), paging.QUOTES, size=3) for row in page]
    start = f"newer={paging.QUOTES.key_of(Quote.objects.get(pk=quotes[-1].pk))}"
    back = list(pages(Quote.objects.all(), paging.QUOTES, start, direction="newer", size=3))
    assert forth == quotes
    assert [row for page in reversed(back) for row in page] == quotes[:-1]


@pytest.mark.parametrize(("year", "first"), [("2026", 0), ("2018", 1), ("2017", 2), ("2000", 6), ("1957", 6)])
def test_a_year_opens_the_list_at_its_last_row(articles, year, first):
    page = paging.page_of(Article.objects.all(), paging.ARTICLES, QueryDict(f"year={year}"), size=2)
    assert page.items == articles[first : first + 2]


def test_beyond_the_last_row_the_way_back_is_shown(articles):
    page = paging.page_of(Article.objects.all(), paging.ARTICLES, QueryDict("year=1900"), size=2)
    assert (page.items, page.older) == ([], "")
    assert paging.page_of(Article.objects.all(), paging.ARTICLES, QueryDict(page.newer), size=2).items == articles[-2:]


def test_where_nothing_is_newer_any_more_the_first_page_is_shown(articles):
    start = f"newer={paging.ARTICLES.key_of(articles[0])}"
    page = paging.page_of(Article.objects.all(), paging.ARTICLES, QueryDict(start), size=2)
    assert (page.items, page.newer, page.is_first) == (articles[:2], "", True)


def test_links_keep_what_else_was_asked(articles):
    page = paging.page_of(Article.objects.all(), paging.ARTICLES, QueryDict("q=moon+base&year=2018"), size=1)
    assert QueryDict(page.older).dict() == {"q": "moon base", "older": f"2018-01-01T00:00:00_{articles[1].pk}"}
    assert QueryDict(page.newer).dict() == {"q": "moon base", "newer": f"2018-01-01T00:00:00_{articles[1].pk}"}


@pytest.mark.parametrize(
    "asked",
    [
        "older=yesterday",
        "older=2017-01-31",
        "older=2017-01-31T00:00:00",
        "older=2017-02-31T00:00:00_1",
        "older=2017-01-31T00:00:00_1_2",
        "older=2017-01-31T00:00:00_-1",
        "older=2017-01-31T00:00:00_1234567890123456789",
        "older=2017-01-31T00:00:00_١",
        "newer=%00",
        "newer=' OR 1=1",
        "year=17",
        "year=9999",
        "year=MMXVII",
    ],
)
def test_a_key_that_no_page_has_written_is_not_found(db, asked):
    with pytest.raises(Http404):
        paging.page_of(Article.objects.all(), paging.ARTICLES, QueryDict(asked))


@pytest.fixture
def speakers(article):
    """Makes people who speak in public."""

    def make(*names):
        for name in names:
            QuoteFactory(article=article, speaker=PersonFactory(name=name))

    return make


def names(size, query=""):
    return people_by_name.page(QueryDict(query), size=size)


@pytest.mark.django_db
def test_names_follow_one_another_across_pages(speakers):
    speakers("Ada", "Émile", "Ines", "Zoë")
    first = names(2, "from=%20")
    second = names(3, first.following)
    assert [[person.listed_as for person in page.items] for page in (first, second)] == [
        ["Ada", "Émile"],
        ["Ines", "Sandoval, Mira", "Zoë"],
    ]
    assert (names(2).is_first, second.is_first, second.following) == (True, False, "")


@pytest.mark.django_db
def test_equals_at_the_end_of_a_page_begin_the_next_one_too(speakers):
    speakers("Bo Ek", "Bo Ek", "Bo Ek")
    first = names(2)
    assert (first.following, [person.slug for person in first.items]) == ("from=ek%2C+bo", ["bo-ek", "bo-ek-2"])
    second = names(3, first.following)
    assert [person.slug for person in second.items] == ["bo-ek", "bo-ek-2", "bo-ek-3"]


@pytest.mark.django_db
@pytest.mark.parametrize("start", ["%00", "a%0A", "a" * 251])
def test_what_no_name_begins_with_is_not_found(start):
    with pytest.raises(Http404):
        names(2, f"from={start}")
