"""Which database is read from: the primary, or for a while a streaming replica. Only the primary is written.

Connections to either may lead through a pooler that gives each transaction another session (PgBouncer with
`pool_mode = transaction`). What needs one session for longer asks for `lock_connection`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

PRIMARY = DEFAULT_DB_ALIAS
DIRECT = "direct"  # to the primary without a pooler, where there is one
REPLICAS = tuple(alias for alias in settings.DATABASES if alias not in {PRIMARY, DIRECT})

_read = ContextVar("_read", default=PRIMARY)


@contextmanager
def reading_from(alias: str) -> Iterator[None]:
    """Have everything until the end of the block read from one database, by its name in the settings."""
    before = _read.set(alias)
    try:
        yield
    finally:
        _read.reset(before)


def read_connection() -> "BaseDatabaseWrapper":
    """The connection to read by, where a query is written in SQL."""
    return connections[_read.get()]


def lock_connection() -> "BaseDatabaseWrapper":
    """A connection to one session of the primary, for locks that are held longer than a transaction."""
    return connections[DIRECT if DIRECT in connections.databases else PRIMARY]


class Router:
    """Django's questions, answered: whatever was read anywhere is written to the primary."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        """The database of the present block."""
        del model, hints
        return _read.get()

    def db_for_write(self, model: Any, **hints: Any) -> str:
        """The primary."""
        del model, hints
        return PRIMARY

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        """Rows of a replica are the primary's own."""
        del one, other, hints
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Replicas get their tables from the primary."""
        del app_label, hints
        return db == PRIMARY
