"""Questions that pages ask again and again: the ORM writes their SQL once, and each asking only fills in what is given.

To write the SQL of a list, and to make models of its rows, costs more than the database needs to answer it. A question
is a QuerySet of values all the same, made of the same `public()` as everything else. PostgreSQL, too, plans it once a
connection and not each time, which often takes longer than the answer.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import psycopg
from django.db import NotSupportedError
from django.db.models import BooleanField, Func
from django.db.models.expressions import RawSQL
from psycopg.adapt import Buffer, Loader, PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
from psycopg.sql import Literal

from archive.databases import read_connection

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.backends.utils import CursorWrapper
    from django.db.models import Field, QuerySet
    from psycopg.pq.abc import PGresult

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Gap:
    """The place in a question of a value that each asking gives, by its name."""

    name: str


def given(name: str, kind: "Field[Any, Any] | None" = None) -> RawSQL:
    """A gap as an expression, for the conditions of a question; `kind` where the database could not tell."""
    return RawSQL("%s", [Gap(name)], output_field=kind)


class IsAnyOf(Func):
    """Whether a value is in an array, such as one that is given."""

    template, arg_joiner = "%(expressions)s)", " = ANY ("
    output_field = BooleanField()


class Question(Generic[Row]):
    """A question with gaps. `write` gives its QuerySet of values, `read` makes what a page wants of one row of them."""

    def __init__(self, write: "Callable[[], QuerySet[Any, Any]]", read: Callable[[Iterable[Any]], Row]) -> None:
        self.write = write
        self.read = read

    def ask(self, **values: Any) -> list[Row]:
        """The answer, in one query. `values` fill the gaps by name.

        Raises:
            KeyError: where a value is missing.

        """
        sql, gaps = self._written
        filled = [values[gap.name] for gap in gaps]
        try:
            rows = _rows(sql, filled)
        except NotSupportedError:  # a migration has changed a column since: what is planned holds no longer
            if read_connection().in_atomic_block:
                raise
            read_connection().close()
            rows = _rows(sql, filled)
        return [self.read(row) for row in rows]

    @cached_property
    def _written(self) -> tuple[str, tuple[Gap, ...]]:
        """The SQL, and what fills each place in it. What is given by nobody stands in it, for the planner to see."""
        rows = self.write()
        sql, parameters = rows.query.get_compiler(rows.db).as_sql()  # the same for every database
        gaps = tuple(each for each in parameters if isinstance(each, Gap))
        written = sql % tuple("\0" if isinstance(each, Gap) else Literal(each).as_string() for each in parameters)
        return written.replace("%", "%%").replace("\0", "%s"), gaps


def _rows(sql: str, filled: list[Any]) -> list[Any]:
    cursor = _cursor(read_connection())
    cursor.execute(sql, filled)
    rows: list[Any] = cursor.fetchall()
    return rows


class _Moment(Loader):
    """A moment as the server writes it, which the driver reads for all the ways that a server may be set to write."""

    def load(self, data: Buffer) -> datetime:
        return datetime.fromisoformat(str(data, "ascii"))


class _Planned:
    """A cursor, as far as questions need one, that has the server keep each plan for as long as the connection lasts.

    The driver's own would do so too, but looks anew into every query at each asking, and waits for the answer in
    Python: that cost as much as all the rest of the asking.
    """

    def __init__(self, held: psycopg.Connection[Any]) -> None:
        cursor = psycopg.Cursor(held)
        cursor.adapters.register_loader("timestamptz", _Moment)
        self.held, self.server, self.values = held, held.pgconn, Transformer(cursor)
        self.names: dict[tuple[str, tuple[int, ...] | None], bytes] = {}

    def execute(self, sql: str, filled: Sequence[Any] = ()) -> None:
        if not self.held.autocommit and self.server.transaction_status == TransactionStatus.IDLE:
            self.held.execute("")  # begins the transaction
        dumped = self.values.dump_sequence(filled, [PyFormat.AUTO] * len(filled))
        key = sql, self.values.types
        if (name := self.names.get(key)) is None:
            name = f"question_{len(self.names)}".encode()
            numbered = sql % tuple(f"${number}" for number, _ in enumerate(filled, start=1))
            self._checked(self.server.prepare(name, numbered.encode(), self.values.types))
            self.names[key] = name
        result = self.server.exec_prepared(name, dumped, self.values.formats)  # type: ignore[arg-type]  # None is NULL
        self.values.set_pgresult(self._checked(result))

    def fetchall(self) -> list[Any]:
        result = self.values.pgresult
        return self.values.load_rows(0, result.ntuples, tuple) if result else []

    def _checked(self, result: "PGresult") -> "PGresult":
        if self.server.status == ConnStatus.BAD:
            raise psycopg.OperationalError(self.server.get_error_message())
        if result.status == ExecStatus.FATAL_ERROR:
            raise error_from_result(result)
        return result


def _cursor(connection: "BaseDatabaseWrapper") -> "CursorWrapper":
    """A cursor that prepares, but where connections are pooled by the transaction, which may lose what is prepared.

    Django's setting for such a pool (DISABLE_SERVER_SIDE_CURSORS) says so. Each connection has one for all its
    questions: to make another costs as much as the rest of the asking.
    """
    if connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS") or connection.queries_logged:
        return connection.cursor()
    connection.close_if_health_check_failed()
    if connection.connection is None:
        connection.ensure_connection()
    held: psycopg.Connection[Any] = connection.connection
    cursor: Any = getattr(held, "cursor_of_questions", None)
    if cursor is None:
        # Where it guesses that a plan of its own would serve one topic better, the server would plan at each asking.
        held.execute("SET plan_cache_mode = force_generic_plan")
        cursor = held.cursor_of_questions = _Planned(held)  # type: ignore[attr-defined]  # ours alone
    return connection.make_cursor(cursor)
