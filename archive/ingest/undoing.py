"""Undoing: a whole batch taken out again, as long as nothing of it was published."""

from functools import partial

from django.db import transaction
from django.utils import timezone

from archive.editing.rights import Actor, require
from archive.ingest.running import is_free
from archive.jobs import JobError, background
from archive.models import Article, Batch, Deed, Job, Original, Person, Status
from archive.models.original import originals_storage, place_of_original

ARTICLES_A_CHUNK = 200


class UndoError(Exception):
    """A batch cannot be undone. The message is for people."""


def undo_batch(batch: Batch, *, by: Actor) -> int:
    """Delete the articles of a batch with all that came of them, and the originals and people that nobody else needs.

    That is their quotes, filings and proposals; of people only those whom reviewing these articles made.

    Returns how many articles. Raises UndoError where one of them was ever published. The batch stays, marked as undone.
    """
    require(by, "undo_batch")
    with transaction.atomic():
        held = _held(batch.pk)
        undone = 0
        while taken := _take_out_some(held):
            undone += taken
        _note_undone(held, by)
    return undone


@background(needs="undo_batch")
def undo_import(job: Job, *, batch: int) -> str:
    """The same in the background, for a batch of any length: some articles at a time, so that it can go on."""
    while True:
        with transaction.atomic():
            try:
                held = _held(batch)
            except UndoError as error:
                raise JobError(str(error)) from error
            taken = _take_out_some(held)
            if not taken:
                _note_undone(held, job.asked_by)
                return f"Articles taken out: {job.done:,}."
            job.advance(job.done + taken)


def _held(batch: int) -> Batch:
    """The batch, held until the end of the transaction. Raises UndoError where it cannot be undone."""
    held = Batch.objects.select_for_update(of=("self",)).get(pk=batch)
    if why_not := why_not_undone(held):
        raise UndoError(why_not)
    return held


def _take_out_some(batch: Batch) -> int:
    """Delete the next articles of a batch; return how many."""
    ids = list(Article.objects.filter(batch=batch).values_list("pk", flat=True)[:ARTICLES_A_CHUNK])
    originals = list(Original.objects.filter(articles__in=ids).distinct())
    made = list(Person.objects.made_by(Deed.objects.filter(article__in=ids)).values_list("pk", flat=True))
    Article.objects.filter(pk__in=ids).delete()
    Person.objects.filter(pk__in=made).unused().delete()
    _forget(originals)
    return len(ids)


def _note_undone(batch: Batch, by: Actor) -> None:
    batch.undone_at, batch.undone_by = timezone.now(), by
    batch.save(update_fields=["undone_at", "undone_by"])


def why_not_undone(batch: Batch) -> str:
    """Why a batch cannot be undone, in a sentence; "" where it can."""
    if batch.ended_at is None and not is_free(batch):
        return "It is still running."
    if batch.job and not batch.job.ended_at:
        return "It is still to be brought in: stop its job first."
    articles = Article.objects.filter(batch=batch)
    if public := articles.exclude(status__in=[Status.DRAFT, Status.IN_REVIEW], released_at__isnull=True).first():
        return f"“{public}” of it was published: withdraw single articles instead."
    return ""


def _forget(originals: list[Original]) -> None:
    """Delete those of these originals that no article has, and their bytes once that is certain."""
    orphans = Original.objects.filter(pk__in=[one.pk for one in originals], articles__isnull=True)
    places = [place_of_original(orphan, "") for orphan in orphans]
    orphans.delete()
    for place in places:
        transaction.on_commit(partial(originals_storage().delete, place), robust=True)
