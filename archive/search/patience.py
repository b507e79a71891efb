"""The last net under a search: what takes too long for all that bounds it is broken off, and said to be.

Nor does one search take several processors from the others.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import OperationalError, transaction
from psycopg.errors import QueryCanceled

from archive.databases import read_connection
from archive.planned import answer

# So long a search may go on asking, and so long may one query of it take; a hundredth of it is what they do take.
SECONDS = 5.0


class TookTooLong(Exception):  # noqa: N818 (it is what happened, not whose fault it was)
    """A search was broken off."""


_end = ContextVar("_end", default=float("inf"))


@contextmanager
def at_most() -> Iterator[None]:
    """Let no query until the end of the block take longer than `SECONDS`, nor a search that asks many go on after that.

    Raises:
        TookTooLong: where one would have.

    """
    connection, before = read_connection(), _end.set(time.monotonic() + SECONDS)
    try:
        with transaction.atomic(using=connection.alias):
            answer(
                "SELECT set_config('statement_timeout', %(time)s, true),"
                " set_config('max_parallel_workers_per_gather', '0', true)",
                time=f"{SECONDS * 1000:.0f}",
            )
            yield
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise TookTooLong from error
        raise
    finally:
        _end.reset(before)


def go_on() -> None:
    """To be called before each further look of a search at its matches.

    Raises:
        TookTooLong: where the search has gone on for too long.

    """
    if time.monotonic() > _end.get():
        raise TookTooLong
