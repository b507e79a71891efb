"""The worker beside the site: begun anew where it dies, ended with the site."""

import os
import signal
import sys
import time

import pytest

from config import worker
from config.worker import WorkerBeside

SLEEP = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(600)"]


@pytest.fixture
def started(monkeypatch):
    """The processes that were started in the worker's place, which do nothing."""
    processes = []
    popen = worker.subprocess.Popen

    def start(command, **how):
        assert command == [sys.executable, "-m", "config.worker"]
        processes.append(popen(SLEEP, **how))
        return processes[-1]

    monkeypatch.setattr(worker, "SECONDS_BETWEEN", 0)
    monkeypatch.setattr(worker.subprocess, "Popen", start)
    yield processes
    for process in processes:
        process.kill()
        process.wait()


def until(true):
    while not true():
        time.sleep(0.01)


def test_a_worker_that_dies_is_begun_anew_until_it_is_told_to_end(started):
    beside = WorkerBeside()
    beside.start()
    until(lambda: len(started) == 1)
    os.kill(started[0].pid, signal.SIGKILL)
    until(lambda: len(started) == 2)
    beside.stop()
    assert [process.returncode for process in started] == [-signal.SIGKILL, -signal.SIGTERM]


def test_one_that_was_never_begun_is_stopped_without_a_word(started):
    WorkerBeside().stop()
    assert started == []
