"""A story at the review desk, and the editor's requests there."""

import pytest
from django.urls import reverse

from archive.models import Status, SuggestionKind
from tests.factories import ArticleFactory, SuggestionFactory

BODY = "“We will go when we are ready,” she said.\n\nThe talks on Venus go on in spring."


def proposed_quote(article, key="quote", **changes):
    proposal = {"spans": [[1, 30]], "words": BODY[1:30], "mention": "she", "name": "Ines Halvorsen", "role": "minister"}
    return SuggestionFactory(
        article=article, kind=SuggestionKind.QUOTE, topic=None, key=key, proposal=proposal | changes
    )


@pytest.fixture
def article():
    return ArticleFactory(headline="Talks pause", body=BODY, status=Status.IN_REVIEW)


@pytest.fixture
def desk(editor, sign_in, article):
    """The editor's requests at the story: `desk("answer", suggestion, verb="accept")`; without a name, the page."""
    client = sign_in(editor)

    def request(name="story", /, *args, fragment=False, **data):
        url = reverse(f"admin:review-{name}", args=[article.pk, *(arg.pk for arg in args)])
        headers = {"X-Story-Fragment": "1"} if fragment else {}
        if name == "story":
            return client.get(url, data, headers=headers)
        return client.post(url, data, headers=headers)

    return request
