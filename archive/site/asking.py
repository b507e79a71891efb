"""Questions that pages ask again and again: the ORM writes their SQL once, and each asking only fills in what is given.

To write the SQL of a list, and to make models of its rows, costs more than the database needs to answer it. A question
is a QuerySet of values all the same, made of the same `public()` as everything else. PostgreSQL, too, plans it once a
connection and not each time, which often takes longer than the answer.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import psycopg
from django.db import NotSupportedError
from django.db.models import BooleanField, Func
from django.db.models.expressions import RawSQL
from psycopg.adapt import Buffer, Loader
from psycopg.sql import Literal

from archive.databases import read_connection

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.backends.utils import CursorWrapper
    from django.db.models import Field, QuerySet

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


class _Preparing(psycopg.Cursor[Any]):
    """A cursor that has the server keep the plan of what it executes, for as long as the connection lasts."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        super().__init__(connection)
        self.adapters.register_loader("timestamptz", _Moment)

    def execute(self, query: Any, params: Any = None, **options: Any) -> "_Preparing":
        return super().execute(query, params, **{**options, "prepare": True})


# Executions after which the driver would prepare on its own what it is not told to.
_NEVER = 2**31


def _cursor(connection: "BaseDatabaseWrapper") -> "CursorWrapper":
    """A cursor that prepares, but where connections are pooled by the transaction, which may lose what is prepared.

    Django's setting for such a pool (DISABLE_SERVER_SIDE_CURSORS) says so. Each connection has one for all its
    questions: to make another costs as much as the rest of the asking.
    """
    if connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
        return connection.cursor()
    connection.close_if_health_check_failed()
    if connection.connection is None:
        connection.ensure_connection()
    held: psycopg.Connection[Any] = connection.connection
    cursor: Any = getattr(held, "cursor_of_questions", None)
    if cursor is None:
        if held.prepare_threshold is None:
            held.prepare_threshold = _NEVER
        # Where it guesses that a plan of its own would serve one topic better, the server would plan at each asking.
        held.execute("SET plan_cache_mode = force_generic_plan")
        cursor = held.cursor_of_questions = _Preparing(held)  # type: ignore[attr-defined]  # ours alone
    return connection.make_debug_cursor(cursor) if connection.queries_logged else connection.make_cursor(cursor)
