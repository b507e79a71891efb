"""Work in the background: asked for, done once whatever happens to its process, stopped, undone."""

import logging
import os
import signal
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from archive.jobs import (
    JobError,
    background,
    carry_out,
    go_on,
    stop,
    take_back,
    take_up_lost,
    undo,
    why_not_undone,
)
from archive.models import Job, JobItem, Source
from archive.models.job import JobEndedError
from tests.factories import JobFactory, SourceFactory


def unmark_sources(job, undone):
    for items in undone.chunks_to_undo():
        with transaction.atomic():
            for item in items:
                Source.objects.filter(pk=item.object_id).update(rights=item.before)
                item.delete()
            job.advance(job.done + len(items))
    return f"{job.done} sources as they were."


@background(needs="change_source", undo=unmark_sources)
def mark_sources(job, *, with_mark, end_by=None):
    """Add a mark to the rights of each source, one a chunk; the first time, end its own process at the second."""
    while source := Source.objects.filter(pk__gt=job.reached).order_by("pk").first():
        with transaction.atomic():
            job.keep("source", {source.pk: source.rights})
            Source.objects.filter(pk=source.pk).update(rights=source.rights + with_mark)
            if end_by and job.done == 1 and job.times_begun == 1:
                os.kill(os.getpid(), end_by)
            job.advance(job.done + 1, reached=source.pk)
    return f"{job.done} sources marked."


@background()
def fail(job, *, how):
    raise {"words": JobError("There is no such topic."), "error": KeyError("secret.py")}[how]


@background()
def stop_while_at_work(job):
    with transaction.atomic():
        SourceFactory(name="Made and not kept")
        stop(Job.objects.get(pk=job.pk), by=None)
        job.advance(1)
    return "Never said."


@pytest.fixture
def three_sources(db):
    return SourceFactory.create_batch(3, rights="Free.")


def rights():
    return list(Source.objects.order_by("pk").values_list("rights", flat=True))


def asked(callbacks, function=mark_sources, *, by=None, title="Mark the sources", **given):
    with callbacks(execute=True):
        job = function.ask(by=by, title=title, **given)
    job.refresh_from_db()
    return job


@pytest.fixture
def ask(django_capture_on_commit_callbacks):
    """`ask(function, …)` asks for a job, which is done by then."""
    return lambda *given, **more: asked(django_capture_on_commit_callbacks, *given, **more)


def test_a_job_is_done_in_the_name_of_whoever_asked(ask, archivist, three_sources):
    job = ask(by=archivist, total=3, with_mark="!")
    assert rights() == ["Free.!"] * 3
    assert (job.state, job.outcome, job.done, job.total) == ("Done", "3 sources marked.", 3, 3)
    assert (job.asked_by, job.asked_as, job.times_begun) == (archivist, "archivist", 1)
    [change] = three_sources[0].events.select_related("pgh_context")
    assert change.pgh_context.metadata == {"user": archivist.pk, "job": job.pk}


def test_who_lacks_the_right_cannot_ask(editor, three_sources):
    with pytest.raises(PermissionDenied, match="editor lacks the permission change_source"):
        mark_sources.ask(by=editor, title="Mark", with_mark="!")
    assert not Job.objects.exists()


def test_who_lost_the_right_meanwhile_is_refused(archivist, three_sources):
    job = JobFactory(asked_by=archivist, asked_as="archivist", arguments={"with_mark": "!"})
    archivist.groups.clear()
    carry_out.call(job.pk)
    job.refresh_from_db()
    assert (job.problem, rights()) == ("archivist lacks the permission change_source.", ["Free."] * 3)


def test_a_job_of_somebody_who_is_gone_is_not_done_in_the_name_of_the_operator(archivist, three_sources):
    job = JobFactory(asked_by=archivist, asked_as="archivist", arguments={"with_mark": "!"})
    archivist.delete()
    carry_out.call(job.pk)
    job.refresh_from_db()
    assert (job.problem, rights()) == ("archivist, who asked for it, has no account any more.", ["Free."] * 3)


def test_a_job_asked_for_in_a_transaction_that_is_undone_is_never_done(
    django_capture_on_commit_callbacks, three_sources
):
    with (
        django_capture_on_commit_callbacks(execute=True) as callbacks,
        suppress(ZeroDivisionError),
        transaction.atomic(),
    ):
        mark_sources.ask(by=None, title="Mark", with_mark="!")
        raise ZeroDivisionError
    assert (callbacks, Job.objects.count(), rights()) == ([], 0, ["Free."] * 3)


def test_a_job_says_in_words_for_people_why_it_cannot_be_done(ask, db):
    job = ask(fail, how="words")
    assert (job.state, job.problem, job.outcome) == ("Not finished", "There is no such topic.", "")


def test_an_error_that_nobody_foresaw_is_logged_and_its_inside_is_not_shown(ask, db, caplog):
    job = ask(fail, how="error")
    assert job.problem == f"It stopped at an error that nobody foresaw. The log of the server names it: job {job.pk}."
    [logged] = [record for record in caplog.records if record.name == "archive.jobs"]
    assert (logged.levelno, logged.exc_info[0]) == (logging.ERROR, KeyError)


def test_a_kind_that_the_software_no_longer_knows_ends_with_a_sentence(db):
    job = JobFactory(kind="archive.jobs.Background")
    carry_out.call(job.pk)
    job.refresh_from_db()
    assert job.problem == "This version of the software does not know this kind of job."


def test_asking_twice_does_it_once(three_sources):
    job = JobFactory(arguments={"with_mark": "!"})
    carry_out.call(job.pk)
    carry_out.call(job.pk)
    assert rights() == ["Free.!"] * 3


@pytest.mark.parametrize("signalled", [signal.SIGKILL, signal.SIGTERM], ids=["killed", "told to end"])
def test_a_job_whose_process_ends_goes_on_where_it_stood(signalled, work, archivist):
    SourceFactory.create_batch(3, rights="Free.")
    job = mark_sources.ask(by=archivist, title="Mark", with_mark="!", end_by=signalled)
    assert work() == (-signalled if signalled == signal.SIGKILL else 0)
    assert rights() == ["Free.!", "Free.", "Free."]
    assert take_up_lost() == 0  # it was heard of a moment ago
    job.refresh_from_db()
    assert (job.state, job.done) == ("At work" if signalled == signal.SIGKILL else "Waits to go on", 1)

    Job.objects.filter(beat_at__isnull=False).update(beat_at=timezone.now() - timedelta(minutes=3))
    assert work() == 0
    job.refresh_from_db()
    assert (job.state, job.outcome, job.times_begun) == ("Done", "3 sources marked.", 2)
    assert rights() == ["Free.!"] * 3


def test_a_job_that_never_reached_the_queue_is_taken_up(work, archivist):
    SourceFactory(rights="Free.")
    job = JobFactory(asked_by=archivist, asked_as="archivist", arguments={"with_mark": "!"})
    Job.objects.update(asked_at=timezone.now() - timedelta(minutes=3))
    assert not DBTaskResult.objects.exists()
    assert work() == 0
    job.refresh_from_db()
    assert (job.state, rights()) == ("Done", ["Free.!"])


def test_a_job_that_is_begun_again_and_again_ends(three_sources):
    job = JobFactory(arguments={"with_mark": "!"}, times_begun=10)
    carry_out.call(job.pk)
    job.refresh_from_db()
    assert job.problem == "It was begun 10 times, and broken off each time."


def test_a_job_that_loses_the_database_is_left_to_be_taken_up(db, monkeypatch):
    job = JobFactory(arguments={"with_mark": "!"})
    monkeypatch.setattr(mark_sources, "_function", lambda *_, **__: (_ for _ in ()).throw(OperationalError("gone")))
    with pytest.raises(OperationalError):
        carry_out.call(job.pk)
    job.refresh_from_db()
    assert (job.state, job.problem) == ("At work", "")


def test_a_job_that_is_stopped_ends_at_its_next_progress_and_keeps_nothing_since(ask, db):
    job = ask(stop_while_at_work)
    assert (job.state, job.outcome) == ("At work", "")  # the stop was part of the chunk that was not kept
    stop(job, by=None)
    with pytest.raises(JobError, match="It has ended already"):
        stop(job, by=None)
    job.refresh_from_db()
    assert (job.state, job.problem) == ("Not finished", "Stopped by the operator after 0 items.")
    assert not Source.objects.exists()


def test_a_job_is_undone(ask, archivist, django_capture_on_commit_callbacks, three_sources):
    job = ask(by=archivist, with_mark="!")
    with django_capture_on_commit_callbacks(execute=True):
        undoing = undo(job, by=archivist)
    undoing.refresh_from_db()
    job.refresh_from_db()
    assert rights() == ["Free."] * 3
    assert (undoing.title, undoing.outcome, undoing.total) == ("Undo: Mark the sources", "3 sources as they were.", 3)
    assert (job.state, job.undone_by) == ("Undone", archivist)
    assert not JobItem.objects.exists()
    with pytest.raises(JobError, match="It is undone already"):
        undo(job, by=archivist)


def test_a_job_is_undone_only_once_at_a_time_and_by_those_who_may(ask, archivist, editor, three_sources):
    job = ask(by=archivist, with_mark="!")
    with pytest.raises(PermissionDenied):
        undo(job, by=editor)
    undo(job, by=archivist)
    with pytest.raises(JobError, match="It is being undone"):
        undo(job, by=archivist)


@pytest.mark.parametrize(
    ("job", "why"),
    [
        ({}, "It has not ended yet."),
        ({"kind": "tests.test_jobs.fail", "ended_at": timezone.now()}, "This kind of job cannot be undone."),
        ({"kind": "gone", "ended_at": timezone.now()}, "This version of the software does not know this kind of job."),
        ({"ended_at": timezone.now()}, ""),
    ],
)
def test_why_a_job_cannot_be_undone(db, job, why):
    assert why_not_undone(JobFactory(**job)) == why


def test_what_is_kept_of_an_object_is_what_it_was_before_the_job(db):
    job = JobFactory()
    job.keep("source", {1: "first"})
    job.keep("source", {1: "second", 2: "other"})
    assert list(job.items.order_by("object_id").values_list("object_id", "before")) == [(1, "first"), (2, "other")]


def test_its_rate_and_the_time_left_are_those_since_it_was_begun():
    begun = timezone.now()
    job = JobFactory.build(begun_at=begun, beat_at=begun + timedelta(seconds=10), done=50, total=150)
    assert (job.rate, job.left) == (5.0, timedelta(seconds=20))


@pytest.fixture
def stopped(three_sources, archivist):
    """A job of the archivist's that was stopped after its work, and an undoing of it that was stopped before any."""
    ended = {"asked_by": archivist, "asked_as": "archivist", "ended_at": timezone.now(), "problem": "Stopped."}
    job = JobFactory(**ended, begun_at=timezone.now(), arguments={"with_mark": "!"})
    return job, JobFactory(**ended, kind="archive.jobs.take_back", undoes=job)


def test_only_who_may_undo_stops_an_undoing_or_goes_on_with_it(stopped, editor, archivist):
    _, undoing = stopped
    with pytest.raises(PermissionDenied):
        go_on(undoing, by=editor)
    go_on(undoing, by=archivist)
    with pytest.raises(PermissionDenied):
        stop(undoing, by=editor)
    stop(undoing, by=archivist)
    undoing.refresh_from_db()
    assert undoing.problem == "Stopped by archivist after 0 items."


def test_a_stopped_job_does_not_go_on_while_it_is_undone(stopped, archivist):
    job, undoing = stopped
    go_on(undoing, by=archivist)
    with pytest.raises(JobError, match="It is being undone"):
        go_on(job, by=archivist)
    stop(undoing, by=archivist)
    go_on(job, by=archivist)
    job.refresh_from_db()
    assert (job.state, job.problem) == ("Waits to go on", "")


def test_a_stopped_undoing_does_not_go_on_beside_another_one(stopped, archivist):
    job, undoing = stopped
    undo(job, by=archivist)
    with pytest.raises(JobError, match="It is being undone"):
        go_on(undoing, by=archivist)


def test_a_stopped_undoing_does_not_go_on_while_its_job_does(stopped, archivist):
    job, undoing = stopped
    go_on(job, by=archivist)
    with pytest.raises(JobError, match="It has not ended yet"):
        go_on(undoing, by=archivist)


def test_what_was_undone_is_not_undone_again(stopped, archivist):
    job, undoing = stopped
    Job.objects.filter(pk=job.pk).update(undone_at=timezone.now())
    undoing = Job.objects.get(pk=undoing.pk)
    with pytest.raises(JobError, match="It is undone already"):
        go_on(undoing, by=archivist)
    with pytest.raises(JobError, match="It is undone already"):
        take_back(undoing)


def test_an_undoing_that_is_stopped_at_its_end_leaves_the_job_to_be_undone(stopped, archivist):
    job, undoing = stopped
    with pytest.raises(JobEndedError):
        take_back(undoing)
    job.refresh_from_db()
    assert job.undone_at is None
