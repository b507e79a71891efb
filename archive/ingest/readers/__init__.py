"""Readers: one small module a format, and the one list that names them. A new format is one file and one line here."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from archive.ingest.arrivals import Arrival
from archive.ingest.document import Items
from archive.ingest.readers import csv_table, json_document, json_lines, markdown, plain_text


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
    Reader("text/markdown", (".md", ".markdown"), markdown.read),
    PLAIN_TEXT,
    Reader("application/jsonl", (".jsonl", ".ndjson", ".jsonlines"), json_lines.read, single=False),
    Reader("application/json", (".json",), json_document.read, single=False),
    Reader("text/csv", (".csv", ".tsv"), csv_table.read, single=False),
]


def reader_for(arrival: Arrival) -> Reader:
    """The reader of a file: by its first bytes where they tell, else by its ending, else as plain text.

    What is no text at all is then refused by name, in the decoding.
    """
    head = arrival.head()
    suffix = PurePosixPath(arrival.name).suffix.lower()
    return next(
        (reader for reader in READERS if reader.recognises and reader.recognises(head)),
        next((reader for reader in READERS if suffix in reader.suffixes), PLAIN_TEXT),
    )
