"""Readers' pages from streaming replicas: a real one, made by `pg_basebackup`, under all that happens to replicas."""

import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

import psycopg
import pytest
from django.db import OperationalError, connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.databases import reading_from
from archive.editing.publication import withdraw_article
from archive.models import Source, Version
from archive.purging import reached
from archive.site import replicas as reading
from archive.site.replicas import Replicas
from archive.site.version import Shown, shown_now
from config.embedded_postgres.server import EmbeddedServer
from tests.factories import UserFactory
from tests.servers import WAITED, connected, wait_until
from tests.site.conftest import addresses

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.embedded]


WAIT = 2  # seconds that a connection may take, the least that the driver knows


class Replica:
    """A replica of the server that the tests run on."""

    def __init__(self, place: Path, primary: EmbeddedServer, database: str) -> None:
        self.server = EmbeddedServer(place / "postgres")
        self.server._open_to_account(place)
        self.database = database
        primary._run(
            "pg_basebackup", "--pgdata", str(self.server.data_dir), "--host", str(primary.socket_dir),
            "--username", primary.user, "--write-recovery-conf", "--checkpoint=fast", "--no-sync",
        )  # fmt: skip
        with (self.server.data_dir / "postgresql.conf").open("a") as conf:
            conf.write("fsync = off\nshared_buffers = 32MB\nmax_standby_streaming_delay = 10ms\n")
        self.start()

    def start(self) -> None:
        self.server.ensure_running()

    def stop(self) -> None:
        self.server.stop()

    @property
    def settings(self) -> dict[str, object]:
        there = {"HOST": str(self.server.socket_dir), "USER": self.server.user, "NAME": self.database}
        return {**connection.settings_dict, "ENGINE": "django.db.backends.postgresql", "OPTIONS": {}, **there}

    def ask(self, sql: str) -> object:
        with psycopg.connect(
            host=str(self.server.socket_dir), user=self.server.user, dbname=self.database, autocommit=True
        ) as door:
            return door.execute(sql).fetchone()[0]

    @contextmanager
    def paused(self):
        """It receives what is written, and does not apply it."""
        self.catch_up()
        self.ask("SELECT pg_wal_replay_pause()::text")
        wait_until(lambda: self.ask("SELECT pg_get_wal_replay_pause_state()") == "paused")
        try:
            yield
        finally:
            self.ask("SELECT pg_wal_replay_resume()::text")

    def catch_up(self) -> None:
        with connection.cursor() as cursor:
            # The tests' server may say that something is committed before it has flushed, and sent, it.
            cursor.execute("SET synchronous_commit = on")
            cursor.execute("SELECT pg_logical_emit_message(true, 'tests', 'flush')")
            cursor.execute("RESET synchronous_commit")
            cursor.execute("SELECT pg_current_wal_flush_lsn()::text")
            [written] = cursor.fetchone()
        wait_until(lambda: self.ask(f"SELECT pg_last_wal_replay_lsn() >= '{written}'"))


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        at = connection.get_connection_params()
    if not connection.settings_dict["OPTIONS"].get("data_dir"):
        pytest.skip("the replica is one of the embedded server")
    primary = EmbeddedServer.at(connection.settings_dict["OPTIONS"]["data_dir"])
    with TemporaryDirectory(prefix="archive-") as place:
        one = Replica(Path(place), primary, at["dbname"])
        yield one
        one.stop()


@pytest.fixture
def replica(made, monkeypatch):
    """The replica as the only one that the site knows, asked nothing yet, and as far as the primary."""
    known = know(monkeypatch, "made")
    made.catch_up()
    with connected("made", made.settings):
        yield made
        wait_until(lambda: not known.gone)


def know(monkeypatch, *aliases: str) -> Replicas:
    """Have the site know these replicas, by their names in the settings, and go by what it knows for a minute."""
    known = Replicas(aliases, 60)
    monkeypatch.setattr("archive.site.replicas.replicas", known)
    monkeypatch.setattr("archive.site.replicas.WHILE_GONE", 0.02)
    return known


def ask_the_primary_anew() -> None:
    """As when the time is up for which a process goes by what it knows."""
    reading.replicas.ask_at = 0


def try_it_again() -> None:
    """As when the time is up for which a replica that is behind is passed over."""
    reading.replicas.passed_over_until["made"] = time.monotonic()


@contextmanager
def queries():
    """Count what is asked of the replica and of the primary."""
    with CaptureQueriesContext(connections["made"]) as of_replica, CaptureQueriesContext(connection) as of_primary:
        yield lambda: (len(of_replica) > 0, len(of_primary))


def test_every_kind_of_page_is_read_from_the_replica_alone(replica, article, reader):
    replica.catch_up()
    pages = addresses(article)
    reader.get("/")  # which asks the primary how far it is
    with queries() as asked:
        for name, address in pages.items():
            answer = reader.get(address)
            assert (name, answer.status_code, asked()) == (name, 200, (True, 0))


def test_what_is_sent_while_it_is_read_comes_from_the_replica_to_its_end(replica, article, reader):
    replica.catch_up()
    reader.get("/")
    with queries() as asked:
        for address in ("/sitemap.xml", "/search/found.csv?q=venus", "/search/found.jsonl?q=venus"):
            assert reader.get(address).getvalue()
        assert asked() == (True, 0)
    assert article.headline in reader.get("/search/found.jsonl?q=venus").getvalue().decode()


def test_a_page_that_nobody_has_is_looked_for_on_the_replica(replica, article, reader):
    replica.catch_up()
    reader.get("/")
    with queries() as asked:
        missing = reader.get("/articles/2017/agency-votes/")
        assert (missing.status_code, article.headline in missing.text, asked()) == (404, True, (True, 0))


def test_what_is_read_from_the_replica_is_written_to_the_primary(replica, ledger):
    replica.catch_up()
    with reading_from("made"):
        source = Source.objects.get(pk=ledger.pk)
        assert source._state.db == "made"
        source.place = "Porto"
        source.save()
        Source.objects.filter(pk=ledger.pk).update(kind="daily")
        Source.objects.create(name="Another", slug="another")
    ledger.refresh_from_db()
    assert (ledger.place, ledger.kind, Source.objects.filter(slug="another").exists()) == ("Porto", "daily", True)
    assert replica.ask("SELECT pg_is_in_recovery()") is True


def test_a_replica_behind_is_passed_over_once_the_primary_was_asked_and_comes_back(replica, publish, reader):
    publish(1)
    with replica.paused():
        assert "day 1" in reader.get("/articles/").text
        publish(2)
        assert "day 2" not in reader.get("/articles/").text  # as far behind as the setting allows
        ask_the_primary_anew()
        with queries() as asked:
            assert "day 2" in reader.get("/articles/").text
            assert asked()[0]
        with queries() as asked:  # and it is not even asked for a while
            assert "day 2" in reader.get("/articles/").text
            assert not asked()[0]
    replica.catch_up()
    try_it_again()
    with queries() as asked:
        assert "day 2" in reader.get("/articles/").text
        assert asked() == (True, 0)


def test_who_is_signed_in_reads_what_they_have_just_written_and_the_page_is_still_everybodys(replica, publish, reader):
    signed_in = Client()
    signed_in.force_login(UserFactory())
    with replica.paused():
        reader.get("/articles/")
        publish(1)
        answers = signed_in.get("/articles/"), reader.get("/articles/")
        assert ["day 1" in answer.text for answer in answers] == [True, False]
    assert [answer.headers.get("Vary", "") for answer in answers] == ["Accept-Encoding"] * 2
    assert ["public" in answer.headers["Cache-Control"] for answer in answers] == [True] * 2


def test_previews_and_the_admin_are_read_from_the_primary(replica, article, admin_client):
    with replica.paused(), queries() as asked:
        draft = type(article).objects.create(
            headline="Not yet",
            slug="not-yet",
            body="Not yet.",
            source=article.source,
            published_at=article.published_at,
        )
        assert "Not yet" in admin_client.get(reverse("article-preview", args=[draft.pk])).text
        assert admin_client.get(reverse("admin:archive_article_change", args=[draft.pk])).status_code == 200
        assert not asked()[0]


def test_a_replica_that_is_stopped_is_passed_over_and_used_again_when_it_is_back(replica, article, reader):
    replica.catch_up()
    before = reader.get("/articles/")
    replica.stop()
    try:
        with queries() as asked:
            answers = [reader.get("/articles/") for _ in range(3)]
            assert [(answer.status_code, answer.content == before.content) for answer in answers] == [(200, True)] * 3
            assert asked()[1]
    finally:
        replica.start()
    wait_until(lambda: not reading.replicas.gone)
    with queries() as asked:
        assert reader.get("/articles/").status_code == 200
        assert asked() == (True, 0)


def test_a_replica_cut_off_without_a_word_is_waited_for_once_and_looked_for_in_the_background(
    made, article, reader, monkeypatch
):
    made.catch_up()
    known = know(monkeypatch, "made")
    with socket.create_server(("127.0.0.1", 0)) as door:  # takes connections, and never says a word
        silent = {"HOST": "127.0.0.1", "PORT": door.getsockname()[1], "OPTIONS": {"connect_timeout": WAIT}}
        settings = {**made.settings, **silent}
        with connected("made", settings):
            first, others = (seconds_for(lambda: reader.get("/articles/"), times) for times in (1, 8))
            assert (first >= WAIT, others < WAIT, known.gone) == (True, True, {"made"})
            settings.update(made.settings)
            door.close()
            wait_until(lambda: not known.gone)
            with queries() as asked:
                assert article.headline in reader.get("/articles/").text
                assert asked() == (True, 0)


def test_a_replica_that_refuses_what_it_is_asked_by_is_looked_for_until_it_does_not(made, article, reader, monkeypatch):
    made.catch_up()
    known = know(monkeypatch, "made")
    settings = {**made.settings, "OPTIONS": {"unheard_of": "1"}}  # a ProgrammingError, not an OperationalError
    with connected("made", settings):
        assert (reader.get("/articles/").status_code, known.gone) == (200, {"made"})
        assert not reading._answers("made")
        settings["OPTIONS"] = {}
        wait_until(lambda: not known.gone)


def test_while_one_request_waits_for_the_primary_others_go_by_what_is_known(monkeypatch):
    asked, cut_off = Event(), Event()

    def wait() -> None:
        asked.set()
        cut_off.wait(WAITED)
        raise OperationalError("timeout expired")

    known = know(monkeypatch, "made")
    known.has_shown(7)
    monkeypatch.setattr(reading, "shown_now", wait)
    with ThreadPoolExecutor(1) as threads:
        first = threads.submit(known.number_to_reach)
        assert asked.wait(WAITED)
        known.has_shown(8)
        assert (known.number_to_reach(), first.done()) == (8, False)
        cut_off.set()
        assert first.result(WAITED) == 8
    assert known.gone == {"default"}
    wait_until(lambda: not known.gone)


def test_what_was_shown_while_the_primary_was_asked_is_not_gone_back_from(monkeypatch):
    known = know(monkeypatch, "made")

    def answer() -> Shown:
        known.has_shown(9)
        return replace(shown_now(), number=8)

    monkeypatch.setattr(reading, "shown_now", answer)
    assert known.number_to_reach() == 9


def seconds_for(what: Callable[[], object], times: int) -> float:
    began = time.monotonic()
    for _ in range(times):
        what()
    return time.monotonic() - began


def test_a_connection_that_ends_within_a_page_is_not_the_readers_concern(replica, article, reader):
    replica.catch_up()
    whole = reader.get("/articles/").content
    ended = []

    def end(execute, sql, parameters, many, context):
        if "archive_article" in sql and "archive_version" not in sql and not ended:
            pid = context["connection"].connection.info.backend_pid
            ended.append(replica.ask(f"SELECT pg_terminate_backend({pid})::text"))
        return execute(sql, parameters, many, context)

    with connections["made"].execute_wrapper(end):
        answer = reader.get("/articles/")
    assert (ended, answer.status_code, answer.content) == (["true"], 200, whole)


def test_a_query_that_the_replica_cancels_to_go_on_applying_is_asked_of_the_primary(replica, article, reader):
    replica.catch_up()
    whole = reader.get("/articles/").content
    waited = []

    def lock(execute, sql, parameters, many, context):
        """Have the replica wait for a table that the page reads, until it loses its patience (10 ms)."""
        if "archive_article" in sql and "archive_version" not in sql and not waited:
            waited.append(sql)
            context["connection"].connection.execute("BEGIN")
            execute(sql, parameters, many, context)
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("LOCK archive_article")
            replica.catch_up()
        return execute(sql, parameters, many, context)

    with connections["made"].execute_wrapper(lock):
        answer = reader.get("/articles/")
    assert (len(waited), answer.status_code, answer.content) == (1, 200, whole)


def test_without_the_primary_readers_are_served_by_the_replica(replica, article, reader, monkeypatch):
    replica.catch_up()
    whole = reader.get("/articles/").content
    monkeypatch.setattr("archive.site.health.REPLICAS", ["made"])
    with monkeypatch.context() as without:
        without.setitem(connection.settings_dict, "NAME", "gone")
        connection.close()
        ask_the_primary_anew()
        answers, ready = [reader.get("/articles/") for _ in range(2)], reader.get("/readyz")
        assert reading.replicas.gone == {"default"}
    assert [(answer.status_code, answer.content) for answer in answers] == [(200, whole)] * 2
    assert (ready.status_code, ready.text) == (200, "ready to be read: the primary does not answer\n")


def test_a_purge_can_tell_when_the_replica_has_what_is_new_also_after_it_was_away(replica, publish):
    with replica.paused():
        publish(1)
        number = Version.objects.get().number
        assert not reached("made", number)
    replica.catch_up()
    assert reached("made", number)
    replica.ask("SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity WHERE state = 'idle'")
    wait_until(lambda: not reached("made", number))
    assert reached("made", number)


def test_where_two_differ_a_reader_never_goes_back_and_nothing_old_is_kept_or_called_unchanged(
    replica, publish, reader, monkeypatch
):
    monkeypatch.setattr("archive.site.kept_pages.kept_pages.room", 1_000_000)
    know(monkeypatch, "made", "ahead")
    article = publish(1)
    with connected("ahead", connection.settings_dict), replica.paused():  # a second one, as far as the primary
        before = {reader.get("/articles/").headers["ETag"] for _ in range(4)}
        withdraw_article(article, by=UserFactory(is_superuser=True), reason="Another's words")
        asked = [reader.get("/articles/", headers={"If-None-Match": next(iter(before))}) for _ in range(6)]
    assert len(before) == 1
    shown = [article.headline in answer.text for answer in asked if answer.status_code == 200]
    assert shown == [False] * len(shown)
    assert [answer.status_code for answer in asked] in ([200] * 6, [304, *[200] * 5])  # by who was asked first
    after = {answer.headers["ETag"] for answer in asked if answer.status_code == 200}
    assert (len(after), before & after) == (1, set())
