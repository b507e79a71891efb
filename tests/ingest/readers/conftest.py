"""Reading a file of a name and bytes, as an import would."""

import io

import pytest

from archive.ingest.arrivals import Arrival
from archive.ingest.readers import reader_for


@pytest.fixture
def read():
    """What the reader of a file of this name makes of these bytes."""

    def read(name, data, **mapping):
        data = data if isinstance(data, bytes) else data.encode()
        arrival = Arrival(name, name, len(data), lambda: io.BytesIO(data), mapping)
        return list(reader_for(arrival).read(arrival))

    return read
