"""A worker of a test's own: `manage.py work` in a process, at the database of the test."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connections

from archive.databases import DIRECT, PRIMARY

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def environment_of_worker(settings, tmp_path, transactional_db):
    """What a worker is told of the database and the originals of the test."""
    var = tmp_path / "var"
    var.mkdir()
    originals = settings.STORAGES["originals"]["OPTIONS"]
    if "bucket_name" not in originals:
        (var / "originals").symlink_to(originals["location"])
    environment = {**os.environ, "VAR_DIR": str(var), "DATABASE_URL": _address_of(PRIMARY)}
    if DIRECT in connections.databases:
        environment["DATABASE_DIRECT_URL"] = _address_of(DIRECT)
    return environment


@pytest.fixture
def work(settings, environment_of_worker):
    """`work()` does all that waits, and returns the exit status of the worker; what is asked for waits till then."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

    def work() -> int:
        command = [sys.executable, "manage.py", "work", "--once"]
        return subprocess.run(command, cwd=ROOT, env=environment_of_worker, check=False, timeout=60).returncode

    return work


def _address_of(alias: str) -> str:
    at = connections[alias].get_connection_params()
    account = quote(at["user"]) + (f":{quote(at['password'], safe='')}" if at.get("password") else "")
    return f"postgresql://{account}@{quote(at.get('host', ''), safe='')}:{at.get('port') or 5432}/{at['dbname']}"
