"""What is sent to the admin: kept until it has come in, little at once, much in the background, all of it told of."""

import io
import json
import zipfile
from datetime import timedelta
from threading import Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from archive.ingest import uploads as keeping
from archive.ingest.arrivals import Arrival
from archive.ingest.drafting import Told
from archive.ingest.importing import bring_in, import_uploads, is_little
from archive.ingest.pipeline import Import
from archive.ingest.uploads import forget_old_uploads, how_many, keep_upload
from archive.jobs import carry_out, stop
from archive.models import Article, Batch, BatchRow, Failure, Job
from archive.models.original import originals_storage
from tests.factories import JobFactory

STORY = "Senate backs station\n\nThe Senate voted on part {}.\n\nThe House follows."


def sent(name, content):
    return keep_upload(io.BytesIO(content.encode() if isinstance(content, str) else content), name=name)


def stories(count, *, first=0):
    rows = ({"title": f"Story {n}", "body": f"The Senate voted on part {n}."} for n in range(first, first + count))
    return "".join(f"{json.dumps(row)}\n" for row in rows)


def packed(**files):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(f"{name}.txt", content)
    return data.getvalue()


def became(batch):
    return list(batch.rows.order_by("id").values_list("origin", "row", "outcome"))


def kept():
    storage = originals_storage()
    return storage.listdir("uploads")[1] if storage.exists("uploads") else []


@pytest.fixture
def everything_is_much(monkeypatch):
    monkeypatch.setattr("archive.ingest.importing.LITTLE_BYTES", -1)


@pytest.fixture
def import_later(everything_is_much, django_capture_on_commit_callbacks):
    """`import_later(told, *uploads)` asks for an import, and returns its batch as it is when the job has ended."""

    def import_later(told, *uploads):
        with django_capture_on_commit_callbacks(execute=True):
            batch = bring_in(uploads, told)
        batch.refresh_from_db()
        return batch

    return import_later


@pytest.mark.parametrize(
    ("name", "content", "number", "little"),
    [
        ("story.txt", "A story.", 1, True),
        ("rows.jsonl", "{}\n{}\n", 2, True),
        ("rows.jsonl", "{}\n{}", 2, True),
        ("rows.csv", "headline,body\nOne,Text", 1, True),
        ("feed.xml", "<rss></rss>", None, True),
        ("stories.zip", packed(a="One", b="Two"), 2, True),
        ("long.zip", packed(a="x" * 400_000), 1, False),
        ("damaged.zip", "PK\x03\x04 nothing", None, True),
        ("story.txt.gz", b"\x1f\x8b\x08", None, False),
        ("long.txt", "x" * 400_000, 1, False),
    ],
)
def test_how_many_stories_are_in_a_file_and_whether_that_is_little(name, content, number, little):
    upload = sent(name, content)
    assert (how_many([upload]), is_little([upload])) == (number, little)


def test_little_comes_in_at_once_and_is_kept_no_longer(archivist):
    batch = bring_in([sent("a.txt", STORY.format(1)), sent("b.json", "{")], Told(by=archivist))
    assert (batch.imported, batch.failed, batch.job, batch.started_by) == (1, 1, None, archivist)
    assert became(batch) == [("b.json", 0, "failed"), ("a.txt", 0, "imported")]
    assert BatchRow.objects.get(outcome="imported").article == Article.objects.get()
    assert kept() == []


def test_little_waits_in_a_job_while_another_import_saves(archivist):
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtext('archive: stories are saved'))")
        batch = bring_in([sent("a.txt", STORY.format(1))], Told(by=archivist))
    finally:
        other.close()
    assert (batch.job.state, batch.imported, len(kept())) == ("Waiting", 0, 1)


def test_much_comes_in_by_a_job_and_is_kept_till_then(archivist, everything_is_much, import_later):
    batch = bring_in([sent("rows.jsonl", stories(3) + "{\n")], Told(by=archivist))
    assert (batch.job.state, batch.job.total, len(kept()), Article.objects.count()) == ("Waiting", 4, 1, 0)
    carry_out.call(batch.job_id)
    batch.refresh_from_db()
    assert batch.job.outcome == "3 imported, 0 skipped, 1 failed."
    assert (batch.imported, batch.skipped, batch.failed, batch.job.done) == (3, 0, 1, 4)
    assert sorted(became(batch)) == [
        *(("rows.jsonl", row, "imported") for row in (1, 2, 3)),
        ("rows.jsonl", 4, "failed"),
    ]
    assert set(Article.objects.values_list("created_by", flat=True)) == {archivist.pk}
    assert kept() == []


def test_who_may_not_import_is_refused(db, editor):
    with pytest.raises(PermissionDenied):
        bring_in([], Told(by=editor))


def test_an_import_that_is_begun_again_makes_nothing_twice_and_reports_as_if_it_had_run_through(
    archivist, everything_is_much, monkeypatch, settings
):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}  # nobody takes it up of itself
    batch = bring_in([sent("rows.jsonl", stories(3) + "{\n" + stories(2)), sent("a.txt", "Text.")], Told(by=archivist))
    with monkeypatch.context() as broken:
        broken.setattr("archive.ingest.importing._rows", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            carry_out.call(batch.job_id)
    batch.job.refresh_from_db()
    assert (batch.job.state, batch.job.outcome) == ("Waits to go on", "")
    assert Article.objects.count() == 4  # saved, and not reported yet

    carry_out.call(batch.job_id)
    batch.refresh_from_db()
    assert batch.job.outcome == "4 imported, 2 skipped, 1 failed."
    assert (Article.objects.count(), Failure.objects.count(), batch.rows.count()) == (4, 1, 7)


def test_an_import_that_was_undone_before_it_went_on_stays_undone(archivist, import_later):
    batch = import_later(Told(by=archivist), sent("rows.jsonl", stories(1)))
    Batch.objects.update(undone_at=timezone.now())
    with pytest.raises(Exception, match="The import was undone"):
        import_uploads(batch.job, batch=batch.pk, uploads=[])


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_the_same_stories_at_the_same_moment_make_no_duplicates():
    def run(name):
        data = stories(3).encode()
        list(Import(Told()).run([Arrival(name, name, len(data), lambda: io.BytesIO(data))]))

    def run_beside():
        run("b.jsonl")
        connection.close()

    beside = Thread(target=run_beside)
    with transaction.atomic():
        run("a.jsonl")
        beside.start()
        with connection.cursor() as cursor:
            while not _somebody_waits(cursor):
                assert beside.is_alive()
    beside.join()
    assert Article.objects.count() == 3


def _somebody_waits(cursor):
    cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted AND locktype = 'advisory'")
    return cursor.fetchone()


def test_two_who_send_the_same_file_make_no_duplicates(archivist, editor, import_later):
    first = import_later(Told(by=archivist), sent("rows.jsonl", stories(3)))
    second = import_later(Told(by=archivist), sent("the same.jsonl", stories(3)))
    assert (first.imported, second.imported, second.skipped, Article.objects.count()) == (3, 0, 3, 3)


def test_what_was_sent_and_never_imported_is_dropped_after_a_fortnight(db, monkeypatch):
    waiting, old = sent("a.txt", "A"), sent("b.txt", "B")
    JobFactory(arguments={"uploads": [waiting.as_json()]})
    assert forget_old_uploads() == 0
    monkeypatch.setattr(keeping, "KEPT_FOR", timedelta(days=-1))
    assert forget_old_uploads() == 1
    assert (waiting.is_there(), old.is_there()) == (True, False)


def test_a_stopped_import_keeps_what_was_sent_and_goes_on(archivist, everything_is_much):
    batch = bring_in([sent("rows.jsonl", stories(2))], Told(by=archivist))
    stop(Job.objects.get(), by=archivist)
    carry_out.call(batch.job_id)
    assert (Article.objects.count(), len(kept())) == (0, 1)
