"""Answers to proposals at the review desk, one by one and together, and how they are taken back."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from archive.models import Answer, Deed, Quote, Suggestion, Tagging
from tests.admin.review.conftest import BODY, proposed_quote
from tests.factories import ArticleFactory, PersonFactory, SuggestionFactory

pytestmark = pytest.mark.django_db


def test_accepting_goes_back_to_the_story_which_offers_to_take_it_back(desk, article, editor):
    suggestion = proposed_quote(article)
    response = desk("answer", suggestion, verb="accept", name="Ines Halvorsen", role="minister")
    assert response.url == reverse("admin:review-story", args=[article.pk])
    last = desk().context["last"]
    assert (last.said, last.done_by) == ("Accepted: “We will go when we are ready,”, Ines Halvorsen", editor)
    assert Quote.objects.get().created_by == editor
    desk("undo", last)
    assert not Quote.objects.exists()
    assert (desk().context["last"], Suggestion.objects.pending().count()) == (None, 1)


@pytest.mark.parametrize(
    ("sent", "words", "speaker"),
    [
        ({"name": "Ada Brandvold"}, BODY[1:30], "Ada Brandvold"),
        ({"words": "We will go"}, "We will go", "Ines Halvorsen"),
        ({"spans": "[[43, 52], [1, 11]]"}, "We will go … The talks", "Ines Halvorsen"),
    ],
)
def test_a_proposal_is_corrected_as_it_is_accepted(desk, article, sent, words, speaker):
    suggestion = proposed_quote(article)
    desk("answer", suggestion, verb="accept", **sent)
    quote = Quote.objects.get()
    assert (quote.words, quote.speaker.name) == (words, speaker)
    suggestion.refresh_from_db()
    assert suggestion.answer == Answer.CORRECTED


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        ({"words": "They will go"}, "These words do not stand in the body exactly once: select them in it."),
        ({"spans": "all"}, "These are no spans: start and end of each part are needed."),
        ({"spans": "[[0, 999]]"}, f"No words from 0 to 999: parts stand in order within {len(BODY)} characters."),
        ({"name": "x" * 201}, "Ensure this value has at most 200 characters (it has 201)."),
    ],
)
def test_an_answer_that_cannot_be_given_is_told_and_what_was_typed_stays(desk, article, sent, error):
    suggestion = proposed_quote(article)
    response = desk("answer", suggestion, verb="accept", **{"role": "envoy"} | sent)
    assert response.context["error"] == error
    [shown] = response.context["proposed_quotes"]
    assert (shown.is_answering, shown.role) == (True, "envoy")
    assert Suggestion.objects.pending().count() == 1


def test_of_several_people_of_a_name_one_is_chosen(desk, article):
    _, second = PersonFactory.create_batch(2, name="Ines Halvorsen")
    suggestion = proposed_quote(article)
    response = desk("answer", suggestion, verb="accept", name="Ines Halvorsen", role="minister")
    assert second in response.context["namesakes"]
    assert f'name="speaker" value="{second.pk}"' in " ".join(response.content.decode().split())
    desk("answer", suggestion, verb="accept", name="Ines Halvorsen", role="minister", speaker=second.pk)
    assert Quote.objects.get().speaker == second
    suggestion.refresh_from_db()
    assert suggestion.answer == Answer.ACCEPTED


def test_a_second_click_and_a_stale_page_change_nothing_and_say_so(desk, article, editor):
    suggestion = proposed_quote(article)
    answers = [desk("answer", suggestion, verb=verb, fragment=True).context for verb in ("accept", "accept", "decline")]
    suggestion.refresh_from_db()
    assert (suggestion.answer, Quote.objects.count(), Deed.objects.count()) == (Answer.ACCEPTED, 1, 1)
    before = "It was answered before, by editor: accepted. Nothing was changed."
    assert [context["told"] for context in answers] == ["", before, before]
    [message] = get_messages(desk("answer", suggestion, verb="decline").wsgi_request)
    assert str(message) == before


def test_a_proposal_of_another_story_is_not_answered_here(desk):
    other = SuggestionFactory()
    assert desk("answer", other, verb="accept").status_code == 404
    assert Suggestion.objects.pending().count() == 1


def test_with_scripts_only_the_storys_part_is_answered(desk, article):
    suggestion = proposed_quote(article)
    response = desk("answer", suggestion, fragment=True, verb="decline")
    assert response.status_code == 200
    assert response.content.decode().lstrip().startswith('<div class="story">')
    assert response.context["last"].said == "Declined: “We will go when we are ready,”"


def test_proposals_are_split_and_joined(desk, article):
    suggestion = proposed_quote(article)
    split = desk("answer", suggestion, fragment=True, verb="split", at=12).context
    assert [one.suggestion.proposal["words"] for one in split["proposed_quotes"]] == [
        "We will go",
        "when we are ready,",
    ]
    first = split["proposed_quotes"][0].suggestion
    joined = desk("answer", first, fragment=True, verb="join").context
    assert [one.suggestion.proposal["words"] for one in joined["proposed_quotes"]] == ["We will go when we are ready,"]
    assert joined["last"].said == "Joined: “We will go when we are ready,”"


def test_the_rest_is_accepted_together_as_it_was_counted_and_taken_back(desk, article):
    sure, doubtful = proposed_quote(article, "sure"), proposed_quote(article, "doubtful", name="Ada Brandvold")
    Suggestion.objects.filter(pk=sure.pk).update(confidence=0.95)
    PersonFactory.create_batch(2, name="Somebody")
    several = proposed_quote(article, "several", name="Somebody")
    lost = proposed_quote(article, "lost", spans=[])
    topic = SuggestionFactory(article=article)
    everything, sure_ones = desk().context["rests"]
    assert [(one.ids, one.left) for one in (everything, sure_ones)] == [
        (f"{sure.pk},{doubtful.pk},{topic.pk}", 2), (f"{sure.pk}", 4),
    ]  # fmt: skip
    assert everything.preview == (
        "2 quotes, 1 topic; new to the archive: Ines Halvorsen, Ada Brandvold; 2 stay to be confirmed"
    )
    late = SuggestionFactory(article=article)
    context = desk("rest", fragment=True, ids=everything.ids).context
    assert set(Suggestion.objects.pending()) == {several, lost, late}
    assert context["last"].said == "Accepted together: 3."
    desk("undo", context["last"])
    assert (Suggestion.objects.pending().count(), Quote.objects.count(), Tagging.objects.count()) == (6, 0, 0)


def test_what_cannot_be_accepted_with_the_rest_is_told(desk, article):
    suggestion = proposed_quote(article, words="Other words")
    context = desk("rest", fragment=True, ids=f"{suggestion.pk},x,").context
    assert context["told"] == (
        "Accepted together: 0. Left waiting: Quote: “Other words”: The words “Other words” no longer stand where they"
        " were proposed. Nothing was changed."
    )


def test_of_the_rest_nothing_is_offered_where_nothing_waits(desk):
    assert desk().context["rests"] == []


def test_a_deed_is_taken_back_once_and_not_on_another_story(desk, article, editor):
    suggestion = proposed_quote(article)
    desk("answer", suggestion, verb="decline")
    deed = Deed.objects.get()
    assert desk("undo", deed, fragment=True).context["told"] == "Taken back. Declined: “We will go when we are ready,”"
    assert desk("undo", deed).context["error"].startswith("This was taken back already")
    assert desk("undo", Deed.objects.create(article=ArticleFactory(), done_by=editor)).status_code == 404
