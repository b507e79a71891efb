"""Two machines that serve one site: each with its own processes and files, one database, Varnish before both."""

import os
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from itertools import pairwise
from pathlib import Path
from threading import Event
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse

from archive.editing.publication import withdraw_article
from archive.models import Article, Job, Original
from archive.purging import Purger
from tests.background import ROOT
from tests.factories import ArticleFactory, SourceFactory, UserFactory
from tests.servers import Varnish, free_port, varnish_before, wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.embedded]
PASSWORD = "a long way to Venus"


class Machine:
    """A machine with one worker of the site; `var` is its own."""

    def __init__(self, var: Path, environment: dict[str, str]) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = {**environment, "VAR_DIR": str(var)}
        served = ["--interface", "wsgi", "--port", str(self.port), "--blocking-threads", "2", "--log-level", "critical"]
        self.process = self.run("-m", "granian", *served, "config.wsgi:application")

    def run(self, *command: str, **environment: str) -> "subprocess.Popen[bytes]":
        started = self.environment | environment
        return subprocess.Popen([sys.executable, *command], cwd=ROOT, env=started, start_new_session=True)

    def answers(self) -> bool:
        try:
            return self.read("/readyz") == "ready\n"
        except OSError:
            return False

    def read(self, path: str) -> str:
        door = HTTPConnection("127.0.0.1", self.port, timeout=20)
        door.request("GET", path, headers={"Host": "localhost"})
        text = door.getresponse().read().decode()
        door.close()
        return text

    def end(self) -> None:
        with suppress(ProcessLookupError):  # it has ended already
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Browser:
    """A colleague's, with its cookies, at the site as it is seen from without."""

    def __init__(self, site: str) -> None:
        self.site, self.opener = site, build_opener(HTTPCookieProcessor())

    def get(self, path: str) -> str:
        with self.opener.open(self.site + path) as answer:
            return answer.read().decode()

    def post(self, path: str, **given: object) -> str:
        [token] = set(re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(path)))
        data = encode_multipart(BOUNDARY, {"csrfmiddlewaretoken": token, **given})
        with self.opener.open(Request(self.site + path, data, {"Content-Type": MULTIPART_CONTENT})) as answer:  # noqa: S310
            return answer.read().decode()


@pytest.fixture
def machines(tmp_path, environment_of_worker):
    """Two machines, which share the database, the key and the directory of originals."""
    one, other = tmp_path / "var", tmp_path / "other"
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
    subprocess.run(collect, cwd=ROOT, env=environment_of_worker, check=True)
    other.mkdir()
    for shared in ("static", "originals"):
        (other / shared).symlink_to((one / shared).resolve())
    environment = {**environment_of_worker, "SECRET_KEY": "the same on both", "SITE_URL": "http://localhost"}
    both = [Machine(var, environment) for var in (one, other)]
    try:
        for machine in both:
            wait_until(machine.answers)
        yield both
    finally:
        for machine in both:
            machine.end()


@contextmanager
def working(machine: Machine, varnish: Varnish):
    """The worker, on this machine alone."""
    worker = machine.run("manage.py", "work", PURGE_URLS=varnish.address)
    try:
        yield
    finally:
        worker.terminate()
        assert worker.wait(10) == 0


def test_what_is_done_on_one_machine_is_so_on_the_other_and_readers_never_go_back(machines):
    one, other = machines
    drafts = [ArticleFactory(headline=f"Agency votes for Venus, day {day}") for day in (1, 2, 3)]
    password = PBKDF2PasswordHasher().encode(PASSWORD, "salt")
    UserFactory(username="chief", is_superuser=True, password=password)
    with varnish_before(one.address, other.address) as varnish, working(one, varnish):
        # Varnish sends every other request to the other machine
        chief = Browser(f"http://localhost:{varnish.port}")
        assert "Log out" in chief.post("/admin/login/?next=/admin/", username="chief", password=PASSWORD)
        with watched(one, other, varnish) as seen:
            for draft in drafts:
                listed = reverse("admin:archive_article_changelist")
                chief.post(listed, action="publish", step="confirm", _selected_action=draft.pk)
                assert all(draft.headline in machine.read("/articles/") for machine in machines)
                wait_until(lambda headline=draft.headline: headline in varnish.ask("/articles/").text)
        for newest in seen:
            assert (newest[0], newest[-1]) == (0, 3)
            assert all(before <= after for before, after in pairwise(newest))

        stories = [
            SimpleUploadedFile(f"{n}.txt", f"Senate backs station {n}\n\nIt voted {n} times.".encode())
            for n in range(21)
        ]
        chief.post(reverse("admin:archive_batch_add"), sent=stories, source=SourceFactory().pk, published="2017")
        wait_until(lambda: Job.objects.get(title__startswith="Import").ended_at)
        assert Article.objects.filter(headline__startswith="Senate").count() == 21
        originals = [reverse("admin:archive_original_download", args=[one.pk]) for one in Original.objects.all()[:4]]
        assert all("Senate backs station" in chief.get(original) for original in originals)


@contextmanager
def watched(*sites: Machine | Varnish):
    """How many of the articles a reader of each sees, from one moment to the next."""
    ended = Event()

    def watch(site: Machine | Varnish) -> list[int]:
        newest = []
        while not ended.is_set():
            page = site.ask("/articles/").text if isinstance(site, Varnish) else site.read("/articles/")
            newest.append(max(map(int, re.findall(r"Venus, day (\d)", page)), default=0))
        return newest

    with ThreadPoolExecutor(len(sites)) as threads:
        seen: list[list[int]] = []
        watching = [threads.submit(watch, site) for site in sites]
        try:
            yield seen
        finally:
            ended.set()
        seen += [one.result() for one in watching]


def test_while_machines_are_away_readers_have_what_was_kept_and_what_is_withdrawn_stays_gone(machines):
    one, other = machines
    articles = [ArticleFactory(published=True, headline=headline) for headline in ("Remains", "Withdrawn")]
    pages = ["/articles/", *(article.get_absolute_url() for article in articles)]
    with varnish_before(one.address, other.address, aging=True) as varnish:
        purger = Purger([varnish.address])
        purger.look()  # as it begins
        before = [varnish.ask(page).text for page in pages]
        one.end()
        time.sleep(0.2)
        answers = [varnish.ask(page) for page in (*pages, "/people/", "/topics/", "/sources/", "/quotes/")]
        assert [(answer.status, answer.hit) for answer in answers] == [(200, False)] * 7  # of the other machine

        other.end()
        time.sleep(0.2)
        assert [varnish.ask(page).text for page in pages] == before

        withdraw_article(articles[1], by=UserFactory(is_superuser=True), reason="Another's words")
        assert varnish.ask(pages[2]).status == 200
        purger.look()
        assert [varnish.ask(page).status for page in pages] == [503] * 3
