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
from django.contrib.postgres.expressions import ArraySubquery
from django.db import NotSupportedError
from django.db.models import BooleanField, Func, JSONField
from django.db.models.expressions import RawSQL
from psycopg.adapt import Buffer, Loader, PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
from psycopg.sql import Literal
from psycopg.types.numeric import Int8Dumper

from archive.databases import read_connection

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
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


class AsJSON(ArraySubquery):
    """The rows of a subquery, each one value of JSON, as a list that the driver reads at once, and not row by row."""

    template = "to_json(ARRAY(%(subquery)s))"

    def _resolve_output_field(self) -> "Field[Any, Any]":
        return JSONField()


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
    connection = read_connection()
    planned = _planned(connection)
    if planned is None:
        with connection.cursor() as cursor:
            cursor.execute(sql, filled)
            rows: list[Any] = cursor.fetchall()
            return rows
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors:
        return planned.rows(sql, filled)


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

    def rows(self, sql: str, filled: Sequence[Any]) -> list[Any]:
        """The answer to a question. Raises the driver's errors."""
        if not self.held.autocommit and self.server.transaction_status == TransactionStatus.IDLE:
            self.held.execute("")  # begins the transaction
        dumped = self.values.dump_sequence(filled, [PyFormat.AUTO] * len(filled))
        key = sql, self.values.types
        if (name := self.names.get(key)) is None:
            name = f"question_{len(self.names)}".encode()
            numbered = sql % tuple(f"${number}" for number, _ in enumerate(filled, start=1))
            self._checked(self.server.prepare(name, numbered.encode(), self.values.types))
            self.names[key] = name
        sent = self.server.exec_prepared(name, dumped, self.values.formats)  # type: ignore[arg-type]  # None is NULL
        result = self._checked(sent)
        self.values.set_pgresult(result)
        return self.values.load_rows(0, result.ntuples, tuple)

    def _checked(self, result: "PGresult") -> "PGresult":
        if self.server.status == ConnStatus.BAD:
            raise psycopg.OperationalError(self.server.get_error_message())
        if result.status == ExecStatus.FATAL_ERROR:
            raise error_from_result(result)
        return result


def _planned(connection: "BaseDatabaseWrapper") -> _Planned | None:
    """What keeps the plans of a connection's questions; None where each is to be asked as any other query is.

    That is where connections are pooled by the transaction, which may lose what is prepared: Django's setting for such
    a pool (DISABLE_SERVER_SIDE_CURSORS) says so. And where somebody looks at what is asked, or has a hand in it.
    """
    pooled = connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS")
    if pooled or connection.queries_logged or connection.execute_wrappers:
        return None
    connection.close_if_health_check_failed()
    if connection.connection is None:
        connection.ensure_connection()
    held: psycopg.Connection[Any] = connection.connection
    planned: _Planned | None = getattr(held, "plans_of_questions", None)
    if planned is None:
        # Where it guesses that a plan of its own would serve one topic better, the server would plan at each asking.
        with connection.wrap_database_errors:
            held.execute("SET plan_cache_mode = force_generic_plan")
        planned = held.plans_of_questions = _Planned(held)  # type: ignore[attr-defined]  # ours alone
    return planned
