"""The crew: the other cores, which read the next stories' texts while this one reads files and the database writes.

Reading a text (`reading`) takes most of an import's work and needs nothing but the text, so it is done in processes of
their own, which know nothing of Django. A few stories are not worth starting them.
"""

import os
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from multiprocessing.context import ForkServerContext
from threading import Thread

from archive.ingest.reading import Reading, read

WORTH_A_CREW = 100  # stories at once
AT_A_TIME = 25  # stories a message, so that sending them costs little

Readings = list[Reading]


class Perusal:
    """Some texts being read; `readings` waits for them."""

    def __init__(self, texts: Sequence[str], parts: "list[Future[Readings]]") -> None:
        self._texts = texts
        self._parts = parts

    def readings(self) -> dict[str, Reading]:
        """The reading of each text, by it. Where a process of the crew died, they are read here."""
        try:
            readings = [reading for part in self._parts for reading in part.result()]
        except BrokenProcessPool:
            readings = _read(self._texts)
        return dict(zip(self._texts, readings, strict=True))


class Crew:
    """Processes that read texts, as many as there are cores; started by the first batch that is worth it."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def peruse(self, texts: Sequence[str]) -> Perusal | None:
        """Begin to read these texts; None where that is better done when it is needed."""
        cores = len(os.sched_getaffinity(0))
        if len(texts) < WORTH_A_CREW or cores < 2:
            return None
        if self._pool is None:
            self._pool = ProcessPoolExecutor(cores, _forks_of_a_reader(), initializer=_end_with_the_import)
        parts = [texts[start : start + AT_A_TIME] for start in range(0, len(texts), AT_A_TIME)]
        try:
            return Perusal(texts, [self._pool.submit(_read, part) for part in parts])
        except BrokenProcessPool:
            return None

    def dismiss(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


def _forks_of_a_reader() -> ForkServerContext:
    """How the crew is started: forked from a process that has loaded what reading needs, so that all share it.

    Not forked from this one: a child would share its connection to the database.
    """
    context = get_context("forkserver")
    context.set_forkserver_preload(["archive.ingest.primed"])
    return context


def _end_with_the_import() -> None:
    """In a process of the crew: end when the import does, even where it was killed and could say nothing."""
    Thread(target=_outlive_nobody, daemon=True).start()


def _outlive_nobody() -> None:
    importing = parent_process()
    if importing is not None:
        importing.join()
        os._exit(1)


def _read(texts: Sequence[str]) -> Readings:
    return [read(text) for text in texts]
