"""JSON: a list of records, one record, or a record that holds a list of them, as answers of APIs do.

Among those are the answers of the Spaceflight News API v4 and of WordPress. Lists are read as a stream (ijson).
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import ijson
from django.conf import settings

from archive.ingest.arrivals import HEAD_BYTES, Arrival
from archive.ingest.decoding import decode
from archive.ingest.document import Item, UnreadableError
from archive.ingest.fields import knows_any
from archive.ingest.readers import json_lines
from archive.ingest.readers.nesting import listed, parsed
from archive.ingest.readers.records import story_of

# What APIs call the list of their records.
_LISTS = (
    "results",
    "articles",
    "items",
    "stories",
    "posts",
    "entries",
    "data",
    "documents",
    "records",
    "news",
    "docs",
    "hits",
)


_BEGINNING = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\{\s*\"|\[\s*\{\s*\")")


def recognises(head: bytes) -> bool:
    """Whether a file begins as records do."""
    return bool(_BEGINNING.match(head))


def read(arrival: Arrival) -> Iterator[Item]:
    """The stories of a JSON document.

    Raises UnreadableError where it is not JSON, is nested too deep or holds no records.
    """
    with arrival.open() as file:
        beginning = file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")
        file.seek(0)
        if _is_record(file.readline(settings.IMPORT_MAX_BYTES)) and file.read(HEAD_BYTES).strip():
            yield from json_lines.read(arrival)  # a record a line, whatever its name
            return
        if beginning.startswith(b"["):
            file.seek(3 if arrival.head().startswith(b"\xef\xbb\xbf") else 0)
            yield from _from_list(listed(file), arrival)
            return
    content = parsed(decode(arrival.bytes()).text)
    if not isinstance(content, Mapping):
        raise UnreadableError(f"holds {type(content).__name__}, not records")
    records = _list_in(content)
    if records is None:
        yield story_of(content, 0, arrival.mapping)
    else:
        yield from _from_list(iter(records), arrival)


def _list_in(content: Mapping[str, Any]) -> list[Any] | None:
    """The list of records in an answer, or in a record that the answer wraps it in, whatever that is called.

    A record that is itself a story may have lists of other things within.
    """
    inner = [] if knows_any(content, {}) else [value for value in content.values() if isinstance(value, Mapping)]
    for record in (content, *inner):
        for name in _LISTS:
            if isinstance(record.get(name), list):
                return list(record[name])
    return None


def _from_list(records: Iterator[Any], arrival: Arrival) -> Iterator[Item]:
    row = 0
    while True:
        row += 1
        try:
            record = next(records)
        except StopIteration:
            return
        except (ijson.JSONError, UnicodeDecodeError) as error:
            yield UnreadableError(f"is not JSON from here on: {error}", row=row)
            return
        except UnreadableError as error:
            yield UnreadableError(str(error), row=row)
            return
        yield story_of(record, row, arrival.mapping)


def _is_record(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):  # also where the bytes are no text
        return False
