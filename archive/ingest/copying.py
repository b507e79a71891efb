"""Copying: new articles into the database by COPY, ids given before.

`bulk_create` sends twenty-seven values a story, each with a placeholder of its own; making and counting those took a
quarter of an import's time. COPY takes the same rows, under the same constraints and triggers.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from psycopg import sql

from archive.models import Article

_TABLE = Article._meta.db_table
_FIELDS = [field for field in Article._meta.concrete_fields if not field.generated]


def copy_articles(articles: Sequence[Article]) -> None:
    """Save new articles, and give them their ids. Raises what saving them would: IntegrityError, DataError."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [_TABLE, len(articles)]
        )
        for article, (pk,) in zip(articles, cursor.fetchall(), strict=True):
            article.pk = pk
        columns = sql.SQL(", ").join([sql.Identifier(str(field.column)) for field in _FIELDS])
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(_TABLE), columns)
        with connection.wrap_database_errors, cursor.copy(statement) as copy:
            for article in articles:
                copy.write_row([_value(article, field) for field in _FIELDS])
    for article in articles:
        article._state.adding, article._state.db = False, connection.alias  # noqa: SLF001 (as `bulk_create` does)


def _value(article: Article, field: Any) -> Any:
    """What a field of a new article holds; the moments of its making are set now."""
    return field.pre_save(article, add=True)
