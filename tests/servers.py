"""Servers of a test's own: waited for, and added to the databases of the settings."""

import time
from contextlib import contextmanager

from django.db import connections

WAITED = 30  # seconds, at most, for what takes milliseconds


@contextmanager
def connected(alias: str, settings: dict[str, object]):
    """Add a database to those of the settings, which a test may connect to though Django did not make it."""
    connections.databases[alias] = settings
    added = connections[alias]

    def ensure_connection() -> None:
        if added.connection is None:
            with added.wrap_database_errors:
                added.connect()

    added.ensure_connection = ensure_connection
    yield
    added.close()
    del connections[alias]
    del connections.databases[alias]


def wait_until(met, seconds: float = WAITED) -> None:
    end = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < end
        time.sleep(0.01)
