"""Purging: caches before the site are told when what readers may see has changed, so that nothing old stays in them.

Everything that readers may see moves one version (`archive.models.version`), or is an embargo that has passed: who
watches these misses nothing, whoever wrote it and however. A cache drops all pages then. It is told once no process can
make the former page any more, with or without replicas, and a second time for the pages that were being made; where it
does not answer, again and again.
"""

import logging
import time
from base64 import b64encode
from collections.abc import Iterable
from datetime import datetime
from http.client import HTTPException
from typing import NoReturn
from urllib.parse import unquote, urlsplit
from urllib.request import Request, urlopen

from django.conf import settings
from django.db import Error, connection, connections

from archive.databases import REPLICAS, reading_from
from archive.models import Article, Version

# Seconds: between two looks at the version, until the second telling, until a cache that did not answer is told again,
# and for which its answer is waited for.
BETWEEN = 1
AGAIN = 10
RETRY = 5
TIMEOUT = 5

Mark = tuple[int, datetime | None]

logger = logging.getLogger(__name__)


class Purger:
    """What one process knows of the caches: what version they were last told of, and what they have yet to be told."""

    def __init__(self, caches: Iterable[str], replicas: Iterable[str] = REPLICAS) -> None:
        self.replicas = tuple(replicas)
        self.owed: dict[str, list[float]] = {cache: [] for cache in caches}  # moments of `time.monotonic`
        self.mark: Mark | None = None
        self.moved_at = 0.0

    def watch(self) -> NoReturn:
        """Look for ever. Begun anew, it tells all caches once: nobody knows what was missed."""
        while True:
            try:
                self.look()
            except Error as error:
                logger.warning("The version cannot be asked for, and caches are not purged meanwhile: %s", error)
                connection.close()
            time.sleep(BETWEEN)

    def look(self) -> None:
        """Tell the caches what there is to tell them now."""
        mark, now = _mark(), time.monotonic()
        if mark != self.mark:
            self.mark, self.moved_at = mark, now
            self.owed = {cache: [now, now + AGAIN] for cache in self.owed}
        if any(self.owed.values()) and not self._may_be_read(mark[0], now):
            return
        for cache, moments in self.owed.items():
            if moments and moments[0] <= now:
                self.owed[cache] = moments[1:] if _purge(cache) else [now + RETRY, *moments[1:]]

    def _may_be_read(self, number: int, now: float) -> bool:
        """Whether all replicas have this version, or have been passed over for not having it by every process."""
        return now - self.moved_at > 2 * settings.REPLICA_MAX_LAG or all(reached(one, number) for one in self.replicas)


def _mark() -> Mark:
    lifted = Article.objects.out_of_embargo().values_list("embargo_until")
    return Version.objects.values_list("number", flat=True).first() or 0, next(iter(lifted[:1]), (None,))[0]


def reached(replica: str, number: int) -> bool:
    """Whether a replica has this version, or a later one; not where it does not answer."""
    try:
        with reading_from(replica):
            return Version.objects.filter(number__gte=number).exists()
    except Error:
        connections[replica].close()  # the next time, it may be there again
        return False


def _purge(cache: str) -> bool:
    """Send PURGE to the address of a cache; whether it took it."""
    address = urlsplit(cache)
    request = Request(address._replace(netloc=address.netloc.rpartition("@")[2]).geturl(), method="PURGE")  # noqa: S310
    if address.username:
        told = f"{unquote(address.username)}:{unquote(address.password or '')}".encode()
        request.add_header("Authorization", f"Basic {b64encode(told).decode()}")
    try:
        with urlopen(request, timeout=TIMEOUT):  # noqa: S310 - the settings let no other scheme through
            return True
    except (OSError, HTTPException) as error:
        logger.warning("The cache at %s was not purged, and is told again: %s", request.full_url, error)
        return False
