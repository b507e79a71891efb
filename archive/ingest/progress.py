"""Progress: how much of what arrives has been read, byte by byte, also within one long file."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import BinaryIO

from archive.ingest.arrivals import Arrival, NotArrived


class Progress:
    """Watches arrivals being read: `read` says how many bytes so far.

    A file is read twice, first for its checksum, of which nothing is told; what counts is how far it is read since it
    was opened last.
    """

    def __init__(self) -> None:
        self._done = 0  # of the arrivals before this one
        self._size = 0
        self._file: BinaryIO | None = None
        self._reached = 0

    def watch(self, coming: Iterable[Arrival | NotArrived]) -> Iterator[Arrival | NotArrived]:
        """The same arrivals, watched."""
        for one in coming:
            if isinstance(one, Arrival):
                self._size, self._file, self._reached = one.size, None, 0
                yield replace(one, open=self._watched(one.open))
                self._done += one.size
                self._size, self._file = 0, None
            else:
                yield one

    @property
    def read(self) -> int:
        """Bytes read of all that arrived so far."""
        if self._file is not None and not self._file.closed:
            self._reached = self._file.tell()
        return self._done + min(self._reached, self._size)

    def _watched(self, opened: Callable[[], BinaryIO]) -> Callable[[], BinaryIO]:
        def open_and_note() -> BinaryIO:
            self._file = opened()
            return self._file

        return open_and_note
