"""Preview and private links on the article's form."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from archive.models import PreviewLink, Status
from tests.admin.conftest import admin_url, told, undone
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db

ROLES = ["reader", "nobody", "contributor", "editor", "archivist"]


@pytest.mark.parametrize(
    ("state", "roles"),
    [
        ({}, ["contributor", "editor", "archivist"]),
        ({"status": Status.IN_REVIEW}, ["contributor", "editor", "archivist"]),
        ({"published": True}, []),
        ({"withdrawn": True}, []),
    ],
)
def test_who_may_share_an_article_in_private(at, state, roles):
    article = ArticleFactory(**state)
    shared = []
    for role in ROLES:
        client = at(role)
        with undone():
            client.post(admin_url("article_share", article.pk))
            if PreviewLink.objects.exists():
                shared.append(role)
    assert shared == roles


@pytest.mark.parametrize(
    ("state", "offered"),
    [
        ({}, (True, True)),
        ({"published": True}, (False, False)),
        ({"withdrawn": True}, (True, False)),
    ],
)
def test_the_form_offers_preview_and_link_where_there_is_something_to_see(at, state, offered):
    article = ArticleFactory(**state)
    page = at("archivist").get(admin_url("article_change", article.pk)).content.decode()
    addresses = (reverse("article-preview", args=[article.pk]), admin_url("article_share", article.pk))
    assert tuple(f'href="{address}"' in page for address in addresses) == offered


def test_a_link_is_made_listed_copied_and_revoked(at):
    article = ArticleFactory()
    url = admin_url("article_share", article.pk)
    made = at("editor").post(url, follow=True)
    link = PreviewLink.objects.get()
    assert told(made) == [f"Whoever has the new link can read the story until {link.expires_at:%-d %B %Y}."]
    assert f'value="http://localhost:8000/preview/{link.token}/"' in made.content.decode()
    revoked = at("editor").post(url, {"revoke": link.pk}, follow=True)
    link.refresh_from_db()
    assert link.holds is False
    assert link.token not in revoked.content.decode()
    assert list(LogEntry.objects.order_by("id").values_list("change_message", flat=True)) == [
        "Private link made",
        "Private link revoked",
    ]


@pytest.mark.parametrize("named", ["0", "x", "²"])
def test_a_link_that_is_not_there_is_not_found(at, named):
    assert at("editor").post(admin_url("article_share", ArticleFactory().pk), {"revoke": named}).status_code == 404


def test_a_link_of_another_article_is_not_revoked(at):
    link = PreviewLink.objects.create(article=ArticleFactory())
    response = at("editor").post(admin_url("article_share", ArticleFactory().pk), {"revoke": link.pk})
    link.refresh_from_db()
    assert (response.status_code, link.holds) == (404, True)


@pytest.mark.parametrize("links", [1, 3])
def test_the_list_costs_the_same_queries_however_many_links(at, links, editor, django_assert_num_queries):
    article = ArticleFactory()
    for _ in range(links):
        PreviewLink.objects.create(article=article, made_by=editor)
    client = at("editor")
    with django_assert_num_queries(6):
        client.get(admin_url("article_share", article.pk))
