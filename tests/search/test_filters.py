"""What each field of the search finds, alone and with the others."""

from datetime import UTC, datetime

import pytest

from archive.models import Article, Authorship, PersonName, TopicName
from archive.search.filters import ArticleFilter, QuoteFilter
from tests.factories import (
    ArticleFactory,
    PersonFactory,
    QuoteFactory,
    SourceFactory,
    TaggingFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def treaty():
    """Treaties, of 1967: a speaker, a writer, a topic under another, a source."""
    article = ArticleFactory(
        published=True,
        headline="A treaty for the heavens",
        standfirst="Signed in three capitals at once.",
        body="“No nation may claim the Moon,” said Ines Halvorsen. Delegates from Zürich’s institute agreed.",
        source=SourceFactory(name="Orbital Treaty Notes"),
        published_at=datetime(1967, 1, 28, 23, 30, tzinfo=UTC),
    )
    ines = PersonFactory(name="Ines Halvorsen")
    PersonName.objects.create(person=ines, name="I. Halvorsen")
    QuoteFactory(article=article, speaker=ines)
    Authorship.objects.create(article=article, person=PersonFactory(name="Ada Brandvold"))
    topic = TopicFactory(name="Outer Space Treaty", under=TopicFactory(name="Space law"))
    TopicName.objects.create(topic=topic, name="OST")
    TaggingFactory(article=article, topic=topic)
    return article


@pytest.fixture
def other():
    return ArticleFactory(
        published=True, headline="Rocket tested", body="It flew.", published_at=datetime(1969, 7, 20, tzinfo=UTC)
    )


def found(**asked):
    filters = ArticleFilter(asked, queryset=Article.objects.public())
    assert filters.form.errors == {}
    return list(filters.qs.values_list("headline", flat=True))


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "treaty"},
        {"q": "treaties"},
        {"q": "TREATY heavens"},
        {"q": "capitals"},
        {"q": "nation claim"},
        {"q": '"claim the moon"'},
        {"q": "“claim the moon”"},
        {"q": "treaty -rocket"},
        {"q": "treaty OR asteroid"},
        {"q": "Zurich's institute"},
        {"q": "Zürich"},
        {"topic": "outer-space-treaty"},
        {"topic": "outer space TREATY"},
        {"topic": "OST"},
        {"topic": "space-law"},
        {"person": "ines-halvorsen"},
        {"person": "I. Halvorsen"},
        {"person": "ada-brandvold"},
        {"source": "orbital-treaty-notes"},
        {"source": "orbital treaty notes"},
        {"to": "1967"},
        {"to": "1967-01"},
        {"to": "1967-01-28"},
        {"from": "1967", "to": "1967"},
        {"from": "1967-1-28", "to": "1968"},
        {"q": "moon", "topic": "space-law", "person": "ines-halvorsen", "source": "orbital-treaty-notes", "to": "1967"},
    ],
    ids=str,
)
def test_a_search_finds(asked, treaty, other):
    assert found(**asked) == [treaty.headline]


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "treaty rocket"},
        {"q": '"moon the claim"'},
        {"q": "treaty -moon"},
        {"q": "moon", "person": "ines-halvorsen", "from": "1968"},
        {"from": "1967-01-29", "to": "1968"},
        {"topic": "space-law", "q": "rocket"},
    ],
    ids=str,
)
def test_a_search_leaves_out(asked, treaty, other):
    assert found(**asked) == []


@pytest.mark.parametrize("asked", ["halvorsen", "Ines", "HALVORSEN, Ines"])
def test_a_part_of_a_name_is_enough_where_one_has_it(asked):
    said = QuoteFactory(article=ArticleFactory(published=True), speaker=PersonFactory(name="Ines Halvorsen"))
    PersonFactory(name="Ines Halvorsen-Boye")  # of whom readers find nothing
    assert QuoteFilter({"person": asked}).qs.get() == said


def test_of_several_that_a_part_of_a_name_may_mean_one_is_to_be_chosen():
    for name in ("Ines Halvorsen", "Olav Halvorsen"):
        QuoteFactory(article=ArticleFactory(published=True), speaker=PersonFactory(name=name))
    assert QuoteFilter({"person": "halvorsen"}).errors["person"] == [
        "The archive knows no person called “halvorsen”. Choose one of: “Ines Halvorsen”, “Olav Halvorsen”."
    ]


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"topic": "nosuch"}, "The archive knows no topic called “nosuch”."),
        ({"person": "nobody"}, "The archive knows no person called “nobody”."),
        ({"source": "nowhere"}, "The archive knows no source called “nowhere”."),
        ({"from": "yesterday"}, "“yesterday” is not a date: write 1957, 1957-10 or 1957-10-04."),
        ({"to": "2017-02-30"}, "“2017-02-30” is not a date: write 1957, 1957-10 or 1957-10-04."),
        ({"to": "0017"}, "“0017” is not a date: write 1957, 1957-10 or 1957-10-04."),
        ({"q": "a\x00b"}, "Null characters are not allowed."),
        ({"q": "a" * 301}, "Ensure this value has at most 300 characters (it has 301)."),
    ],
    ids=str,
)
def test_a_mistaken_field_is_named(asked, error, db):
    filters = ArticleFilter(asked, queryset=Article.objects.public())
    assert filters.form.errors == {next(iter(asked)): [error]}


def test_a_topic_that_was_replaced_finds_what_its_successor_has(treaty):
    topic = treaty.taggings.get(topic__name="Outer Space Treaty").topic
    TopicFactory(name="Treaty of 1967", replaced_by=topic)
    assert found(topic="Treaty of 1967") == [treaty.headline]


def test_what_is_not_public_is_not_found(treaty):
    ArticleFactory(headline="A treaty in draft")
    assert found(q="treaty") == [treaty.headline]
