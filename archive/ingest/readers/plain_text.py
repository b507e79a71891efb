"""Plain text: one story a file."""

from collections.abc import Iterator

from archive.ingest.anatomy import dissect
from archive.ingest.arrivals import Arrival
from archive.ingest.decoding import decode
from archive.ingest.document import Document, UnreadableError
from archive.models.article import Doubt


def read(arrival: Arrival) -> Iterator[Document]:
    """The story of a text file. Raises UnreadableError where it holds no text."""
    decoded = decode(arrival.bytes())
    if not decoded.text.strip():
        raise UnreadableError("is empty")
    doubts = {Doubt.ENCODING} if decoded.guessed else set()
    yield dissect(Document(body=decoded.text, encoding=decoded.encoding, doubts=doubts))
