"""Unpacking: the files inside zip archives and gzip files, read where they lie and never written anywhere.

Bounds against archives made to do harm: how many members, how large, how deep one in another, and how many times
larger than what they are packed in. A member is never read beyond the size it declares, so the bounds hold.
"""

import gzip
import io
import stat
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from django.conf import settings
from django.template.defaultfilters import filesizeformat

from archive.ingest.arrivals import Arrival, NotArrived
from archive.ingest.document import PassedOver, UnreadableError

MOST_MEMBERS = 100_000
DEEPEST = 2
LARGEST_RATIO = 200
LARGEST_IN_ALL = 4 * 1024**3  # bytes

# Documents of offices are zip archives too. Those of OOXML (ECMA-376, part 2) list their parts in `[Content_Types].xml`
# and keep them in a folder for each program; those of ODF (version 1.2, part 3) say in `mimetype` what they are.
_OOXML = {"word/": "a Word file", "xl/": "an Excel file", "ppt/": "a PowerPoint file"}
_ODF = "application/vnd.oasis.opendocument."

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_GZIP = b"\x1f\x8b"
_DAMAGED_MEMBER = (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError)


def is_packed(arrival: Arrival) -> bool:
    """Whether an arrival holds other files."""
    return arrival.head().startswith((*_ZIP, _GZIP))


def unpacked_size(arrival: Arrival) -> int | None:
    """The bytes within an arrival; None where only unpacking it would tell.

    Those of a file that is not packed, or is damaged, are its own.
    """
    head = arrival.head()
    if head.startswith(_GZIP):
        return None
    if head.startswith(_ZIP):
        with suppress(UnreadableError):
            return sum(member.file_size for member in members_of(arrival))
    return arrival.size


def members_of(arrival: Arrival) -> list[zipfile.ZipInfo]:
    """What a zip archive says it holds. Raises UnreadableError where it is none, or damaged as a whole."""
    with arrival.open() as file, _zip_archive(file) as archive:
        return archive.infolist()


def unpacked(arrival: Arrival, *, depth: int) -> Iterator[Arrival | NotArrived]:
    """The files within an arrival. Raises UnreadableError where it is damaged as a whole, or goes beyond the bounds."""
    if depth > DEEPEST:
        raise UnreadableError("is an archive within an archive within an archive")
    if arrival.head().startswith(_GZIP):
        yield _gunzipped(arrival)
    else:
        yield from _unzipped(arrival)


def _gunzipped(arrival: Arrival) -> Arrival:
    limit: int = settings.IMPORT_MAX_BYTES
    try:
        with arrival.open() as packed, gzip.GzipFile(fileobj=packed) as file:
            data = file.read(limit + 1)
    except (OSError, EOFError) as error:
        raise UnreadableError(f"is a damaged gzip file: {error}") from error
    if len(data) > limit:
        raise UnreadableError(f"unpacks to more than {filesizeformat(limit)}")
    name = arrival.name.removesuffix(".gz")
    return replace(arrival, name=name, size=len(data), open=partial(io.BytesIO, data))


def _unzipped(arrival: Arrival) -> Iterator[Arrival | NotArrived]:
    # Left open for its members, which come one after another: its directory is as long as they are many.
    archive = _zip_archive(arrival.open())
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise UnreadableError(f"holds {len(members):,} files, and may hold {MOST_MEMBERS:,}")
    if (size := sum(member.file_size for member in members)) > LARGEST_IN_ALL:
        raise UnreadableError(f"unpacks to {filesizeformat(size)}, and may to {filesizeformat(LARGEST_IN_ALL)}")
    if office := _office_file(archive):
        raise UnreadableError(f"is {office}, which is not read: save it as PDF or as text")
    for member in sorted(members, key=lambda one: one.filename):
        if not member.is_dir():
            yield _member(arrival, archive, member)


def _zip_archive(file: BinaryIO) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableError(f"is a damaged zip archive: {error}") from error


def _office_file(archive: zipfile.ZipFile) -> str:
    """Which program's document a zip archive is, in words; "" where it is none."""
    names = archive.namelist()
    if "[Content_Types].xml" in names:
        folders = (words for folder, words in _OOXML.items() if any(name.startswith(folder) for name in names))
        return next(folders, "an Office file")
    if "mimetype" in names:
        try:
            with archive.open("mimetype") as file:
                is_odf = file.read(len(_ODF)) == _ODF.encode()
        except _DAMAGED_MEMBER:
            return ""  # damaged or encrypted: told of that member
        return "an OpenDocument file" if is_odf else ""
    return ""


def _member(arrival: Arrival, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Arrival | NotArrived:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    origin = f"{arrival.origin}/{path}"
    if problem := _problem(member, path):
        return NotArrived(origin, problem)
    opened = partial(_opened, archive, member)
    return replace(arrival, name=path.name, origin=origin, size=member.file_size, open=opened)


def _problem(member: zipfile.ZipInfo, path: PurePosixPath) -> UnreadableError | PassedOver | None:
    if path.is_absolute() or ".." in path.parts:
        return UnreadableError("has a path that leads out of its archive")
    if any(part.startswith(".") or part == "__MACOSX" for part in path.parts):
        return PassedOver("is hidden")
    if stat.S_ISLNK(member.external_attr >> 16):
        return PassedOver("is a link")
    if member.flag_bits & 0x1:
        return UnreadableError("is encrypted")
    if member.file_size > 1024 * 1024 and member.file_size > LARGEST_RATIO * max(member.compress_size, 1):
        return UnreadableError(f"unpacks to more than {LARGEST_RATIO} times its size")
    return None


def _opened(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> BinaryIO:
    """The member as a file. Raises UnreadableError where it is damaged."""
    try:
        return cast("BinaryIO", archive.open(member))
    except _DAMAGED_MEMBER as error:
        raise UnreadableError(f"is damaged: {error}") from error
