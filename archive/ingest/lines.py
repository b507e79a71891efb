"""Lines: those of a file, one by one, of which none takes more memory than it may."""

from collections.abc import Iterator
from typing import BinaryIO


def numbered_lines(file: BinaryIO, most_bytes: int) -> Iterator[tuple[int, bytes | None]]:
    """The lines in which anything stands, each with its number, from 1 on; None for a line that has too many bytes."""
    number = 0
    while line := file.readline(most_bytes + 1):
        number += 1
        if len(line) > most_bytes:
            yield number, None
            while not line.endswith(b"\n") and (line := file.readline(most_bytes)):
                pass
        elif line.strip():
            yield number, line
