"""CSV: a table with a row of names above it, one story a row (RFC 4180, and what spreadsheets make of it)."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from typing import IO

from django.conf import settings

from archive.ingest.arrivals import HEAD_BYTES, Arrival
from archive.ingest.decoding import decode
from archive.ingest.document import Item, UnreadableError
from archive.ingest.fields import knows_any
from archive.ingest.readers.records import story_of

_DELIMITERS = ",;\t|"
_SEPARATOR = re.compile(r"\ufeff?sep=.", re.IGNORECASE)


def read(arrival: Arrival) -> Iterator[Item]:
    """The stories of the rows, numbered from 1 below the names. Raises UnreadableError where no column is known."""
    csv.field_size_limit(settings.IMPORT_MAX_BYTES)
    with arrival.open() as file:
        lines = _lines(file)
        names = next(lines, "")
        if _SEPARATOR.fullmatch(names.strip()):  # a line for spreadsheets, above the names
            names = next(lines, "")
        delimiter = max(_DELIMITERS, key=names.count)
        columns = [name.strip() for name in next(csv.reader([names], delimiter=delimiter), [])]
        if not knows_any(columns, arrival.mapping):
            told = ", ".join(columns[:12]) or "none"
            raise UnreadableError(f"has no column of headlines or texts among its own ({told}); name them with --map")
        rows = csv.DictReader(lines, columns, restkey="", delimiter=delimiter)
        number = 0
        while True:
            number += 1
            try:
                row = next(rows, None)
            except csv.Error as error:
                yield UnreadableError(f"breaks the table: {error}", row=number)
                return
            if row is None:
                return
            yield story_of(row, number, arrival.mapping)


def _lines(file: IO[bytes]) -> Iterator[str]:
    """The lines of a table in the encoding that its beginning shows; a line that breaks it is read as Windows-1252."""
    head = file.read(HEAD_BYTES)
    file.seek(0)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield from io.TextIOWrapper(file, "utf-16", errors="replace", newline="")
        return
    encoding = decode(head[: head.rfind(b"\n") + 1] or head).encoding
    for line in file:
        try:
            yield line.decode("utf-8-sig" if encoding == "utf-8" else encoding)
        except UnicodeDecodeError:
            yield line.decode("cp1252", "replace")
