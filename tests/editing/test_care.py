"""The tree of topics with its counts, and what wants a look."""

import pytest

from archive.editing import care
from archive.editing.care import concerns, tree_under
from archive.models import Topic
from tests.factories import ArticleFactory, TaggingFactory, TopicFactory

pytestmark = pytest.mark.django_db


def outline(branches):
    return [(branch.topic.name, branch.articles, branch.hidden, outline(branch.narrower)) for branch in branches]


def test_the_tree_has_each_topic_under_each_of_its_broader_ones_with_its_counts():
    planets, probes = TopicFactory(name="Planets"), TopicFactory(name="probes")
    venera = TopicFactory(name="Venera", under=planets)
    venera.broader.add(probes)
    TopicFactory(name="Hesperus", under=planets, replaced_by=venera)
    TaggingFactory(topic=venera, article=ArticleFactory(published=True))
    leaf = [("Venera", 1, 0, [])]
    assert outline(tree_under(None)) == [("Planets", 1, 0, leaf), ("probes", 1, 0, leaf)]
    assert outline(tree_under(planets)) == leaf


def test_a_tree_too_large_for_a_page_says_what_lies_further_down(monkeypatch):
    monkeypatch.setattr(care, "MOST_SHOWN", 2)
    planets = TopicFactory(name="Planets")
    venus = TopicFactory(name="Venus", under=planets)
    TopicFactory(under=venus)
    TopicFactory(under=venus)
    assert outline(tree_under(None)) == [("Planets", 0, 0, [("Venus", 0, 2, [])])]


def test_what_is_unused_alone_or_a_lookalike_is_told():
    planets = TopicFactory(name="Planets")
    venus = TopicFactory(name="Venus", under=planets)
    TaggingFactory(topic=venus, article=ArticleFactory())
    alone = TopicFactory(name="Space, policy of")
    alone.other_names.create(name="Vénus")
    told = concerns(list(Topic.objects.all()))
    assert told.told(planets.pk) == []
    assert told.told(venus.pk) == ["much like “Space, policy of”"]
    assert told.told(alone.pk) == ["much like “Venus”", "nothing filed", "neither broader nor narrower"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Space station", "space stations"), ("Station, space", "Space Station"), ("Étoile", "etoile"), ("U.S.", "US")],
)
def test_names_that_differ_in_little_are_alike(one, other):
    first, second = TopicFactory(name=one), TopicFactory(name=f"{other} ", slug="second")
    assert concerns([first, second]).alike.keys() == {first.pk, second.pk}


@pytest.mark.parametrize("count", [1, 3])
def test_the_tree_takes_the_same_queries_however_large(count, django_assert_num_queries):
    for _ in range(count):
        TopicFactory(under=TopicFactory())
    with django_assert_num_queries(6):
        tree_under(None)
