"""Views of a list, kept by a colleague under a name."""

import pytest

from archive.models import SavedView
from tests.admin.conftest import admin_url, told
from tests.browser import NARROW, overflows
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db
DRAFTS = "status__exact=draft"


def keep(client, **data):
    return client.post(admin_url("article_views"), {"name": "Drafts", "query": DRAFTS} | data, follow=True)


def test_a_view_is_kept_without_its_page_and_offered_above_the_list(editor, sign_in):
    client = sign_in(editor)
    page = keep(client, query=f"{DRAFTS}&p=3&q=venus")
    assert told(page) == ["Kept as “Drafts”."]
    view = SavedView.objects.get()
    assert (view.user, view.list, view.query, view.is_default) == (editor, "article", f"{DRAFTS}&q=venus", False)
    assert (page.context["here_is"], page.context["saved_views"]) == (view, [view])


def test_the_same_name_keeps_the_later_view(editor, sign_in):
    client = sign_in(editor)
    keep(client)
    keep(client, query="status__exact=published")
    assert SavedView.objects.get().query == "status__exact=published"


def test_a_list_opens_with_its_default_view_and_everything_is_one_link_away(editor, sign_in):
    client = sign_in(editor)
    keep(client, is_default="on")
    keep(client, name="Published", query="status__exact=published", is_default="on")
    assert client.get(admin_url("article_changelist"))["Location"] == (
        f"{admin_url('article_changelist')}?status__exact=published"
    )
    assert client.get(admin_url("article_changelist"), {"all": ""}).status_code == 200
    assert client.get(admin_url("quote_changelist")).status_code == 200


def test_a_view_is_forgotten_by_whose_it_is_and_seen_by_nobody_else(editor, archivist, sign_in):
    keep(sign_in(editor))
    view = SavedView.objects.get()
    other = sign_in(archivist)
    assert other.get(admin_url("article_changelist")).context["saved_views"] == []
    assert other.post(admin_url("article_views"), {"forget": view.pk}).status_code == 404
    assert told(sign_in(editor).post(admin_url("article_views"), {"forget": view.pk}, follow=True)) == [
        "The view “Drafts” is forgotten."
    ]
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("data", [{"name": ""}, {"name": "x" * 61}, {"query": ""}, {"query": "p=2"}])
def test_what_is_no_view_is_refused_in_words(data, editor, sign_in):
    assert told(keep(sign_in(editor), **data)) == [
        "A view needs a name of no more than 60 letters, and a filter, search or order."
    ]
    assert not SavedView.objects.exists()


@pytest.mark.browser
@pytest.mark.parametrize("page", [NARROW], ids=str, indirect=True)
def test_a_view_is_kept_by_the_keyboard(page, editor, let_in):
    ArticleFactory()
    let_in(page, editor).goto(f"{admin_url('article_changelist')}?{DRAFTS}")
    page.get_by_text("Keep this view").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Name").focus()
    page.keyboard.type("My drafts")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="My drafts").wait_for()
    assert not overflows(page)
