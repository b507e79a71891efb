"""The kept counts, held against what they count: right whoever writes at once, and put right where they are not."""

import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from archive.editing.counting import Off, repair_tallies, tallies_off
from archive.editing.publication import publish_article, withdraw_article
from archive.models import Tally
from tests.factories import ArticleFactory, SourceFactory, TaggingFactory, TopicFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def filed():
    """Two public articles under one topic."""
    source, topic = SourceFactory(), TopicFactory()
    for _ in range(2):
        TaggingFactory(article=ArticleFactory(published=True, source=source), topic=topic)
    return topic


def test_counts_that_triggers_keep_are_right(filed, capsys):
    assert tallies_off() == []
    call_command("check_tallies")
    assert capsys.readouterr().out == "All kept counts are right.\n"


def test_a_count_that_is_off_is_told_and_put_right(filed, capsys):
    Tally.objects.of(Tally.Subject.TOPIC, filed.pk).totals().update(articles=5)
    Tally.objects.of(Tally.Subject.ARCHIVE, 0).totals().delete()
    assert tallies_off() == [Off("archive", 0, 0, 2, 0), Off("topic", filed.pk, 0, -3, 0)]
    with pytest.raises(CommandError, match="2 counts are off"):
        call_command("check_tallies")
    call_command("check_tallies", repair=True)
    assert f"topic {filed.pk}, all years: lacks -3 articles, +0 quotes" in capsys.readouterr().out
    assert (tallies_off(), Tally.objects.of(Tally.Subject.TOPIC, filed.pk).totals().get().articles) == ([], 2)


def test_repairing_counts_nothing_twice_that_others_write_meanwhile(filed):
    Tally.objects.of(Tally.Subject.TOPIC, filed.pk).totals().update(articles=0)
    repairing = threading.Thread(target=lambda: (repair_tallies(), connection.close()))
    with transaction.atomic():
        TaggingFactory(article=ArticleFactory(published=True), topic=filed)  # holds the topic's count
        repairing.start()
        repairing.join(timeout=0.5)
        assert repairing.is_alive()
    repairing.join(timeout=20)
    assert (tallies_off(), Tally.objects.of(Tally.Subject.TOPIC, filed.pk).totals().get().articles) == ([], 3)


def test_counts_are_right_after_many_have_published_filed_and_withdrawn_at_once(filed):
    user, source = UserFactory(is_superuser=True), SourceFactory()
    drafts = [ArticleFactory(source=source, headline=f"Story {n}") for n in range(12)]
    failures = []

    def work(mine):
        try:
            for draft in mine:
                publish_article(draft, by=user)
                TaggingFactory(article=draft, topic=filed)
                if draft.pk % 2:
                    withdraw_article(draft, by=user, reason="Twice told")
        except Exception as failure:  # noqa: BLE001 (a thread tells nobody)
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[drafts[n::4]]) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert (failures, tallies_off()) == ([], [])


def test_counts_are_right_after_a_writer_is_killed_half_way(filed):
    """The server ends the session as `kill -9` of its client would have it: with what it had not committed."""
    killed = []

    def write_until_killed():
        try:
            with transaction.atomic():
                TaggingFactory(article=ArticleFactory(published=True), topic=filed)
                written.set()
                with connection.cursor() as cursor:
                    killed.append(connection.connection.info.backend_pid)
                    ready.set()
                    cursor.execute("SELECT pg_sleep(20)")
        except Exception as failure:  # noqa: BLE001 (the connection is gone, as it should be)
            killed.append(failure)
        finally:
            connection.close()

    written, ready = threading.Event(), threading.Event()
    writer = threading.Thread(target=write_until_killed)
    writer.start()
    assert ready.wait(timeout=20)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [killed[0]])
    writer.join(timeout=20)
    assert len(killed) == 2
    assert (tallies_off(), Tally.objects.of(Tally.Subject.TOPIC, filed.pk).totals().get().articles) == ([], 2)
