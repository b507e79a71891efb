"""Readers' pages are read from streaming replicas where there are any; from the primary where these are gone or behind.

One request reads from one database, its version first and then its page. What readers may see has one number, which the
primary is asked for once in `REPLICA_MAX_LAG` seconds: a replica that has not come so far is passed over. So no reader
is shown what was replaced longer ago than that, whatever clocks and logs say, and a process that has shown one
version shows none before it.

A database that has been lost is looked for in the background, and no request waits for it meanwhile: where it is cut
off without a word, that takes as long as a connection may take.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextvars import Context, copy_context
from functools import partial, wraps
from itertools import count
from threading import Lock, Thread
from typing import Any

from django.conf import settings
from django.db import Error, InterfaceError, OperationalError, ProgrammingError, connections
from django.http import HttpRequest, HttpResponse

from archive.databases import PRIMARY, REPLICAS, reading_from
from archive.site.version import shown_by, shown_now

# Seconds between two looks for a database that is gone; and for which a replica that is behind is passed over.
WHILE_GONE = 5
WHILE_BEHIND = 1

logger = logging.getLogger(__name__)

View = Callable[..., HttpResponse]


class Replicas:
    """The replicas as one process knows them; threads may share it."""

    def __init__(self, aliases: Iterable[str], max_lag: float) -> None:
        self.max_lag = max_lag
        self.aliases = tuple(aliases)
        self.passed_over_until = dict.fromkeys(self.aliases, 0.0)
        self.turn = count()
        self.number = 0  # of the newest version known of
        self.ask_at = 0.0
        self.lock = Lock()
        self.asking = Lock()
        self.gone: set[str] = set()
        self.gone_lock = Lock()

    def in_turn(self) -> Iterator[str]:
        """Those that may be asked now; each request begins with another one."""
        first = next(self.turn)
        for place in range(len(self.aliases)):
            alias = self.aliases[(first + place) % len(self.aliases)]
            if alias not in self.gone and self.passed_over_until[alias] <= time.monotonic():
                yield alias

    def pass_over(self, alias: str) -> None:
        """Ask others for a while: it is behind."""
        self.passed_over_until[alias] = time.monotonic() + WHILE_BEHIND

    def lose(self, alias: str, error: Exception) -> None:
        """Ask others until it is found again, replica or primary."""
        with self.gone_lock:
            if alias in self.gone:
                return
            self.gone.add(alias)
        logger.warning("The database %s is gone, and looked for: %s", alias, error)
        Thread(target=self._look_for, args=[alias], daemon=True).start()

    def _look_for(self, alias: str) -> None:
        time.sleep(WHILE_GONE)
        while not _answers(alias):
            time.sleep(WHILE_GONE)
        self.gone.discard(alias)

    def number_to_reach(self) -> int:
        """The number of the version that the primary had at most `max_lag` seconds ago, or of a newer one.

        One request asks for all, and others go by what is known meanwhile; only where that is nothing yet, they wait.
        Where the primary does not answer, nothing can be published: what was known before holds on.
        """
        if self._is_to_ask() and self.asking.acquire(blocking=not self.number):
            try:
                if self._is_to_ask():  # which another may have done meanwhile
                    self._ask()
            finally:
                self.asking.release()
        return self.number

    def _is_to_ask(self) -> bool:
        return time.monotonic() >= self.ask_at and PRIMARY not in self.gone

    def _ask(self) -> None:
        known = self.number
        try:
            with reading_from(PRIMARY):
                number = shown_now().number
        except (OperationalError, InterfaceError) as error:
            self.lose(PRIMARY, error)
            return
        with self.lock:  # nobody goes by a number that is older than what was shown meanwhile
            self.number = number if self.number == known else max(self.number, number)
        self.ask_at = time.monotonic() + self.max_lag

    def has_shown(self, number: int) -> None:
        """A version was shown: none before it is to follow."""
        with self.lock:
            self.number = max(self.number, number)


replicas = Replicas(REPLICAS, settings.REPLICA_MAX_LAG)


def _answers(alias: str) -> bool:
    """Whether a connection to a database comes about, of this thread's own."""
    own = connections[alias]
    try:
        with own.wrap_database_errors:
            own.connect()
    except (Error, RuntimeError):  # the embedded server's own failures are RuntimeErrors
        return False
    else:
        return True
    finally:
        own.close()


def read_from_replicas(view: View) -> View:
    """A view that only reads, asked anew of the next database where one fails half-way.

    Whoever is signed in reads from the primary, and so what they have just written. The session itself is not touched,
    for the page is the same for everybody.
    """

    @wraps(view)
    def read(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not replicas.aliases or settings.SESSION_COOKIE_NAME in request.COOKIES:
            return view(request, *args, **kwargs)
        for alias in replicas.in_turn():
            try:
                with reading_from(alias):
                    if _is_behind(alias, request):
                        continue
                    return _read_on(view(request, *args, **kwargs), alias)
            except (OperationalError, InterfaceError, ProgrammingError) as error:  # the last: migrated later than we
                _give_up(alias, error)
        request.shown = None  # type: ignore[attr-defined]  # another's
        response = view(request, *args, **kwargs)
        replicas.has_shown(shown_by(request).number)
        return response

    return read


def _is_behind(alias: str, request: HttpRequest) -> bool:
    wanted = replicas.number_to_reach()
    shown = request.shown = shown_now()  # type: ignore[attr-defined]  # where `shown_by` looks for it
    if shown.number < wanted:
        replicas.pass_over(alias)
        return True
    replicas.has_shown(shown.number)
    return False


def _give_up(alias: str, error: Exception) -> None:
    connections[alias].close()
    replicas.lose(alias, error)


def _read_on(response: HttpResponse, alias: str) -> HttpResponse:
    """Have what is read while it is sent come from the same database."""
    if response.streaming:
        parts: Iterator[bytes] = iter(response.streaming_content)  # type: ignore[attr-defined]
        response.streaming_content = _within(copy_context(), parts, alias)  # type: ignore[attr-defined]
    return response


def _within(context: Context, parts: Iterator[bytes], alias: str) -> Iterator[bytes]:
    try:
        yield from iter(partial(context.run, next, parts, None), None)
    except (OperationalError, InterfaceError) as error:
        _give_up(alias, error)
        raise
