"""The last net under a search: what takes too long for all that bounds it is broken off, and said to be.

Nor does one search take several processors from the others.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, transaction
from psycopg.errors import QueryCanceled

from archive.databases import read_connection

# So long a search may go on asking, and so long may one query of it take; a hundredth of it is what they do take.
SECONDS = 5.0


class TookTooLong(Exception):  # noqa: N818 (it is what happened, not whose fault it was)
    """A search was broken off."""


@contextmanager
def at_most() -> Iterator[None]:
    """Let no query until the end of the block take longer than `SECONDS`, nor begin after that time.

    Raises:
        TookTooLong: where one would have.

    """
    connection, end = read_connection(), time.monotonic() + SECONDS

    def in_time(execute: Callable[..., Any], *query: Any) -> Any:
        if time.monotonic() > end:
            raise TookTooLong
        return execute(*query)

    try:
        with transaction.atomic(using=connection.alias), connection.execute_wrapper(in_time):
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT set_config('statement_timeout', %s, true),"
                    " set_config('max_parallel_workers_per_gather', '0', true)",
                    [f"{SECONDS * 1000:.0f}"],
                )
            yield
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise TookTooLong from error
        raise
