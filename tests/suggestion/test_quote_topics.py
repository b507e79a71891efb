"""Topics proposed for quotes."""

import pytest
from django.core.management import call_command

from archive.models import Suggestion
from archive.suggestion.quote_topics import propose_for_quotes
from tests.factories import ArticleFactory, QuoteFactory, TaggingFactory, TopicFactory

pytestmark = pytest.mark.django_db

BODY = "Of Mars nobody spoke.\n\n“We go to Venus,” she said of the probe.\n\nMoon."


@pytest.fixture
def quote():
    return QuoteFactory(article=ArticleFactory(body=BODY))


def test_topics_in_the_words_and_beside_them_are_proposed_not_those_elsewhere(quote):
    venus, probes = TopicFactory(name="Venus"), TopicFactory(name="Probes")
    TopicFactory(name="Mars")
    TopicFactory(name="Moon")
    TaggingFactory(article=quote.article, topic=probes)
    assert propose_for_quotes([quote]) == 2
    proposed = Suggestion.objects.filter(quote=quote).order_by("-confidence")
    assert [(one.topic, one.confidence, one.why) for one in proposed] == [
        (venus, 0.6, ["“Venus” in the words"]),
        (probes, 0.51, ["“probe” beside them", "the story is filed there"]),
    ]


def test_what_a_quote_is_filed_under_is_not_proposed(quote):
    TaggingFactory(quote=quote, topic=TopicFactory(name="Venus"))
    assert propose_for_quotes([quote]) == 0


def test_a_quote_that_lost_its_place_is_looked_at_by_its_words_alone(quote):
    TopicFactory(name="Venus")
    quote.spans = []
    assert propose_for_quotes([quote]) == 1


def test_the_command_proposes_nothing_twice(quote, capsys):
    TopicFactory(name="Venus")
    for _ in range(2):
        call_command("propose_quote_topics")
    TopicFactory(name="Probes")
    call_command("propose_quote_topics", "--all")
    said = capsys.readouterr().out.splitlines()
    assert said == [f"Topics proposed for quotes: {new}." for new in (1, 0, 1)]


@pytest.mark.parametrize("count", [1, 3])
def test_proposing_takes_the_same_queries_for_one_quote_as_for_many(count, django_assert_num_queries):
    TopicFactory(name="Venus")
    quotes = [QuoteFactory(article=ArticleFactory(body=BODY)) for _ in range(count)]
    propose_for_quotes(quotes[:0])
    with django_assert_num_queries(5):
        propose_for_quotes(quotes)
