"""Topics at the review desk: a story and its quotes filed under them, and what is proposed."""

import pytest

from archive.models import Tagging, TopicName
from tests.factories import QuoteFactory, SuggestionFactory, TaggingFactory, TopicFactory

pytestmark = pytest.mark.django_db


def test_a_story_is_filed_by_any_name_of_a_topic_and_taken_out_again(desk, article):
    venus = TopicFactory(name="Venus")
    TopicName.objects.create(topic=venus, name="Morning star")
    desk("file", topic="morning star")
    assert Tagging.objects.get().topic == venus
    desk("file", take_out=venus.pk)
    assert not Tagging.objects.exists()


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("Pluto", "No topic is called “Pluto”."),
        ("star", "“star” may be Sun or Venus: type one of these."),
        ("", "Type the name of a topic."),
    ],
)
def test_a_name_that_is_no_topics_is_told(desk, name, error):
    for topic in (TopicFactory(name="Sun"), TopicFactory(name="Venus")):
        TopicName.objects.create(topic=topic, name="Star")
    assert desk("file", topic=name).context["error"] == error
    assert not Tagging.objects.exists()


def test_topics_are_proposed_beside_a_quote_but_those_that_are_asked_for_the_story(desk, article):
    quote = QuoteFactory(article=article)
    venus, mars, filed = (TopicFactory(name=name) for name in ("Venus", "Mars", "Talks"))
    TaggingFactory(quote=quote, topic=filed)
    SuggestionFactory(article=article, topic=mars)
    for topic in (venus, mars, filed):
        SuggestionFactory(article=article, quote=quote, topic=topic, key=f"topic {topic} of quote")
    [shown] = desk().context["confirmed"]
    assert ([one.topic for one in shown.proposed_topics], shown.topics) == ([venus], [filed])
    desk("answer", shown.proposed_topics[0], verb="accept")
    assert [one.topics for one in desk().context["confirmed"]] == [[filed, venus]]


def test_a_quote_is_filed_by_itself_and_taken_out_again(desk, article):
    quote, venus = QuoteFactory(article=article), TopicFactory(name="Venus")
    desk("file", topic="venus", quote=quote.pk)
    assert [(one.quote, one.article) for one in Tagging.objects.all()] == [(quote, None)]
    desk("file", take_out=venus.pk, quote=quote.pk)
    assert not Tagging.objects.exists()
    other = QuoteFactory()
    assert desk("file", topic="venus", quote=other.pk).status_code == 404
