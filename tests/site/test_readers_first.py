"""Readers' pages are answered before sessions and accounts are thought of, and as well protected as all others."""

import pytest
from django.test import Client

PROTECTION = ("Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy")


def test_a_page_knows_neither_session_nor_user(article, editor, reader):
    reader.force_login(editor)
    for address in ("/", "/topics/", article.get_absolute_url()):
        request = reader.get(address).wsgi_request
        assert not hasattr(request, "session")
        assert not hasattr(request, "user")


def test_what_is_only_for_colleagues_still_knows_them(article, editor, reader):
    reader.force_login(editor)
    assert reader.get(f"/preview/article/{article.pk}/").wsgi_request.user == editor
    assert reader.get("/admin/").wsgi_request.user == editor


def test_pages_and_refusals_are_protected_alike(article, reader):
    for address, status in ((article.get_absolute_url(), 200), ("/articles/2017/no-such/", 404), ("/articles", 301)):
        response = reader.get(address)
        assert response.status_code == status
        assert not [name for name in PROTECTION if name not in response.headers]


def test_a_page_says_how_long_it_is(article, reader):
    response = reader.get(article.get_absolute_url())
    assert int(response.headers["Content-Length"]) == len(response.content)


@pytest.mark.parametrize("address", ["/", "/topics/", "/healthz"])
def test_a_host_of_another_name_is_refused(address, db):
    assert Client(SERVER_NAME="elsewhere.example").get(address).status_code == 400
