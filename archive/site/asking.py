"""Questions that pages ask again and again: the ORM writes their SQL once, and each asking only fills in what is given.

To write the SQL of a list, and to make models of its rows, costs more than the database needs to answer it. A question
is a QuerySet of values all the same, made of the same `public()` as everything else. PostgreSQL, too, plans it once a
connection and not each time, which often takes longer than the answer.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Func, JSONField
from django.db.models.expressions import RawSQL
from psycopg.sql import Literal

from archive.planned import rows_of_each

if TYPE_CHECKING:
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


class AsJSON(ArraySubquery):
    """The rows of a subquery, each one value of JSON, as a list that the driver reads at once, and not row by row."""

    template = "to_json(ARRAY(%(subquery)s))"

    def _resolve_output_field(self) -> "Field[Any, Any]":
        return JSONField()


class Asked(NamedTuple, Generic[Row]):
    """A question whose gaps are filled."""

    sql: str
    filled: list[Any]
    read: Callable[[Any], Row]


def together(*asked: Asked[Any]) -> list[list[Any]]:
    """The answers to several questions, which are waited for once: of each the rows, as `Question.ask` gives them."""
    found = rows_of_each([(each.sql, each.filled) for each in asked])
    return [[each.read(row) for row in rows] for each, rows in zip(asked, found, strict=True)]


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
        [answer] = together(self.asked(**values))
        return answer

    def asked(self, **values: Any) -> "Asked[Row]":
        """The question to be asked `together` with others; `values` as for `ask`."""
        sql, gaps = self._written
        return Asked(sql, [values[gap.name] for gap in gaps], self.read)

    @cached_property
    def _written(self) -> tuple[str, tuple[Gap, ...]]:
        """The SQL, and what fills each place in it. What is given by nobody stands in it, for the planner to see."""
        rows = self.write()
        sql, parameters = rows.query.get_compiler(rows.db).as_sql()  # the same for every database
        gaps = tuple(each for each in parameters if isinstance(each, Gap))
        written = sql % tuple("\0" if isinstance(each, Gap) else Literal(each).as_string() for each in parameters)
        return written.replace("%", "%%").replace("\0", "%s"), gaps
