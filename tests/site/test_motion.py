"""Topics in motion: what is filed more lately than before."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from archive.site.motion import Lately, TopicLately, in_motion, lately
from tests.factories import ArticleFactory, SourceFactory, TaggingFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def thirty_two():
    """So many articles, newest first: of the quarter that is lately, four are on the Moon, of the others three."""
    source, planets = SourceFactory(), TopicFactory(name="Planets")
    moon, mars = TopicFactory(name="Moon", under=planets), TopicFactory(name="Mars")
    first = datetime(2017, 1, 1, tzinfo=UTC)
    articles = [
        ArticleFactory(published=True, source=source, published_at=first - timedelta(days=day)) for day in range(32)
    ]
    for article in [*articles[:4], *articles[20:23]]:
        TaggingFactory(article=article, topic=moon)
    for article in articles[::4]:
        TaggingFactory(article=article, topic=mars)
    return articles


def test_lately_is_the_newest_quarter_of_a_small_archive(thirty_two, django_assert_num_queries):
    with django_assert_num_queries(2):
        newest = lately(32)
    assert (newest.articles, {str(topic): topic.lately for topic in newest.topics}) == (8, {"Moon": 4, "Mars": 2})


def test_the_front_page_names_what_moves_and_not_what_is_filed_as_ever(thirty_two, reader):
    moving = reader.get(reverse("front")).context["moving"]
    assert [(str(each.topic), each.lately, each.before) for each in moving] == [("Moon", 4, 1.0)]


def test_a_handful_of_articles_moves_nothing(article, reader):
    page = reader.get(reverse("front"))
    assert (page.context["moving"], "Topics in motion" in page.text) == ([], False)


@pytest.mark.parametrize(
    ("counts", "order"),
    [
        ({"Moon": (9, 10), "Mars": (5, 6)}, ["Moon", "Mars"]),
        ({"Moon": (9, 900), "Mars": (5, 6)}, ["Mars"]),  # far more before
        ({"Moon": (3, 3), "Mars": (3, 3)}, ["Mars", "Moon"]),  # equals by name
        ({"Moon": (3, 30)}, []),  # as ever: 3 of 100, 30 of 1000
    ],
)
def test_what_rose_furthest_beyond_chance_stands_first(counts, order):
    newest = Lately(100, [TopicLately(name, name.lower(), late, in_all) for name, (late, in_all) in counts.items()])
    assert [str(each.topic) for each in in_motion(newest, 1000)] == order
