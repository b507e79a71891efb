"""Assigning: who sees to an article, on its form, in the list and on the desk."""

import pytest
from django.contrib.auth.models import User

from archive.models import Status
from tests.admin.conftest import admin_url, typed
from tests.factories import ArticleFactory, UserFactory

pytestmark = pytest.mark.django_db


def found(response):
    return {article.headline for article in response.context["cl"].result_list}


def test_an_article_is_assigned_on_its_form_and_the_history_tells(at, editor, contributor):
    article = ArticleFactory()
    url = admin_url("article_change", article.pk)
    at("editor").post(url, typed(at("editor").get(url), assigned_to=contributor.pk))
    article.refresh_from_db()
    assert article.assigned_to == contributor
    at("editor").post(url, typed(at("editor").get(url), assigned_to=""))
    article.refresh_from_db()
    assert article.assigned_to is None
    changes = at("editor").get(admin_url("article_history", article.pk)).context["changes"]
    told = [(field.name, field.before, field.after) for change in changes for field in change.fields]
    assert told == [("assigned to", "contributor", ""), ("assigned to", "", "contributor")]


def test_only_colleagues_who_may_sign_in_are_offered_and_whoever_has_it(at, editor):
    gone = UserFactory(username="gone", is_active=False)
    UserFactory(username="long gone", is_active=False)
    UserFactory(username="visitor", is_staff=False)
    article = ArticleFactory(assigned_to=gone)
    url = admin_url("article_change", article.pk)
    response = at("editor").get(url)
    offered = response.context["adminform"].form.fields["assigned_to"].queryset
    assert set(offered.values_list("username", flat=True)) == {"editor", "gone"}
    at("editor").post(url, typed(response, headline="Changed"))
    article.refresh_from_db()
    assert (article.headline, article.assigned_to) == ("Changed", gone)


def test_an_account_that_is_deleted_leaves_its_articles_to_nobody(contributor):
    article = ArticleFactory(assigned_to=contributor)
    User.objects.get(pk=contributor.pk).delete()
    article.refresh_from_db()
    assert article.assigned_to is None


@pytest.fixture
def assigned(editor, contributor):
    ArticleFactory(headline="Mine", assigned_to=editor)
    ArticleFactory(headline="Mine, in review", assigned_to=editor, status=Status.IN_REVIEW)
    ArticleFactory(headline="Mine, and done", assigned_to=editor, published=True)
    ArticleFactory(headline="Theirs", assigned_to=contributor)
    ArticleFactory(headline="Nobody's")


@pytest.mark.parametrize(
    ("asked", "headlines"),
    [
        ("me", {"Mine", "Mine, in review"}),
        ("nobody", {"Nobody's"}),
        ("contributor", {"Theirs"}),
        ("9" * 30, {"Mine", "Mine, in review", "Mine, and done", "Theirs", "Nobody's"}),
    ],
)
def test_the_list_is_narrowed_by_whom_it_is_assigned_to(at, assigned, contributor, asked, headlines):
    value = contributor.pk if asked == "contributor" else asked
    assert found(at("editor").get(admin_url("article_changelist"), {"assigned": value})) == headlines


def test_the_desk_says_how_much_is_assigned_to_whoever_looks(at, assigned):
    first, *_ = at("editor").get("/admin/").context["waiting"]
    assert (first.label, first.count, first.query) == ("Assigned to you", "2", "assigned=me")
    first, *_ = at("archivist").get("/admin/").context["waiting"]
    assert first.count == "0"
