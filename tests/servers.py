"""Servers of a test's own: waited for, added to the databases of the settings, and Varnish before a site."""

import gzip
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.db import connections

VCL = Path(__file__).resolve().parent.parent / "docs" / "varnish.vcl"
VARNISH = shutil.which("varnishd") or shutil.which("varnishd", path="/usr/sbin")
WAITED = 30  # seconds, at most, for what takes milliseconds


@contextmanager
def connected(alias: str, settings: dict[str, object]):
    """Add a database to those of the settings, which a test may connect to though Django did not make it."""
    connections.databases[alias] = settings
    added = connections[alias]

    def ensure_connection() -> None:
        if added.connection is None:
            with added.wrap_database_errors:
                added.connect()

    added.ensure_connection = ensure_connection
    yield
    added.close()
    del connections[alias]
    del connections.databases[alias]


def wait_until(met, seconds: float = WAITED) -> None:
    end = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < end
        time.sleep(0.01)


@dataclass(frozen=True)
class Answer:
    """What came back, and from where."""

    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def text(self) -> str:
        packed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.content) if packed else self.content).decode()

    @property
    def hit(self) -> bool:
        return self.headers.get("x-cache") == "hit"


class Varnish:
    """Varnish before a site, with this configuration."""

    def __init__(self, place: Path, vcl: str) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}/"
        (place / "site.vcl").write_text(vcl)
        place.chmod(0o755)
        command = [VARNISH, "-F", "-n", place / "work", "-f", place / "site.vcl", "-a", f"127.0.0.1:{self.port}"]
        self.log = (place / "log").open("wb")
        self.process = subprocess.Popen(
            [*command, "-s", "malloc,16m", "-p", "ban_lurker_age=0"], stdout=self.log, stderr=self.log
        )
        wait_until(self.answers)

    def answers(self) -> bool:
        try:
            return self.ask("/healthz").status == 200
        except OSError:
            return False

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        door = HTTPConnection("127.0.0.1", self.port, timeout=20)
        door.request(method, path, headers={"Host": "localhost", **headers})
        answer = door.getresponse()
        told = {name.lower(): value for name, value in answer.getheaders()}
        content = answer.read()
        door.close()
        return Answer(answer.status, told, content)

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(10)
        self.log.close()


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def vcl_for(machines: Sequence[str], *, aging: bool) -> str:
    """The configuration for a site of these machines, by their addresses; what is `aging` is too old in no time."""
    vcl = VCL.read_text()
    if aging:
        vcl = vcl.replace("grace = 600s", "grace = 0s").replace(
            "set beresp.grace = 1d", "set beresp.ttl = 0.1s; set beresp.grace = 1d"
        )
    [one] = re.findall(r"^backend site \{\n.*?^\}\n", vcl, re.DOTALL | re.MULTILINE)
    backends, lines = [], []
    for number, machine in enumerate(machines):
        host, _, port = machine.removeprefix("http://").partition(":")
        backend = one.replace("site", f"site_{number}").replace("127.0.0.1", host).replace("8000", port)
        backends.append(backend)
        lines.append(f"    machines.add_backend(site_{number});\n")
    return vcl.replace(one, "".join(backends)).replace("    machines.add_backend(site);\n", "".join(lines))


@contextmanager
def varnish_before(*machines: str, aging: bool = False):
    if not VARNISH:
        pytest.skip("no Varnish: install Debian's package varnish")
    with tempfile.TemporaryDirectory(prefix="archive-") as place:
        before = Varnish(Path(place), vcl_for(machines, aging=aging))
        try:
            yield before
        finally:
            before.end()
