"""How long processes were on a processor: a figure that holds whatever else the machine is doing meanwhile (Linux)."""

from collections.abc import Callable
from pathlib import Path

PROCESSES = Path("/proc")


class ProcessorTime:
    """Adds up the time of all threads of some processes; what has ended meanwhile stays in the sum."""

    def __init__(self, processes: Callable[[], set[int]]) -> None:
        self.processes = processes
        self.nanoseconds: dict[Path, int] = {}  # by thread, as the kernel last told (proc(5), schedstat)

    def milliseconds(self) -> float:
        """The time so far."""
        for process in self.processes():
            for thread in (PROCESSES / str(process)).glob("task/*/schedstat"):
                try:
                    self.nanoseconds[thread] = int(thread.read_text().split()[0])
                except OSError:  # it has just ended
                    continue
        return sum(self.nanoseconds.values()) / 1_000_000


def family_of(process: int) -> set[int]:
    """The process, its children, and theirs."""
    family, waiting = set(), {process}
    while waiting:
        one = waiting.pop()
        family.add(one)
        for found in (PROCESSES / str(one)).glob("task/*/children"):
            try:
                waiting.update(map(int, found.read_text().split()))
            except OSError:  # it has just ended
                continue
    return family
