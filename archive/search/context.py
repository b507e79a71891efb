"""The words of a search in context: where they stand in a text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive.planned import answer
from archive.search.stretches import stretch
from archive.search.words import Question

# How much of a text is looked through, and of all together. In characters.
LOOKED_THROUGH = 40_000
ALL_TOGETHER = 200_000

# What stands meanwhile for the signs that PostgreSQL takes for markup.
_STANDS_FOR_LESS, _STANDS_FOR_GREATER = "\x04", "\x05"
# What stands around a found word on its way from the database; no canonical text holds these characters.
_OPEN, _CLOSE = "\x02", "\x03"
_FOUND = re.compile(f"({_OPEN}[^{_CLOSE}]*{_CLOSE})")
_MARKS = f"StartSel={_OPEN}, StopSel={_CLOSE}"
_MARKING = f"""
    SELECT ts_headline(archive_stemming(language), headline, query, 'HighlightAll=true, {_MARKS}'),
           ts_headline(archive_stemming(language), body, query,
                       'MaxFragments=2, MinWords=8, MaxWords=26, ShortWord=0, FragmentDelimiter=" … ", {_MARKS}')
    FROM unnest(%(languages)s::text[], %(headlines)s::text[], %(bodies)s::text[], %(queries)s::text[]::tsquery[])
         WITH ORDINALITY AS text (language, headline, body, query, place)
    ORDER BY place
"""  # noqa: S608 (the parts are this module's own)


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
    """Mark the words of a search in some texts: one query for all of them, two where words stand but in part of them.

    Of a long text the stretch is looked through in which they should stand, and all of it where they do not.
    """
    words = re.findall(r"\w+", question.asked.wanted)
    parts = texts
    if not question.in_text:  # a phrase may stand anywhere that its words do
        parts = [replace(text, body=stretch(text.body[:LOOKED_THROUGH], words)) for text in texts]
    found = _marked(parts, question)
    lacking = [
        place
        for place, (text, part) in enumerate(zip(texts, parts, strict=True))
        if not found[place].body and len(part.body) < min(len(text.body), LOOKED_THROUGH)
    ]
    for place, whole in zip(lacking, _marked([texts[place] for place in lacking], question), strict=True):
        found[place] = whole
    return found


def _marked(texts: Sequence[Text], question: Question) -> list[InContext]:
    if not texts:
        return []
    most = min(LOOKED_THROUGH, _level([len(text.body) for text in texts], ALL_TOGETHER))
    marked = answer(
        _MARKING,
        queries=[question.to_mark(text.language) for text in texts],
        languages=[text.language for text in texts],
        headlines=[_put_away(text.headline) for text in texts],
        bodies=[_put_away(text.body[:most]) for text in texts],
    )
    return [InContext(_pieces(headline), _pieces(body)) for headline, body in marked]


def _level(lengths: Sequence[int], most: int) -> int:
    """To how much texts of these lengths are cut, so that they are `most` together: only the longest lose anything."""
    left = most
    for place, length in enumerate(sorted(lengths)):
        level = left // (len(lengths) - place)
        if length > level:
            return level
        left -= length
    return most


def _put_away(text: str) -> str:
    return text.replace("<", _STANDS_FOR_LESS).replace(">", _STANDS_FOR_GREATER)


def _brought_back(text: str) -> str:
    return text.replace(_STANDS_FOR_LESS, "<").replace(_STANDS_FOR_GREATER, ">")


def _pieces(marked: str) -> list[Piece]:
    """The pieces of a marked text; none where nothing is marked in it."""
    if _OPEN not in marked:
        return []
    pieces = _FOUND.split(_brought_back(" ".join(marked.split())))
    return [Piece(piece.strip(_OPEN + _CLOSE), piece.startswith(_OPEN)) for piece in pieces if piece]
