"""Failures: what could not come in is kept, with its bytes, so that an archivist can see why, mend it and try again."""

import json
from typing import Any

from django.conf import settings

from archive.ingest.arrivals import Arrival
from archive.ingest.report import Result
from archive.models import Batch, Failure
from archive.prose import canonical


def keep_failure(batch: Batch, result: Result, *, arrival: Arrival | None, record: Any = None) -> None:
    """Keep a result that failed, with the bytes of its row, or of its file where it is the only story there."""
    content = _bytes_of_record(record) if result.row else _bytes_of(arrival)
    name = arrival.name if arrival else result.origin
    Failure.objects.create(
        batch=batch,
        origin=canonical(result.origin),
        row=result.row,
        reason=canonical(result.reason),
        filename=canonical(f"{name}.row{result.row}.json" if result.row else name)[-255:],
        content=content,
    )


def _bytes_of_record(record: Any) -> bytes | None:
    if record is None or isinstance(record, bytes):
        return record
    return json.dumps(record, ensure_ascii=False, default=str).encode(errors="replace")


def _bytes_of(arrival: Arrival | None) -> bytes | None:
    """The bytes of a file, unless it cannot be read or is too large to keep twice."""
    if arrival is None or arrival.size > settings.IMPORT_MAX_BYTES:
        return None
    try:
        return arrival.bytes()
    except Exception:  # noqa: BLE001 (a damaged archive raises anything; the failure itself is told already)
        return None
