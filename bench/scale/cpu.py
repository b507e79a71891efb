"""How long processes were on a processor: a figure that holds whatever else the machine is doing meanwhile (Linux)."""

from collections.abc import Iterable
from pathlib import Path

PROCESSES = Path("/proc")


def milliseconds_of(processes: Iterable[int]) -> float:
    """Time on a processor so far of all threads of these processes (proc(5), schedstat; the kernel counts in ns)."""
    total = 0
    for process in processes:
        for thread in (PROCESSES / str(process)).glob("task/*/schedstat"):
            try:
                total += int(thread.read_text().split()[0])
            except OSError:  # it has just ended
                continue
    return total / 1_000_000


def family_of(process: int) -> set[int]:
    """The process and its children."""
    children = (PROCESSES / str(process)).glob("task/*/children")
    return {process, *(int(child) for found in children for child in found.read_text().split())}
