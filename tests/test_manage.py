"""Commands where they cannot do their work: a sentence that says why, and no traceback."""

import subprocess
import sys

import pytest
from django.db import connection

from tests.background import ROOT

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def run(environment_of_worker):
    """`run("work", DATABASE_URL=…)` runs a command to its end."""

    def run(*command, **environment):
        return subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=environment_of_worker | environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    return run


def test_a_worker_whose_account_has_no_rights_says_so(run, environment_of_worker):
    at = environment_of_worker["DATABASE_URL"].partition("@")[2]
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE bystander LOGIN PASSWORD 'bystander'")
    try:
        ended = run("work", "--once", DATABASE_URL=f"postgresql://bystander:bystander@{at}")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP ROLE bystander")
    assert ended.returncode == 1
    assert ended.stderr.startswith("permission denied for table ")
    assert "Traceback" not in ended.stderr


def test_a_database_that_does_not_answer_and_a_setting_that_makes_no_sense_are_told(run):
    away = run("work", "--once", DATABASE_URL="postgresql://archive@127.0.0.1:1/archive")
    mistaken = run("work", "--once", DATABASE_URL="mysql://archive")
    assert [ended.returncode for ended in (away, mistaken)] == [1, 1]
    assert "port 1 failed: Connection refused" in away.stderr
    assert mistaken.stderr.startswith("DATABASE_URL must be a postgresql:// address")
    assert not any("Traceback" in ended.stderr for ended in (away, mistaken))
    assert "Traceback" in run("work", "--once", "--traceback", DATABASE_URL="mysql://archive").stderr
