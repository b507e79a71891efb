"""Words of a search in quotes that name who speaks: “sandoval venus” finds what Sandoval said of Venus."""

import re
from collections import defaultdict
from itertools import pairwise

from django.db.models import Q

from archive.databases import read_connection
from archive.models.searched import WordsOfQuote
from archive.prose import without_accents
from archive.search.language import Asked
from archive.search.words import OF_QUOTES, Question, holds, question_of

# How many people are taken from those with one of the words in a name, and from those with two of them.
NAMED = 50
MOST_WORDS = 8
MOST_WAYS = 4

_NAMED = f"""
    (SELECT id, name FROM archive_person
     WHERE to_tsvector('pg_catalog.simple', archive_fold(name)) @@ to_tsquery('pg_catalog.simple', %s) LIMIT {NAMED})
    UNION
    (SELECT person_id, name FROM archive_personname
     WHERE to_tsvector('pg_catalog.simple', archive_fold(name)) @@ to_tsquery('pg_catalog.simple', %s) LIMIT {NAMED})
"""  # noqa: S608 (a number of our own)
_APOSTROPHES = str.maketrans("’‘ʼ", "'''")


def spoken_by_the_named(question: Question) -> Q:
    """The condition that some of the words name the speaker of a quote, and the quote says the rest of them.

    Only of plain words: in a phrase or between alternatives a name is a word like any other.
    """
    asked = question.asked
    words = asked.wanted.split()
    if not 0 < len(words) <= MOST_WORDS or not all(re.fullmatch(r"[\w’'.-]+", word) for word in words) or "OR" in words:
        return Q(pk__in=[])
    condition = Q(pk__in=[])
    ways = sorted(_people_by_words(words).items(), key=lambda way: -len(way[0]))
    for naming, people in ways[:MOST_WAYS]:
        rest = " ".join(word for word in words if _plain(word) not in naming)
        way = Q(speaker__in=people)
        if rest or asked.unwanted:
            way &= Q(holds(WordsOfQuote("words"), question_of(Asked(rest, asked.unwanted)).whole(OF_QUOTES)))
        condition |= way
    return condition


def _people_by_words(words: list[str]) -> dict[frozenset[str], list[int]]:
    """The people named by some of the words, grouped by which of them are in their names."""
    plain = [_plain(word) for word in words]
    pairs = " | ".join(f"'{_quoted(one)}' & '{_quoted(other)}'" for one, other in pairwise(plain))
    asked = [*([pairs] if pairs else []), *(f"'{_quoted(word)}'" for word in dict.fromkeys(plain))]
    named: dict[frozenset[str], list[int]] = defaultdict(list)
    with read_connection().cursor() as cursor:
        cursor.execute(" UNION ".join([_NAMED] * len(asked)), [each for query in asked for each in (query, query)])
        for person, name in sorted(cursor.fetchall()):
            in_name = frozenset(plain) & {_plain(word) for word in re.split(r"[\s-]+", name)}
            if in_name:
                named[in_name].append(person)
    return named


def _plain(word: str) -> str:
    """A word without case and accents, its apostrophes straight, as `archive_fold` makes them."""
    return without_accents(word.casefold()).translate(_APOSTROPHES).strip(".'")


def _quoted(word: str) -> str:
    return word.replace("\\", "").replace("'", "''")
