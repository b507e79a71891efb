"""The worker beside the site: one process of `manage.py work`, begun anew where it dies, ended with its parent."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

from django.core.management import execute_from_command_line

PR_SET_PDEATHSIG = 1  # prctl(2)
SECONDS_TO_END = 10
SECONDS_BETWEEN = 5  # the end of one and the beginning of the next
ROOT = Path(__file__).resolve().parent.parent


def end_with_parent() -> None:
    """In a child process: end when the parent does, even where it was killed and could say nothing."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class WorkerBeside:
    """Keeps a worker running until `stop`."""

    def __init__(self) -> None:
        self._stopped = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep_running, daemon=True)

    def start(self) -> None:
        """Start the worker."""
        self._thread.start()

    def stop(self) -> None:
        """Tell the worker to end, and wait for it; one that does not is killed."""
        self._stopped.set()
        self._tell_to_end()
        if self._thread.is_alive():
            self._thread.join(SECONDS_TO_END)
        if self._process and self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def _keep_running(self) -> None:
        while not self._stopped.is_set():
            command = [sys.executable, "-m", __name__]
            self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL)  # noqa: S603 - our own
            if self._stopped.is_set():
                self._tell_to_end()
            self._process.wait()
            self._stopped.wait(SECONDS_BETWEEN)

    def _tell_to_end(self) -> None:
        if self._process:
            self._process.terminate()


if __name__ == "__main__":
    end_with_parent()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    execute_from_command_line(["manage.py", "work"])
