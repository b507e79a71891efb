"""The words of a search: the condition they make, and where they stand in a text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import Func, TextField, Value

# How the words of a search are stemmed.
STEMMING = "pg_catalog.english"
# How much of a text is looked through for words in context. In characters.
LOOKED_THROUGH = 40_000

# What stands around a found word on its way from the database; no canonical text holds these characters.
_OPEN, _CLOSE = "\x02", "\x03"
_FOUND = re.compile(f"({_OPEN}[^{_CLOSE}]*{_CLOSE})")
_MARKS = f"StartSel={_OPEN}, StopSel={_CLOSE}"


def query_of(given: str) -> SearchQuery:
    """What to look for: all the words, `"a phrase"`, `-without`, `one OR other`. Never refuses a text."""
    folded = Func(Value(given), function="archive_fold", output_field=TextField())
    return SearchQuery(folded, config=STEMMING, search_type="websearch")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, and whether it is one of the words looked for."""

    text: str
    found: bool


@dataclass(frozen=True, slots=True)
class InContext:
    """A headline with the words found in it, and the places of a text where they stand (empty where they do not)."""

    headline: list[Piece]
    text: list[Piece]


def in_context(found: Sequence[tuple[str, str]], given: str) -> list[InContext]:
    """Mark the words of a search in pairs of headline and text, one query for all of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT ts_headline(%(stemming)s::regconfig, headline, query, 'HighlightAll=true, {_MARKS}'),
                   ts_headline(%(stemming)s::regconfig, text, query,
                               'MaxFragments=2, MinWords=8, MaxWords=26, ShortWord=0, FragmentDelimiter=" … ",
                                {_MARKS}')
            FROM websearch_to_tsquery(%(stemming)s::regconfig, archive_fold(%(given)s)) AS query,
                 unnest(%(headlines)s::text[], %(texts)s::text[]) WITH ORDINALITY AS row (headline, text, place)
            ORDER BY place
            """,  # noqa: S608 (the parts are this module's own)
            {
                "stemming": STEMMING,
                "given": given,
                "headlines": [headline for headline, _ in found],
                "texts": [text[:LOOKED_THROUGH] for _, text in found],
            },
        )
        return [InContext(_pieces(headline), _pieces(text)) for headline, text in cursor.fetchall()]


def _pieces(marked: str) -> list[Piece]:
    """The pieces of a marked text; none where nothing is marked in it."""
    if _OPEN not in marked:
        return []
    pieces = [piece for piece in _FOUND.split(" ".join(marked.split())) if piece]
    return [Piece(piece.strip(_OPEN + _CLOSE), piece.startswith(_OPEN)) for piece in pieces]
