"""Queries that are asked again and again: PostgreSQL plans each once a connection, and each asking fills in values.

To plan a query often takes longer than to answer it. The lists of the site's pages are asked for so
(`archive.site.asking`, which has the ORM write their SQL), and whatever a search asks in the same words each time.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from select import POLLIN, POLLOUT, poll
from typing import TYPE_CHECKING, Any

import psycopg
from django.db import NotSupportedError
from psycopg.adapt import Buffer, Loader, PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
from psycopg.types.numeric import Int8Dumper

from archive.databases import read_connection

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.backends.utils import CursorWrapper
    from psycopg.pq.abc import PGresult

_NAMED = re.compile(r"%\((\w+)\)s")


def answer(sql: str, **given: Any) -> list[Any]:
    """The rows of a query that has places for what is given, by name: `%(ids)s`."""
    written, names = _places(sql)
    return rows_of(written, [given[name] for name in names])


@cache
def _places(sql: str) -> tuple[str, tuple[str, ...]]:
    return _NAMED.sub("%s", sql), tuple(_NAMED.findall(sql))


def rows_of(sql: str, filled: Sequence[Any]) -> list[Any]:
    """The rows of a query whose places (`%s`) are filled with some values. Raises what `rows_of_each` does."""
    [rows] = rows_of_each([(sql, filled)])
    return rows


def rows_of_each(asked: Sequence[tuple[str, Sequence[Any]]]) -> list[list[Any]]:
    """The rows of each of several such queries: sent one after another, and waited for once.

    Each sees what is committed when its turn comes. To wait for an answer, and to be woken for it, takes as long as
    the server takes for a small one.

    Raises:
        NotSupportedError: within a transaction, where a migration has changed a column since a query was planned. It
            is planned anew at the next asking.

    """
    try:
        return _rows(asked)
    except NotSupportedError:  # what is planned holds no longer
        connection = read_connection()
        if (planned := _planned(connection)) is not None:
            planned.forget()
        if connection.in_atomic_block:
            raise
        return _rows(asked)


def _rows(asked: Sequence[tuple[str, Sequence[Any]]]) -> list[list[Any]]:
    connection = read_connection()
    planned = _planned(connection)
    if planned is None:
        with connection.cursor() as cursor:
            return [_answer(cursor, sql, filled) for sql, filled in asked]
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors:
        return planned.rows(asked)


def _answer(cursor: "CursorWrapper", sql: str, filled: Sequence[Any]) -> list[Any]:
    cursor.execute(sql, filled)
    rows: list[Any] = cursor.fetchall()
    return rows


class _Moment(Loader):
    """A moment as the server writes it, which the driver reads for all the ways that a server may be set to write."""

    def load(self, data: Buffer) -> datetime:
        return datetime.fromisoformat(str(data, "ascii"))


class _Planned:
    """Asks the server, which keeps each plan for as long as the connection lasts.

    A cursor of the driver would do so too, but looks anew into every query at each asking, and waits for the answer in
    Python: that cost as much as all the rest of the asking. One of Django's around this would cost half of it again.
    """

    def __init__(self, held: psycopg.Connection[Any]) -> None:
        cursor = psycopg.Cursor(held)
        cursor.adapters.register_loader("timestamptz", _Moment)
        # The driver's own takes the smallest type that holds a number, and each type of each gap is another plan.
        cursor.adapters.register_dumper(int, Int8Dumper)
        self.held, self.server, self.values = held, held.pgconn, Transformer(cursor)
        self.names: dict[tuple[str, tuple[int, ...] | None], bytes] = {}
        self.named = 0
        self.told = False
        self.arrival, self.passage = poll(), poll()
        self.arrival.register(held.fileno(), POLLIN)
        self.passage.register(held.fileno(), POLLIN | POLLOUT)

    def forget(self) -> None:
        """Have everything planned anew when it is asked again; the old plans go with the session."""
        self.names.clear()

    def rows(self, asked: Sequence[tuple[str, Sequence[Any]]]) -> list[list[Any]]:
        """The answers to some queries. Raises the driver's errors."""
        if not self.told:
            self._tell()
        if not self.held.autocommit and self.server.transaction_status == TransactionStatus.IDLE:
            self.held.execute("")  # begins the transaction
        prepared = [self._prepared(sql, filled) for sql, filled in asked]
        results = [self.server.exec_prepared(*prepared[0])] if len(prepared) == 1 else self._sent_together(prepared)
        return [self._read(self._checked(result)) for result in results]

    def _tell(self) -> None:
        """Have the server keep to its plans: where it guesses that others would serve one topic better, it plans anew.

        Within a transaction this is said each time, for what ends that may take it back.
        """
        self.told = self.held.autocommit and self.server.transaction_status == TransactionStatus.IDLE
        self.held.execute("SET plan_cache_mode = force_generic_plan")

    def _prepared(self, sql: str, filled: Sequence[Any]) -> tuple[bytes, Any, Any]:
        """The name of a query's plan, and its values and their formats as the server takes them."""
        dumped = self.values.dump_sequence(filled, [PyFormat.AUTO] * len(filled))
        key = sql, self.values.types
        if (name := self.names.get(key)) is None:
            self.named += 1
            name = f"planned_{self.named}".encode()
            numbered = sql % tuple(f"${number}" for number, _ in enumerate(filled, start=1))
            self._checked(self.server.prepare(name, numbered.encode(), self.values.types))
            self.names[key] = name
        return name, dumped, self.values.formats

    def _sent_together(self, prepared: Sequence[tuple[bytes, Any, Any]]) -> "list[PGresult]":
        """Their results, by libpq's pipeline mode: of one that fails the error, and what follows it is not executed."""
        results: list[PGresult] = []
        try:
            self.server.enter_pipeline_mode()
            for each in prepared:
                self.server.send_query_prepared(*each)
            self.server.pipeline_sync()
            while self.server.flush():
                self.passage.poll()
            while (result := self._next_result()).status != ExecStatus.PIPELINE_SYNC:
                results.append(result)
            self.server.exit_pipeline_mode()
        except BaseException:
            self.held.close()  # there may be answers under way that nobody waits for
            raise
        return results

    def _next_result(self) -> "PGresult":
        while True:
            while self.server.is_busy():
                self.arrival.poll()  # lets other threads go on, which `get_result` would not
                self.server.consume_input()
            if result := self.server.get_result():  # nothing, where one query ends
                return result
            self._check_connection()

    def _read(self, result: "PGresult") -> list[Any]:
        self.values.set_pgresult(result)
        return self.values.load_rows(0, result.ntuples, tuple)

    def _check_connection(self) -> None:
        if self.server.status == ConnStatus.BAD:
            raise psycopg.OperationalError(self.server.get_error_message())

    def _checked(self, result: "PGresult") -> "PGresult":
        self._check_connection()
        if result.status == ExecStatus.FATAL_ERROR:
            raise error_from_result(result)
        return result


def _planned(connection: "BaseDatabaseWrapper") -> _Planned | None:
    """What keeps the plans of a connection's queries; None where each is to be asked as any other one is.

    That is where connections are pooled by the transaction, which may lose what is prepared: Django's setting for such
    a pool (DISABLE_SERVER_SIDE_CURSORS) says so. And where somebody takes down what is asked, or
    has a hand in it.
    """
    pooled = connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS")
    if pooled or connection.queries_logged or connection.execute_wrappers:
        return None
    connection.close_if_health_check_failed()
    if connection.connection is None:
        connection.ensure_connection()
    held: psycopg.Connection[Any] = connection.connection
    planned: _Planned | None = getattr(held, "plans_of_queries", None)
    if planned is None:
        planned = held.plans_of_queries = _Planned(held)  # type: ignore[attr-defined]  # ours alone
    return planned
