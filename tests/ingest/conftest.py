"""What the tests of the import share: files to bring in, and the run that brings them in."""

import pytest

from archive.ingest.arrivals import arrivals
from archive.ingest.drafting import Told
from archive.ingest.pipeline import Import


@pytest.fixture
def folder(tmp_path):
    """Make files of names and texts (or bytes) in a new folder."""

    def write(**files):
        for name, content in files.items():
            data = content if isinstance(content, bytes) else content.encode()
            (tmp_path / name.replace("__", ".")).write_bytes(data)
        return tmp_path

    return write


@pytest.fixture
def bring_in():
    """Import paths. Gives (name of the file, outcome, reason) of each result."""

    def run(*paths, **told):
        results = Import(Told(**told)).run(arrivals(paths))
        return [(one.origin.rsplit("/", 1)[-1], one.outcome.value, one.reason) for one in results]

    return run
