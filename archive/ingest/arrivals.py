"""Arrivals: the files that are to come in, found one after another under the paths given."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.template.defaultfilters import filesizeformat

from archive.ingest.document import PassedOver, UnreadableError

HEAD_BYTES = 4096


@dataclass(frozen=True)
class Arrival:
    """One file: the name it came in with, where from, its length in bytes, and how to open it.

    `mapping` says which of its fields holds which part of a story, where its names are not among those known.
    """

    name: str
    origin: str
    size: int
    open: Callable[[], BinaryIO]
    mapping: Mapping[str, str] = field(default_factory=dict)

    def head(self) -> bytes:
        """Its first bytes, by which a format may be known."""
        with self.open() as file:
            return file.read(HEAD_BYTES)

    def bytes(self) -> bytes:
        """All of it. Raises UnreadableError where it is larger than one story may be (IMPORT_MAX_BYTES)."""
        limit: int = settings.IMPORT_MAX_BYTES
        with self.open() as file:
            data = file.read(limit + 1)
        if len(data) > limit:
            size = max(self.size, len(data))
            raise UnreadableError(f"is {filesizeformat(size)} long, and a story may have {filesizeformat(limit)}")
        return data


@dataclass(frozen=True)
class NotArrived:
    """A path under which nothing could be brought in, and why."""

    origin: str
    why: UnreadableError | PassedOver


def arrivals(paths: Iterable[str | Path], mapping: Mapping[str, str] | None = None) -> Iterator[Arrival | NotArrived]:
    """The files at and under these paths, each folder in the order of its names, without loading any.

    What cannot be read is yielded with its reason, and the rest goes on. Hidden files are passed over.
    """
    for path in paths:
        for one in _at(Path(path), seen=frozenset(), named=True):
            yield replace(one, mapping=mapping) if mapping and isinstance(one, Arrival) else one


def _at(path: Path, *, seen: frozenset[tuple[int, int]], named: bool = False) -> Iterator[Arrival | NotArrived]:
    if path.name.startswith(".") and path.name not in {".", ".."} and not named:
        yield NotArrived(_shown(path), PassedOver("is hidden"))
        return
    try:
        about = path.stat()
    except OSError as error:
        yield NotArrived(_shown(path), UnreadableError(_reason(path, error)))
        return
    if stat.S_ISDIR(about.st_mode):
        yield from _in_folder(path, seen=seen, folder=(about.st_dev, about.st_ino))
    elif stat.S_ISREG(about.st_mode):
        yield from _file(path, about.st_size)
    else:
        yield NotArrived(_shown(path), UnreadableError("is neither a file nor a folder"))


def _in_folder(
    path: Path, *, seen: frozenset[tuple[int, int]], folder: tuple[int, int]
) -> Iterator[Arrival | NotArrived]:
    if folder in seen:
        yield NotArrived(_shown(path), PassedOver("leads back to a folder that holds it"))
        return
    try:
        names = sorted(os.listdir(path))  # noqa: PTH208 (names alone: a folder may hold a million)
    except OSError as error:
        yield NotArrived(_shown(path), UnreadableError(_reason(path, error)))
        return
    if not names:
        yield NotArrived(_shown(path), PassedOver("is an empty folder"))
    for name in names:
        yield from _at(path / name, seen=seen | {folder})


def _file(path: Path, size: int) -> Iterator[Arrival | NotArrived]:
    try:
        with path.open("rb"):
            pass
    except OSError as error:
        yield NotArrived(_shown(path), UnreadableError(_reason(path, error)))
        return
    yield Arrival(name=_shown(path.name), origin=_shown(path), size=size, open=lambda: path.open("rb"))


def _shown(path: Path | str) -> str:
    """A path as text; bytes of a name that are none are shown as such."""
    return os.fsencode(path).decode(errors="replace")


def _reason(path: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "is a link to nothing" if path.is_symlink() else "does not exist"
    if isinstance(error, PermissionError):
        return "may not be read: permission denied"
    return f"cannot be read: {error.strerror or error}"
