"""The tree of topics with its counts, and what wants a look."""

import pytest

from archive.editing import care
from archive.editing.care import Concern, concerns, lookalikes, tree_under, wanting
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
    assert outline(tree_under(None).branches) == [("Planets", 1, 0, leaf), ("probes", 1, 0, leaf)]
    assert outline(tree_under(planets).branches) == leaf


def test_a_tree_too_large_for_a_page_says_what_lies_further_down(monkeypatch):
    monkeypatch.setattr(care, "MOST_SHOWN", 2)
    planets = TopicFactory(name="Planets")
    venus = TopicFactory(name="Venus", under=planets)
    TopicFactory(under=venus)
    TopicFactory(under=venus)
    assert outline(tree_under(None).branches) == [("Planets", 0, 0, [("Venus", 0, 2, [])])]


def test_more_tops_than_fit_a_page_are_told(monkeypatch):
    monkeypatch.setattr(care, "MOST_SHOWN", 1)
    TopicFactory(name="Planets")
    TopicFactory(name="Stars")
    tree = tree_under(None)
    assert (outline(tree.branches), tree.more) == ([("Planets", 0, 0, [])], True)


def test_what_lies_under_a_replaced_topic_alone_stands_at_the_top():
    planets = TopicFactory(name="Planets")
    TopicFactory(name="Venus", under=TopicFactory(name="Worlds", replaced_by=planets))
    assert outline(tree_under(None).branches) == [("Planets", 0, 0, []), ("Venus", 0, 0, [])]


def test_what_is_unused_alone_or_a_lookalike_is_told():
    planets = TopicFactory(name="Planets")
    venus = TopicFactory(name="Venus", under=planets)
    TaggingFactory(topic=venus, article=ArticleFactory())
    alone = TopicFactory(name="Space, policy of")
    alone.other_names.create(name="Vénus")
    told = concerns(list(Topic.objects.all()))
    assert told[planets.pk] == []
    assert told[venus.pk] == [Concern("much like “Space, policy of”", "merge", alone.pk)]
    assert told[alone.pk] == [
        Concern("much like “Venus”", "merge", venus.pk),
        Concern("nothing filed", "merge"),
        Concern("neither broader nor narrower", "move"),
    ]


def test_what_wants_a_look_is_listed_for_the_whole_vocabulary():
    venus = TopicFactory(name="Venus", under=TopicFactory(name="Planets"))
    TaggingFactory(topic=venus, article=ArticleFactory())
    TopicFactory(name="Vénus", slug="venus-2")
    TopicFactory(name="Old", replaced_by=venus)
    listed = {title: [branch.topic.name for branch in branches] for title, branches in wanting().items()}
    assert listed == {
        "Names that are nearly the same": ["Venus", "Vénus"],
        "Neither broader nor narrower": ["Vénus"],
        "Nothing filed": ["Vénus"],
    }


def test_names_are_compared_once_and_again_when_one_changes(django_assert_num_queries):
    venus, other = TopicFactory(name="Venus"), TopicFactory(name="Mars")
    assert lookalikes() == {}
    with django_assert_num_queries(1):
        assert lookalikes() == {}
    other.other_names.create(name="venus")
    assert lookalikes() == {venus.pk: ((other.pk, "Mars"),), other.pk: ((venus.pk, "Venus"),)}


@pytest.mark.parametrize(
    ("one", "other"),
    [("Space station", "space stations"), ("Station, space", "Space Station"), ("Étoile", "etoile"), ("U.S.", "US")],
)
def test_names_that_differ_in_little_are_alike(one, other):
    first, second = TopicFactory(name=one), TopicFactory(name=f"{other} ", slug="second")
    assert lookalikes().keys() == {first.pk, second.pk}


@pytest.mark.parametrize("count", [1, 3])
def test_the_tree_takes_the_same_queries_however_large(count, django_assert_num_queries):
    for _ in range(count):
        TopicFactory(under=TopicFactory())
    lookalikes()
    with django_assert_num_queries(8):
        tree_under(None)
