"""What was proposed and what an editor made of it, side by side in an article's history."""

import pytest

from archive.admin.article_history import article_history
from archive.editing.parting import split_suggestion
from archive.editing.quoting import correct_quote
from archive.editing.review import accept_suggestion
from archive.models import Quote, Suggestion, SuggestionKind
from tests.admin.conftest import admin_url
from tests.factories import ArticleFactory, SuggestionFactory

pytestmark = pytest.mark.django_db

WORDS = "We will go when we are ready,"


@pytest.fixture
def suggestion(db):
    article = ArticleFactory()
    proposal = {"spans": [[1, 1 + len(WORDS)]], "words": WORDS, "name": "Ines Halvorsen", "role": "minister"}
    return SuggestionFactory(
        article=article,
        kind=SuggestionKind.QUOTE,
        topic=None,
        key="quote",
        proposal=proposal,
        made_by="archive.extraction",
    )


def told(article):
    return [(field.name, field.before, field.after) for change in article_history(article) for field in change.fields]


def test_a_correction_shows_what_was_proposed_and_what_was_made_of_it(suggestion, editor):
    quote = accept_suggestion(suggestion, by=editor, name="Ada Brandvold", spans=[[1, 11]]).quote
    correct_quote(quote, role="envoy", by=editor)
    assert told(suggestion.article) == [
        ("proposed quote", f"“{WORDS}”", "Accepted with a correction"),
        ("words", WORDS, "We will go"),
        ("speaker", "Ines Halvorsen", "Ada Brandvold"),
        ("role", "minister", "envoy"),
    ]


def test_what_was_accepted_as_it_was_shows_no_correction(suggestion, editor):
    accept_suggestion(suggestion, by=editor)
    assert told(suggestion.article) == [("proposed quote", f"“{WORDS}”", "Accepted")]


def test_a_proposal_that_was_split_says_so(suggestion, editor):
    split_suggestion(suggestion, at=12, by=editor)
    assert told(suggestion.article) == [
        ("proposed quote", f"“{WORDS}”", "Accepted with a correction"),
        ("words", f"“{WORDS}”", "split, or joined with others"),
    ]


def test_a_quote_deleted_on_its_form_counts_as_declined(suggestion, editor, sign_in):
    quote = accept_suggestion(suggestion, by=editor).quote
    SuggestionFactory(article=suggestion.article, quote=quote)
    sign_in(editor).post(admin_url("quote_delete", quote.pk), {"post": "yes"})
    assert (Quote.objects.count(), [one.answer for one in Suggestion.objects.all()]) == (0, ["declined"])
