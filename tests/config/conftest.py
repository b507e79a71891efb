"""Places for servers of a test's own."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """Not below pytest's own directory: each pytest that starts closes that one anew to all accounts but its own."""
    with tempfile.TemporaryDirectory(prefix="archive-", ignore_cleanup_errors=True) as place:
        yield Path(place)
