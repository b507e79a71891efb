"""The worker beside the site: `manage.py work`, begun anew where it dies, ended with the site.

A small process of its own keeps it running. A thread of the server could not: while the server forks, a process that a
thread is just starting leaves its pipe open in the other one, and is waited for in vain.
"""

import ctypes
import signal
import subprocess
import sys
import time
from pathlib import Path

PR_SET_PDEATHSIG = 1  # prctl(2)
SECONDS_TO_END = 10
SECONDS_BETWEEN = 5  # the end of one and the beginning of the next
ROOT = Path(__file__).resolve().parent.parent
WORK = [sys.executable, str(ROOT / "manage.py"), "work"]


def end_with_parent() -> None:
    """In a child process: end when the parent does, even where it was killed and could say nothing."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def start_worker() -> "subprocess.Popen[bytes]":
    """Start the process that keeps a worker running. To be called before the server forks."""
    return subprocess.Popen([sys.executable, "-m", __name__], cwd=ROOT, stdin=subprocess.DEVNULL)  # noqa: S603 - our own


def stop(process: "subprocess.Popen[bytes]", *, within: float) -> None:
    """Tell a process to end, and wait for it, `within` seconds; one that does not is killed."""
    process.terminate()
    try:
        process.wait(within)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def keep_running(command: list[str]) -> None:
    """Run a command, and again each time it ends, until this process is told to end."""
    end_with_parent()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    signal.signal(signal.SIGINT, lambda *_: sys.exit(0))
    while True:
        process = subprocess.Popen(  # noqa: S603 - our own
            command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            preexec_fn=end_with_parent,  # noqa: PLW1509 - there are no threads here
        )
        try:
            process.wait()
            time.sleep(SECONDS_BETWEEN)
        finally:
            stop(process, within=SECONDS_TO_END)


if __name__ == "__main__":
    keep_running(WORK)
