"""The words of a search: the condition they make, and where they stand in a text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQueryField
from django.db import connection
from django.db.models import BooleanField, Expression, Func, Value
from django.db.models.functions import Cast

from archive.search.language import Asked

# The stemmings that articles are kept in (`archive_stemming` in the first migration): a word is looked for as each of
# them would have it, since a question does not say its language. Quotes are kept in one.
STEMMINGS = (
    "english", "french", "german", "spanish", "italian", "portuguese",
    "dutch", "russian", "swedish", "danish", "norwegian", "finnish", "simple",
)  # fmt: skip
OF_QUOTES = ("english",)

# How much of a text is looked through for words in context. In characters.
LOOKED_THROUGH = 40_000

# What stands around a found word on its way from the database; no canonical text holds these characters.
_OPEN, _CLOSE = "\x02", "\x03"
_FOUND = re.compile(f"({_OPEN}[^{_CLOSE}]*{_CLOSE})")
_MARKS = f"StartSel={_OPEN}, StopSel={_CLOSE}"


@dataclass(frozen=True, slots=True)
class Question:
    """The words of a search as PostgreSQL's tsquery: those to find in the archive, and those to mark in a text."""

    find: str
    mark: str

    def matches(self, column: Expression | str) -> Func:
        """The condition that a column of search words holds them; never true where nothing is left to look for."""
        return Func(
            column,
            Cast(Value(self.find), SearchQueryField()),
            template="%(expressions)s",
            arg_joiner=" @@ ",
            output_field=BooleanField(),
        )


def question_of(asked: Asked, *, stemmings: Sequence[str] = STEMMINGS) -> Question:
    """Stem the words in each way, in one query that reads no table. Never refuses a text.

    Each way is named once however many stemmings agree on it, so that the planner's estimates stay true.
    """
    texts = [asked.wanted, *asked.unwanted]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT DISTINCT place,
                   websearch_to_tsquery(stemming::regconfig, archive_fold(given))::text,
                   websearch_to_tsquery(stemming::regconfig, given)::text
            FROM unnest(%s::text[]) WITH ORDINALITY AS text (given, place), unnest(%s::text[]) AS stemming
            ORDER BY 1, 2, 3
            """,
            [texts, list(stemmings)],
        )
        rows = cursor.fetchall()
    wanted = _either(folded for place, folded, _ in rows if place == 1)
    unwanted = _either(folded for place, folded, _ in rows if place > 1)
    find = " & ".join([*([wanted] if wanted else []), *([f"!{unwanted}"] if unwanted else [])])
    as_written = _either(way for place, *ways in rows if place == 1 for way in ways)
    return Question(find, as_written)


def _either(ways: Iterable[str]) -> str:
    """One tsquery that is met by any of some; empty where all of them are."""
    known = dict.fromkeys(way for way in ways if way)
    return f"({' | '.join(f'({way})' for way in known)})" if known else ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, and whether it is one of the words looked for."""

    text: str
    found: bool


@dataclass(frozen=True, slots=True)
class Text:
    """What the words are looked for in: a headline (or a whole quote) to be shown entire, and a longer text."""

    language: str
    headline: str
    body: str = ""


@dataclass(frozen=True, slots=True)
class InContext:
    """A headline with the words found in it, and the places of a text where they stand (empty where they do not)."""

    headline: list[Piece]
    body: list[Piece]


def in_context(texts: Sequence[Text], question: Question) -> list[InContext]:
    """Mark the words of a search in some texts, one query for all of them."""
    if not question.mark or not texts:
        return [InContext([], []) for _ in texts]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT ts_headline(archive_stemming(language), headline, query, 'HighlightAll=true, {_MARKS}'),
                   ts_headline(archive_stemming(language), body, query,
                               'MaxFragments=2, MinWords=8, MaxWords=26, ShortWord=0, FragmentDelimiter=" … ",
                                {_MARKS}')
            FROM (SELECT %(mark)s::tsquery) AS asked (query),
                 unnest(%(languages)s::text[], %(headlines)s::text[], %(bodies)s::text[])
                 WITH ORDINALITY AS text (language, headline, body, place)
            ORDER BY place
            """,  # noqa: S608 (the parts are this module's own)
            {
                "mark": question.mark,
                "languages": [text.language for text in texts],
                "headlines": [text.headline for text in texts],
                "bodies": [text.body[:LOOKED_THROUGH] for text in texts],
            },
        )
        return [InContext(_pieces(headline), _pieces(body)) for headline, body in cursor.fetchall()]


def _pieces(marked: str) -> list[Piece]:
    """The pieces of a marked text; none where nothing is marked in it."""
    if _OPEN not in marked:
        return []
    pieces = [piece for piece in _FOUND.split(" ".join(marked.split())) if piece]
    return [Piece(piece.strip(_OPEN + _CLOSE), piece.startswith(_OPEN)) for piece in pieces]
