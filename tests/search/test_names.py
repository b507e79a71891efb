"""Pages that a search may be after."""

import pytest

from archive.models import PersonName, Topic, TopicName
from archive.search.names import called, nearly_called
from tests.factories import ArticleFactory, PersonFactory, QuoteFactory, TopicFactory

pytestmark = pytest.mark.django_db

NAMING = ("VENUS", "morning star", "m. sandoval", "SANDOVAL", "star")


def heard(name):
    """A person who speaks in a published article."""
    return QuoteFactory(article=ArticleFactory(published=True), speaker=PersonFactory(name=name)).speaker


@pytest.fixture
def names():
    venus = TopicFactory(name="Venus")
    TopicName.objects.create(topic=venus, name="Morning star")
    mira = heard("Mira Sandoval")
    PersonName.objects.create(person=mira, name="M. Sandoval")
    return venus, mira


def test_a_topic_or_person_of_the_name_is_named(names):
    venus, mira = names
    pages = {words: [each.get_absolute_url() for each in called(words)] for words in NAMING}
    assert pages == {
        "VENUS": [venus.get_absolute_url()],
        "morning star": [venus.get_absolute_url()],
        "m. sandoval": [mira.get_absolute_url()],
        "SANDOVAL": [mira.get_absolute_url()],
        "star": [],
    }


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("Vennus", ["Venus"]),
        ("mornign star", ["Morning star"]),
        ("mira sandovall", ["Mira Sandoval"]),
        ("sandovall", ["Mira Sandoval", "M. Sandoval"]),
        ("Sandovál", ["Mira Sandoval"]),
        ("venus", []),
        ("MORNING STAR", []),
        ("xylophone", []),
        ("?", []),
        ("", []),
    ],
)
def test_a_name_that_is_written_nearly_so_is_suggested(names, words, meant):
    assert nearly_called(words) == meant


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Rasmusen", "Anders Fogh Rasmussen"),
        ("castelaw", "John Castellaw"),
        ("kislak", "Sergey Kislyak"),
    ],
)
def test_a_mistyped_surname_finds_the_person(typed, name, db):
    heard(name)
    assert nearly_called(typed) == [name]


def test_an_apostrophe_that_is_a_letter_to_unicode_breaks_no_question(names):
    ohiggins = TopicFactory(name="Base O’Higgins")
    assert [*Topic.objects.named_like("Oʼhig")] == [ohiggins]
    assert [*Topic.objects.named_like("ʼ")] == []
    assert nearly_called("ʼVennus") == []


def test_nobody_is_named_who_is_not_heard_in_public(db):
    person = PersonFactory(name="John Castellaw")
    PersonName.objects.create(person=person, name="Cassel")
    assert (called("Castellaw"), nearly_called("castelaw"), nearly_called("casel")) == ([], [], [])
