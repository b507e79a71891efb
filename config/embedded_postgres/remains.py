"""What a server that was killed leaves behind, and what keeps a new one from starting."""

import os
import signal
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from config.embedded_postgres.programs import BIN_DIR

PROCESSES = Path("/proc")


def clear_remains(data_dir: Path, lock_files: Iterable[Path], *, stop: Callable[[], None]) -> None:
    """Make room for a server where none can be reached.

    One that runs but has lost its socket (a cleaner of temporary files took it) is made to `stop`. Processes that
    outlived a killed postmaster are ended: as long as one is at work, no new server may have the files. Then the lock
    files go: PostgreSQL believes them as long as any process has the number in them, be it another program or one that
    was killed and that nobody has taken note of, as in a container whose first process does not care.
    """
    if not (PROCESSES / "self").exists():
        return  # PostgreSQL's own judgement has to do
    ours = processes_in(data_dir)
    if _number_in(data_dir / "postmaster.pid") in ours:
        stop()
        return
    for process in ours:
        os.kill(process, signal.SIGKILL)
    while processes_in(data_dir):
        time.sleep(0.01)
    for lock_file in lock_files:
        lock_file.unlink(missing_ok=True)


def _number_in(pid_file: Path) -> int | None:
    try:
        return int(pid_file.read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def processes_in(data_dir: Path) -> set[int]:
    """The numbers of PostgreSQL's processes at work in this directory, on systems that tell (Linux)."""
    found = set()
    for process in PROCESSES.glob("[0-9]*"):
        try:
            works_in, program = (process / "cwd").readlink(), (process / "exe").readlink()
        except OSError:  # it has ended, or is somebody else's
            continue
        if works_in == data_dir and program.parent == BIN_DIR.resolve():
            found.add(int(process.name))
    return found
