"""What a start does before it serves: schema, static files and, the first time, a user and the sample archive."""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import transaction

from archive.databases import lock_connection

FIRST_USER = "archivist"
SECONDS_BETWEEN = 0.2  # two looks whether another start is done


class Account(NamedTuple):
    """What somebody signs in to the admin with."""

    username: str
    password: str


def prepare(*, sample: bool) -> None:
    """Bring schema and static files up to date; where nobody has an account yet, begin the archive.

    Safe to call from several starts at once, on several machines too. `sample` says whether a new archive begins with
    the sample stories.
    """
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    with _one_at_a_time():
        call_command("migrate", verbosity=0, interactive=False)
        call_command("collectstatic", verbosity=0, interactive=False)
        if not User.objects.exists():
            _begin(sample=sample)


def first_account() -> Account | None:
    """The account that the first start made, as long as its password is still the generated one."""
    try:
        account = Account(*_kept().read_text().split())
    except FileNotFoundError:
        return None
    user = User.objects.filter(username=account.username, is_active=True).first()
    return account if user and user.check_password(account.password) else None


def _begin(*, sample: bool) -> None:
    account = Account(FIRST_USER, secrets.token_urlsafe(12))
    with transaction.atomic():  # all of it or nothing: a start that is cut short begins anew the next time
        User.objects.create_superuser(account.username, password=account.password)
        if sample:
            call_command("load_sample")
        kept = _kept()
        kept.unlink(missing_ok=True)
        kept.touch(mode=0o600)
        kept.write_text("\n".join(account) + "\n")


def _kept() -> Path:
    return Path(settings.VAR_DIR) / "first-user"


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Let no other start be at it, on whatever machine.

    The lock is asked for again and again: a query that waits would itself hold up a migration that makes an index while
    others write (CREATE INDEX CONCURRENTLY).
    """
    while not _asked("SELECT pg_try_advisory_lock(hashtext('archive: start'))"):
        time.sleep(SECONDS_BETWEEN)
    try:
        yield
    finally:
        _asked("SELECT pg_advisory_unlock(hashtext('archive: start'))")


def _asked(question: str) -> bool:
    with lock_connection().cursor() as cursor:
        cursor.execute(question)
        return bool(cursor.fetchone()[0])
