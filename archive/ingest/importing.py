"""Importing from the admin: what is little comes in at once, all else in the background; both by the same pipeline."""

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from typing import Any

from django.db import transaction
from django.db.models import Count

from archive.editing.rights import require
from archive.ingest.drafting import Told
from archive.ingest.pipeline import Import, begin_batch
from archive.ingest.report import Outcome, Result
from archive.ingest.running import nobody_saves
from archive.ingest.unpacking import unpacked_size
from archive.ingest.uploads import Upload, forget_uploads, how_many
from archive.jobs import JobError, background
from archive.models import Article, Batch, BatchRow, Job
from archive.prose import canonical

LITTLE_BYTES = 300_000  # some hundred stories, which take a second
LITTLE_FILES = 20
ROWS_AT_ONCE = 200
SECONDS_AT_MOST = 1  # between two marks of progress


def bring_in(uploads: Sequence[Upload], told: Told) -> Batch:
    """Bring in what was sent, as `told.by`: here and now where it is little, else by a job, which the batch names.

    A job also waits for another import that is saving, so that nobody waits for that before a page.
    The uploads are dropped once they have come in. Raises PermissionDenied.
    """
    require(told.by, "add_batch")
    names = ", ".join(upload.origin for upload in uploads)
    with transaction.atomic():
        batch = begin_batch(told, origin=names)
        if not (is_little(uploads) and nobody_saves()):
            title = names if len(uploads) == 1 else f"{uploads[0].origin} and {len(uploads) - 1:,} more"
            batch.job = import_uploads.ask(
                by=told.by,
                title=f"Import: {title}",
                total=how_many(uploads),
                batch=batch.pk,
                uploads=[upload.as_json() for upload in uploads],
            )
            batch.save(update_fields=["job"])
            return batch
    _run(batch, uploads, told)
    forget_uploads(uploads)
    batch.refresh_from_db()
    return batch


@background(needs="add_batch")
def import_uploads(job: Job, *, batch: int, uploads: list[dict[str, Any]]) -> str:
    """Bring in what was sent. Begun again, it reads all anew, and passes over what has come in."""
    imported = Batch.objects.get(pk=batch)
    if imported.undone_at:
        raise JobError("The import was undone.")
    sent = [Upload(**one) for one in uploads]
    _forget_report(imported)
    job.advance(0)
    _run(imported, sent, Told.from_json(imported.told, by=job.asked_by), job)
    forget_uploads(sent)
    imported.refresh_from_db()
    return f"{imported.imported:,} imported, {imported.skipped:,} skipped, {imported.failed:,} failed."


def is_little(uploads: Sequence[Upload]) -> bool:
    """Whether these can come in while somebody waits for the page."""
    if len(uploads) > LITTLE_FILES:
        return False
    sizes = [unpacked_size(upload.arrival()) for upload in uploads]
    return None not in sizes and sum(filter(None, sizes)) <= LITTLE_BYTES


def _run(batch: Batch, uploads: Iterable[Upload], told: Told, job: Job | None = None) -> None:
    """Run the pipeline over the uploads, and keep what became of each row."""
    results = Import(told).run([upload.arrival(told.mapping) for upload in uploads], batch=batch)
    with closing(results):
        while some := list(_some(results)):
            with transaction.atomic():
                BatchRow.objects.bulk_create(_rows(batch, some, begun_again=job is not None and job.times_begun > 1))
                if job is not None:
                    job.advance(job.done + len(some))
    became = dict(batch.rows.order_by().values_list("outcome").annotate(number=Count("id")))
    counts = {outcome.value: became.get(outcome.value, 0) for outcome in Outcome}
    Batch.objects.filter(pk=batch.pk).update(**counts)


def _some(results: Iterator[Result]) -> Iterator[Result]:
    """The next results, as many as make a chunk or come within a second of the first."""
    began = None
    for number, result in enumerate(results, start=1):
        began = began or time.monotonic()
        yield result
        if number == ROWS_AT_ONCE or time.monotonic() - began > SECONDS_AT_MOST:
            return


def _rows(batch: Batch, results: list[Result], *, begun_again: bool) -> list[BatchRow]:
    """The rows that say what became of these.

    In a run that was begun again, what the one before brought in is here already: it is still this batch's, the first
    time that it is met.
    """
    own = _own(batch, results) if begun_again else set()
    rows = []
    for result in results:
        outcome, reason = result.outcome, result.remarks
        if outcome == Outcome.SKIPPED and result.article in own:
            own.discard(result.article)
            outcome, reason = Outcome.IMPORTED, ""
        rows.append(
            BatchRow(
                batch=batch,
                origin=canonical(result.origin),
                row=result.row,
                outcome=outcome.value,
                reason=canonical(reason),
                article_id=result.article,
            )
        )
    return rows


def _own(batch: Batch, results: list[Result]) -> set[int]:
    """The articles among these that this batch brought in, and of which its report does not say so yet."""
    ids = [one.article for one in results if one.article and one.outcome == Outcome.SKIPPED]
    told = batch.rows.filter(article__in=ids, outcome=Outcome.IMPORTED.value).values("article")
    return set(Article.objects.filter(pk__in=ids, batch=batch).exclude(pk__in=told).values_list("pk", flat=True))


def _forget_report(batch: Batch) -> None:
    """Let a run that is begun again say anew what becomes of everything."""
    with transaction.atomic():
        batch.rows.all().delete()
        batch.failures.open().delete()
        Batch.objects.filter(pk=batch.pk).update(imported=0, skipped=0, failed=0, ended_at=None)
