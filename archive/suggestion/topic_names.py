"""Topics whose names stand in a text: all names of the vocabulary are looked for in one pass over its words.

A name is found as a sequence of words, the longest first, so that “International Space Station” is not also a “space
station”; in its case where the vocabulary asks for it; with a possessive or a plural at its end.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from django.db import connection

from archive.models import Topic, TopicName

# Abbreviations keep their stops, so that “U.S.” is not “us”. Words within a name are parted by at most these signs.
_WORD = re.compile(r"((?:[^\W\d_]\.){2,}|\w+)")
_BETWEEN = re.compile(r"[ \u00a0\n]?[’'&/–+-]?[ \u00a0\n]?|")
_AFTER_SHORT = re.compile(r"\. ?")  # as in “St. Louis” and “John F. Kennedy”
_SHORT = 3
_PLURAL_OF_NAME = 4  # letters that a name has at least before it is looked for in the plural or singular


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a topic as its words; `exact` are the words in the case in which alone it counts."""

    topic: int
    exact: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A name of a topic found in a text: the topic's id and where its words start and end, in code points."""

    topic: int
    start: int
    end: int


class Vocabulary:
    """The names of all topics, ready to be looked for."""

    def __init__(self, names: Iterable[tuple[int, str, bool]]) -> None:
        """Take names as (topic id, name, whether its case matters)."""
        self._names: dict[tuple[str, ...], list[Name]] = defaultdict(list)
        lengths: dict[str, set[int]] = defaultdict(set)
        for topic, name, match_case in names:
            for words in _forms(name, match_case=match_case):
                folded = tuple(word.casefold() for word in words)
                self._names[folded].append(Name(topic, words if match_case else None))
                lengths[folded[0]].add(len(folded))
        self._lengths: Mapping[str, list[int]] = {
            first: sorted(several, reverse=True) for first, several in lengths.items()
        }

    def called(self, name: str) -> list[int]:
        """The topics that have this name, whatever its case."""
        names = self._names.get(tuple(word.casefold() for word in _WORD.findall(name)), ())
        return list(dict.fromkeys(one.topic for one in names))

    def occurrences(self, text: str) -> Iterator[Occurrence]:
        """The names that stand in the text, from its beginning to its end; none within another."""
        parts = _WORD.split(text)  # between, word, between, word, … between
        folded = "\n".join(parts[1::2]).casefold().split("\n")  # at once: a call a word takes five times as long
        starts: list[int] = []
        reached = 0
        for index in [index for index, word in enumerate(folded) if word in self._lengths]:
            if index < reached:
                continue
            for length in self._lengths[folded[index]]:
                names = self._names.get(tuple(folded[index : index + length]))
                if not names or index + length > len(folded):
                    continue
                phrase = parts[2 * index + 1 : 2 * (index + length)]
                if topics := _topics_of(names, phrase):
                    starts = starts or [0, *accumulate(map(len, parts))]
                    start = starts[2 * index + 1]
                    end = start + sum(map(len, phrase))
                    yield from (Occurrence(topic, start, end) for topic in topics)
                    reached = index + length
                    break


def _topics_of(names: Iterable[Name], phrase: list[str]) -> list[int]:
    """The topics that have this phrase (word, between, word …) as a name, in this case, if it is one phrase at all."""
    words = phrase[::2]
    for word, between in zip(words, phrase[1::2], strict=False):
        if not _BETWEEN.fullmatch(between) and not (len(word) <= _SHORT and _AFTER_SHORT.fullmatch(between)):
            return []
    exact = tuple(words)
    return list(dict.fromkeys(name.topic for name in names if name.exact is None or name.exact == exact))


def _forms(name: str, *, match_case: bool) -> set[tuple[str, ...]]:
    """The words of a name, and those of its plural or singular."""
    words = tuple(_WORD.findall(name))
    if not words:
        return set()
    *before, last = words
    forms = {words}
    if last.endswith("."):
        return forms
    forms.add((*before, _plural(last)))
    # A name that keeps its case is somebody's: there is no “Mar” of “Mars”, nor a “Falcon Heavie”.
    if not match_case and len(last) > _PLURAL_OF_NAME and (singular := _singular(last)):
        forms.add((*before, singular))
    return forms


def _plural(word: str) -> str:
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + ("es" if re.search(r"(?:[sxz]|ch|sh)$", word) else "s")


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    if re.search(r"(?:[sx]|ch|sh)es$", word):
        return word[:-2]
    return word[:-1] if re.search(r"[^sui]s$", word) else ""


def current_vocabulary() -> Vocabulary:
    """The names of all topics in use, read once a process and again when any of them has changed."""
    return _read_vocabulary(state_of_names())


def state_of_names() -> str:
    """A checksum over all names, made by the database in a few milliseconds for tens of thousands of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT concat_ws(' ', current_database(), sum(n), sum(mark)) FROM (
                SELECT count(*) AS n, sum(hashtextextended(concat_ws('|', id, name, match_case, replaced_by_id), 1))
                    AS mark FROM archive_topic
                UNION ALL
                SELECT count(*), sum(hashtextextended(concat_ws('|', topic_id, name, match_case), 2))
                FROM archive_topicname
            ) AS names
            """
        )
        return str(cursor.fetchone()[0])


@lru_cache(maxsize=1)
def _read_vocabulary(state: str) -> Vocabulary:
    del state  # what the cache goes by
    return Vocabulary(names_in_use())


def names_in_use() -> Iterator[tuple[int, str, bool]]:
    """The names of all topics in use: topic id, name, whether only its own case counts."""
    preferred = Topic.objects.current().values_list("id", "name", "match_case")
    other = TopicName.objects.filter(topic__replaced_by__isnull=True).values_list("topic_id", "name", "match_case")
    # A topic that another took the place of still lends its names to that one.
    former = Topic.objects.filter(replaced_by__isnull=False).values_list("replaced_by_id", "name", "match_case")
    for names in (preferred, other, former):
        yield from names.iterator()
