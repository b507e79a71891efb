"""Each import leaves a record; what failed can be mended; a whole batch can be undone."""

from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from archive.editing.deeds import recorded
from archive.editing.publication import publish_article, withdraw_article
from archive.editing.quoting import mark_quote
from archive.ingest.arrivals import arrivals
from archive.ingest.dates import read_date
from archive.ingest.document import UnreadableError
from archive.ingest.drafting import Told
from archive.ingest.pipeline import Import
from archive.ingest.retrying import give_up, retry_failure, retry_failures
from archive.ingest.undoing import UndoError, undo_batch, undo_import, why_not_undone
from archive.models import Article, Batch, Failure, Original, Person, Suggestion
from archive.models.original import originals_storage
from tests.factories import (
    ArticleFactory,
    BatchFactory,
    FailureFactory,
    JobFactory,
    PersonFactory,
    SourceFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db

STORY = "Senate backs station\n\nVIENNA — The Senate voted on Venus.\n\nThe House takes it up in spring."


def counts(batch):
    batch.refresh_from_db()
    return batch.imported, batch.skipped, batch.failed


def stored():
    return [path.name for path in Path(originals_storage().location).rglob("*") if path.is_file()]


def test_a_batch_says_who_when_and_what_came_of_it(folder, bring_in, archivist):
    path = folder(a__txt=STORY, b__txt=STORY + "\n", c__txt="")
    bring_in(path, by=archivist)
    batch = Batch.objects.get()
    assert (batch.started_by, counts(batch)) == (archivist, (1, 1, 1))
    assert batch.started_at < batch.ended_at
    assert [article.batch for article in Article.objects.all()] == [batch]
    assert str(batch).startswith(f"Import {batch.pk}, {batch.started_at:%Y-%m-%d}: ")
    assert batch.counts == "1 imported, 1 skipped, 1 failed"


def test_a_file_that_fails_is_kept_with_its_bytes_and_the_reason(folder, bring_in):
    data = b"\x00\x01\x02" * 99
    bring_in(folder(story__txt=data))
    failure = Failure.objects.get()
    assert (failure.filename, failure.row, failure.reason) == ("story.txt", 0, "is binary data, not text")
    assert bytes(failure.content) == data
    assert failure.place.endswith("/story.txt")


def test_a_row_that_fails_is_kept_by_itself(folder, bring_in):
    bring_in(folder(a__jsonl='{"title": "A", "text": "x"}\n{broken\n', b__csv="title,text,n\nB,y,1\n,,2\n"))
    broken, empty = Failure.objects.order_by("origin")
    assert (broken.row, bytes(broken.content), broken.filename) == (2, b"{broken\n", "a.jsonl.row2.json")
    assert (empty.row, bytes(empty.content)) == (2, b'{"title": "", "text": "", "n": "2"}')


def test_what_is_too_large_or_cannot_be_read_is_named_without_its_bytes(folder, bring_in, settings):
    settings.IMPORT_MAX_BYTES = 10
    bring_in(folder(a__txt="x" * 11), folder() / "absent.txt")
    assert list(Failure.objects.order_by("origin").values_list("content", flat=True)) == [None, None]
    with pytest.raises(UnreadableError, match=r"^was not kept: bring in the file itself again$"):
        retry_failure(Failure.objects.first(), by=None)


def test_a_mended_failure_comes_in_as_part_of_its_batch(folder, bring_in, archivist):
    source, topic = SourceFactory(), TopicFactory(name="Treaties")
    bring_in(folder(a__md="---\na: [\n---\n" + STORY), source=source, topics=(topic,), published=read_date("2017-01"))
    failure = Failure.objects.get()
    batch = failure.batch
    assert retry_failure(failure, by=archivist).outcome == "failed"
    assert counts(batch) == (0, 0, 1)
    result = retry_failure(failure, by=archivist, content=STORY.encode())
    article = Article.objects.get()
    assert (result.article, failure.article, article.batch, article.source) == (article.pk, article, batch, source)
    assert (article.precision, article.created_by) == ("month", archivist)
    assert [tagging.topic for tagging in article.taggings.all()] == [topic]
    assert counts(batch) == (1, 0, 0)
    assert not Failure.objects.open().exists()
    assert Failure.objects.count() == 1


def test_a_failure_of_which_nothing_comes_is_given_up(folder, bring_in, archivist, editor):
    bring_in(folder(a__txt=""))
    failure = Failure.objects.get()
    with pytest.raises(PermissionDenied):
        give_up(failure, by=editor)
    give_up(failure, by=archivist)
    assert not Failure.objects.open().exists()
    assert counts(failure.batch) == (0, 0, 1)


def test_a_batch_is_undone_with_all_that_came_of_it(folder, bring_in, archivist, django_capture_on_commit_callbacks):
    TopicFactory(name="Venus")
    bring_in(folder(a__txt=STORY, b__txt="Another\n\nOne.\n\nTwo."))
    batch = Batch.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        assert undo_batch(batch, by=archivist) == 2
    for model in (Article, Original, Suggestion):
        assert not model.objects.exists()
    assert stored() == []
    batch.refresh_from_db()
    assert batch.undone_by == archivist


def test_undoing_leaves_what_another_batch_needs(folder, bring_in, archivist, django_capture_on_commit_callbacks):
    path = folder(a__jsonl='{"title": "A", "text": "x"}\n')
    bring_in(path)
    first = Batch.objects.get()
    Article.objects.update(body_sha256="0" * 64)  # as if the text had been another
    bring_in(path)
    with django_capture_on_commit_callbacks(execute=True):
        assert undo_batch(first, by=archivist) == 1
    assert Article.objects.get().original.content.read() == b'{"title": "A", "text": "x"}\n'


def test_people_whom_its_review_made_go_with_a_batch_and_others_stay(
    folder, bring_in, archivist, django_capture_on_commit_callbacks
):
    bring_in(folder(a__txt=STORY, b__txt="Another\n\nOne.\n\nTwo."))
    others = ArticleFactory(body="One. Two.")
    article = Article.objects.get(headline="Senate backs station")
    for span, name in (([0, 5], "Ada Brandvold"), ([6, 10], "Sergei Antonov")):
        with recorded(article, by=archivist):
            mark_quote(article, spans=[span], name=name, by=archivist)
    mark_quote(others, spans=[[0, 4]], name="Sergei Antonov", by=archivist)
    PersonFactory(name="Here Before")
    with django_capture_on_commit_callbacks(execute=True):
        undo_batch(Batch.objects.get(), by=archivist)
    assert {person.name for person in Person.objects.all()} == {"Sergei Antonov", "Here Before"}


def test_a_batch_of_which_something_was_published_stays(folder, bring_in, archivist):
    bring_in(
        folder(a__txt=STORY, b__txt="Another\n\nOne.\n\nTwo."), source=SourceFactory(), published=read_date("2017")
    )
    article = Article.objects.get(headline="Another")
    publish_article(article, by=archivist)
    withdraw_article(article, by=archivist, reason="A figure was wrong.")
    with pytest.raises(UndoError, match=r"^“Another” of it was published: withdraw single articles instead\.$"):
        undo_batch(Batch.objects.get(), by=archivist)
    assert Article.objects.count() == 2


def test_a_batch_that_runs_is_not_undone_and_one_that_was_killed_is(archivist):
    batch = Batch.objects.create()
    elsewhere = connection.copy()
    with elsewhere.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('archive: batch'), %s)", [batch.pk])
    with pytest.raises(UndoError, match=r"^It is still running\.$"):
        undo_batch(batch, by=archivist)
    with elsewhere.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock_all()")
    elsewhere.close()
    assert undo_batch(batch, by=archivist) == 0


def test_only_those_with_the_right_undo(editor):
    with pytest.raises(PermissionDenied):
        undo_batch(Batch.objects.create(), by=editor)


def test_a_killed_run_is_finished_by_running_it_again(folder, bring_in):
    path = folder(
        **{f"f{number}__jsonl": f'{{"title": "A{number}", "text": "x {number}"}}\n' * 2 for number in range(3)}
    )
    run = Import(Told()).run(arrivals([path]))
    next(run)
    run.close()
    assert Batch.objects.get().ended_at is None
    bring_in(path)
    assert sorted(Article.objects.values_list("headline", flat=True)) == ["A0", "A1", "A2"]


def test_a_failure_of_a_killed_run_that_never_counted_it_comes_in(archivist):
    failure = FailureFactory(content=STORY.encode(), batch__ended_at=None)
    assert retry_failure(failure, by=archivist).outcome == "imported"
    assert counts(failure.batch) == (1, 0, 0)


def test_a_long_batch_is_undone_in_the_background_some_articles_at_a_time(
    archivist, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr("archive.ingest.undoing.ARTICLES_A_CHUNK", 2)
    batch = BatchFactory()
    ArticleFactory.create_batch(5, batch=batch)
    other = ArticleFactory()
    with django_capture_on_commit_callbacks(execute=True):
        job = undo_import.ask(by=archivist, title="Undo", batch=batch.pk)
    job.refresh_from_db()
    batch.refresh_from_db()
    assert (job.outcome, job.done, batch.undone_by) == ("Articles taken out: 5.", 5, archivist)
    assert list(Article.objects.all()) == [other]


def test_a_batch_of_which_something_was_published_is_not_undone_in_the_background_either(
    archivist, django_capture_on_commit_callbacks
):
    article = ArticleFactory(batch=BatchFactory(), published=True)
    with django_capture_on_commit_callbacks(execute=True):
        job = undo_import.ask(by=archivist, title="Undo", batch=article.batch_id)
    job.refresh_from_db()
    assert job.problem == f"“{article}” of it was published: withdraw single articles instead."


def test_a_batch_whose_job_waits_is_not_undone(db):
    batch = BatchFactory(job=JobFactory())
    assert why_not_undone(batch) == "It is still to be brought in: stop its job first."


def test_many_failures_are_tried_again_in_the_background(archivist, django_capture_on_commit_callbacks):
    batch = BatchFactory(failed=2)
    good = FailureFactory(
        batch=batch, content=b"Senate backs station\n\nThe Senate voted.", filename="a.txt", origin="a.txt"
    )
    bad = FailureFactory(batch=batch)
    batch.rows.create(origin="a.txt", outcome="failed", reason="was damaged")
    with django_capture_on_commit_callbacks(execute=True):
        job = retry_failures.ask(by=archivist, title="Again", failures=[good.pk, bad.pk])
    job.refresh_from_db()
    batch.refresh_from_db()
    assert (job.outcome, job.done) == ("1 settled, 1 still cannot come in.", 2)
    assert (batch.imported, batch.failed) == (1, 1)
    assert list(batch.rows.values_list("outcome", "reason", "article")) == [("imported", "", Article.objects.get().pk)]
