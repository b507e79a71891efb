"""Whoever may be speaking, as the text outside the marks mentions them: by name, by pronoun, by a noun."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

from archive.extraction.beside import Verb, after_mention, before_mention
from archive.extraction.names import Name, Person
from archive.extraction.words import (
    ADVERBS,
    END_NOUN_PHRASE,
    NOUN_OF_PERSON,
    ROLE_NOUNS,
    SPEAK,
    SPEAKING_GROUPS,
    SPEAKING_NOUNS,
    SPEAKING_THINGS,
    TITLES,
)

Kind = Literal["name", "body", "pronoun", "noun"]

_STARTS = re.compile(
    r"\b(?:[Hh](?:e|is|er)|[Ss](?:he|ome)|[Tt](?:he(?:y|ir)?|wo|his)|I|[Ww]e|[Ii]ts?|who|[Aa](?:n|nother)?"
    r"|[Oo](?:ur|ne|thers)|[Mm](?:y|any)|[Bb]oth)(?![\w-])"
)
"""Pronouns, and the words that begin a noun phrase."""
_PHRASE = re.compile(r"(?:[ \u00a0][\w’'‘.&\-]*[\w’'‘]){0,8}")
_PRONOUNS = frozenset(("he", "she", "they", "i", "we", "it", "who"))
_STAND_ALONE = frozenset(("one", "another", "others", "some", "many", "both"))
_DESCRIPTION = re.compile(
    r"(?P<of>[’'‘]s)?(?:[ \u00a0][a-z][\w\-]*){0,4}[ \u00a0](?P<noun>[a-z][\w\-]*)(?(of),?)[ \u00a0]"
)
"""What stands between a body and the name of who serves it; a comma only after a possessive (“Rover’s pilot, Ann”)."""
_APPOSED = re.compile(r"(?:[ \u00a0][a-z][\w\-]*){0,3}[ \u00a0]([a-z][\w\-]*)(?=\.)")
"""What follows a body that stands in somebody's role: “Ann Lee, Acme center director.”"""
_SUBJECT = frozenset(("start", "and", "that", "comma", "verb"))
_UNKNOWN = {"full": "full-unknown", "single": "single-unknown"}
_NOUN_SORTS = {
    **dict.fromkeys(SPEAKING_NOUNS, "noun"),
    **dict.fromkeys(SPEAKING_GROUPS, "group"),
    **dict.fromkeys(SPEAKING_THINGS, "thing"),
}
_WORD = re.compile(r"[\w’'‘\-]+")


@dataclass(slots=True)
class Stretch:
    """Text outside the marks, with the names in it."""

    text: str
    start: int
    end: int
    paragraph: int
    names: list[Name]


@dataclass(slots=True, eq=False)
class Mention:
    """Somebody or something that may speak, at `start` to `end` of the story."""

    start: int
    end: int
    kind: Kind
    word: str
    """The pronoun, or the head noun, in small letters; for a name, its sort."""
    person: Person | None
    stretch: Stretch
    possessive: bool = False
    inside_noun: bool = False
    """A name that is a part of somebody else's description (“the Clinton campaign”)."""
    _beside: tuple[str, Verb, str, Verb] | None = None

    @property
    def paragraph(self) -> int:
        """The number of its paragraph."""
        return self.stretch.paragraph

    @property
    def beside(self) -> tuple[str, Verb, str, Verb]:
        """What stands before it, the verb of speech there, what stands after it, the verb there (see `beside`)."""
        if self._beside is None:
            stretch = self.stretch
            before = before_mention(stretch.text, self.start, stretch.start)
            self._beside = before + after_mention(stretch.text, self.end, stretch.end)
        return self._beside

    @property
    def sort(self) -> str:
        """The pronoun itself; how well a name is known; whether a noun is a thing, a group or a person."""
        if self.kind == "pronoun":
            return self.word
        if self.kind == "name":
            return self.word if self.person is not None and self.person.in_full else _UNKNOWN[self.word]
        if self.kind == "noun":
            return _NOUN_SORTS.get(self.word, "other")
        return "body"

    @property
    def verb(self) -> Verb:
        """The verb of speech after it, or else before it."""
        _, verb_before, _, verb_after = self.beside
        return verb_after or verb_before

    @property
    def has_verb_next(self) -> bool:
        """Whether a verb of speech stands right beside it."""
        _, verb_before, _, verb_after = self.beside
        return verb_after == "next" or verb_before == "next"

    @property
    def is_subject(self) -> bool:
        """Whether it stands where the subject of a clause does."""
        return self.beside[0] in _SUBJECT and not self.possessive and not self.inside_noun


def mentions_in(stretch: Stretch) -> list[Mention]:
    """The mentions in one stretch of text, in order."""
    found: list[Mention] = []
    # Where descriptions begin, and how far they reach up to each.
    begins: list[int] = []
    reaches: list[int] = []
    people = {name.end: name.start for name in stretch.names if name.sort in ("full", "single")}
    for match in _STARTS.finditer(stretch.text, stretch.start, stretch.end):
        small = match[0].lower()
        if small in _PRONOUNS:
            found.append(Mention(match.start(), match.end(), "pronoun", small, None, stretch))
            continue
        noun = _noun_phrase(stretch, match.start(), match.end(), people)
        if noun is None:
            continue
        end, head = noun
        begins.append(match.start())
        reaches.append(max(end, reaches[-1] if reaches else 0))
        mention = Mention(match.start(), end, "noun", head, None, stretch)
        if head in SPEAKING_NOUNS or mention.has_verb_next:
            found.append(mention)
    for name in stretch.names:
        before = bisect_right(begins, name.start)
        reach = reaches[before - 1] if before else 0
        if name.sort == "title" and name.start < reach:
            continue
        kind: Kind = "name" if name.sort in ("full", "single") else "body"
        found.append(
            Mention(name.start, name.end, kind, name.sort, name.person, stretch, name.possessive, name.end < reach)
        )
    found.sort(key=lambda mention: mention.start)
    return _described(stretch.text, found)


def _described(text: str, mentions: list[Mention]) -> list[Mention]:
    """Join what describes a person to their name, and leave out the body in a role that follows it.

    “RNC spokesman Sean Spicer” is one mention, his; “Sean Spicer, RNC spokesman.” is one too.
    """
    joined: list[Mention] = []
    for mention in mentions:
        while joined and mention.kind == "name" and joined[-1].kind in ("name", "body"):
            description = joined[-1]
            between = text[description.end : mention.start]
            role = _DESCRIPTION.fullmatch(between)
            described = role is not None and _is_role(role["noun"])
            if not described and not _is_spelled_out(text, description, mention):
                break
            joined.pop()
            mention.start = description.start
        if joined and joined[-1].kind == "name" and text[joined[-1].end : mention.start] == ", ":
            apposed = _APPOSED.match(text, mention.end)
            if apposed is not None and _is_role(apposed[1]):
                continue
        joined.append(mention)
    return joined


def _is_role(noun: str) -> bool:
    return noun in ROLE_NOUNS or bool(NOUN_OF_PERSON.search(noun))


def _is_spelled_out(text: str, body: Mention, mention: Mention) -> bool:
    """Whether a body's name, given in full and in short, is part of a title: “Port Office (PO) Director Ann Lee”."""
    between = text[body.end : mention.start]
    if between == ") ":
        title = text[mention.start : mention.end].split(maxsplit=1)[0]
        return body.start > 0 and text[body.start - 1] == "(" and title.lower() in TITLES
    return between in (" (", " of ", " for ") and ") " in text[mention.start : mention.end]


def _noun_phrase(stretch: Stretch, start: int, first_end: int, people: dict[int, int]) -> tuple[int, str] | None:
    """Where the noun phrase that begins with a determiner ends, and its head; none where it is somebody's name.

    `people` holds where each person's name begins, by where it ends.
    """
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
    if people.get(last.end(), -1) > start:
        return None
    return last.end(), head
