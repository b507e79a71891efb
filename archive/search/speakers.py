"""Words of a search in quotes that name who speaks: “sandoval venus” finds what Sandoval said of Venus."""

import re
from collections import defaultdict
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Q, QuerySet

from archive.models import Person, PersonName
from archive.models.names import WordsOfName
from archive.models.searched import WordsOfQuote
from archive.prose import without_accents
from archive.search.language import Asked
from archive.search.words import OF_QUOTES, Question, holds, question_of

# How many people are taken from those with any of the words in their names, those with most of them first.
NAMED = 50
MOST_WORDS = 8
MOST_WAYS = 4

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
    any_of = SearchQuery(" | ".join(f"'{word}'" for word in map(_quoted, plain)), search_type="raw", config="simple")
    named: dict[frozenset[str], list[int]] = defaultdict(list)
    for model, column in ((Person, "pk"), (PersonName, "person")):
        rows: QuerySet[Any] = model.objects.all()
        rows = rows.annotate(words=WordsOfName("name")).filter(words=any_of)
        best = rows.order_by(SearchRank("words", any_of).desc(), "pk")[:NAMED]
        for person, name in best.values_list(column, "name"):
            in_name = frozenset(plain) & {_plain(word) for word in re.split(r"[\s-]+", name)}
            if in_name:
                named[in_name].append(person)
    return named


def _plain(word: str) -> str:
    """A word without case and accents, its apostrophes straight, as `archive_fold` makes them."""
    return without_accents(word.casefold()).translate(_APOSTROPHES).strip(".'")


def _quoted(word: str) -> str:
    return word.replace("\\", "").replace("'", "''")
