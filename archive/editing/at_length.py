"""Changes of the vocabulary that touch too many items for a request: the same deeds, in the background.

Merging goes some items at a time: broken off at any moment, it goes on with those that are left. Moving and splitting
are a few statements of the database each, done wholly or not at all.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import transaction

from archive.editing.merging import begin_merge, finish_merge, move_some, other_of
from archive.editing.moving_items import move_items_back
from archive.editing.splitting import articles_with, split_topic
from archive.editing.vocabulary import VocabularyError, move_topic
from archive.editing.vocabulary_undo import held_to_undo, part_again, put_back_in_place, undo_change
from archive.jobs import JobError, background
from archive.models import Job, Topic, VocabularyChange

CHUNK = 2_000  # items in one transaction
BEFORE_THE_FIRST = -1  # reached, where no item is back yet


@background(needs="change_topic")
def merge_at_length(job: Job, *, topic: int, into: int) -> str:
    """`merge_topics`, for topics given by their ids."""
    with _told():
        return _said(_merged(job, topic, into))


@background(needs="change_topic")
def move_at_length(job: Job, *, topic: int, under: list[int]) -> str:
    """`move_topic`, for topics given by their ids."""
    wanted = Topic.objects.filter(pk__in=under)
    return _once(job, lambda: move_topic(_topic(topic), under=wanted, by=job.asked_by))


@background(needs="change_topic")
def split_at_length(job: Job, *, topic: int, name: str, words: str, scope_note: str, below: bool) -> str:
    """`split_topic`, for a topic given by its id, of the articles that have these words."""

    def split() -> VocabularyChange:
        held = _topic(topic)
        articles = articles_with(held, words)
        return split_topic(held, name, articles=articles, by=job.asked_by, scope_note=scope_note, below=below)

    return _once(job, split)


@background(needs="change_topic")
def undo_at_length(job: Job, *, change: int) -> str:
    """`undo_change`, for a change given by its id."""
    undone = VocabularyChange.objects.select_related("topic", "other").get(pk=change)
    if undone.kind == VocabularyChange.Kind.MERGE:
        with _told():
            _unmerge(job, undone)
    elif undone.kind == VocabularyChange.Kind.SPLIT:
        with _told():
            _unsplit(job, undone)
    else:
        _once(job, lambda: _undone(undone, job))
    return f"Undone: {undone}."


def _undone(change: VocabularyChange, job: Job) -> VocabularyChange:
    undo_change(change, by=job.asked_by)
    return change


def _unsplit(job: Job, change: VocabularyChange) -> None:
    if change.undone_at is None:
        _merged(job, other_of(change).pk, change.topic_id)
        change.undone(job.asked_by)


def _merged(job: Job, topic: int, into: int) -> VocabularyChange:
    """Merge, or go on merging where this job was broken off."""
    begun = VocabularyChange.objects.filter(kind=VocabularyChange.Kind.MERGE, detail__job=job.pk)
    change = begun.select_related("topic", "other").first()
    if change is None and job.reached:  # it was all done but for the last word
        return VocabularyChange.objects.get(pk=job.reached)
    change = change or begin_merge(_topic(topic), _topic(into), by=job.asked_by, job=job.pk)
    moved = 1
    while moved:
        with transaction.atomic():
            moved = move_some(change, CHUNK)
            if not moved:
                finish_merge(change)
            job.advance(job.done + moved, reached=0 if moved else change.pk)
    return change


def _unmerge(job: Job, change: VocabularyChange) -> None:
    """Undo a merge, or go on undoing it: `reached` is the last of the moved items that is back."""
    if not job.reached:
        with transaction.atomic():
            part_again(held_to_undo(change))
            job.advance(0, change.items, reached=BEFORE_THE_FIRST)
    elif change.undone_at is not None:
        return
    change.refresh_from_db()
    while True:
        with transaction.atomic():
            items = change.moved.filter(pk__gt=job.reached).order_by("pk").values_list("pk", flat=True)
            chunk = list(items[:CHUNK])
            if not chunk:
                held_to_undo(change)
                put_back_in_place(change)
                change.undone(job.asked_by)
                return
            move_items_back(change, change.topic, other_of(change), first=chunk[0], last=chunk[-1])
            job.advance(job.done + len(chunk), reached=chunk[-1])


def _once(job: Job, deed: Callable[[], VocabularyChange]) -> str:
    """Do a deed of one transaction, unless this job has done it already."""
    with _told(), transaction.atomic():
        if job.reached:
            return _said(VocabularyChange.objects.get(pk=job.reached))
        change = deed()
        job.advance(change.items, reached=change.pk)
        return _said(change)


def _said(change: VocabularyChange) -> str:
    return f"“{change.topic}” {change.told()}. It can be undone among the changes."


def _topic(pk: int) -> Topic:
    topic = Topic.objects.filter(pk=pk).first()
    if topic is None:
        raise VocabularyError("The topic is no longer there.")
    return topic


@contextmanager
def _told() -> Iterator[None]:
    """Let what the vocabulary refuses be the word of the job."""
    try:
        yield
    except VocabularyError as error:
        raise JobError(str(error)) from error
