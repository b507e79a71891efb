"""Pages that a search may be after."""

import pytest

from archive.models import PersonName, TopicName
from archive.search.names import called, nearly_called
from tests.factories import PersonFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def names():
    venus = TopicFactory(name="Venus")
    TopicName.objects.create(topic=venus, name="Morning star")
    mira = PersonFactory(name="Mira Sandoval")
    PersonName.objects.create(person=mira, name="M. Sandoval")
    return venus, mira


def test_a_topic_or_person_of_exactly_the_name_is_named(names):
    venus, mira = names
    assert [called(words) for words in ("VENUS", "morning star", "m. sandoval", "star")] == [
        [venus],
        [venus],
        [mira],
        [],
    ]


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("Vennus", ["Venus"]),
        ("mornign star", ["Morning star"]),
        ("mira sandovall", ["Mira Sandoval", "M. Sandoval"]),
        ("xylophone", []),
        ("?", []),
        ("", []),
    ],
)
def test_a_name_that_is_written_nearly_so_is_suggested(names, words, meant):
    assert nearly_called(words) == meant
