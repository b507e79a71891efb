"""Bring in invented stories, and say every so often what it took: stories a second, processor time, memory."""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from archive.ingest.arrivals import arrivals
from archive.ingest.drafting import Told
from archive.ingest.pipeline import Import
from archive.ingest.report import Outcome
from bench.scale.cpu import PROCESSES, ProcessorTime, family_of


@dataclass(frozen=True)
class Stretch:
    """What so many stories took: seconds on the clock, ms of both sides on a processor for each, memory in MiB.

    `load` is how many processes of the whole machine wanted a processor meanwhile (its one-minute average).
    """

    stories: int
    seconds: float
    import_ms: float
    postgres_ms: float
    memory: int
    load: float

    @property
    def rate(self) -> float:
        """Stories a second."""
        return self.stories / self.seconds

    def __str__(self) -> str:
        return (
            f"{self.rate:6.0f} stories/s   {self.import_ms:.2f} ms import + {self.postgres_ms:.2f} ms PostgreSQL each"
            f"   {self.memory:,} MiB   load {self.load:.1f}"
        )


def bring_in(path: Path, every: int, postgres: Callable[[], set[int]]) -> Iterator[Stretch]:
    """Import the stories of a file; a stretch after every so many. Raises ValueError where one does not come in."""
    ours, theirs = ProcessorTime(lambda: family_of(os.getpid())), ProcessorTime(postgres)
    began, spent, spent_there = time.monotonic(), ours.milliseconds(), theirs.milliseconds()
    reached = 0
    for number, result in enumerate(Import(Told()).run(arrivals([path]), origin=path.name), start=1):
        if result.outcome != Outcome.IMPORTED:
            raise ValueError(f"{result.place}: {result.outcome}, {result.reason}")
        if number % 1000 == 0:
            ours.milliseconds(), theirs.milliseconds()  # what has ended since counts too
        if number % every == 0:
            now, ms, ms_there = time.monotonic(), ours.milliseconds(), theirs.milliseconds()
            count = number - reached
            yield Stretch(
                count, now - began, (ms - spent) / count, (ms_there - spent_there) / count, memory(), os.getloadavg()[0]
            )
            reached, began, spent, spent_there = number, now, ms, ms_there


def memory() -> int:
    """MiB that the import and its crew hold; what several of them share counts once, files of libraries do not."""
    kilobytes = 0
    for process in family_of(os.getpid()):
        try:
            held = (PROCESSES / str(process) / "smaps_rollup").read_text()
        except OSError:  # it has just ended
            continue
        kilobytes += sum(int(line.split()[1]) for line in held.splitlines() if line.startswith("Pss_Anon:"))
    return kilobytes // 1024
