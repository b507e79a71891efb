"""What version of the archive a request shows, and the marks that tell readers and caches of it.

It is asked for once in each request, before anything else: what a page then reads is as new or newer. So a page is
never taken for newer than it is, and what is kept of it is stale the moment that something is published.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.db.models import QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.http import HttpRequest

from archive.databases import read_connection
from archive.models import Article, Edition, Version
from archive.site.asking import Question


@dataclass(frozen=True, slots=True)
class Shown:
    """A version as readers are shown it: its number, when it moved, the day it is, what the edition says of itself."""

    number: int
    moved_at: datetime
    today: str
    edition: Edition

    @property
    def mark(self) -> str:
        """A text that no other version shares, of this archive or of another state of it, made by the same code."""
        return f"{self.number} {self.moved_at.isoformat()} {self.today} {release()}"

    def etag(self, request: HttpRequest) -> str:
        """The validator of the page at an address (RFC 9110): weak, for it may be compressed or not."""
        told = f"{self.mark} {request.get_full_path()}"
        return f'W/"{blake2b(told.encode(), digest_size=12).hexdigest()}"'

    @property
    def last_modified(self) -> datetime | None:
        """When it moved; None within that very second, in which it may move again under the same date."""
        return self.moved_at if datetime.now(UTC) - self.moved_at > timedelta(seconds=1) else None


def shown_now() -> Shown:
    """The version that readers see now. One query, which also finds out whether the connection still works."""
    connection = read_connection()
    connection.health_check_done = True  # type: ignore[attr-defined]  # which the stubs do not know of
    try:
        return _ask()
    except (OperationalError, InterfaceError):
        if connection.in_atomic_block:
            raise
        connection.close()  # the server was started anew since the last request: connect again
        return _ask()


def shown_by(request: HttpRequest) -> Shown:
    """The version that a request shows: asked for once, however many want to know."""
    shown: Shown | None = getattr(request, "shown", None)
    if shown is None:
        shown = request.shown = shown_now()  # type: ignore[attr-defined]  # ours alone
    return shown


def _ask() -> Shown:
    for number, moved_at, lifted_at, edition in _QUESTION.ask():
        latest = max(moved_at, lifted_at or moved_at)
        return Shown(number, latest, f"{datetime.now(UTC):%F}", _edition(edition or "{}"))
    return Shown(0, datetime.fromtimestamp(0, UTC), f"{datetime.now(UTC):%F}", Edition.current())


@lru_cache(8)  # it hardly ever changes, and nobody changes what a page shows
def _edition(told: str) -> Edition:
    return Edition(pk=1, **json.loads(told))


def _written() -> "QuerySet[Any, Any]":
    # An embargo that has passed shows an article without any commit.
    lifted = Article.objects.out_of_embargo().values("embargo_until")[:1]
    edition = (
        Edition.objects.filter(pk=1)
        .order_by()
        .values(told=JSONObject(title="title", tagline="tagline", notice="notice"))
    )
    return Version.objects.values_list("number", "moved_at", Subquery(lifted), Subquery(edition))


_QUESTION: Question[Any] = Question(_written, tuple)


def release() -> str:
    """What makes the pages, code, libraries and settings: another release makes other pages of the same version."""
    return f"{_digest() if settings.DEBUG else _digest_once()} {settings.SITE_URL}"


def _digest() -> str:
    base = Path(settings.BASE_DIR)
    made_by = sorted([*(base / "archive").rglob("*.py"), *(base / "templates").rglob("*")])
    digest = blake2b(digest_size=8)
    for path in [*made_by, base / "requirements.txt", Path(settings.STATIC_ROOT) / "staticfiles.json"]:
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()


_digest_once = cache(_digest)
