"""Splitting and joining of spans, and of proposals."""

import pytest
from django.core.exceptions import PermissionDenied

from archive.editing.joining import join_with_next
from archive.editing.parting import joined, parted, split_suggestion
from archive.editing.review import ReviewError, accept_suggestion, decline_suggestion
from archive.models import Answer, Quote, Suggestion, SuggestionKind
from archive.models.quote import words_at
from tests.factories import ArticleFactory, PersonFactory, QuoteFactory, SuggestionFactory

pytestmark = pytest.mark.django_db

BODY = "“We go,” she said. “We stay.” “Never,” he said, “in spring.”"


def span(words):
    return [BODY.index(words), BODY.index(words) + len(words)]


@pytest.mark.parametrize(
    ("spans", "at", "first", "second"),
    [
        (["We stay.” “Never,"], "Never", "We stay.", "Never,"),
        (["We stay.” “Never,"], "” “Never", "We stay.", "Never,"),
        (["We stay."], "stay", "We", "stay."),
        (["We go,", "We stay."], "We stay.", "We go,", "We stay."),
        (["We go,", "We stay."], "stay.", "We go, … We", "stay."),
        (["We go,", "We stay."], "she said", "We go,", "We stay."),
    ],
)
def test_spans_are_parted_at_a_word(spans, at, first, second):
    sides = parted([span(words) for words in spans], BODY.index(at), BODY)
    assert [words_at(BODY, side) for side in sides] == [first, second]


@pytest.mark.parametrize("at", ["“We go", "We go", "she said", "in spring"])
def test_spans_are_not_parted_where_one_side_has_no_words(at):
    with pytest.raises(ReviewError, match="Choose the word within the quote"):
        parted([span("We go,")], BODY.index(at), BODY)


def test_what_was_split_between_two_words_is_one_span_again():
    assert joined(*parted([span("We stay.")], BODY.index("stay"), BODY), BODY) == [span("We stay.")]


def test_what_an_attribution_breaks_is_joined_as_two_spans():
    assert joined([span("We stay.")], [span("We go,")], BODY) == [span("We go,"), span("We stay.")]


def test_what_overlaps_is_not_joined():
    with pytest.raises(ReviewError, match="share some of their words"):
        joined([span("We go,")], [span("go,")], BODY)


def proposed(article, words, **proposal):
    given = {"spans": [span(words)], "words": words, "name": "Ines Halvorsen", "role": "minister", "candidates": []}
    return SuggestionFactory(
        article=article, kind=SuggestionKind.QUOTE, topic=None, key=words, proposal=given | proposal
    )


@pytest.fixture
def article(db):
    return ArticleFactory(body=BODY)


def test_two_proposals_are_made_of_one_and_what_was_proposed_is_kept(article, editor):
    suggestion = proposed(article, "We stay.” “Never,")
    first, second = split_suggestion(suggestion, at=BODY.index("Never"), by=editor)
    assert [one.proposal["words"] for one in (first, second)] == ["We stay.", "Never,"]
    assert [one.proposal["name"] for one in (first, second)] == ["Ines Halvorsen"] * 2
    assert [one.proposal["of"] for one in (first, second)] == [[suggestion.pk]] * 2
    suggestion.refresh_from_db()
    assert (suggestion.answer, suggestion.proposal["words"]) == (Answer.CORRECTED, "We stay.” “Never,")
    assert accept_suggestion(second, by=editor).quote.words == "Never,"


def test_two_proposals_become_one_utterance(article, editor):
    first, second = proposed(article, "We go,", name="", role=""), proposed(article, "We stay.")
    one = join_with_next(first, by=editor)
    assert (one.proposal["words"], one.proposal["name"], one.proposal["role"], one.proposal["of"]) == (
        "We go, … We stay.", "Ines Halvorsen", "minister", [first.pk, second.pk],
    )  # fmt: skip
    assert list(Suggestion.objects.pending()) == [one]


def test_the_next_in_the_text_is_joined_whatever_was_made_first(article, editor):
    proposed(article, "in spring.")
    proposed(article, "We go,")
    assert join_with_next(proposed(article, "We stay."), by=editor).proposal["words"] == "We stay. … in spring."


@pytest.mark.parametrize("confirmed_first", [True, False])
def test_a_proposal_joined_with_a_quote_is_part_of_it(article, editor, confirmed_first):
    words = ["We go,", "We stay."] if confirmed_first else ["We stay.", "We go,"]
    quote, suggestion = QuoteFactory(article=article, spans=[span(words[0])]), proposed(article, words[1])
    one = join_with_next(quote if confirmed_first else suggestion, by=editor)
    assert (one, one.words) == (quote, "We go, … We stay.")
    suggestion.refresh_from_db()
    assert (suggestion.answer, suggestion.quote) == (Answer.CORRECTED, quote)


def test_two_quotes_of_two_people_are_not_joined(article, editor):
    for name, words in (("Ada", "We go,"), ("Ines", "We stay.")):
        QuoteFactory(article=article, spans=[span(words)], speaker=PersonFactory(name=name))
    with pytest.raises(ReviewError, match="Ada said the one, Ines the other"):
        join_with_next(Quote.objects.order_by("position")[0], by=editor)


def test_the_last_quote_has_none_to_be_joined_with(article, editor):
    proposed(article, "We go,")
    with pytest.raises(ReviewError, match="No quote follows"):
        join_with_next(proposed(article, "We stay."), by=editor)


def test_what_was_answered_is_not_split(article, editor):
    suggestion = decline_suggestion(proposed(article, "We stay."), by=editor)
    with pytest.raises(ReviewError, match="answered already"):
        split_suggestion(suggestion, at=BODY.index("stay"), by=editor)


def test_a_contributor_splits_nothing(article, contributor):
    with pytest.raises(PermissionDenied):
        split_suggestion(proposed(article, "We stay."), at=BODY.index("stay"), by=contributor)
