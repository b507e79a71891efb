"""Proposed topics filed without asking, where the archivist wants that."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from archive.editing.automatic import file_sure_topics
from archive.models import Answer, Edition, Tagging
from archive.suggestion.learning.archived import filed_stories
from tests.factories import ArticleFactory, QuoteFactory, SuggestionFactory, TaggingFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sure_from():
    def set_to(confidence):
        Edition.objects.update_or_create(pk=1, defaults={"file_from": confidence})

    return set_to


def answers():
    from archive.models import Suggestion

    return list(Suggestion.objects.order_by("pk").values_list("answer", flat=True))


def test_nothing_is_filed_unless_the_archivist_said_from_when():
    SuggestionFactory(confidence=1)
    assert (file_sure_topics(), answers()) == (0, [Answer.PENDING])


def test_what_is_sure_enough_is_filed_and_marked(sure_from):
    sure_from(0.9)
    sure = SuggestionFactory(confidence=0.9)
    SuggestionFactory(confidence=0.89)
    assert (file_sure_topics(), answers()) == (1, [Answer.AUTOMATIC, Answer.PENDING])
    tagging = Tagging.objects.get()
    assert (tagging.article, tagging.topic, tagging.suggestion) == (sure.article, sure.topic, sure)
    assert tagging.tagged_by is None


def test_a_quote_is_filed_itself_and_what_was_implied_becomes_filed(sure_from):
    sure_from(0.9)
    planets = TopicFactory()
    quote = QuoteFactory()
    TaggingFactory(topic=TopicFactory(under=planets), quote=quote)
    SuggestionFactory(confidence=1, article=quote.article, quote=quote, topic=planets)
    file_sure_topics()
    assert not Tagging.objects.get(topic=planets, quote=quote).implied


@pytest.mark.parametrize("trait", ["published", "withdrawn"])
def test_what_readers_see_is_not_filed_without_asking(sure_from, trait):
    sure_from(0.9)
    SuggestionFactory(confidence=1, article=ArticleFactory(**{trait: True}))
    assert (file_sure_topics(), answers()) == (0, [Answer.PENDING])


def test_nothing_is_filed_under_a_topic_that_was_replaced(sure_from):
    sure_from(0.9)
    SuggestionFactory(confidence=1, topic=TopicFactory(replaced_by=TopicFactory()))
    assert file_sure_topics() == 0


@pytest.mark.parametrize("confidence", [0.49, 1.01])
def test_a_confidence_that_makes_no_sense_is_refused(confidence):
    with pytest.raises(ValidationError, match=r"A confidence from 0\.5 to 1, or none"):
        Edition(pk=1, file_from=confidence).full_clean()


def test_the_archive_does_not_learn_from_itself(sure_from, capsys):
    sure_from(0.9)
    SuggestionFactory(confidence=1)
    call_command("file_sure_topics")
    assert capsys.readouterr().out == "Proposed topics filed without asking: 1.\n"
    assert filed_stories() == []
