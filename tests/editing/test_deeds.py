"""Deeds at the review desk: done whole, told, and taken back to what was before."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from archive.editing.anchoring import change_body
from archive.editing.deeds import recorded, take_back
from archive.editing.filing import file_under, take_out_of
from archive.editing.parting import split_suggestion
from archive.editing.quoting import correct_quote, join_quotes, mark_quote, remove_quote, split_quote
from archive.editing.review import ReviewError, accept_suggestion, accept_suggestions, decline_suggestion
from archive.models import Deed, Person, PersonName, Quote, Suggestion, SuggestionKind, Tagging
from archive.models.version import VersionMove
from tests.factories import ArticleFactory, PersonFactory, QuoteFactory, SuggestionFactory, TaggingFactory, TopicFactory

pytestmark = pytest.mark.django_db

BODY = "“We will go to Venus,” she said. “When we are ready,” she added.\n\n“Never again,” he said."
PARTS = [
    [BODY.index(words), BODY.index(words) + len(words)]
    for words in ("We will go to Venus,", "When we are ready,", "Never again,")
]


@pytest.fixture
def story(db):
    """A story with a quote, filed and proposed for, a quote and a topic proposed, and a topic filed."""
    article = ArticleFactory(body=BODY)
    first = QuoteFactory(article=article, spans=PARTS[:1])
    QuoteFactory(article=article, spans=PARTS[1:2], speaker=first.speaker, role="minister")
    venus, mars = TopicFactory(name="Venus"), TopicFactory(name="Mars", under=TopicFactory(name="Planets"))
    TaggingFactory(quote=first, topic=venus)
    TaggingFactory(article=article, topic=mars)
    SuggestionFactory(article=article, topic=venus)
    proposal = {"spans": PARTS[2:], "words": "Never again,", "name": "Ada Brandvold"}
    SuggestionFactory(article=article, kind=SuggestionKind.QUOTE, topic=None, key="quote", proposal=proposal)
    return article


def everything():
    """All that an editor sees of the story, as plain values."""
    quotes = Quote.objects.order_by("id").values("id", "spans", "words", "speaker", "role", "lost_at", "created_at")
    suggestions = Suggestion.objects.order_by("id").values("id", "answer", "answered_by", "quote", "topic", "proposal")
    filed = Tagging.objects.order_by("topic", "quote").values("topic", "article", "quote", "implied", "suggestion")
    return [list(rows) for rows in (quotes, suggestions, filed)]


def first(**wanted):
    return Quote.objects.filter(**wanted).order_by("position").first()


DEEDS = {
    "accept a quote": lambda by: accept_suggestion(Suggestion.objects.quotes().get(), by=by),
    "accept a topic": lambda by: accept_suggestion(Suggestion.objects.topics().get(), by=by),
    "accept the rest": lambda by: accept_suggestions(Suggestion.objects.all(), by=by),
    "decline": lambda by: decline_suggestion(Suggestion.objects.quotes().get(), by=by),
    "split a proposal": lambda by: split_suggestion(Suggestion.objects.quotes().get(), at=BODY.index("again"), by=by),
    "mark": lambda by: mark_quote(first().article, spans=[[23, 31]], by=by, name="Ines Halvorsen"),
    "correct": lambda by: correct_quote(first(), spans=[[4, 11]], name="Somebody Else", role="envoy", by=by),
    "split": lambda by: split_quote(first(), at=BODY.index("to Venus"), by=by),
    "join": lambda by: join_quotes(*Quote.objects.order_by("position")[:2], by=by),
    "remove": lambda by: remove_quote(first(), by=by),
    "file": lambda by: file_under(TopicFactory(name="Planets of ice"), articles=[first().article], by=by),
    "take out": lambda by: take_out_of(
        Tagging.objects.get(topic__name="Mars").topic, articles=[first().article], by=by
    ),
}


@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_is_taken_back_to_what_was_before(name, story, editor):
    before = everything()
    with recorded(story, by=editor) as deed:
        DEEDS[name](editor)
        deed.said = name
    assert everything() != before
    take_back(deed, by=editor)
    assert everything() == before
    assert not Deed.objects.standing().exists()


def test_deeds_are_taken_back_one_after_the_other(story, editor):
    before = everything()
    for name in ("accept a quote", "accept a topic", "join", "split", "remove"):
        with recorded(story, by=editor):
            DEEDS[name](editor)
    while deed := Deed.objects.standing().first():
        take_back(deed, by=editor)
    assert everything() == before


def test_a_deed_that_changes_nothing_is_not_kept(story, editor):
    with recorded(story, by=editor):
        pass
    assert not Deed.objects.exists()


def test_a_deed_that_fails_half_way_is_not_done(story, editor):
    before = everything()

    def remove_and_fail():
        with recorded(story, by=editor):
            remove_quote(first(), by=editor)
            mark_quote(story, spans=[], by=editor)

    with pytest.raises(ReviewError):
        remove_and_fail()
    assert everything() == before


def deed_of(name, story, editor):
    with recorded(story, by=editor) as deed:
        DEEDS[name](editor)
        deed.said = name
    return deed


@pytest.mark.parametrize("name", ["accept a quote", "mark", "correct"])
def test_a_person_whom_a_deed_made_goes_with_it(name, story, editor):
    before = list(Person.objects.all())
    deed = deed_of(name, story, editor)
    assert Person.objects.count() == len(before) + 1
    take_back(deed, by=editor)
    assert list(Person.objects.all()) == before


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda person: QuoteFactory(speaker=person),
        lambda person: PersonName.objects.create(person=person, name="A. Brandvold"),
        lambda person: Person.objects.filter(pk=person.pk).update(slug="ada"),
    ],
    ids=["speaks elsewhere", "has another name", "was changed"],
)
def test_a_person_whom_others_need_by_now_stays_when_the_deed_is_taken_back(meanwhile, story, editor):
    deed = deed_of("accept a quote", story, editor)
    meanwhile(person := Person.objects.get(name="Ada Brandvold"))
    take_back(deed, by=editor)
    assert Person.objects.filter(pk=person.pk).exists()


def test_a_person_who_was_here_before_the_deed_stays_when_it_is_taken_back(story, editor):
    ada = PersonFactory(name="Ada Brandvold")
    take_back(deed_of("accept a quote", story, editor), by=editor)
    assert Person.objects.filter(pk=ada.pk).exists()


def test_a_deed_is_taken_back_once(story, editor):
    deed = take_back(deed_of("mark", story, editor), by=editor)
    with pytest.raises(ReviewError, match="This was taken back already: mark"):
        take_back(deed, by=editor)


def test_what_was_changed_since_stays(story, editor, archivist):
    deed = deed_of("split", story, editor)
    correct_quote(first(), role="envoy", by=archivist)
    with pytest.raises(ReviewError, match="Something was changed since"):
        take_back(deed, by=editor)
    assert (Quote.objects.count(), first().role) == (3, "envoy")


@pytest.mark.parametrize("name", ["remove", "decline"])
def test_words_do_not_come_back_to_a_text_that_lost_them(name, story, editor):
    deed = deed_of(name, story, editor)
    change_body(story, "Another text.", by=editor)
    with pytest.raises(ReviewError, match="The text was edited since"):
        take_back(deed, by=editor)


def test_a_quote_does_not_come_back_to_a_speaker_who_is_gone(story, editor):
    ada = PersonFactory(name="Ada Brandvold")
    Quote.objects.filter(pk=first().pk).update(speaker=ada)
    deed = deed_of("remove", story, editor)
    Person.objects.filter(pk=ada.pk).delete()
    with pytest.raises(ReviewError, match="What this needs is no longer in the archive"):
        take_back(deed, by=editor)


def test_what_was_proposed_for_a_quote_since_goes_with_it(story, editor):
    deed = deed_of("mark", story, editor)
    quote = Quote.objects.get(words=BODY[23:31])
    SuggestionFactory(article=story, quote=quote, topic=TopicFactory(), key="topic of quote")
    take_back(deed, by=editor)
    assert not Suggestion.objects.filter(key="topic of quote").exists()


def test_a_contributor_takes_nothing_back(story, editor, contributor):
    deed = deed_of("mark", story, editor)
    with pytest.raises(PermissionDenied):
        take_back(deed, by=contributor)


def test_a_deed_is_forgotten_after_a_week(story, editor):
    deed_of("mark", story, editor)
    Deed.objects.update(done_at=timezone.now() - timedelta(days=8))
    kept = deed_of("decline", story, editor)
    assert Deed.objects.get() == kept


def test_a_deed_of_more_than_a_week_ago_is_not_taken_back(story, editor):
    deed = deed_of("mark", story, editor)
    Deed.objects.update(done_at=timezone.now() - timedelta(days=8))
    with pytest.raises(ReviewError, match="This was done more than a week ago"):
        take_back(deed, by=editor)


def test_the_version_moves_no_sooner_than_at_the_commit(story, editor):
    deed = deed_of("remove", story, editor)
    connection.check_constraints()  # what the test made so far
    VersionMove.objects.create()
    take_back(deed, by=editor)
    assert VersionMove.objects.count() == 1
