"""What a search looks at follows how many match."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from archive.models import Article, Quote, Tally
from archive.search import candidates as module
from archive.search.candidates import candidates, nearest, newest_by_words
from archive.search.ways import Part, Sought, extent
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
        monkeypatch.setattr(module, "rows_expected", lambda worded: expected)
        monkeypatch.setattr(module, "FEW", few)
        monkeypatch.setattr(module, "FEW_EXPECTED", 2 * few)

    return so_many


def ids(rows):
    return [row.pk for row in rows]


def worded(rows):
    """A search that the index of words is asked for."""
    return Sought(rows, worded=rows, words=["treaty"])


def along(rows, *, rest=None, **others):
    """A search that goes along the list of all articles."""
    everything = [(rows.model.objects.public(), "pk")]
    part = Part(Tally.Subject.ARCHIVE, 0, "articles", everything, (lambda: rest) if rest is not None else None)
    return Sought(rows, parts=[part], **others)


def found_by(sought):
    """A search that has been made, whatever it found."""
    return module.Candidates(sought, extent(sought), [], more=False)


@pytest.fixture(params=[worded, along])
def sought(request):
    """A search, on either way."""
    return request.param


def test_few_matches_are_counted_exactly(articles, monkeypatch, sought):
    monkeypatch.setattr(module, "FEW", 3)
    found = candidates(sought(Article.objects.public()))
    assert (found.count, found.more, found.ids) == (3, False, ids(articles))


def test_of_many_matches_the_newest_are_looked_at(articles, monkeypatch, sought):
    monkeypatch.setattr(module, "FEW", 2)
    found = candidates(sought(Article.objects.public()))
    assert (found.count, found.more, found.ids) == (2, True, ids(articles[:2]))


def test_where_many_are_expected_and_few_match_these_are_found_all_the_same(articles, expect):
    expect(3_000)
    found = candidates(worded(Article.objects.public()))
    assert (found.count, found.more, found.ids) == (3, False, ids(articles))


def test_where_few_are_expected_and_many_match_the_newest_are_found_all_the_same(articles, expect):
    expect(1, few=1)
    found = candidates(worded(Article.objects.public()))
    assert (found.count, found.more, found.ids) == (1, True, ids(articles[:1]))


def test_a_word_that_nothing_is_known_of_is_looked_for_all_at_once(
    articles, expect, django_assert_num_queries, monkeypatch
):
    expect(25, few=10)
    monkeypatch.setattr(module, "UNKNOWN", 10)  # times as many as there are articles: here are but three
    with django_assert_num_queries(2):  # the counts of the years, and all
        found = candidates(worded(Article.objects.public()))
    assert (found.more, found.ids) == (False, ids(articles))


def test_in_headlines_no_more_is_looked_for_than_matches_at_all(articles, expect, django_assert_num_queries):
    expect(3_000)
    sought = worded(Article.objects.public())
    found = candidates(sought)
    with django_assert_num_queries(1):
        assert newest_by_words(sought, found, 2) == ids(articles[:2])


def test_where_many_have_that_word_the_newest_are_found_all_the_same(articles, expect, monkeypatch):
    expect(25, few=1)
    monkeypatch.setattr(module, "PAGES", 0)
    monkeypatch.setattr(module, "UNKNOWN", 10)
    found = candidates(worded(Article.objects.public()))
    assert (found.more, found.ids) == (True, ids(articles[:1]))


def test_where_many_are_expected_only_slices_near_the_present_are_looked_through(
    articles, expect, django_assert_num_queries, monkeypatch
):
    expect(5_400, few=1)
    monkeypatch.setattr(module, "PAGES", 0)
    with django_assert_num_queries(2):  # the counts of the years, and one slice of a month
        found = candidates(worded(Article.objects.public()))
    assert (found.more, found.ids) == (True, ids(articles[:1]))


def test_a_search_with_an_end_begins_there(articles, expect, django_assert_num_queries, monkeypatch):
    expect(5_400, few=1)
    monkeypatch.setattr(module, "PAGES", 0)
    end = datetime(1999, 12, 31, tzinfo=UTC)
    with django_assert_num_queries(2):
        found = candidates(replace(worded(Article.objects.public().filter(published_at__lte=end)), end=end))
    assert (found.more, found.ids) == (True, ids(articles[1:2]))


def test_quotes_are_looked_at_from_the_newest_on(articles, expect, sought):
    expect(3_000)
    quotes = [QuoteFactory(article=article) for article in articles]
    assert candidates(sought(Quote.objects.public())).ids == ids(quotes)


@pytest.mark.parametrize(("older", "found"), [(True, slice(2, 3)), (False, slice(0, 1))])
def test_matches_next_to_a_place_are_found_on_either_side(older, found, articles, sought):
    place = (articles[1].published_at, articles[1].pk)
    beyond = ARTICLES.beyond(place, older=older)
    near = nearest(found_by(sought(Article.objects.public())), beyond, start=place[0], older=older, many=1)
    assert near.ids == ids(articles[found])


def passed(sought, many=1_000):
    """How far each page of a search came that goes on where the one before ended, and what was found."""
    place, reached, found = (datetime(2021, 1, 1, tzinfo=UTC), 0), [], []
    while len(reached) < 50:
        start = ARTICLES.looks_from(place, older=True)
        near = nearest(found_by(sought), ARTICLES.beyond(place, older=True), start=start, older=True, many=many)
        reached.append(near.since)
        found += near.ids
        if near.since is None:
            break
        place = (near.since, 0)
    return reached, found


def test_a_search_whose_month_is_full_of_what_does_not_match_goes_on_with_the_month_before(
    articles, expect, monkeypatch
):
    expect(1_000_000)
    monkeypatch.setattr(module, "PATIENCE", 0.01)  # less than any month holds, but for those without anything
    reached, found = passed(worded(Article.objects.public()))
    months = [datetime(year, month, 1, tzinfo=UTC) for year in (2020, 1999, 1958) for month in range(12, 0, -1)]
    assert reached == [*months[:-1], None]
    assert found == ids(articles)


def test_a_search_ends_whose_matches_all_lie_in_the_latest_month(expect, monkeypatch):
    ArticleFactory.create_batch(9, published=True, published_at=datetime(2026, 3, 20, tzinfo=UTC))
    expect(9, few=1)
    monkeypatch.setattr(module, "PAGES", 1)
    asked, in_order = [], module._in_order

    def counted(*given, **more):
        asked.append(given)
        assert len(asked) < 20
        return in_order(*given, **more)

    monkeypatch.setattr(module, "_in_order", counted)
    rows = Article.objects.public()
    found = candidates(worded(rows))
    assert found.more
    assert len(found.ids) == 1


def test_a_walk_on_which_nothing_matches_stops_and_goes_on_from_there(expect, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", 2)
    monkeypatch.setattr(module, "PAGES", 1)
    # Several of one day at a time: a page ends between moments, and leaves out none of them.
    days = [datetime(2020, 12, 4 - number // 2, tzinfo=UTC) for number in range(8)]
    articles = [ArticleFactory(published=True, published_at=day) for day in days]
    only = Article.objects.public().filter(pk=articles[6].pk)
    reached, found = passed(along(only, rest=only), many=1)
    assert found == ids(articles[6:7])
    assert len(reached) > 2


def test_what_is_counted_of_many_is_spread_over_them():
    found = replace(found_by(Sought(Article.objects.public())), ids=range(500), more=True)
    assert found.sample == range(0, 500, 2)


def test_where_far_fewer_match_than_expected_the_search_says_how_far_it_came(articles, expect, monkeypatch):
    expect(5_400, few=1)
    monkeypatch.setattr(module, "PATIENCE", 0.4)  # of one item a year, five months
    found = candidates(worded(Article.objects.public().filter(published_at__year=1958)))
    assert (found.count, found.more, found.since) == (0, True, datetime(2020, 8, 1, tzinfo=UTC))


def test_of_two_words_the_newest_are_found_whatever_way_is_taken(articles, expect, monkeypatch):
    expect(3)
    taken = []
    monkeypatch.setattr(module, "_way", lambda sought, *given: taken.append(1) or sought.parts[0])
    rows = Article.objects.public()
    search = replace(along(rows, rest=rows), worded=rows, words=["treaty"])
    assert candidates(search).ids == ids(articles)
    assert taken


def test_of_many_words_that_nobody_can_wait_for_the_newest_texts_are_looked_through(articles, expect, monkeypatch):
    expect(1)
    monkeypatch.setattr(module, "_in_index", lambda *given: module.TOO_MUCH + 1)
    rows = Article.objects.public()
    search = replace(along(rows, rest=rows.filter(pk=articles[2].pk)), worded=rows, words=["a", "b", "c"])
    assert candidates(search).ids == ids(articles[2:])
