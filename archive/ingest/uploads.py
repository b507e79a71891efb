"""Uploads: what was sent to the admin, kept beside the originals until it has come in.

So nothing has to be sent twice: not where a form is shown again for a mistake in it, and not where the worker that
brings it in is killed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import partial
from pathlib import PurePosixPath
from typing import IO, Any, BinaryIO, cast
from uuid import uuid4

from django.core.files.base import File
from django.utils import timezone

from archive.ingest.arrivals import Arrival
from archive.ingest.document import UnreadableError
from archive.ingest.originals import from_storage
from archive.ingest.readers import READERS
from archive.ingest.unpacking import members_of
from archive.models import Job
from archive.models.original import originals_storage

FOLDER = "uploads"
LONGEST_NAME = 255
KEPT_FOR = timedelta(days=14)  # where nothing came of them
_TABLES = (".csv", ".tsv")
_LINES = (".jsonl", ".ndjson", ".jsonlines", *_TABLES)
_SINGLE = frozenset(suffix for reader in READERS if reader.single for suffix in reader.suffixes)


@dataclass(frozen=True)
class Upload:
    """Bytes that were sent: the name of their file, where they are from, where they are kept, and their length."""

    name: str
    origin: str
    place: str
    size: int

    def as_json(self) -> dict[str, Any]:
        """As a job keeps it."""
        return asdict(self)

    def open(self) -> BinaryIO:
        """The bytes, as a file."""
        with from_storage():
            return cast("BinaryIO", originals_storage().open(self.place).file)

    def is_there(self) -> bool:
        """Whether the bytes are still kept, for all that can be asked now."""
        try:
            return originals_storage().exists(self.place)
        except OSError:
            return True

    def arrival(self, mapping: Mapping[str, str] | None = None) -> Arrival:
        """What the pipeline brings in."""
        return Arrival(self.name, self.origin, self.size, self.open, mapping or {})


def keep_upload(file: IO[bytes], *, name: str, origin: str = "") -> Upload:
    """Keep the bytes of a file that was sent. `origin` says where they are from, where that is not the name.

    Raises StorageAwayError where they cannot be kept.
    """
    storage = originals_storage()
    name = name[-LONGEST_NAME:]
    with from_storage():
        place = storage.save(f"{FOLDER}/{uuid4().hex}", File(file))
        return Upload(name, origin or name, place, storage.size(place))


def forget_uploads(uploads: Iterable[Upload]) -> None:
    """Drop what has come in, or will not."""
    for upload in uploads:
        originals_storage().delete(upload.place)


def forget_old_uploads() -> int:
    """Drop what was sent a fortnight ago and that no job waits to bring in; return how many."""
    storage, dropped = originals_storage(), 0
    try:
        names = storage.listdir(FOLDER)[1]
    except FileNotFoundError:  # a directory that nothing was ever put into; a bucket has none to miss
        return 0
    for name in names:
        place = f"{FOLDER}/{name}"
        if storage.get_modified_time(place) > timezone.now() - KEPT_FOR:
            continue
        if not Job.objects.filter(ended_at__isnull=True, arguments__uploads__contains=[{"place": place}]).exists():
            storage.delete(place)
            dropped += 1
    return dropped


def how_many(uploads: Iterable[Upload]) -> int | None:
    """How many stories there are in these, or at most; None where only reading them all would tell."""
    numbers = [_stories_in(upload) for upload in uploads]
    return None if None in numbers else sum(filter(None, numbers))


def _stories_in(upload: Upload) -> int | None:
    suffix = PurePosixPath(upload.name).suffix.lower()
    if suffix in _LINES:
        lines, last = 0, b"\n"
        with upload.open() as file:
            for piece in iter(partial(file.read, 1024 * 1024), b""):
                lines, last = lines + piece.count(b"\n"), piece[-1:]
        whole = last == b"\n" or suffix in _TABLES  # the first line of a table is no story
        return (lines if whole else lines + 1) or 1
    if suffix == ".zip":
        return _members(upload)
    return 1 if suffix in _SINGLE else None


def _members(upload: Upload) -> int | None:
    try:
        members = members_of(upload.arrival())
    except UnreadableError:
        return None
    names = [PurePosixPath(member.filename) for member in members if not member.is_dir()]
    return len(names) if all(name.suffix.lower() in _SINGLE for name in names) else None
