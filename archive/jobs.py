"""Jobs: work that is too much for a request, done in the background by `manage.py work`.

    @background(needs="change_topic", undo=unmerge)
    def merge_topics(job: Job, *, topic: int, into: int) -> str:
        while rows := …:                        # what is still to be done, some at a time
            with transaction.atomic():
                job.keep("tagging", {row.pk: … for row in rows})
                …
                job.advance(job.done + len(rows))
        return "4,200 articles moved."

    merge_topics.ask(by=user, title="Merge “Mars” into “Planets”", total=4200, topic=1, into=2)

A function returns the sentence of its outcome, or raises JobError with words for people. It works in chunks, each with
its progress in one transaction, and asks what is still to be done rather than remember it: so that it goes on, after
its process was killed, where it stood. It is carried out in the name of whoever asked.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial, update_wrapper
from typing import Any

import pghistory
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F
from django.db.models.functions import Coalesce, Now
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task

from archive.databases import lock_connection
from archive.models import Job
from archive.models.job import LOST_AFTER, JobEndedError

logger = logging.getLogger(__name__)

AT_ONCE = 200  # items; what is no more is done in the request
MOST_TIMES = 10  # that a job is begun: one that ends its process each time is not to end it for ever
_LOCK = "hashtext('archive: job'), %s"

Undo = Callable[[Job, Job], str]


class JobError(Exception):
    """A job cannot be done, or not be undone. The message is for people, and all that they are told."""


class Background:
    """A function that is done in the background; made by `background`."""

    def __init__(self, function: Callable[..., str], *, needs: str, undo: Undo | None) -> None:
        update_wrapper(self, function)
        self.kind = f"{function.__module__}.{function.__qualname__}"
        self.needs = needs
        self.undo = undo
        self._function = function

    def __call__(self, job: Job, **arguments: Any) -> str:
        """Do it here and now, for a job that is there already."""
        self.require(job.asked_by)
        return self._function(job, **arguments)

    def ask(
        self,
        *,
        by: User | None,
        title: str,
        total: int | None = None,
        onward: str = "",
        undoes: Job | None = None,
        **arguments: Any,
    ) -> Job:
        """Have it done, once the present transaction is committed, and return the job.

        `by` is who asks; None is the operator of the server. `total` is the number of items, `onward` the address of
        what it is about. The arguments are what JSON can hold. Raises PermissionDenied where `by` may not.
        """
        self.require(by)
        job = Job.objects.create(
            kind=self.kind,
            title=title if len(title) <= 250 else f"{title[:249]}…",
            arguments=arguments,
            onward=onward,
            **_asked_by(by),
            total=total,
            undoes=undoes,
        )
        transaction.on_commit(partial(carry_out.enqueue, job.pk))
        return job

    def may(self, actor: User | None) -> bool:
        """Whether the actor holds the permission that it needs."""
        return actor is None or not self.needs or actor.has_perm(f"archive.{self.needs}")

    def require(self, actor: User | None) -> None:
        """Let the actor pass, or raise PermissionDenied with the name and the permission that is missing."""
        if not self.may(actor):
            raise PermissionDenied(f"{actor} lacks the permission {self.needs}.")


def background(*, needs: str = "", undo: Undo | None = None) -> Callable[[Callable[..., str]], Background]:
    """Make a function one that is done in the background.

    `needs` is the permission of the archive that it takes, asked for when the job is asked for and when it begins.
    `undo(job, undone)` puts back what the job `undone` changed, in chunks as well, and returns a sentence; `job` is the
    one that undoes.
    """
    return partial(Background, needs=needs, undo=undo)


def at_once(job: Job) -> Job:
    """Do a job that was asked for just now in the request itself, where it is of few items; return it as it stands."""
    if job.total is not None and job.total <= AT_ONCE:
        carry_out.func(job.pk)
        job.refresh_from_db()
    return job


def rights_of(job: Job) -> Background:
    """The function whose permission it takes to stop a job or to go on with it: for an undoing, that of what it undoes.

    Raises JobError as `function_of` does.
    """
    return function_of(job.undoes or job)


def function_of(job: Job) -> Background:
    """The function that does a job. Raises JobError where this version of the software has none of that name."""
    try:
        found = import_string(job.kind)
    except ImportError:
        found = None
    if not isinstance(found, Background):
        raise JobError("This version of the software does not know this kind of job.")
    return found


@task()
def carry_out(job_id: int) -> None:
    """Do a job that waits. One that somebody is at, or that has ended, is left alone, so asking twice does no harm."""
    with _alone_at(job_id) as alone:
        if not alone or not _begin(job_id):
            return
        job = Job.objects.select_related("asked_by", "undoes").get(pk=job_id)
        try:
            with pghistory.context(user=job.asked_by_id, job=job.pk):
                outcome = _carried_out(job)
        except JobEndedError:
            return
        except (JobError, PermissionDenied) as error:
            job.end(problem=str(error))
        except (OperationalError, InterfaceError):
            logger.exception("Job %s lost the database, and is taken up again.", job.pk)
            raise
        except Exception:
            logger.exception("Job %s, %s, stopped at an error.", job.pk, job.kind)
            job.end(
                problem=f"It stopped at an error that nobody foresaw. The log of the server names it: job {job.pk}."
            )
        except BaseException:  # the process is told to end
            _give_back(job)
            raise
        else:
            job.end(outcome=outcome)


@background()
def take_back(job: Job) -> str:
    """Undo what another job did."""
    undone = job.undoes
    if undone is None:
        raise JobError("There is nothing to undo.")
    function = function_of(undone)
    function.require(job.asked_by)
    if function.undo is None:
        raise JobError("This kind of job cannot be undone.")
    if undone.undone_at:
        raise JobError("It is undone already.")
    said = function.undo(job, undone)
    # Both have it or neither: broken off before, it goes on; after, there is nothing left to do.
    with transaction.atomic():
        unmarked = Job.objects.filter(pk=undone.pk, undone_at__isnull=True)
        if not unmarked.update(undone_at=timezone.now(), undone_by=job.asked_by):
            raise JobError("It is undone already.")
        undone.items.all().delete()  # what the undoing needed to the last
        if not job.end(outcome=said):
            raise JobEndedError(f"Job {job.pk} was stopped.")
    return said


def undo(job: Job, *, by: User | None) -> Job:
    """Have a job undone in the background; return the job that does.

    Raises JobError where it cannot be undone, PermissionDenied where `by` may not.
    """
    with transaction.atomic():
        job = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
        if why_not := why_not_undone(job):
            raise JobError(why_not)
        function_of(job).require(by)
        return take_back.ask(
            by=by, title=f"Undo: {job.title}", total=job.items.count() or None, onward=job.onward, undoes=job
        )


def why_not_undone(job: Job) -> str:
    """Why a job cannot be undone, in a sentence; "" where it can."""
    try:
        undoable = function_of(job).undo is not None
    except JobError as error:
        return str(error)
    if not undoable:
        return "This kind of job cannot be undone."
    if not job.ended_at:
        return "It has not ended yet."
    if job.undone_at:
        return "It is undone already."
    if any(undoing.ended_at is None for undoing in job.undoings.all()):
        return "It is being undone."
    return ""


def may_see_to(actor: User | None, job: Job) -> bool:
    """Whether the actor may stop, undo and go on with this job: those who might have asked for it may."""
    try:
        return rights_of(job).may(actor)
    except JobError:
        return False


def may_undo(actor: User | None, job: Job) -> bool:
    """Whether it can be undone as it stands, and by this actor."""
    return may_see_to(actor, job) and not why_not_undone(job)


def stop(job: Job, *, by: User | None) -> None:
    """Have a job end at its next progress; what it has done stays done. Raises JobError where it has ended."""
    rights_of(job).require(by)
    if not job.end(problem=f"Stopped by {by or 'the operator'} after {job.done:,} items."):
        raise JobError("It has ended already.")


def go_on(job: Job, *, by: User | None) -> None:
    """Have a job that ended before it was done go on where it stood, in the name of whoever asks for that.

    Raises JobError where it cannot.
    """
    rights_of(job).require(by)
    with transaction.atomic():
        concerned = Job.objects.filter(pk__in=[job.pk, job.undoes_id or job.pk]).order_by("pk")
        held = {each.pk: each for each in concerned.select_for_update(of=("self",))}  # `undo` locks one of them
        job = held[job.pk]
        if why_not := why_not_gone_on(job):
            raise JobError(why_not)
        # It has its MOST_TIMES again; but not from 0, by which a function would take it for begun the first time.
        kept = {"ended_at": None, "beat_at": None, "problem": "", "times_begun": min(job.times_begun, 1)}
        Job.objects.filter(pk=job.pk).update(**kept, **_asked_by(by))
        transaction.on_commit(partial(carry_out.enqueue, job.pk))


def why_not_gone_on(job: Job) -> str:
    """Why a job cannot go on where it stood, in a sentence; "" where it can."""
    if not job.ended_at or not job.problem or job.undone_at:
        return "There is nothing to go on with."
    if job.undoings.filter(ended_at__isnull=True).exists():
        return "It is being undone."
    return why_not_undone(job.undoes) if job.undoes else ""


def take_up_lost() -> int:
    """Ask anew for the jobs that nobody is at any more though they have not ended; return how many.

    These are the ones whose process died, and those that were never put into the queue. To be called when the queue is
    empty.
    """
    forgotten = Job.objects.waiting().filter(asked_at__lt=timezone.now() - LOST_AFTER)
    taken_up = 0
    for job in [*forgotten, *Job.objects.silent()]:
        with _alone_at(job.pk) as alone:
            if alone:
                _give_back(job)
                taken_up += 1
    return taken_up


def _asked_by(actor: User | None) -> dict[str, Any]:
    """In whose name a job is carried out: the account, and its name, which stays when the account goes."""
    return {"asked_by": actor, "asked_as": actor.get_username() if actor else ""}


def _carried_out(job: Job) -> str:
    if job.asked_by is None and job.asked_as:
        raise JobError(f"{job.asked_as}, who asked for it, has no account any more.")
    if job.times_begun > MOST_TIMES:
        raise JobError(f"It was begun {MOST_TIMES} times, and broken off each time.")
    return function_of(job)(job, **job.arguments)


def _begin(job_id: int) -> bool:
    """Note that a waiting job is begun; say whether it was waiting."""
    return bool(
        Job.objects.waiting()
        .filter(pk=job_id)
        .update(begun_at=Coalesce("begun_at", Now()), beat_at=Now(), times_begun=F("times_begun") + 1)
    )


def _give_back(job: Job) -> None:
    """Let a job wait again, and somebody go on with it."""
    Job.objects.filter(pk=job.pk, ended_at__isnull=True).update(beat_at=None)
    carry_out.enqueue(job.pk)


@contextmanager
def _alone_at(job_id: int) -> Iterator[bool]:
    """Be the only process at a job until the end of the block; yields whether that is so.

    The lock ends with the process that holds it. So a job that is silent for long in one of its steps is not begun a
    second time beside it.
    """
    with lock_connection().cursor() as cursor:
        cursor.execute(f"SELECT pg_try_advisory_lock({_LOCK})", [job_id])
        alone = bool(cursor.fetchone()[0])
    try:
        yield alone
    finally:
        if alone:
            with lock_connection().cursor() as cursor:
                cursor.execute(f"SELECT pg_advisory_unlock({_LOCK})", [job_id])
