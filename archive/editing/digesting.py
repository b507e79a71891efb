"""What stands beside the lists of topics and speakers, made anew where it is due, and held against what it counts.

`archive.models.digest` says how it is kept; the worker (`manage.py work`) calls `make_due_digests` when nothing else
waits.
"""

import time
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import F

from archive.models import Digest, DueDigest
from archive.models.digest import CountedAnew

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

AT_ONCE = 50
# How long to wait for those who are writing, in seconds, before looking again later.
PATIENCE = 2.0

# Two at once would wait for each other's transactions.
_ALONE = "SELECT pg_try_advisory_xact_lock(hashtext('archive: digests made'))"
# What has been noted last, for that is likeliest to be read. A note that a writer holds on to stays, for the sake of
# what that writer has not committed yet; on one that is held here no writer relies any more.
_HOLD = "SELECT id FROM archive_duedigest ORDER BY id DESC LIMIT %s FOR UPDATE SKIP LOCKED"
# The transactions that are writing just now, each of which holds a lock on its own number; and whether all of these are
# done.
_WRITING = """
    SELECT COALESCE(array_agg(transactionid::text), '{}') FROM pg_locks
    WHERE locktype = 'transactionid' AND mode = 'ExclusiveLock' AND pid IS DISTINCT FROM pg_backend_pid()
"""
_ENDED = """
    SELECT NOT EXISTS (
        SELECT FROM pg_locks
        WHERE locktype = 'transactionid' AND mode = 'ExclusiveLock' AND transactionid = ANY (%s::xid[]))
"""
_TAKE = "DELETE FROM archive_duedigest WHERE id = ANY (%s) RETURNING subject, subject_id"
# In a statement of its own, after the wait: it sees all that was committed before that.
_MAKE = """
    INSERT INTO archive_digest (subject, subject_id, told, made_at)
    SELECT subject, subject_id, archive_count_digest(subject, subject_id), statement_timestamp()
    FROM (SELECT DISTINCT subject, subject_id FROM unnest(%s::text[], %s::bigint[]) AS taken (subject, subject_id)
          ORDER BY 1, 2) AS one
    ON CONFLICT (subject, subject_id) DO UPDATE SET told = EXCLUDED.told, made_at = EXCLUDED.made_at
"""


@dataclass(frozen=True, slots=True)
class OffDigest:
    """A kept digest that is not what it should be, though nothing says that it is due."""

    subject: str
    subject_id: int

    def __str__(self) -> str:
        return f"what stands beside {self.subject} {self.subject_id} is not what was counted"


def make_due_digests(most: int = AT_ONCE) -> int:
    """Make up to so many digests that are due; return how many notes of that are done with.

    0 where there are none, where another process is at it, or where somebody has been writing all the time. To be
    called outside a transaction. A process that is killed leaves what it was at to the next.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        if not _answer(cursor, _ALONE):
            return 0
        cursor.execute(_HOLD, [most])
        held = [pk for (pk,) in cursor.fetchall()]
        if not held:
            return 0
        # Two who file one article under two topics at once do not see each other's topic, and neither notes that the
        # other's has a new companion. So all who were writing when the notes were held must be done; who wrote later
        # has noted it anew.
        writing, began = _answer(cursor, _WRITING), time.monotonic()
        while not _answer(cursor, _ENDED, writing):
            if time.monotonic() - began > PATIENCE:
                return 0
            time.sleep(0.05)
        cursor.execute(_TAKE, [held])
        taken = cursor.fetchall()
        cursor.execute(_MAKE, [[subject for subject, _ in taken], [subject_id for _, subject_id in taken]])
        return len(taken)


def digests_off() -> list[OffDigest]:
    """The kept digests that are not what they should be. Counts each of them anew; locks nothing."""
    off = (
        Digest.objects.right(subject).alias(counted=CountedAnew("subject", "subject_id")).exclude(told=F("counted"))
        for subject in Digest.Subject
    )
    kept = chain.from_iterable(rows.order_by("subject_id").values_list("subject", "subject_id") for rows in off)
    return [OffDigest(*each) for each in kept]


def repair_digests() -> int:
    """Note that those which are off are due: readers get them counted until they are made. How many there were."""
    off = digests_off()
    DueDigest.objects.bulk_create(DueDigest(subject=each.subject, subject_id=each.subject_id) for each in off)
    return len(off)


def _answer(cursor: "CursorWrapper", question: str, *given: Any) -> Any:
    cursor.execute(question, given)
    return cursor.fetchone()[0]
