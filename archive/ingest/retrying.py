"""Retrying: what failed is brought in as it was, or mended; or given up. Many at once in the background."""

import io

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from archive.editing.rights import require
from archive.ingest.arrivals import Arrival
from archive.ingest.document import UnreadableError
from archive.ingest.drafting import Told
from archive.ingest.pipeline import Import
from archive.ingest.report import Outcome, Result
from archive.jobs import background
from archive.models import Failure, Job
from archive.prose import canonical


def retry_failure(failure: Failure, *, by: User | None, content: bytes | None = None) -> Result:
    """Bring in what failed, as it was or with mended bytes, as part of its batch.

    What comes in, or turns out to be here, settles the failure; else it keeps its new reason. Raises UnreadableError
    where its bytes were not kept and none are given.
    """
    require(by, "change_failure")
    given = content if content is not None else failure.content
    if given is None:
        raise UnreadableError("was not kept: bring in the file itself again")
    data = bytes(given)
    told = Told.from_json(failure.batch.told, by=by)
    arrival = Arrival(failure.filename, failure.origin, len(data), lambda: io.BytesIO(data), told.mapping)
    results = Import(told, batch=failure.batch).again(arrival)
    first = next((one for one in results if one.outcome == Outcome.FAILED), results[0])
    if first.outcome == Outcome.FAILED:
        failure.reason, failure.content = canonical(first.reason), data
        failure.save(update_fields=["reason", "content"])
    else:
        failure.article_id = first.article
        _settle(failure, imported=sum(one.outcome == Outcome.IMPORTED for one in results))
    return first


@background(needs="change_failure")
def retry_failures(job: Job, *, failures: list[int]) -> str:
    """Try these again, as they are, one after another."""
    for pk in failures[job.done :]:
        with transaction.atomic():
            failure = Failure.objects.open().filter(pk=pk, content__isnull=False).select_related("batch").first()
            if failure is not None:
                retry_failure(failure, by=job.asked_by)
            job.advance(job.done + 1)
    tried = Failure.objects.filter(pk__in=failures)
    waiting = tried.open().count()
    return f"{tried.count() - waiting:,} settled, {waiting:,} still cannot come in."


def give_up(failure: Failure, *, by: User | None) -> None:
    """Settle a failure of which nothing will come."""
    require(by, "change_failure")
    _settle(failure, imported=0)


def _settle(failure: Failure, *, imported: int) -> None:
    failure.settled_at = timezone.now()
    failure.save(update_fields=["article", "settled_at"])
    if imported:
        failure.batch.count(imported=imported, failed=-1)
        rows = failure.batch.rows.filter(outcome=Outcome.FAILED.value, origin=failure.origin, row=failure.row)
        rows.update(outcome=Outcome.IMPORTED.value, reason="", article=failure.article_id)
