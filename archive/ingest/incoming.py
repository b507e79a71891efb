"""Incoming: whatever an import is given: paths, addresses of the web, or “-” for standard input."""

import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from archive.ingest.arrivals import Arrival, NotArrived, arrivals
from archive.ingest.document import UnreadableError
from archive.ingest.fetching import fetch

STANDARD_INPUT = "-"


def incoming(
    given: Iterable[str], mapping: Mapping[str, str] | None = None, *, name: str = "", stdin: BinaryIO | None = None
) -> Iterator[Arrival | NotArrived]:
    """All that arrives from what was given, in its order.

    `name` is the name that standard input would have as a file, where its format does not show from its beginning.
    """
    for one in given:
        if one == STANDARD_INPUT:
            yield _spooled(stdin or sys.stdin.buffer, name, mapping or {})
        elif _is_address(one):
            try:
                yield replace(fetch(one), mapping=mapping or {})
            except UnreadableError as error:
                yield NotArrived(one, error)
        else:
            yield from arrivals([one], mapping)


def is_there(given: str) -> bool:
    """Whether something can arrive from this: a path where something lies, an address, standard input."""
    return given == STANDARD_INPUT or _is_address(given) or Path(given).exists()


def size_of(given: Iterable[str]) -> int:
    """The bytes of all files among what was given, for those who want to know how much is left."""
    paths = [one for one in given if one != STANDARD_INPUT and not _is_address(one)]
    return sum(one.size for one in arrivals(paths) if isinstance(one, Arrival))


def _is_address(given: str) -> bool:
    return given.lower().startswith(("http://", "https://"))


def _spooled(stream: BinaryIO, name: str, mapping: Mapping[str, str]) -> Arrival:
    """Standard input as a file, since it is read more than once and may be of any length."""
    file = tempfile.NamedTemporaryFile()  # noqa: SIM115 (it lives as long as the arrival that opens it)
    shutil.copyfileobj(stream, file)
    file.flush()
    size = file.tell()

    def opened() -> BinaryIO:
        return Path(file.name).open("rb")

    return Arrival(name or "standard input", "standard input", size, opened, mapping)
