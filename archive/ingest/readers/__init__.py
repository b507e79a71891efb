"""Readers: one small module a format, and the one list that names them. A new format is one file and one line here."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from archive.ingest.arrivals import Arrival
from archive.ingest.document import Items
from archive.ingest.readers import (
    csv_table,
    feed,
    json_document,
    json_lines,
    markdown,
    pdf,
    plain_text,
    web_page,
    wordpress,
)


@dataclass(frozen=True)
class Reader:
    """A format: its media type, the endings of its files, how else it is known, and what reads it.

    `single` says that a file is one story, so that the same bytes never need reading twice.
    """

    media_type: str
    suffixes: tuple[str, ...]
    read: Callable[[Arrival], Items]
    recognises: Callable[[bytes], bool] | None = None
    single: bool = True


PLAIN_TEXT = Reader("text/plain", (".txt", ".text", ""), plain_text.read)

READERS: list[Reader] = [
    Reader("application/pdf", (".pdf",), pdf.read, pdf.recognises),
    Reader("application/wxr+xml", (".wxr",), wordpress.read, wordpress.recognises, single=False),
    Reader("application/feed+xml", (".rss", ".atom", ".xml"), feed.read, feed.recognises, single=False),
    Reader("text/html", (".html", ".htm", ".xhtml"), web_page.read, web_page.recognises),
    Reader("application/json", (".json",), json_document.read, json_document.recognises, single=False),
    Reader("application/jsonl", (".jsonl", ".ndjson", ".jsonlines"), json_lines.read, single=False),
    Reader("text/csv", (".csv", ".tsv"), csv_table.read, single=False),
    Reader("text/markdown", (".md", ".markdown"), markdown.read),
    PLAIN_TEXT,
]


def reader_for(arrival: Arrival) -> Reader:
    """The reader of a file: by its ending where that says enough, else by its first bytes, else as plain text.

    What is no text at all is then refused by name, in the decoding.
    """
    head = arrival.head()
    suffix = PurePosixPath(arrival.name).suffix.lower()
    named = next((reader for reader in READERS if suffix and suffix in reader.suffixes), None)
    if named is not None and named.recognises is None and named is not PLAIN_TEXT:
        return named
    known = next((reader for reader in READERS if reader.recognises and reader.recognises(head)), None)
    return known or named or PLAIN_TEXT
