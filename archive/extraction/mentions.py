"""Whoever may be speaking, as the text outside the marks mentions them: by name, by pronoun, by a noun."""

import re
from dataclasses import dataclass
from typing import Literal

from archive.extraction.beside import Verb, after_mention, before_mention
from archive.extraction.names import Name, Person
from archive.extraction.words import ADVERBS, END_NOUN_PHRASE, SPEAK, SPEAKING_NOUNS

Kind = Literal["name", "body", "pronoun", "noun"]

_STARTS = re.compile(
    r"\b(?:[Hh]e|[Ss]he|[Tt]hey|I|[Ww]e|[Ii]t|who|[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[Oo]ur|[Mm]y|[Oo]ne"
    r"|[Aa]nother|[Ss]ome|[Mm]any|[Tt]wo|[Oo]thers|[Bb]oth|[Tt]his)(?![\w-])"
)
_PHRASE = re.compile(r"(?:[ \u00a0][\w’'‘.&\-]*[\w’'‘]){0,8}")
_PRONOUNS = frozenset(("he", "she", "they", "i", "we", "it", "who"))
_STAND_ALONE = frozenset(("one", "another", "others", "some", "many", "both"))
_WORD = re.compile(r"[\w’'‘\-]+")


@dataclass(slots=True)
class Mention:
    """Somebody or something that may speak, at `start` to `end` of the story."""

    start: int
    end: int
    kind: Kind
    word: str
    """The pronoun, or the head noun, in small letters; for a name, its sort."""
    person: Person | None
    paragraph: int
    verb_before: Verb
    verb_after: Verb
    before: str
    """What kind of word stands before it (`beside.before_mention`)."""
    after: str
    """What stands after it (`beside.after_mention`)."""
    possessive: bool = False
    inside_noun: bool = False
    """A name that is a part of somebody else's description (“the Clinton campaign”)."""


@dataclass(slots=True)
class Stretch:
    """Text outside the marks, with the names in it."""

    text: str
    start: int
    end: int
    paragraph: int
    names: list[Name]


def mentions_in(stretch: Stretch) -> list[Mention]:
    """The mentions in one stretch of text, in order."""
    found: list[Mention] = []
    described: list[tuple[int, int]] = []
    for match in _STARTS.finditer(stretch.text, stretch.start, stretch.end):
        small = match[0].lower()
        if small in _PRONOUNS:
            found.append(_mention(stretch, match.start(), match.end(), "pronoun", small))
            continue
        noun = _noun_phrase(stretch, match.start(), match.end())
        if noun is None:
            continue
        end, head = noun
        described.append((match.start(), end))
        mention = _mention(stretch, match.start(), end, "noun", head)
        if head in SPEAKING_NOUNS or "next" in (mention.verb_after, mention.verb_before):
            found.append(mention)
    for name in stretch.names:
        if name.sort == "title" and any(first <= name.start < last for first, last in described):
            continue
        kind: Kind = "name" if name.sort in ("full", "single") else "body"
        mention = _mention(stretch, name.start, name.end, kind, name.sort, person=name.person)
        mention.possessive = name.possessive
        mention.inside_noun = any(first <= name.start and name.end < last for first, last in described)
        found.append(mention)
    found.sort(key=lambda mention: mention.start)
    return found


def _noun_phrase(stretch: Stretch, start: int, first_end: int) -> tuple[int, str] | None:
    """Where the noun phrase that begins with a determiner ends, and its head; none where it is somebody's name."""
    text = stretch.text
    phrase = _PHRASE.match(text, first_end, stretch.end)
    words = list(_WORD.finditer(text, start, phrase.end() if phrase else first_end))
    last = words[0]
    for word in words[1:]:
        small = word[0].lower()
        if small in END_NOUN_PHRASE or small in ADVERBS or (small in SPEAK and small not in SPEAKING_NOUNS):
            break
        if text[last.end() : word.start()].strip():
            break
        last = word
    head = last[0].lower().removesuffix("’s").removesuffix("'s")
    if last is words[0] and head not in _STAND_ALONE:
        return None
    if any(name.end == last.end() and name.start > start and name.sort in ("full", "single") for name in stretch.names):
        return None
    return last.end(), head


def _mention(stretch: Stretch, start: int, end: int, kind: Kind, word: str, *, person: Person | None = None) -> Mention:
    before, verb_before = before_mention(stretch.text, start, stretch.start)
    after, verb_after = after_mention(stretch.text, end, stretch.end)
    return Mention(start, end, kind, word, person, stretch.paragraph, verb_before, verb_after, before, after)
