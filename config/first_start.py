"""What a start does before it serves: schema, static files and, the first time, a user and the sample archive."""

import fcntl
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import transaction

FIRST_USER = "archivist"


class Account(NamedTuple):
    """What somebody signs in to the admin with."""

    username: str
    password: str


def prepare(*, sample: bool) -> None:
    """Bring schema and static files up to date; where nobody has an account yet, begin the archive.

    Safe to call from several starts at once. `sample` says whether a new archive begins with the sample stories.
    """
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
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.VAR_DIR / "start.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
