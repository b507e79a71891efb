"""The site behind a real Varnish, with the configuration that operators are given."""

import subprocess
import sys
import time
from base64 import b64decode
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.core.signals import request_started
from django.test import Client
from django.urls import reverse

from archive.editing.publication import withdraw_article
from archive.models import Article
from archive.purging import AGAIN, Purger
from archive.search.patience import TookTooLong
from tests.background import ROOT
from tests.factories import ArticleFactory, UserFactory
from tests.servers import free_port, varnish_before, wait_until
from tests.site.conftest import addresses

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def running(live_server):
    with varnish_before(live_server.url) as before:
        yield before


@pytest.fixture
def varnish(running, transactional_db):
    """Varnish before the site of the test, with nothing in it."""
    assert running.ask("/", "PURGE").status == 200
    return running


@pytest.fixture
def asked():
    """What reached the site itself."""
    paths = []

    def note(sender, environ, **_given):
        paths.append(environ["PATH_INFO"])

    request_started.connect(note)
    yield paths
    request_started.disconnect(note)


def test_every_readers_page_is_kept_whoever_asks_and_with_whatever_cookie(varnish, article):
    chief = Client()
    chief.force_login(UserFactory(is_staff=True, is_superuser=True))
    cookie = f"archive_session={chief.cookies['archive_session'].value}; _ga=GA1.2.3"
    for name, address in addresses(article).items():
        first = varnish.ask(address)
        again = varnish.ask(address, Cookie=cookie)
        other = varnish.ask(address, **{"Accept-Encoding": "gzip", "Accept-Language": "de", "User-Agent": "another"})
        assert [(name, one.status, one.hit) for one in (first, again, other)] == [
            (name, 200, False), (name, 200, True), (name, 200, True)
        ]  # fmt: skip
        assert first.text == again.text == other.text
        assert "set-cookie" not in first.headers
        assert first.headers.get("vary", "Accept-Encoding") == "Accept-Encoding"


def test_what_letters_add_to_an_address_makes_no_other_page(varnish, article, asked):
    pages = ["/articles/", "/articles/?utm_source=letter", "/articles/?utm_source=letter&utm_medium=x&fbclid=1"]
    assert [varnish.ask(page).hit for page in pages] == [False, True, True]
    assert varnish.ask("/articles/?utm_source=letter&year=2017").text != varnish.ask("/articles/").text
    assert varnish.ask("/articles/?year=2017&utm_source=letter").hit


def test_whoever_has_a_page_is_told_so_by_varnish_alone(varnish, article, asked):
    first = varnish.ask("/articles/")
    asked.clear()
    again = varnish.ask("/articles/", **{"If-None-Match": first.headers["etag"]})
    assert (again.status, again.content, "/articles/" in asked) == (304, b"", False)
    assert again.headers["etag"] == first.headers["etag"]


def test_a_page_past_its_time_is_sent_at_once_and_asked_for_meanwhile(varnish, publish, asked, monkeypatch):
    monkeypatch.setattr("archive.site.caching._FOR_A_WHILE", "public, s-maxage=1, stale-while-revalidate=600")
    publish(1)
    varnish.ask("/articles/")
    publish(2)
    time.sleep(1.1)
    stale = varnish.ask("/articles/")
    assert (stale.hit, "day 2" in stale.text) == (True, False)
    wait_until(lambda: "day 2" in varnish.ask("/articles/").text)


def test_the_admin_and_previews_are_nobodys_to_keep(varnish, live_server):
    draft = ArticleFactory()
    chief = Client()
    chief.force_login(UserFactory(is_staff=True, is_superuser=True))
    cookie = f"archive_session={chief.cookies['archive_session'].value}"
    for address in (reverse("admin:index"), reverse("article-preview", args=[draft.pk])):
        mine = [varnish.ask(address, Cookie=cookie) for _ in range(2)]
        theirs = varnish.ask(address)
        assert [(one.status, one.hit) for one in (*mine, theirs)] == [(200, False), (200, False), (302, False)]


def test_what_is_published_is_seen_and_what_is_withdrawn_is_gone_after_the_purge(varnish, publish):
    purger = Purger([varnish.address])
    purger.look()  # as it begins
    first, second = publish(1), None
    missing = varnish.ask("/articles/2017/agency-votes-for-venus-day-2/")
    pages = ["/", "/articles/", "/topics/venus/", "/people/mira-sandoval/", "/feed/", first.get_absolute_url()]
    purger.look()
    for page in pages:
        varnish.ask(page)
    second = publish(2)
    assert [second.headline in varnish.ask(page).text for page in pages] == [False] * 6
    purger.look()
    assert [second.headline in varnish.ask(page).text for page in pages[:-1]] == [True] * 5
    assert (missing.status, varnish.ask(second.get_absolute_url()).status) == (404, 200)

    for page in pages:
        varnish.ask(page)
    withdraw_article(first, by=UserFactory(is_superuser=True), reason="Another's words")
    assert varnish.ask(first.get_absolute_url()).hit
    purger.look()
    assert varnish.ask(first.get_absolute_url()).status == 410
    assert [first.headline in varnish.ask(page).text for page in pages[:-1]] == [False] * 5


def test_pages_that_were_being_made_are_purged_a_little_later(varnish, publish, monkeypatch):
    now = time.monotonic()
    monkeypatch.setattr("archive.purging.time.monotonic", lambda: now)
    purger = Purger([varnish.address])
    purger.look()
    varnish.ask("/articles/")
    purger.look()
    assert varnish.ask("/articles/").hit
    now += AGAIN
    purger.look()
    assert not varnish.ask("/articles/").hit
    now += AGAIN
    purger.look()
    assert varnish.ask("/articles/").hit


def test_static_files_outlive_a_purge(varnish):
    address = "/static/site/card.png"
    varnish.ask(address)
    varnish.ask("/", "PURGE")
    assert varnish.ask(address).hit


def test_who_comes_through_a_proxy_may_not_purge(varnish, article):
    varnish.ask("/articles/")
    assert varnish.ask("/", "PURGE", **{"X-Forwarded-For": "203.0.113.9"}).status == 405
    assert varnish.ask("/articles/").hit


def test_a_cache_that_is_away_is_told_when_it_is_back_and_others_do_not_wait(varnish, article, monkeypatch, caplog):
    now = time.monotonic()
    monkeypatch.setattr("archive.purging.time.monotonic", lambda: now)
    purger = Purger([f"http://archive:secret@127.0.0.1:{free_port()}/", varnish.address])
    varnish.ask("/articles/")
    purger.look()
    away, here = purger.owed.values()
    assert (len(away), len(here), varnish.ask("/articles/").hit) == (2, 1, False)
    assert "was not purged, and is told again" in caplog.text
    assert "secret" not in caplog.text


def test_a_cache_is_told_the_account_and_password_that_its_address_escapes(article):
    told = []

    class Cache(BaseHTTPRequestHandler):
        def do_PURGE(self) -> None:
            told.append((self.path, b64decode(self.headers["Authorization"].removeprefix("Basic ")).decode()))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_given: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Cache) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        Purger([f"http://d%C3%A9sk%40archive:p%3Ass%2Fword@127.0.0.1:{server.server_port}/all"]).look()
        server.shutdown()
    assert told == [("/all", "désk@archive:p:ss/word")]


def test_caches_are_told_once_no_replica_shows_what_was_before(varnish, article, monkeypatch):
    now = time.monotonic()
    monkeypatch.setattr("archive.purging.time.monotonic", lambda: now)
    behind = [True]
    monkeypatch.setattr("archive.purging.reached", lambda replica, number: not behind[0])
    purger = Purger([varnish.address], replicas=["behind"])
    varnish.ask("/articles/")
    purger.look()
    assert varnish.ask("/articles/").hit
    behind[0] = False
    purger.look()
    assert not varnish.ask("/articles/").hit
    behind[0] = True
    Article.objects.update(headline="Corrected")
    purger.look()
    assert varnish.ask("/articles/").hit
    now += 4.1  # twice REPLICA_MAX_LAG: by then, nobody reads from one that is behind
    purger.look()
    assert "Corrected" in varnish.ask("/articles/").text


def test_the_worker_purges_beside_its_jobs(varnish, publish, environment_of_worker):
    publish(1)
    varnish.ask("/articles/")
    environment = {**environment_of_worker, "PURGE_URLS": varnish.address}
    worker = subprocess.Popen([sys.executable, "manage.py", "work"], cwd=ROOT, env=environment)
    try:
        wait_until(lambda: not varnish.ask("/articles/").hit, seconds=40)  # as it begins
        publish(2)
        wait_until(lambda: "day 2" in varnish.ask("/articles/").text)
    finally:
        worker.terminate()
        assert worker.wait(10) == 0


def test_where_the_site_fails_what_was_kept_is_sent_and_the_failure_is_not_kept(live_server, publish, monkeypatch):
    publish(1)
    with varnish_before(live_server.url, aging=True) as varnish:
        before = varnish.ask("/articles/")
        time.sleep(0.2)
        with monkeypatch.context() as failing:
            failing.setattr("archive.site.caching.shown_by", None)
            assert [varnish.ask(page).status for page in ("/articles/", "/people/")] == [200, 500]
            assert varnish.ask("/articles/").text == before.text
        assert [varnish.ask(page).status for page in ("/articles/", "/people/")] == [200, 200]


def test_a_search_that_takes_too_long_is_asked_for_once_and_its_answer_not_kept(varnish, article, asked, monkeypatch):
    def break_off(*_given):
        raise TookTooLong

    pages = ["/search/?q=venus", reverse("search-feed") + "?q=venus"]
    with monkeypatch.context() as slow:
        slow.setattr("archive.site.searching.candidates", break_off)
        assert [varnish.ask(page).status for page in pages] == [503, 503]
    assert [asked.count(page.partition("?")[0]) for page in pages] == [1, 1]
    assert [varnish.ask(page).status for page in pages] == [200, 200]


def test_what_a_reader_says_of_earlier_attempts_keeps_no_other_machine_from_being_asked(live_server):
    with varnish_before(f"http://127.0.0.1:{free_port()}", live_server.url) as varnish:
        answers = [varnish.ask("/admin/login/", **{"X-Failed": "yes", "X-Again": "yes"}) for _ in range(2)]
        assert [answer.status for answer in answers] == [200, 200]
