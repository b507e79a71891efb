"""Serves the site with granian: what `script/server` does once it is installed."""

import os
import signal
import socket
import sys
import threading
import time
from pathlib import Path

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connections
from environs import env
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from config.embedded_postgres import EmbeddedServerError
from config.worker import SECONDS_TO_END, end_with_parent, start_worker, stop

EVERY_ADDRESS = {"0.0.0.0", "::"}  # noqa: S104 - compared with, not bound to
THREADS = 4  # a worker's; each keeps one connection to the database
IDLE = 600  # seconds until a thread ends, and its connection with it; the most that granian takes


def serve(root: Path, *, host: str, port: int, workers: int, sample: bool, jobs: bool = True) -> None:
    """Prepare the archive, print where it is, and serve until a signal ends it; with `jobs`, a worker beside it.

    Ends the process with a message where the port, the settings or the database do not allow it.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that a stop while preparing stops the database too
    env.read_env(root / ".env", recurse=False)
    os.environ.setdefault("SITE_URL", f"http://{_name_of(host)}:{port}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    _refuse_taken_port(host, port)
    try:
        django.setup()
        announcement = _prepare(sample=sample)
    except (ImproperlyConfigured, EmbeddedServerError) as error:
        sys.exit(str(error))
    except OperationalError as error:
        sys.exit(f"The database does not answer: {error}".rstrip())
    except KeyboardInterrupt:
        sys.exit(130)
    connections.close_all()  # the workers are forked, and a connection is not to be shared
    worker = start_worker() if jobs else None
    os.register_at_fork(after_in_child=end_with_parent)  # else it would answer on, and nobody would know whence
    threading.Thread(target=_print_once_it_listens, args=(announcement, host, port), daemon=True).start()
    server = Server(
        "config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        blocking_threads_idle_timeout=IDLE,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    )
    try:
        server.serve()
    finally:
        if worker:
            stop(worker, within=2 * SECONDS_TO_END)


def _prepare(*, sample: bool) -> str:
    """Prepare the archive; return what somebody at the terminal wants to know then."""
    from django.conf import settings

    from config.first_start import first_account, prepare

    print("Preparing the archive", flush=True)
    prepare(sample=sample)
    account = first_account()
    how = f"   sign in as {account.username} with {account.password}" if account else ""
    return f"Site   {settings.SITE_URL}/\nAdmin  {settings.SITE_URL}/admin/{how}\nCtrl-C stops it."


def _print_once_it_listens(announcement: str, host: str, port: int) -> None:
    while True:
        time.sleep(0.05)
        try:
            socket.create_connection((host, port)).close()
        except OSError:
            continue
        print(announcement, flush=True)
        return


def _name_of(host: str) -> str:
    if host in EVERY_ADDRESS | {"127.0.0.1", "::1"}:
        return "localhost"
    return f"[{host}]" if ":" in host else host


def _refuse_taken_port(host: str, port: int) -> None:
    # granian shares its port between processes, so a second server would start without a word
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, port))
        except OSError as error:
            sys.exit(f"Cannot listen on port {port} of {host}: {error}. To take another: script/server --port 8001")
