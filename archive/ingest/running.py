"""Running: whether a batch is being imported at this moment, and whose turn it is to save; told by locks that die with
their process.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from archive.databases import lock_connection
from archive.models import Batch

_SAVING = "hashtext('archive: stories are saved')"
_LOCK = "hashtext('archive: batch'), %s"


@contextmanager
def running(batch: Batch) -> Iterator[None]:
    """Hold the batch as running until the end of the block, or of the process."""
    with lock_connection().cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_lock({_LOCK})", [batch.pk])
    try:
        yield
    finally:
        with lock_connection().cursor() as cursor:
            cursor.execute(f"SELECT pg_advisory_unlock({_LOCK})", [batch.pk])


def save_alone() -> None:
    """Wait until no other import is saving stories, and keep it so until the end of the transaction.

    Two that bring in the same stories at once would else each find that they are not here yet.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock({_SAVING})")


def nobody_saves() -> bool:
    """Whether no other import is saving stories; within a transaction, none can begin to before its end."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_try_advisory_xact_lock({_SAVING})")
        return bool(cursor.fetchone()[0])


def is_free(batch: Batch) -> bool:
    """Whether no process is at work on the batch; within a transaction, none can begin before its end."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_try_advisory_xact_lock({_LOCK})", [batch.pk])
        return bool(cursor.fetchone()[0])
