"""The worker beside the site: begun anew where it dies, ended with the site."""

import os
import signal
import subprocess
import sys

import pytest

from config.worker import ROOT, stop

KEEPER = """
import sys
from config import worker
worker.SECONDS_BETWEEN = 0
worker.keep_running([sys.executable, "-c", "import os, time; print(os.getpid(), flush=True); time.sleep(600)"])
"""


@pytest.fixture
def keeper():
    """The process that keeps a worker running, in whose place stands one that says its number and sleeps."""
    process = subprocess.Popen([sys.executable, "-c", KEEPER], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    yield process
    process.kill()
    process.communicate()


def is_gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_worker_that_dies_is_begun_anew_until_its_keeper_is_told_to_end(keeper):
    first = int(keeper.stdout.readline())
    os.kill(first, signal.SIGKILL)
    second = int(keeper.stdout.readline())
    assert second != first
    stop(keeper, within=20)
    assert keeper.returncode == 0
    assert is_gone(second)


def test_a_worker_ends_with_a_keeper_that_is_killed(keeper):
    int(keeper.stdout.readline())
    keeper.kill()
    assert keeper.stdout.read() == ""  # as long as the worker lives, it holds the other end
