"""Originals: the bytes are put away before the row that names them, under their own checksum.

A process killed between the two leaves bytes that the next attempt finds in their place and takes for its own; a
transaction that fails takes them away again. So there is never a row without its bytes, nor bytes without a row for
longer than until the next attempt.
"""

import hashlib
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from django.contrib.auth.models import User
from django.core.files.base import File

from archive.ingest.arrivals import Arrival
from archive.jobs import JobError
from archive.models import Original
from archive.models.original import originals_storage, place_of_original

LONGEST_NAME = 255

logger = logging.getLogger(__name__)


class StorageAwayError(JobError):
    """Where originals are kept does not answer, or takes nothing more; what waits can come in later."""


@contextmanager
def from_storage() -> Iterator[None]:
    """Raise StorageAwayError where what is done in the block fails, but for what is not there (FileNotFoundError)."""
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        raise StorageAwayError(
            f"Where originals are kept cannot be reached: {error.strerror or error}. What came in before is safe, and "
            "the rest can go on when it answers again."
        ) from error


@dataclass(frozen=True)
class Received:
    """An arrival with the checksum of its bytes and the media type it was read as."""

    arrival: Arrival
    sha256: str
    media_type: str


def receive(arrival: Arrival, media_type: str) -> Received:
    """Read an arrival through once for its checksum."""
    with arrival.open() as file:
        return Received(arrival, _sha256(file), media_type)


def put_away(received: Received, *, encoding: str, by: User | None) -> Original:
    """Store the bytes, unless they are there already, and make the row for them, which is not saved yet."""
    original = Original(
        sha256=received.sha256,
        size=received.arrival.size,
        media_type=received.media_type,
        filename=received.arrival.name[-LONGEST_NAME:],
        origin=received.arrival.origin,
        encoding=encoding,
        received_by=by,
    )
    storage, place = originals_storage(), place_of_original(original, "")
    with from_storage():
        there = storage.exists(place)
        if there and not _is_whole(place, received.sha256):
            storage.delete(place)  # what a process left that was killed while it wrote
            there = False
        if not there:
            with received.arrival.open() as file:
                storage.save(place, File(file))
    original.content.name = place
    return original


def take_back(originals: Iterable[Original]) -> None:
    """Remove the bytes of originals whose rows did not come to be; what cannot be removed, the next attempt finds."""
    by_sha256 = {original.sha256: original for original in originals}
    kept = set(Original.objects.filter(sha256__in=by_sha256).values_list("sha256", flat=True))
    for sha256 in by_sha256.keys() - kept:
        place = place_of_original(by_sha256[sha256], "")
        try:
            originals_storage().delete(place)
        except OSError as error:
            logger.warning("%s is left among the originals: %s", place, error)


def _sha256(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := file.read(1024 * 1024):
        digest.update(chunk)
    return digest.hexdigest()


def _is_whole(place: str, sha256: str) -> bool:
    with originals_storage().open(place) as file:
        return _sha256(file) == sha256
