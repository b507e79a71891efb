"""JSON Lines: one record a line, of any number; read line by line."""

from collections.abc import Iterator

from django.conf import settings
from django.template.defaultfilters import filesizeformat

from archive.ingest.arrivals import Arrival
from archive.ingest.decoding import decode
from archive.ingest.document import Item, UnreadableError
from archive.ingest.lines import numbered_lines
from archive.ingest.readers.nesting import parsed
from archive.ingest.readers.records import story_of


def read(arrival: Arrival) -> Iterator[Item]:
    """The stories of the lines; a line that is none is yielded as such, with its number."""
    limit: int = settings.IMPORT_MAX_BYTES
    with arrival.open() as file:
        for row, line in numbered_lines(file, limit):
            if line is None:
                yield UnreadableError(f"is longer than {filesizeformat(limit)}", row=row)
            else:
                yield _story(line, row, arrival)


def _story(line: bytes, row: int, arrival: Arrival) -> Item:
    try:
        record = parsed(decode(line).text)
    except UnreadableError as error:
        return UnreadableError(str(error), row=row, record=line)
    return story_of(record, row, arrival.mapping)
