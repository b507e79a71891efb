"""The sample archive, served afresh on a port of its own, for what looks at the site from outside."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bootstrap import PYTHON, ROOT

START_SECONDS = 60


@contextmanager
def served_sample(port: int) -> Iterator[tuple[str, tuple[str, str]]]:
    """Serve a fresh sample archive; yield its address, and the name and password of its first user."""
    with tempfile.TemporaryDirectory(prefix="archive-pictures-") as var:
        environment = {**os.environ, "VAR_DIR": var, "DATABASE_URL": "", "SITE_URL": f"http://localhost:{port}"}
        command = [str(PYTHON), str(ROOT / "script" / "server"), "--port", str(port)]
        server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        site = f"http://localhost:{port}"
        try:
            _wait_for(site, server)
            username, password = (Path(var) / "first-user").read_text().split()
            yield site, (username, password)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait()


def _wait_for(site: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(START_SECONDS * 5):
        if server.poll() is not None:
            sys.exit("The server did not start; the lines above say why.")
        try:
            with urllib.request.urlopen(site, timeout=5):  # noqa: S310 (our own server)
                return
        except OSError:
            time.sleep(0.2)
    sys.exit(f"{site} does not answer after {START_SECONDS} s")
