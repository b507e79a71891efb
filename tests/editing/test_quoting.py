"""Quotes by an editor's hand: marked, corrected, placed, split, joined, removed."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from archive.editing.anchoring import change_body
from archive.editing.quoting import correct_quote, join_quotes, mark_quote, remove_quote, split_quote
from archive.editing.review import AmbiguousNameError, ReviewError
from archive.models import Answer, Quote, Suggestion, SuggestionKind, Tagging
from tests.factories import ArticleFactory, PersonFactory, QuoteFactory, SuggestionFactory, TaggingFactory

pytestmark = pytest.mark.django_db


def test_chosen_words_become_a_quote(editor):
    quote = mark_quote(ArticleFactory(), spans=[[1, 11]], by=editor, name="Ines Halvorsen", role="minister")
    assert (quote.words, quote.speaker.name, quote.role, quote.created_by) == (
        "We will go", "Ines Halvorsen", "minister", editor,
    )  # fmt: skip


def test_the_same_words_are_marked_once(editor):
    article = ArticleFactory()
    first = mark_quote(article, spans=[[1, 11]], by=editor)
    assert mark_quote(article, spans=[[1, 11]], by=editor, name="Somebody") == first
    assert Quote.objects.count() == 1


@pytest.mark.parametrize("spans", [[[1, 5]], [[5, 9]], [[10, 14]], [[0, 14]], [[0, 1], [8, 12]]])
def test_words_that_are_of_a_quote_already_are_not_marked_again(spans, editor):
    article = ArticleFactory()
    first = mark_quote(article, spans=[[1, 11]], by=editor)
    with pytest.raises(ReviewError, match=f"These words overlap a quote that is marked: {first}"):
        mark_quote(article, spans=spans, by=editor)
    assert article.quotes.get() == first


def test_words_beside_a_quote_are_marked(editor):
    article = ArticleFactory()
    mark_quote(article, spans=[[1, 11]], by=editor)
    mark_quote(article, spans=[[0, 1], [11, 14]], by=editor)
    assert article.quotes.count() == 2


@pytest.mark.parametrize("spans", [[], [[5, 5]], [[0, 10_000]], [[5, 9], [1, 3]]])
def test_spans_that_are_none_are_refused(editor, spans):
    with pytest.raises(ReviewError):
        mark_quote(ArticleFactory(), spans=spans, by=editor)


def test_of_several_people_one_is_chosen(editor):
    _, second = PersonFactory.create_batch(2, name="Ines Halvorsen")
    with pytest.raises(AmbiguousNameError) as refused:
        mark_quote(ArticleFactory(), spans=[[1, 11]], by=editor, name="Ines Halvorsen")
    assert second in refused.value.people
    assert mark_quote(ArticleFactory(), spans=[[1, 11]], by=editor, speaker=second).speaker == second


def test_a_contributor_marks_none(contributor):
    with pytest.raises(PermissionDenied):
        mark_quote(ArticleFactory(), spans=[[1, 11]], by=contributor)


def test_an_editor_marks_none_in_a_withdrawn_article(editor):
    with pytest.raises(PermissionDenied):
        mark_quote(ArticleFactory(withdrawn=True), spans=[[1, 11]], by=editor)


def accepted(editor, **fields):
    """A quote that came of a proposal which was accepted as it was."""
    quote = QuoteFactory(speaker=PersonFactory(name="Ines Halvorsen"), role="minister", **fields)
    SuggestionFactory(
        article=quote.article,
        kind=SuggestionKind.QUOTE,
        topic=None,
        key="quote",
        quote=quote,
        answer=Answer.ACCEPTED,
        answered_by=editor,
        answered_at=timezone.now(),
    )
    return quote


@pytest.mark.parametrize(
    ("given", "words", "name", "role"),
    [
        ({"spans": [[4, 11]]}, "will go", "Ines Halvorsen", "minister"),
        ({"name": "Ada Brandvold"}, "We will go when we are ready,", "Ada Brandvold", "minister"),
        ({"name": ""}, "We will go when we are ready,", None, "minister"),
        ({"role": "envoy", "name": " Ines Halvorsen "}, "We will go when we are ready,", "Ines Halvorsen", "envoy"),
    ],
)
def test_a_quote_is_corrected_and_its_proposal_says_so(editor, given, words, name, role):
    quote = correct_quote(accepted(editor), by=editor, **given)
    assert (quote.words, quote.speaker and quote.speaker.name, quote.role) == (words, name, role)
    assert Suggestion.objects.get().answer == Answer.CORRECTED


def test_a_correction_that_says_what_is_there_is_none(editor):
    quote = accepted(editor)
    seen = quote.changed_at
    assert correct_quote(quote, name="Ines Halvorsen", role="minister", by=editor).changed_at == seen
    assert Suggestion.objects.get().answer == Answer.ACCEPTED


def test_a_lost_quote_is_placed_anew(editor):
    quote = accepted(editor)
    change_body(quote.article, "“We shall go when we are ready,” she said.", by=editor)
    quote.refresh_from_db()
    assert (quote.spans, quote.lost_at is None) == ([], False)
    placed = correct_quote(quote, spans=[[1, 31]], by=editor)
    assert (placed.words, placed.lost_at) == ("We shall go when we are ready,", None)


def test_a_split_quote_keeps_its_address_for_the_first_part_and_its_topics_for_both(editor):
    quote = accepted(editor)
    topic = TaggingFactory(quote=quote).topic
    second = split_quote(quote, at=12, by=editor)
    quote.refresh_from_db()
    assert (quote.words, second.words) == ("We will go", "when we are ready,")
    assert (second.speaker, second.role) == (quote.speaker, "minister")
    assert list(Tagging.objects.filter(topic=topic).order_by("quote").values_list("quote", flat=True)) == [
        quote.pk, second.pk,
    ]  # fmt: skip


def test_joined_quotes_have_the_topics_of_both(editor):
    quote = accepted(editor)
    other = split_quote(quote, at=12, by=editor)
    topics = {TaggingFactory(quote=quote).topic, TaggingFactory(quote=other).topic}
    one = join_quotes(quote, other, by=editor)
    assert (one.pk, one.words, Quote.objects.count()) == (quote.pk, "We will go when we are ready,", 1)
    assert {tagging.topic for tagging in one.taggings.all()} == topics


def test_a_removed_quote_takes_its_proposed_topics_along_and_its_proposal_counts_as_declined(editor):
    quote = accepted(editor)
    SuggestionFactory(article=quote.article, quote=quote)
    remove_quote(quote, by=editor)
    assert [(one.kind, one.answer, one.quote) for one in Suggestion.objects.all()] == [("quote", Answer.DECLINED, None)]


@pytest.mark.parametrize(
    "deed",
    [
        lambda quote, by: correct_quote(quote, role="envoy", by=by),
        lambda quote, by: split_quote(quote, at=12, by=by),
        lambda quote, by: join_quotes(quote, quote, by=by),
        lambda quote, by: remove_quote(quote, by=by),
    ],
)
def test_a_quote_that_is_gone_is_not_changed_and_a_contributor_changes_none(editor, contributor, deed):
    quote = accepted(editor)
    with pytest.raises(PermissionDenied):
        deed(quote, contributor)
    Quote.objects.all().delete()
    with pytest.raises(ReviewError, match="This quote is no longer there"):
        deed(quote, editor)
