"""What the matches of a search are about, counted."""

from datetime import UTC, datetime

import pytest

from archive.models import Article, Quote
from archive.search.facets import facets_of_articles, facets_of_quotes
from tests.factories import ArticleFactory, PersonFactory, QuoteFactory, SourceFactory, TaggingFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_articles():
    mira, source = PersonFactory(name="Mira Sandoval"), SourceFactory(name="The Ledger")
    planets = TopicFactory(name="Planets")
    venus = TopicFactory(name="Venus", under=planets)
    for year in (1969, 1972):
        article = ArticleFactory(published=True, source=source, published_at=datetime(year, 1, 1, tzinfo=UTC))
        TaggingFactory(article=article, topic=venus)
        for _ in range(2):
            TaggingFactory(quote=QuoteFactory(article=article, speaker=mira), topic=venus)
    QuoteFactory(article=article, speaker=None)


def told(facets):
    return {facet.name: [(option.label, option.count, option.fields) for option in facet.options] for facet in facets}


@pytest.mark.parametrize(
    ("facets_of", "model", "count", "of_all"),
    [(facets_of_articles, Article, 2, (1, 1)), (facets_of_quotes, Quote, 4, (3, 2))],
)
def test_each_facet_counts_the_matches_an_option_leaves(facets_of, model, count, of_all, two_articles):
    ids = list(model.objects.values_list("pk", flat=True))
    assert told(facets_of(ids)) == {
        "topic": [("Venus", count, {"topic": "venus"})],
        "person": [("Mira Sandoval", count, {"person": "mira-sandoval"})],
        "source": [("The Ledger", sum(of_all), {"source": "the-ledger"})],
        "date": [
            ("1972", of_all[0], {"from": "1972", "to": "1972"}),
            ("1969", of_all[1], {"from": "1969", "to": "1969"}),
        ],
    }


def test_many_years_are_offered_as_decades():
    ids = [ArticleFactory(published_at=datetime(1959 + n, 1, 1, tzinfo=UTC)).pk for n in range(12)]
    assert told(facets_of_articles(ids))["date"] == [
        ("1970–1979", 1, {"from": "1970", "to": "1979"}),
        ("1960–1969", 10, {"from": "1960", "to": "1969"}),
        ("1950–1959", 1, {"from": "1950", "to": "1959"}),
    ]


def test_facets_cost_one_query_however_many_match(two_articles, django_assert_num_queries):
    ids = list(Article.objects.values_list("pk", flat=True))
    for some in (ids[:1], ids):
        with django_assert_num_queries(1):
            facets_of_articles(some)
