"""What is offered while a reader types."""

import pytest

from archive.models import PersonName, TopicName
from archive.search.begun import begun
from tests.factories import ArticleFactory, PersonFactory, QuoteFactory, TaggingFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def known():
    """Venus (also “Morning star”) and Vénissieux; Mira Venn (also “M. Morley”) speaks, Vera Vent does not."""
    venus, _ = TopicFactory(name="Venus"), TopicFactory(name="Vénissieux")
    TopicName.objects.create(topic=venus, name="Morning star")
    mira, _ = PersonFactory(name="Mira Venn"), PersonFactory(name="Vera Vent")
    PersonName.objects.create(person=mira, name="M. Morley")
    article = ArticleFactory(published=True, headline="Venus without its clouds")
    ArticleFactory(headline="Venus in a draft")
    QuoteFactory(article=article, speaker=mira)
    TaggingFactory(article=article, topic=venus)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("ven", ["Venus", "Vénissieux", "Mira Venn", "Venus without its clouds"]),
        ("VEN", ["Venus", "Vénissieux", "Mira Venn", "Venus without its clouds"]),
        ("véni", ["Vénissieux"]),
        ("mor", ["Venus", "Mira Venn"]),
        ("mira v", ["Mira Venn"]),
        ("venus w", ["Venus without its clouds"]),
        ("clouds", []),
        ("v", []),
        ("  ", []),
        ("%_", []),
        ("it's ':*|", []),
    ],
)
def test_names_that_go_on_so_are_offered_and_headlines_that_begin_so(typed, offered, known):
    assert [str(each) for each in begun(typed)] == offered


def test_offering_costs_the_same_queries_however_much_begins_so(known, django_assert_num_queries):
    for name in ("Venera", "Ventures"):
        TopicFactory(name=name)
        with django_assert_num_queries(7):
            assert len(begun("ven")) > 3
