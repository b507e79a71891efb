"""Through PgBouncer, which gives each transaction another session: what the site does all day, on two sessions."""

import json
import os
import pwd
import shutil
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse

from archive.databases import lock_connection
from archive.editing.at_length import merge_at_length
from archive.editing.publication import publish_article, submit_for_review, withdraw_article
from archive.ingest.running import is_free, running
from archive.models import Article, Batch, Source
from tests.factories import (
    ArticleFactory,
    BatchFactory,
    SourceFactory,
    TaggingFactory,
    TopicFactory,
    UserFactory,
)
from tests.servers import connected, wait_until

pytestmark = pytest.mark.django_db(transaction=True)
PROGRAM = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
SESSIONS = 2


@pytest.fixture
def pooler(transactional_db):
    """PgBouncer before the database of the test; every thread of the site reaches it through that alone."""
    if not PROGRAM:
        pytest.skip("no PgBouncer: install Debian's package pgbouncer")
    at, direct = connection.get_connection_params(), dict(connection.settings_dict)
    server = " ".join(f"{name}='{at[name]}'" for name in ("host", "port", "user", "password", "dbname") if at.get(name))
    with tempfile.TemporaryDirectory(prefix="archive-") as place:
        settings = Path(place) / "pgbouncer.ini"
        settings.write_text(
            f"[databases]\n{at['dbname']} = {server}\n[pgbouncer]\nlisten_addr =\nunix_socket_dir = {place}\n"
            f"listen_port = 6432\nauth_type = any\npool_mode = transaction\ndefault_pool_size = {SESSIONS}\n"
            f"query_wait_timeout = 20\nmax_client_conn = 100\nadmin_users = {at['user']}\n"
        )
        account = pwd.getpwuid(_who_may_reach(at.get("host", "")))
        for path in (place, settings):
            os.chown(path, account.pw_uid, account.pw_gid)
        as_account = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
        process = subprocess.Popen([PROGRAM, "-q", settings], **as_account)
        try:
            wait_until((Path(place) / ".s.PGSQL.6432").exists)
            with _all_through(place, at), connected("direct", direct):
                yield
        finally:
            process.kill()
            process.wait()


def _who_may_reach(place: str) -> int:
    """Who owns the server's socket: an account that may pass to it, and that is not root."""
    return Path(place).stat().st_uid if place.startswith("/") else pwd.getpwnam("nobody").pw_uid


@contextmanager
def _all_through(place: str, at: dict[str, object]):
    settings = connections.databases["default"]
    before = dict(settings)
    direct = connections["default"]  # which knows the rows that migrations made, for the tests to come
    direct.close()
    del connections["default"]
    settings.update(
        ENGINE="django.db.backends.postgresql",
        NAME=at["dbname"],
        USER=at["user"],
        HOST=place,
        PORT=6432,
        OPTIONS={},
        DISABLE_SERVER_SIDE_CURSORS=True,
    )
    try:
        yield
    finally:
        connections["default"].close()
        settings.clear()
        settings.update(before)
        connections["default"] = direct


def test_the_site_goes_through_the_pooler_and_has_no_session_of_its_own(pooler):
    with ThreadPoolExecutor(8) as threads:
        sessions = list(threads.map(_session, range(8)))
    assert len(set(sessions)) < len(sessions)
    assert lock_connection().settings_dict["HOST"] != connection.settings_dict["HOST"]


def _session(_number: int) -> int:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid(), pg_sleep(0.02)")
            return cursor.fetchone()[0]
    finally:
        connection.close()


def test_pages_are_read_by_more_readers_than_there_are_sessions(pooler):
    articles = [ArticleFactory(published=True) for _ in range(3)]
    part = reverse("sitemap-part", args=["articles", (articles[0].pk - 1) // 1000 + 1])
    addresses = ["/", "/articles/", "/search/?q=station", part, "/feed/"]
    addresses += [article.get_absolute_url() for article in articles]
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(_read, addresses * 4))
    assert answers == [200] * len(answers)


def _read(address: str) -> int:
    try:
        answer = Client().get(address)
        assert answer.getvalue()
        return answer.status_code
    finally:
        connection.close()


def test_stories_are_imported_published_and_withdrawn(pooler, tmp_path, reader):
    rows = ({"title": f"Story {n}", "body": f"The Senate voted on part {n}.", "date": "2017-01-02"} for n in range(250))
    (tmp_path / "stories.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    call_command("import_articles", str(tmp_path / "stories.jsonl"), source="The Ledger", stdout=StringIO())
    assert Article.objects.count() == 250
    chief, article = UserFactory(is_superuser=True), Article.objects.first()
    submit_for_review(article, by=chief)
    publish_article(article, by=chief)
    assert reader.get(article.get_absolute_url()).status_code == 200
    withdraw_article(article, by=chief, reason="Another's words")
    assert reader.get(article.get_absolute_url()).status_code == 410


def test_what_an_editor_saves_is_kept_in_history_under_their_name(pooler, client):
    chief, source = UserFactory(is_staff=True, is_superuser=True), SourceFactory(name="The Ledger")
    client.force_login(chief)
    form = client.get(reverse("admin:archive_source_change", args=[source.pk])).context["adminform"].form
    given = {name: value or "" for name, value in form.initial.items()}
    answer = client.post(reverse("admin:archive_source_change", args=[source.pk]), {**given, "place": "Lisbon"})
    source.refresh_from_db()
    assert (answer.status_code, source.place) == (302, "Lisbon")
    assert source.events.latest("pgh_id").pgh_context.metadata["user"] == chief.pk


def test_a_worker_does_what_waits(pooler, work):
    planets, venus = TopicFactory(name="Planets"), TopicFactory(name="Venus")
    for _ in range(3):
        TaggingFactory(topic=venus, article=ArticleFactory())
    job = merge_at_length.ask(by=None, title="Merge", topic=venus.pk, into=planets.pk)
    assert work() == 0
    job.refresh_from_db()
    assert (job.state, job.problem, planets.taggings.count()) == ("Done", "", 3)


def test_a_lock_that_outlives_transactions_is_held_until_it_is_given_back(pooler):
    batch = BatchFactory()
    with running(batch):
        Source.objects.count()
        assert not _is_free(batch)
    assert _is_free(batch)


def _is_free(batch: Batch) -> bool:
    with transaction.atomic():
        return is_free(batch)
