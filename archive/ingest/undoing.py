"""Undoing: a whole batch taken out again, as long as nothing of it was published."""

from functools import partial

from django.db import transaction
from django.utils import timezone

from archive.editing.rights import Actor, require
from archive.ingest.running import is_free
from archive.models import Article, Batch, Original, Status
from archive.models.original import originals_storage, place_of_original

AT_ONCE = 1000


class UndoError(Exception):
    """A batch cannot be undone. The message is for people."""


def undo_batch(batch: Batch, *, by: Actor) -> int:
    """Delete the articles of a batch with their quotes, filings and proposals, and the originals nobody else needs.

    Returns how many articles. Raises UndoError where one of them was ever published. The batch stays, marked as undone.
    """
    require(by, "undo_batch")
    with transaction.atomic():
        held = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        if why_not := why_not_undone(held):
            raise UndoError(why_not)
        articles = Article.objects.filter(batch=held)
        undone = 0
        while ids := list(articles.values_list("pk", flat=True)[:AT_ONCE]):
            originals = list(Original.objects.filter(articles__in=ids).distinct())
            Article.objects.filter(pk__in=ids).delete()
            _forget(originals)
            undone += len(ids)
        held.undone_at, held.undone_by = timezone.now(), by
        held.save(update_fields=["undone_at", "undone_by"])
    return undone


def why_not_undone(batch: Batch) -> str:
    """Why a batch cannot be undone, in a sentence; "" where it can."""
    if batch.ended_at is None and not is_free(batch):
        return "It is still running."
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
        transaction.on_commit(partial(originals_storage().delete, place))
