"""What is kept of pages: as long as nothing is published and no longer, here and with others."""

import tracemalloc
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.urls import reverse

from archive.editing.publication import withdraw_article
from archive.models import Article, Edition, Version
from archive.site.kept_pages import KeptPage, KeptPages, kept_pages
from archive.site.version import Shown, release
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _keep(monkeypatch):
    monkeypatch.setattr("archive.site.kept_pages.kept_pages.room", 1_000_000)
    kept_pages.pages.clear()
    kept_pages.version = (datetime.fromtimestamp(0, UTC), "")


def test_a_page_once_made_costs_one_query(article, reader, django_assert_num_queries):
    first = reader.get(article.get_absolute_url())
    with django_assert_num_queries(1):
        again = reader.get(article.get_absolute_url())
    assert (again.content, again.headers["ETag"]) == (first.content, first.headers["ETag"])
    assert again.headers["Cache-Control"] == "public, max-age=60, s-maxage=300, stale-while-revalidate=600"


def test_whoever_has_the_page_is_told_so_for_one_query(article, reader, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr("archive.site.kept_pages.kept_pages.room", 0)
    etag = reader.get(article.get_absolute_url()).headers["ETag"]
    with django_assert_num_queries(1):
        again = reader.get(article.get_absolute_url(), headers={"If-None-Match": f'"other", {etag}'})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)
    assert "s-maxage=300" in again.headers["Cache-Control"]


@pytest.mark.parametrize("has", ["If-None-Match", "If-Modified-Since"])
@pytest.mark.parametrize("room", [0, 1_000_000])
def test_whoever_has_the_page_is_told_so_by_either_mark_and_what_it_varies_by(has, room, article, reader, monkeypatch):
    monkeypatch.setattr("archive.site.kept_pages.kept_pages.room", room)
    Version.objects.update(moved_at=datetime.now(UTC) - timedelta(days=1))
    sent = reader.get(article.get_absolute_url())
    mark = sent.headers["ETag" if has == "If-None-Match" else "Last-Modified"]
    again = reader.get(article.get_absolute_url(), headers={has: mark})
    assert (sent.status_code, again.status_code, again.content) == (200, 304, b"")
    for name in ("Cache-Control", "ETag", "Last-Modified", "Vary"):
        assert again.headers[name] == sent.headers[name]


def test_whoever_has_an_older_page_gets_the_new_one(article, reader):
    etag = reader.get(article.get_absolute_url()).headers["ETag"]
    Article.objects.filter(pk=article.pk).update(headline="Corrected")
    again = reader.get(article.get_absolute_url(), headers={"If-None-Match": etag})
    assert (again.status_code, "Corrected" in again.text) == (200, True)


def test_the_mark_of_one_page_says_nothing_of_another(article, reader):
    etag = reader.get(reverse("articles")).headers["ETag"]
    assert reader.get(article.get_absolute_url(), headers={"If-None-Match": etag}).status_code == 200
    assert reader.get("/articles/2017/nothing/", headers={"If-None-Match": etag}).status_code == 404


def test_a_withdrawn_article_is_gone_from_every_page_at_once(article, reader):
    pages = ["/", "/articles/", "/topics/venus/", "/people/mira-sandoval/", article.get_absolute_url()]
    assert all(article.headline in reader.get(page).text for page in pages)
    withdraw_article(article, by=UserFactory(is_superuser=True), reason="Another's words")
    assert [reader.get(page).status_code for page in pages] == [200, 200, 200, 404, 410]
    assert [article.headline in reader.get(page).text for page in pages[:3]] == [False] * 3


def test_another_address_of_the_site_makes_pages_stale(article, reader, settings):
    etag = reader.get(article.get_absolute_url()).headers["ETag"]
    settings.SITE_URL = "https://archive.example"
    again = reader.get(article.get_absolute_url(), headers={"If-None-Match": etag})
    assert (again.status_code, "https://archive.example" in again.text) == (200, True)


def test_other_libraries_make_another_release(settings, tmp_path):
    settings.BASE_DIR, settings.DEBUG = tmp_path, True
    (tmp_path / "requirements.txt").write_text("jinja2==3.1.5")
    before = release()
    (tmp_path / "requirements.txt").write_text("jinja2==3.1.6")
    assert release() != before


def test_an_embargo_that_passes_makes_kept_pages_stale(publish, reader):
    until = datetime.now(UTC) + timedelta(hours=1)
    article = publish(1, embargo_until=until)
    before = reader.get("/articles/")
    with connection.cursor() as cursor:  # as if an hour had passed, with nothing written that moves the version
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE archive_article SET embargo_until = now() WHERE id = %s", [article.pk])
        cursor.execute("SET session_replication_role = origin")
    after = reader.get("/articles/", headers={"If-None-Match": before.headers["ETag"]})
    assert (article.headline in before.text, after.status_code, article.headline in after.text) == (False, 200, True)


def test_the_name_of_the_archive_changes_everywhere_at_once(article, reader):
    reader.get("/articles/")
    Edition.objects.create(pk=1, title="The other archive")
    assert "The other archive" in reader.get("/articles/").text


def test_a_page_says_when_the_archive_changed_but_not_within_that_second(article, reader):
    assert "Last-Modified" not in reader.get("/articles/").headers
    moved = datetime(2026, 2, 3, 4, 5, 6, 700_000, tzinfo=UTC)
    Version.objects.update(moved_at=moved)
    assert reader.get("/articles/").headers["Last-Modified"] == "Tue, 03 Feb 2026 04:05:06 GMT"


def test_what_a_query_string_asks_for_is_not_kept(article, reader):
    reader.get("/articles/?year=2017")
    assert not kept_pages.pages


def test_what_is_not_there_is_not_kept(article, reader):
    reader.get("/articles/2017/nothing/")
    assert not kept_pages.pages


def test_a_reader_who_takes_gzip_and_one_who_does_not_get_their_own(publish, reader):
    article = publish(
        1, body="“Venus is next,” she said. “If they choose to,” she added, “they will find us willing.” " * 20
    )
    packed = reader.get(article.get_absolute_url(), headers={"Accept-Encoding": "gzip"})
    plain = reader.get(article.get_absolute_url())
    assert (packed.headers.get("Content-Encoding"), plain.headers.get("Content-Encoding")) == ("gzip", None)
    again = reader.get(article.get_absolute_url(), headers={"Accept-Encoding": "gzip"})
    assert again.content == packed.content


def shown(number: int) -> Shown:
    return Shown(number, datetime(2026, 1, 1, 0, 0, number, tzinfo=UTC), "2026-01-01", Edition())


def test_a_page_made_of_an_older_version_is_not_kept_under_a_newer_one():
    pages = KeptPages(room=1000)
    page, newer = KeptPage(200, {}, b"old"), KeptPage(200, {}, b"new")
    pages.keep(shown(2), "/", newer)
    pages.keep(shown(1), "/", page)  # begun before the version moved, ended after
    assert (pages.get(shown(2), "/"), pages.get(shown(1), "/")) == (newer, None)


def test_no_more_is_kept_than_there_is_room_for_the_longest_unread_given_up_first():
    page = KeptPage(200, {}, b"x" * 1000)
    pages = KeptPages(room=3 * page.weight("a"))
    for name in "abc":
        pages.keep(shown(1), name, page)
    pages.get(shown(1), "a")
    pages.keep(shown(1), "d", page)
    pages.keep(shown(1), "e", KeptPage(200, {}, b"x" * pages.room))
    assert (list(pages.pages), pages.filled) == (["c", "a", "d"], pages.room)


def test_whatever_a_reader_says_to_take_is_kept_as_packed_or_not(article, reader):
    for number in range(20):
        for taken in (f"gzip, x{number}", f"x{number}"):
            reader.get(article.get_absolute_url(), headers={"Accept-Encoding": taken})
    assert list(kept_pages.pages) == [f"{article.get_absolute_url()} gzip", f"{article.get_absolute_url()} "]


def test_thousands_of_small_pages_take_no_more_memory_than_there_is_room():
    pages = KeptPages(room=500_000)
    tracemalloc.start()
    try:
        for number in range(4000):
            headers = {f"Header-{each}": f"{number} {each}" * 5 for each in range(5)}
            pages.keep(shown(1), f"/{number}/" + "ä" * (number % 300), KeptPage(200, headers, b"x%d" % number))
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (len(pages.pages) > 100, pages.filled <= pages.room, taken <= pages.room) == (True, True, True)


def test_what_stands_at_a_very_long_address_is_not_kept():
    pages = KeptPages(room=100_000)
    pages.keep(shown(1), "/" * 501, KeptPage(200, {}, b"x"))
    assert (list(pages.pages), pages.filled) == ([], 0)
