"""One embedded PostgreSQL server: made on first use, shared by processes, stopped by the last of them.

Two locks, both released by the kernel however a process ends:

- ``start.lock``, exclusive, while a server is made, started or stopped;
- ``users.lock``, shared, for as long as a process uses the server. Whoever can take it exclusively at
  its end was the last user, and stops the server.

`docs/decisions/0007-the-embedded-server.md` says why it is made so.
"""

import atexit
import fcntl
import hashlib
import os
import pwd
import shlex
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import ClassVar

from config.embedded_postgres import EmbeddedServerError
from config.embedded_postgres.account import ServerAccount
from config.embedded_postgres.programs import BIN_DIR, VERSION, open_programs
from config.embedded_postgres.remains import clear_remains

START_SECONDS = 120  # crash recovery of a large archive takes its time
LOG = "server.log"
SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 100  # sun_path holds 108 bytes on Linux, 104 on macOS
MEMORY = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1024**2  # of the machine, in MiB
SETTINGS = {  # a new cluster's; `ALTER SYSTEM` overrules them
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": f"{min(max(MEMORY // 8, 128), 1024)}MB",  # a container may have less than its machine
    "effective_cache_size": "4GB",  # of every machine, for the planner to choose the same ways on all
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
            EmbeddedServerError: where it does not come up, or belongs to somebody else.

        """
        if self._using is not None and self._listens():
            return
        self._require_ours(self.lock_dir, os.geteuid())
        self.lock_dir.mkdir(parents=True, exist_ok=True)
        with self._lock_to_start():
            if not (self.data_dir / "PG_VERSION").exists():
                self._make_cluster()
            if self._listens():
                self._await_recovery()
            else:
                self._start()
            self._note_use()

    def stop(self) -> None:
        """Stop the server at once, whoever uses it; open transactions are rolled back."""
        self._run("pg_ctl", "-D", str(self.data_dir), "-m", "fast", "-w", "stop")
        if self.socket_dir != self.data_dir:
            shutil.rmtree(self.socket_dir, ignore_errors=True)

    def _choose_socket_dir(self) -> Path:
        inside = self.data_dir
        # a comma would part two names of servers
        if len(os.fsencode(inside / SOCKET_NAME)) <= LONGEST_SOCKET_PATH and "," not in str(inside):
            return inside
        name = hashlib.sha256(os.fsencode(self.data_dir)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"archive-{os.geteuid()}-{name}"

    def _listens(self) -> bool:
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
        settings = [argument for name, value in SETTINGS.items() for argument in ("--set", f"{name}={value}")]
        self._run(
            "initdb", "--pgdata", str(unfinished), "--username", self.user, "--encoding", "UTF8", "--auth", "trust",
            "--locale-provider", "builtin", "--locale", "C.UTF-8", "--no-sync", *settings,
        )  # fmt: skip
        unfinished.rename(self.data_dir)

    def _start(self) -> None:
        owner = self.account.uid if self.account else os.geteuid()
        self._require_ours(self.data_dir, owner)
        if (made_by := (self.data_dir / "PG_VERSION").read_text().strip()) != str(VERSION):
            raise EmbeddedServerError(
                f"{self.data_dir} was made by PostgreSQL {made_by}, and this is {VERSION}: "
                "docs/operations.md says how to bring it over"
            )
        if self.socket_dir != self.data_dir:
            if not self.socket_dir.is_symlink():  # anybody may have made one in a directory for everybody
                self.socket_dir.mkdir(mode=0o700, exist_ok=True)
            self._require_ours(self.socket_dir, owner, os.geteuid())
        self._open_to_account(self.data_dir, self.socket_dir)
        lock_files = self.data_dir / "postmaster.pid", self.socket_dir / f"{SOCKET_NAME}.lock"
        clear_remains(self.data_dir, lock_files, stop=self.stop)
        quoted = str(self.socket_dir).replace('"', '""')  # the server reads a list of names in quotes
        self._run(
            "pg_ctl", "-D", ".", "-l", LOG, "-o", "-k " + shlex.quote(f'"{quoted}"'), "-w", "-t", str(START_SECONDS),
            "start",
            within=self.data_dir,  # pg_ctl writes a shell's line, and does not quote the paths in it
        )  # fmt: skip
        self._make_database()

    def _make_database(self) -> None:
        import psycopg

        with psycopg.connect(
            host=str(self.socket_dir), user=self.user, dbname="postgres", autocommit=True
        ) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.database]).fetchone():
                connection.execute(f'CREATE DATABASE "{self.database}"')

    def _run(self, command: str, *arguments: str, within: Path = Path("/")) -> None:
        """Run one of PostgreSQL's programs as the server's account.

        Raises:
            EmbeddedServerError: with what it said, and the end of the log, where it fails.

        """
        run_as = self.account.run_as() if self.account else {}
        try:
            subprocess.run(  # noqa: S603 - a program of the wheel, arguments of our own
                [BIN_DIR / command, *arguments],
                check=True,
                cwd=within,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                **run_as,
            )
        except (subprocess.SubprocessError, OSError) as error:
            said = str(getattr(error, "stderr", "") or error).strip()
            log = within / LOG
            logged = log.read_text(errors="replace")[-2000:] if log.exists() else ""
            raise EmbeddedServerError(f"{command} failed for {self.data_dir}: {said}\n{logged}".strip()) from error

    def _open_to_account(self, *directories: Path) -> None:
        """Give the directories to the server's account, and let it through to them and to its programs."""
        if not self.account:
            return
        for place in (open_programs(), *directories):
            self.account.let_through_to(place)
        for directory in directories:
            self.account.own(directory)

    def _await_recovery(self) -> None:
        """Wait until a server that somebody else started takes connections: it may be reading its log after a crash."""
        from psycopg.pq import PGconn, Ping

        door = f"host='{self.socket_dir}' user={self.user} dbname=postgres".encode()
        for _ in range(START_SECONDS * 10):
            if PGconn.ping(door) == Ping.OK:
                return
            time.sleep(0.1)
        raise EmbeddedServerError(f"the server in {self.data_dir} is still starting after {START_SECONDS} seconds")

    def _require_ours(self, directory: Path, *owners: int) -> None:
        try:
            found = directory.lstat().st_uid
        except FileNotFoundError:
            return
        if found in owners:
            return
        try:
            owner = pwd.getpwuid(found).pw_name
        except KeyError:
            owner = f"user {found}"
        raise EmbeddedServerError(
            f"{directory} belongs to {owner}: work as {owner}, or set VAR_DIR to a place of your own"
        )

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
            if self._listens():
                self.stop()
