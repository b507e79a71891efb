"""A first start and a second one, as `script/server` makes them once it is installed."""

import os
import re
import signal
import socket
import stat
import subprocess
import sys
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest

from config.embedded_postgres.remains import processes_in

pytestmark = pytest.mark.embedded
ROOT = Path(__file__).resolve().parent.parent.parent
SERVE = """
import sys
from pathlib import Path
from config.serving import serve
serve(Path(sys.argv[1]), host="127.0.0.1", port=int(sys.argv[2]), workers=1, sample=False)
"""


@pytest.fixture
def start(tmp_path):
    """Start to serve; the process is ended with the test."""
    processes = []

    def start(port: int) -> subprocess.Popen[str]:
        processes.append(
            subprocess.Popen(
                [sys.executable, "-c", SERVE, str(tmp_path), str(port)],
                cwd=ROOT,
                env={
                    **{name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}},
                    "VAR_DIR": str(tmp_path / "var"),
                    "DATABASE_URL": "",
                },
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
        )
        return processes[-1]

    yield start
    for process in processes:
        process.kill()
        process.communicate()
    for process in processes_in(tmp_path / "var" / "postgres"):
        with suppress(ProcessLookupError):  # it may have ended by itself, or with the one before it
            os.kill(process, signal.SIGKILL)


@pytest.fixture
def port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def said(process: subprocess.Popen[str]) -> str:
    """What a start prints, as far as the line that ends it."""
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line.startswith("Ctrl-C"):
            break
    return "".join(lines)


def test_a_first_start_makes_all_there_is_a_second_one_finds_it_and_killed_it_leaves_nobody_answering(
    start, port, tmp_path
):
    first = start(port)
    printed = said(first)
    account = re.search(r"sign in as (\w+) with (\S+)", printed)
    assert account, printed + first.stderr.read()
    assert f"http://localhost:{port}/admin/" in printed
    with urllib.request.urlopen(f"http://localhost:{port}/admin/login/") as page:
        assert page.status == 200
    assert stat.S_IMODE((tmp_path / "var" / "first-user").stat().st_mode) == 0o600

    first.send_signal(signal.SIGTERM)
    assert first.wait(20) == 0
    assert processes_in(tmp_path / "var" / "postgres") == set()

    second = start(port)
    assert said(second) == printed
    second.kill()
    second.communicate(timeout=20)  # as long as a worker lives, it holds the other end
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("localhost", port))


def test_a_port_that_is_taken_is_refused_at_once(start):
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        port = door.getsockname()[1]
        process = start(port)
        _, complaint = process.communicate(timeout=20)
    assert process.returncode == 1
    assert f"Cannot listen on port {port} of 127.0.0.1: [Errno 98] Address already in use." in complaint
