"""A throw-away server made with the machine's own PostgreSQL, for the tests to run on as well as the embedded one."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

SETTINGS = ("listen_addresses=", "fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=50")
ACCOUNTS = ("postgres", "pgserver", "nobody")  # who runs it where root may not


def find_programs() -> Path | None:
    """Return the directory of the newest PostgreSQL server programs that the machine has, if it has any."""
    places = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr/local").glob("pgsql*/bin")]
    if pg_config := shutil.which("pg_config"):
        said = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
        places.append(Path(said.stdout.strip()))
    complete = [place for place in places if (place / "initdb").exists() and (place / "postgres").exists()]
    return max(complete, key=_version, default=None)


@contextmanager
def throwaway_server(programs: Path) -> Iterator[str]:
    """Run a new, empty server on a Unix socket and yield its address; nothing of it is left afterwards."""
    account = _account()
    as_account = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
    with tempfile.TemporaryDirectory(prefix="archive-postgres-") as place:
        if as_account:
            os.chown(place, account.pw_uid, account.pw_gid)
        data = f"{place}/data"

        def run(*command: str) -> None:
            subprocess.run(
                [programs / command[0], "-D", data, *command[1:]],
                check=True, cwd=place, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, **as_account,
            )  # fmt: skip

        run("initdb", "--username=archive", "--encoding=UTF8", "--locale=C.UTF-8", "--auth=trust", "--no-sync")
        options = " ".join(f"-c {setting}" for setting in (*SETTINGS, f"unix_socket_directories={place}"))
        run("pg_ctl", "-o", options, "-l", f"{place}/log", "-w", "start")
        try:
            yield f"postgresql://archive@{quote(place, safe='')}/postgres"
        finally:
            run("pg_ctl", "-m", "immediate", "-w", "stop")


def _version(programs: Path) -> tuple[int, ...]:
    said = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=False).stdout
    return tuple(int(part) for part in said.split()[2].split(".") if part.isdigit()) if said else ()


def _account() -> pwd.struct_passwd:
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return next(known[name] for name in ACCOUNTS if name in known)
