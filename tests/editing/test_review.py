"""Answers to proposals: what they make, that they are kept, and that each is given once."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from archive.editing.anchoring import change_body
from archive.editing.review import (
    ReviewError,
    accept_suggestion,
    accept_suggestions,
    decline_suggestion,
    decline_suggestions,
)
from archive.models import Answer, Person, PersonName, Quote, Suggestion, SuggestionKind, Tagging
from tests.factories import ArticleFactory, PersonFactory, QuoteFactory, SuggestionFactory, TopicFactory

pytestmark = pytest.mark.django_db

BODY = "“We will go when we are ready,” she said.\n\nThe talks go on in spring."
WORDS = "We will go when we are ready,"


def proposed_quote(article=None, **changes):
    proposal = {
        "spans": [[1, 1 + len(WORDS)]],
        "words": WORDS,
        "mention": "she",
        "mention_start": BODY.index("she"),
        "mention_end": BODY.index("she") + 3,
        "name": "Ines Halvorsen",
        "role": "minister",
        "partial": False,
        "candidates": [],
    }
    article = article or ArticleFactory(body=BODY)
    return SuggestionFactory(
        article=article, kind=SuggestionKind.QUOTE, topic=None, key="quote 1-30", proposal=proposal | changes
    )


def test_accepting_makes_the_quote_exactly_at_its_spans(editor):
    suggestion = accept_suggestion(proposed_quote(), by=editor)
    quote = Quote.objects.get()
    assert (quote.words, quote.spans, quote.role, quote.speaker_mention) == (WORDS, [[1, 30]], "minister", "she")
    assert BODY[quote.mention_start : quote.mention_end] == "she"
    assert (quote.speaker.name, quote.created_by) == ("Ines Halvorsen", editor)
    assert (suggestion.answer, suggestion.answered_by, suggestion.quote) == (Answer.ACCEPTED, editor, quote)


def test_a_second_answer_changes_nothing(editor, archivist):
    suggestion = proposed_quote()
    accept_suggestion(suggestion, by=editor)
    assert accept_suggestion(suggestion, by=archivist, name="Somebody Else").answered_by == editor
    assert decline_suggestion(suggestion, by=archivist).answer == Answer.ACCEPTED
    assert (Quote.objects.count(), Person.objects.count()) == (1, 1)


def test_a_declined_proposal_stays_declined(editor):
    suggestion = proposed_quote()
    assert decline_suggestion(suggestion, by=editor).answer == Answer.DECLINED
    assert accept_suggestion(suggestion, by=editor).answer == Answer.DECLINED
    assert not Quote.objects.exists()


@pytest.mark.parametrize("name", ["Ines Halvorsen", "ines  halvorsen", "I. M. Halvorsen"])
def test_the_speaker_is_found_by_any_of_their_names(editor, name):
    person = PersonFactory(name="Ines Halvorsen")
    PersonName.objects.create(person=person, name="I. M. Halvorsen")
    assert accept_suggestion(proposed_quote(name=name), by=editor).quote.speaker == person


def test_where_several_have_the_name_the_editor_must_choose(editor):
    first, _ = PersonFactory(name="Ines Halvorsen"), PersonFactory(name="Ines Halvorsen")
    suggestion = proposed_quote()
    with pytest.raises(ReviewError, match="Several people are called “Ines Halvorsen”"):
        accept_suggestion(suggestion, by=editor)
    assert accept_suggestion(suggestion, by=editor, speaker=first).answer == Answer.ACCEPTED
    assert Quote.objects.get().speaker == first


def test_a_quote_without_a_name_has_no_speaker_yet(editor):
    assert accept_suggestion(proposed_quote(name=""), by=editor).quote.speaker is None


@pytest.mark.parametrize(
    ("corrections", "column", "value"),
    [
        ({"name": "Ada Brandvold"}, "speaker__name", "Ada Brandvold"),
        ({"name": ""}, "speaker__name", None),
        ({"role": "prime minister"}, "role", "prime minister"),
        ({"partial": True}, "partial", True),
        ({"spans": [[1, 11]]}, "words", "We will go"),
        ({"mention": "the minister"}, "mention_start", None),
    ],
)
def test_a_correction_is_made_and_kept_as_one(editor, corrections, column, value):
    suggestion = accept_suggestion(proposed_quote(), by=editor, **corrections)
    assert suggestion.answer == Answer.CORRECTED
    assert Quote.objects.values_list(column, flat=True).get() == value
    assert suggestion.proposal["name"] == "Ines Halvorsen"


def test_choosing_another_person_is_a_correction(editor):
    suggestion = accept_suggestion(proposed_quote(), by=editor, speaker=PersonFactory(name="Ada Brandvold"))
    assert suggestion.answer == Answer.CORRECTED


def test_repeating_what_was_proposed_is_no_correction(editor):
    suggestion = accept_suggestion(proposed_quote(), by=editor, name="Ines Halvorsen", role="minister")
    assert suggestion.answer == Answer.ACCEPTED


@pytest.mark.parametrize(
    ("spans", "message"),
    [([[0, 999]], "No words from 0 to 999"), ([[9, 3]], "No words from 9 to 3"), ([[5, 9], [2, 4]], "from 2 to 4")],
)
def test_spans_that_are_none_are_refused(editor, spans, message):
    suggestion = proposed_quote()
    with pytest.raises(ReviewError, match=message):
        accept_suggestion(suggestion, by=editor, spans=spans)
    suggestion.refresh_from_db()
    assert suggestion.answer == Answer.PENDING


def test_words_that_an_edit_took_away_cannot_be_accepted(editor):
    suggestion = proposed_quote()
    change_body(suggestion.article, "Nothing of it is left.", by=editor)
    with pytest.raises(ReviewError, match="“We will go when we are ready,” are no longer in the body"):
        accept_suggestion(suggestion, by=editor)


def test_words_that_were_never_there_cannot_be_accepted(editor):
    with pytest.raises(ReviewError, match="no longer stand where they were proposed"):
        accept_suggestion(proposed_quote(words="They will go"), by=editor)


def test_a_quote_marked_by_hand_meanwhile_stays_one(editor):
    suggestion = proposed_quote()
    by_hand = QuoteFactory(article=suggestion.article, role="as typed by hand")
    assert accept_suggestion(suggestion, by=editor).quote == by_hand
    assert Quote.objects.get().role == "as typed by hand"


def test_accepting_a_topic_files_the_article_and_remembers_the_proposal(editor):
    suggestion = SuggestionFactory()
    accept_suggestion(suggestion, by=editor)
    tagging = Tagging.objects.get()
    assert (tagging.article, tagging.topic, tagging.tagged_by, tagging.suggestion) == (
        suggestion.article,
        suggestion.topic,
        editor,
        suggestion,
    )


def test_a_topic_proposed_for_a_quote_files_the_quote(editor):
    quote = QuoteFactory()
    accept_suggestion(SuggestionFactory(article=quote.article, quote=quote), by=editor)
    assert Tagging.objects.get().quote == quote


def test_choosing_another_topic_is_a_correction(editor):
    suggestion, other = SuggestionFactory(), TopicFactory()
    assert accept_suggestion(suggestion, by=editor, topic=other).answer == Answer.CORRECTED
    assert Tagging.objects.get().topic == other


@pytest.mark.parametrize("answer", [accept_suggestion, decline_suggestion])
def test_a_contributor_answers_nothing(contributor, answer):
    with pytest.raises(PermissionDenied):
        answer(SuggestionFactory(), by=contributor)


@pytest.mark.parametrize("answer", [accept_suggestion, decline_suggestion])
def test_a_withdrawn_article_is_closed_to_editors(editor, answer):
    suggestion = SuggestionFactory(article=ArticleFactory(withdrawn=True))
    with pytest.raises(PermissionDenied):
        answer(suggestion, by=editor)
    assert Suggestion.objects.pending().count() == 1


def test_accepting_many_takes_what_can_be_taken_and_tells_the_rest(editor):
    PersonFactory.create_batch(2, name="Ines Halvorsen")
    SuggestionFactory.create_batch(2)
    proposed_quote()
    SuggestionFactory(answer=Answer.DECLINED, answered_at=timezone.now())
    outcome = accept_suggestions(Suggestion.objects.all(), by=editor)
    assert (outcome.done, outcome.refused) == (2, 1)
    assert outcome.refusals == (f"Quote: “{WORDS}”: Several people are called “Ines Halvorsen”: choose one of them.",)


def test_declining_many_leaves_what_is_answered_or_closed(editor):
    SuggestionFactory.create_batch(2)
    SuggestionFactory(answer=Answer.ACCEPTED, answered_at=timezone.now())
    SuggestionFactory(article=ArticleFactory(withdrawn=True))
    outcome = decline_suggestions(Suggestion.objects.all(), by=editor)
    assert (outcome.done, outcome.refused) == (2, 1)
    assert Suggestion.objects.filter(answered_by=editor).count() == 2


def filed_under(**item):
    return list(Tagging.objects.filed().filter(**item).values_list("topic__name", flat=True))


@pytest.mark.parametrize("quote_first", [True, False])
def test_a_quote_that_names_a_topic_of_its_story_is_filed_with_it(editor, quote_first):
    body = "“We will go to Venus when we are ready,” she said of the sanctions.\n\nMars was not on the agenda."
    article = ArticleFactory(body=body)
    topics = [TopicFactory(name=name) for name in ["Venus", "Sanctions", "Mars"]]
    words = "We will go to Venus when we are ready,"
    quote = proposed_quote(article, spans=[[1, 1 + len(words)]], words=words)
    proposed = [SuggestionFactory(article=article, topic=topic) for topic in topics]
    for suggestion in [quote, *proposed] if quote_first else [*proposed, quote]:
        accept_suggestion(suggestion, by=editor)
    assert filed_under(article=article) == ["Mars", "Sanctions", "Venus"]
    assert filed_under(quote__article=article) == ["Sanctions", "Venus"]


def test_a_topic_nobody_filed_the_story_under_is_not_its_quotes(editor):
    article = ArticleFactory(body=BODY.replace("go when", "go to Venus when"))
    TopicFactory(name="Venus")
    words = WORDS.replace("go when", "go to Venus when")
    accept_suggestion(proposed_quote(article, spans=[[1, 1 + len(words)]], words=words), by=editor)
    assert filed_under(quote__article=article) == []


def test_topics_that_a_confirmed_quote_names_are_proposed_for_it_until_the_story_is_filed_there(editor):
    article = ArticleFactory(body=BODY.replace("go when", "go to Venus when"))
    venus = TopicFactory(name="Venus")
    words = WORDS.replace("go when", "go to Venus when")
    quote = accept_suggestion(proposed_quote(article, spans=[[1, 1 + len(words)]], words=words), by=editor).quote
    assert [one.topic for one in quote.suggestions.pending()] == [venus]
    accept_suggestion(SuggestionFactory(article=article, topic=venus), by=editor)
    assert (list(quote.suggestions.pending()), filed_under(quote=quote)) == ([], ["Venus"])
