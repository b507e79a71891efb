"""Proposals, and what becomes of them when the quote they are about goes."""

import pytest

from archive.models import Quote, Suggestion, SuggestionKind
from tests.factories import QuoteFactory, SuggestionFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "delete", [lambda quote: quote.delete(), lambda quote: Quote.objects.filter(pk=quote.pk).delete()]
)
def test_a_deleted_quote_takes_its_topics_along_and_leaves_the_proposal_it_came_of(delete):
    quote = QuoteFactory()
    came_of = SuggestionFactory(
        article=quote.article, quote=quote, kind=SuggestionKind.QUOTE, topic=None, key="quote 1"
    )
    SuggestionFactory(article=quote.article, quote=quote)
    of_the_story = SuggestionFactory(article=quote.article)
    delete(quote)
    assert list(Suggestion.objects.order_by("pk").values_list("pk", "quote")) == [
        (came_of.pk, None),
        (of_the_story.pk, None),
    ]
