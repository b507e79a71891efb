"""Who may be at the review desk, and by which requests something is done there."""

import pytest
from django.db.models.functions import Now
from django.urls import reverse

from archive.models import Article, Deed, Status
from tests.admin.review.conftest import proposed_quote
from tests.factories import QuoteFactory

pytestmark = pytest.mark.django_db


NAMES = ["answer", "quote", "mark", "file", "rest", "undo", "publish"]


def url_of(name, article, editor):
    """An address of the desk, with what it takes."""
    objects = {
        "answer": lambda: [proposed_quote(article).pk],
        "quote": lambda: [QuoteFactory(article=article).pk],
        "undo": lambda: [Deed.objects.create(article=article, done_by=editor).pk],
    }
    return reverse(f"admin:review-{name}", args=[article.pk, *objects.get(name, list)()])


@pytest.mark.parametrize("name", ["story", *NAMES])
@pytest.mark.parametrize("role", ["reader", "nobody", "contributor", "editor"])
def test_the_desk_is_for_those_who_answer_proposals(at, article, editor, name, role):
    url = url_of(name, article, editor)
    client = at(role)
    response = client.get(url) if name == "story" else client.post(url, {"verb": "x"}, follow=role == "editor")
    assert response.status_code == {"reader": 302, "editor": 200}.get(role, 403)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_done_by_looking(editor, sign_in, article, name):
    assert sign_in(editor).get(url_of(name, article, editor)).status_code == 405


def test_a_withdrawn_story_is_closed_to_editors(desk, article):
    Article.objects.update(status=Status.WITHDRAWN, released_at=Now(), withdrawn_at=Now(), withdrawal_reason="x")
    assert desk().status_code == 403
