"""The words of a search: the condition they make, and where they stand in a text."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQueryField
from django.db import connection
from django.db.models import BooleanField, Case, Expression, Func, Q, Value, When
from django.db.models.functions import Cast

from archive.models.quote import SearchedWords
from archive.search.language import Asked

# The stemming of each language (`archive_stemming` in the first migration). A question does not say its language: a
# word is looked for as each stemming would have it, and then held against each article's own.
STEMMINGS = {
    "en": "english", "fr": "french", "de": "german", "es": "spanish", "it": "italian", "pt": "portuguese",
    "nl": "dutch", "ru": "russian", "sv": "swedish", "da": "danish", "no": "norwegian", "fi": "finnish",
}  # fmt: skip
OF_OTHERS = "simple"
# Quotes are kept in one stemming, whatever their language.
OF_QUOTES = "english"

# How much of a text is looked through for words in context. In characters.
LOOKED_THROUGH = 40_000

# What stands around a found word on its way from the database; no canonical text holds these characters.
_OPEN, _CLOSE = "\x02", "\x03"
_FOUND = re.compile(f"({_OPEN}[^{_CLOSE}]*{_CLOSE})")
_MARKS = f"StartSel={_OPEN}, StopSel={_CLOSE}"


@dataclass(frozen=True, slots=True)
class Question:
    """The words of a search as PostgreSQL's tsquery, by stemming: what to find, what to leave out, what to mark."""

    wanted: Mapping[str, str]
    unwanted: Mapping[str, str]
    marked: Mapping[str, str]

    def of_articles(self) -> Q:
        """The condition on articles: the index finds what any stemming would, each article's own decides."""
        decisive = {stemming: self._whole(stemming) for stemming in self.wanted}
        of_others = decisive.pop(OF_OTHERS)
        whens = [
            When(language__regex=f"^{language}(-|$)", then=_tsquery(decisive[stemming]))
            for language, stemming in STEMMINGS.items()
            if decisive[stemming] != of_others
        ]
        own = Case(*whens, default=_tsquery(of_others), output_field=SearchQueryField())
        found_by_any = _either(self.wanted.values())
        condition = Q(_holds("words", own))
        return Q(_holds("words", _tsquery(found_by_any))) & condition if found_by_any else condition

    def of_quotes(self) -> Q:
        """The condition on quotes."""
        return Q(_holds(SearchedWords("words"), _tsquery(self._whole(OF_QUOTES))))

    def to_mark(self, language: str) -> str:
        """What to mark in a text of this language."""
        return self.marked[STEMMINGS.get(language.lower().partition("-")[0], OF_OTHERS)]

    def _whole(self, stemming: str) -> str:
        wanted, unwanted = self.wanted[stemming], self.unwanted[stemming]
        return " & ".join([*([f"({wanted})"] if wanted else []), *([f"!({unwanted})"] if unwanted else [])])


def question_of(asked: Asked) -> Question:
    """Stem the words in each way, in one query that reads no table. Never refuses a text."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT stemming, place = 1,
                   websearch_to_tsquery(stemming::regconfig, archive_fold(given))::text,
                   websearch_to_tsquery(stemming::regconfig, given)::text
            FROM unnest(%s::text[]) WITH ORDINALITY AS text (given, place), unnest(%s::text[]) AS stemming
            ORDER BY place
            """,
            [[asked.wanted, *asked.unwanted], [*STEMMINGS.values(), OF_OTHERS]],
        )
        rows = cursor.fetchall()
    every = [*STEMMINGS.values(), OF_OTHERS]
    return Question(
        wanted={each: _either(way for name, is_first, way, _ in rows if name == each and is_first) for each in every},
        unwanted={
            each: _either(way for name, is_first, way, _ in rows if name == each and not is_first) for each in every
        },
        marked={
            # As the text has it, which keeps its accents, and as it was stemmed.
            each: _either(way for name, is_first, *ways in rows if name == each and is_first for way in ways)
            for each in every
        },
    )


def _either(ways: Iterable[str]) -> str:
    """One tsquery that is met by any of some; empty where all of them are."""
    known = dict.fromkeys(way for way in ways if way)
    return " | ".join(f"({way})" for way in known)


def _tsquery(text: str) -> Cast:
    return Cast(Value(text), SearchQueryField())


def _holds(column: Expression | str, query: Expression) -> Func:
    """That search words meet a query; never true of an empty one."""
    return Func(column, query, template="%(expressions)s", arg_joiner=" @@ ", output_field=BooleanField())


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
    if not texts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT ts_headline(archive_stemming(language), headline, query, 'HighlightAll=true, {_MARKS}'),
                   ts_headline(archive_stemming(language), body, query,
                               'MaxFragments=2, MinWords=8, MaxWords=26, ShortWord=0, FragmentDelimiter=" … ",
                                {_MARKS}')
            FROM unnest(%(languages)s::text[], %(headlines)s::text[], %(bodies)s::text[], %(queries)s::tsquery[])
                 WITH ORDINALITY AS text (language, headline, body, query, place)
            ORDER BY place
            """,  # noqa: S608 (the parts are this module's own)
            {
                "queries": [question.to_mark(text.language) for text in texts],
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
