"""An article shown before its publication, on the very page that readers will see."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from archive.editing.previewing import revoke_preview, share_preview
from archive.editing.publication import publish_article, withdraw_article
from archive.models import PreviewLink, Status, Visibility
from archive.site.kept_pages import kept_pages
from tests.factories import ArticleFactory, SourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(publish):
    return publish(1, published=False, headline="A second moon")


@pytest.fixture
def link(draft):
    return share_preview(draft, by=None)


def main_of(response):
    page = response.content.decode()
    return page[page.index("<main") : page.index("</main>")]


def test_the_link_shows_the_page_that_readers_will_see(draft, link, reader):
    before = reader.get(link.get_absolute_url())
    assert before.status_code == 200
    publish_article(draft, by=None)
    after = main_of(reader.get(draft.get_absolute_url()))
    start = after.index('<span class="Z3988"')
    since = after.rindex("<div>", 0, after.index("In the archive since"))
    without = (
        after[:start] + after[after.index("</span>", start) + len("</span>") : since] + after[after.index("</dl>") :]
    )
    # A quote has no page of its own yet.
    as_before = re.sub(r'href="/quotes/(\d+)/"', r'href="#quote-\1"', without)
    assert main_of(before).split() == as_before.split()


def test_the_page_says_that_it_is_not_published(link, reader):
    page = reader.get(link.get_absolute_url()).content.decode()
    assert "<strong>Not published.</strong>" in page
    assert f'holds until <time datetime="{link.expires_at:%Y-%m-%dT%H:%M}' in page


def test_nobody_keeps_the_page_and_no_engine_lists_it(link, reader, monkeypatch):
    monkeypatch.setattr(kept_pages, "room", 1_000_000)
    response = reader.get(link.get_absolute_url())
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response.has_header("ETag") is False
    page = response.content.decode()
    assert '<meta name="robots" content="noindex, nofollow">' in page
    assert ('rel="canonical"' in page, "og:url" in page, "ld+json" in page) == (False, False, False)
    assert [address for address in kept_pages.pages if link.token in address] == []
    for kept in (reverse("sitemap"), reverse("feed"), reverse("front")):
        assert link.token.encode() not in b"".join(reader.get(kept))


@pytest.mark.parametrize("address", ["/preview/no-such-link/", "/preview/%00/", "/preview/%FF%0A/", "/preview/é/"])
def test_an_unknown_link_is_not_found(address, link, reader):
    assert reader.get(address).status_code == 404


def test_a_link_that_ran_out_says_so(link, reader):
    PreviewLink.objects.update(expires_at=timezone.now() - timedelta(days=1))
    response = reader.get(link.get_absolute_url())
    assert (response.status_code, response["Cache-Control"]) == (410, "private, no-store")
    page = response.content.decode()
    assert "and ran out on" in page
    assert "A second moon" not in page


def test_a_revoked_link_says_so(link, reader):
    revoke_preview(link, by=None)
    response = reader.get(link.get_absolute_url())
    assert response.status_code == 410
    assert "and was taken back on" in response.content.decode()


def test_a_link_leads_to_the_public_page_once_there_is_one(draft, link, reader):
    publish_article(draft, by=None)
    revoke_preview(link, by=None)
    response = reader.get(link.get_absolute_url())
    assert (response.status_code, response.url) == (302, draft.get_absolute_url())
    assert response["Cache-Control"] == "private, no-store"


def test_a_link_to_what_is_held_back_shows_it_until_then(draft, reader):
    draft.embargo_until = timezone.now() + timedelta(days=2)
    draft.save()
    publish_article(draft, by=None)
    page = reader.get(share_preview(draft, by=None).get_absolute_url()).content.decode()
    assert f'Readers see this story from <time datetime="{draft.embargo_until:%Y-%m-%dT%H:%M}' in page


def test_a_link_to_what_was_withdrawn_after_publication_leads_to_the_reason(draft, link, reader):
    publish_article(draft, by=None)
    withdraw_article(draft, by=None, reason="The figures were wrong.")
    response = reader.get(link.get_absolute_url(), follow=True)
    assert response.redirect_chain == [(draft.get_absolute_url(), 302)]
    assert (response.status_code, "The figures were wrong." in response.content.decode()) == (410, True)


def test_a_link_to_what_was_withdrawn_before_anybody_saw_it_shows_nothing(draft, link, reader):
    draft.embargo_until = timezone.now() + timedelta(days=2)
    draft.save()
    publish_article(draft, by=None)
    withdraw_article(draft, by=None, reason="The figures were wrong.")
    response = reader.get(link.get_absolute_url())
    page = response.content.decode()
    assert (response.status_code, "was withdrawn before anybody could read it" in page) == (410, True)
    assert ("A second moon" in page, "The figures were wrong." in page) == (False, False)


def test_a_preview_shows_no_more_than_the_source_allows(publish, reader):
    closed = publish(2, published=False, source=SourceFactory(visibility=Visibility.REFERENCE))
    page = reader.get(share_preview(closed, by=None).get_absolute_url()).content.decode()
    assert ("Venus is next" in page, "allows a reference to this article, not its text" in page) == (False, True)


def test_what_has_neither_source_nor_date_is_shown_as_far_as_it_goes(reader):
    text = {"standfirst": "A vote at last.", "author_note": "The author lives in Lisbon."}
    bare = ArticleFactory(source=None, published_at=None, headline="Only begun", body="It begins.", **text)
    response = reader.get(share_preview(bare, by=None).get_absolute_url())
    page = response.content.decode()
    assert (response.status_code, "Nothing of its text is shown before it has a source." in page) == (200, True)
    assert [words for words in ("It begins.", *text.values()) if words in page] == []
    assert ("/admin/" in page, ">None<" in page) == (False, False)


@pytest.mark.parametrize("others", [2, 4])
def test_a_preview_costs_the_same_queries_however_much_is_there(others, publish, reader, django_assert_num_queries):
    for day in range(2, 2 + others):
        publish(day)
    link = share_preview(publish(1, published=False), by=None)
    reader.get(link.get_absolute_url())
    with django_assert_num_queries(5):
        reader.get(link.get_absolute_url())


@pytest.mark.parametrize("role", ["contributor", "editor", "archivist"])
def test_colleagues_preview_without_a_link(role, draft, request):
    client = Client()
    client.force_login(request.getfixturevalue(role))
    response = client.get(reverse("article-preview", args=[draft.pk]))
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
    assert "So readers would see this story as it stands now." in response.content.decode()
    assert client.get(reverse("article-preview", args=[draft.pk + 1])).status_code == 404


def test_others_are_asked_to_sign_in(draft, reader):
    address = reverse("article-preview", args=[draft.pk])
    assert reader.get(address).url == f"{reverse('admin:login')}?next={address}"


def test_an_account_without_a_role_previews_nothing(draft, django_user_model):
    client = Client()
    client.force_login(django_user_model.objects.create_user("visitor"))
    assert client.get(reverse("article-preview", args=[draft.pk])).status_code == 403


def test_colleagues_are_led_to_the_page_of_what_is_published(publish, editor):
    client = Client()
    client.force_login(editor)
    article = publish(1)
    assert article.status == Status.PUBLISHED
    assert client.get(reverse("article-preview", args=[article.pk])).url == article.get_absolute_url()
