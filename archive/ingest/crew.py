"""The crew: the other cores, which look for quotes in the next stories while this one reads and the database writes.

Looking for quotes takes most of an import's work and needs nothing but the text, so it is done in processes of their
own, which know nothing of Django. A few stories are not worth starting them.
"""

import os
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from threading import Thread

from archive.extraction import Quotation, find_quotations

WORTH_A_CREW = 100  # stories at once
AT_A_TIME = 25  # stories a message, so that sending them costs little

Quotations = list[list[Quotation]]


class Search:
    """Quotes being looked for in some texts; `found` waits for them."""

    def __init__(self, texts: Sequence[str], parts: "list[Future[Quotations]]") -> None:
        self._texts = texts
        self._parts = parts

    def found(self) -> Quotations:
        """The quotations of each text. Where a process of the crew died, they are looked for here."""
        try:
            return [quotations for part in self._parts for quotations in part.result()]
        except BrokenProcessPool:
            return _find(self._texts)


class Crew:
    """Processes to look for quotes, as many as there are cores; started by the first search that is worth it."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def search(self, texts: Sequence[str]) -> Search | None:
        """Begin to look for quotes in these texts; None where that is better done when they are needed."""
        cores = len(os.sched_getaffinity(0))
        if len(texts) < WORTH_A_CREW or cores < 2:
            return None
        if self._pool is None:
            # Not forked: a child would share this process's connection to the database.
            self._pool = ProcessPoolExecutor(cores, get_context("spawn"), initializer=_end_with_the_import)
        parts = [texts[start : start + AT_A_TIME] for start in range(0, len(texts), AT_A_TIME)]
        try:
            return Search(texts, [self._pool.submit(_find, part) for part in parts])
        except BrokenProcessPool:
            return None

    def dismiss(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


def _end_with_the_import() -> None:
    """In a process of the crew: end when the import does, even where it was killed and could say nothing."""
    Thread(target=_outlive_nobody, daemon=True).start()


def _outlive_nobody() -> None:
    importing = parent_process()
    if importing is not None:
        importing.join()
        os._exit(1)


def _find(texts: Sequence[str]) -> Quotations:
    return [find_quotations(text) for text in texts]
