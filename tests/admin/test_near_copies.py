"""Near copies at the desk: found in the list, named on the article's pages, kept apart by an editor."""

import pytest

from archive.models import Resemblance
from tests.admin.conftest import admin_url
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def copies():
    first, copy, other = (ArticleFactory(headline=headline) for headline in ("The first", "The copy", "Another"))
    Resemblance.objects.create(article=copy, other=first, likeness=0.934)
    return first, copy, other


def test_the_list_narrows_to_near_copies_that_nobody_declined(editor, sign_in, copies):
    client = sign_in(editor)
    shown = client.get(admin_url("article_changelist"), {"near": "copies"}).context["cl"].result_list
    assert [article.headline for article in shown] == ["The copy"]
    Resemblance.objects.get().delete()
    assert not client.get(admin_url("article_changelist"), {"near": "copies"}).context["cl"].result_list


@pytest.mark.parametrize(("opened", "named"), [(0, "The copy"), (1, "The first")])
def test_either_article_names_the_other_with_how_alike_they_are(editor, sign_in, copies, opened, named):
    client = sign_in(editor)
    for page in (
        client.get(admin_url("article_change", copies[opened].pk)),
        client.get(f"/admin/review/{copies[opened].pk}/"),
    ):
        text = page.content.decode()
        assert f">{named}</a>" in text
        assert "93 % the same words" in text


def test_an_editor_keeps_two_stories_apart_and_is_not_asked_again(editor, sign_in, copies):
    first, copy, _ = copies
    client = sign_in(editor)
    url = admin_url("article_apart", first.pk, copy.pk)
    assert "The copy" in client.get(url).content.decode()
    assert client.post(url).url == admin_url("article_change", first.pk)
    resemblance = Resemblance.objects.get()
    assert (resemblance.declined_by, resemblance.declined_at is None) == (editor, False)
    client.get(admin_url("article_change", first.pk))  # which shows the message
    assert "The copy" not in client.get(admin_url("article_change", first.pk)).content.decode()
    assert not client.get(admin_url("article_changelist"), {"near": "copies"}).context["cl"].result_list
    assert client.get(url).status_code == 404


def test_a_link_of_two_others_is_not_found_at_a_third(editor, sign_in, copies):
    assert sign_in(editor).get(admin_url("article_apart", copies[2].pk, copies[1].pk)).status_code == 404
