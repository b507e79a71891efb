"""Whoever may be speaking, as the text outside the marks mentions them: by name, by pronoun, by a noun."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

from archive.extraction.beside import Verb, after_mention, before_mention, may_speak
from archive.extraction.names import Name, Person
from archive.extraction.words import (
    ADVERBS,
    END_NOUN_PHRASE,
    NOUN_OF_PERSON,
    ROLE_NOUNS,
    SPEAK,
    SPEAK_OR_NOUN,
    SPEAKING_GROUPS,
    SPEAKING_NOUNS,
    SPEAKING_THINGS,
    TITLES,
)

Kind = Literal["name", "body", "pronoun", "noun"]

_START = (
    r"(?:[Hh](?:e|is|er)|[Ss](?:he|ome)|[Tt](?:he(?:y|ir)?|wo|his)|I|[Ww]e|[Ii]ts?|who|[Aa](?:n|nother)?"
    r"|[Oo](?:ur|ne|thers)|[Mm](?:y|any)|[Bb]oth)(?![\w-])"
)
"""Pronouns, and the words that begin a noun phrase."""
_FIRST = re.compile(_START)
_STARTS = re.compile(rf"\W({_START})")
"""The same after what is no letter: the search skips from word to word, which is faster than by every letter."""
_BARE_PLURAL = re.compile(
    r"[ \u00a0]((?:\d+[ \u00a0]percent)|(?:[a-z][\w\-]*[ \u00a0]){0,2}([a-z][\w\-]*s|people|women|men))"
    r"[ \u00a0](?:said|say|told|wrote|write|added|argued|argue)\b"
)
"""Who speaks without an article, right after the words: “federal prosecutors wrote”, “21 percent said”."""
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
_NEXT_WORD = re.compile(r"[ \u00a0](?:&[ \u00a0])?([\w’'‘\-]*[\w’'‘](?:&\w+)?)")
_ENDS = END_NOUN_PHRASE | ADVERBS
MOST_WORDS = 8
"""Words of a noun phrase after its first."""


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
    bare = _BARE_PLURAL.match(stretch.text, stretch.start, stretch.end)
    if bare is not None and _FIRST.match(stretch.text, bare.start(1)) is None:
        found.append(Mention(bare.start(1), bare.end(1), "noun", bare[2] or "percent", None, stretch))
    for start, first_end in _starts(stretch):
        small = stretch.text[start:first_end].lower()
        if small in _PRONOUNS:
            found.append(Mention(start, first_end, "pronoun", small, None, stretch))
            continue
        noun = _noun_phrase(stretch, start, first_end, people)
        if noun is None:
            continue
        end, head = noun
        begins.append(start)
        reaches.append(max(end, reaches[-1] if reaches else 0))
        if head in SPEAKING_NOUNS:
            found.append(Mention(start, end, "noun", head, None, stretch))
        elif may_speak(stretch.text, start, end):
            mention = Mention(start, end, "noun", head, None, stretch)
            if mention.has_verb_next:
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


def _starts(stretch: Stretch) -> list[tuple[int, int]]:
    """Where the pronouns and determiners of a stretch begin and end."""
    spans = [match.span(1) for match in _STARTS.finditer(stretch.text, max(stretch.start - 1, 0), stretch.end)]
    first = None if stretch.start else _FIRST.match(stretch.text, 0, stretch.end)
    return [first.span(), *spans] if first else spans


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
    last = _WORD.match(text, start, stretch.end)
    if last is None or last.end() < first_end:
        return None
    first = text[start:first_end].lower()
    is_first = True
    for _ in range(MOST_WORDS):
        word = _NEXT_WORD.match(text, last.end(), stretch.end)
        if word is None:
            break
        small = word[1].lower()
        if small in _ENDS:
            break
        if small in SPEAK and small not in SPEAKING_NOUNS:
            # “a point”, “the second official”; but “some claim”, “the critics note”
            plural = not is_first and text[last.end() - 1] == "s"
            if plural or small not in SPEAK_OR_NOUN or first in _STAND_ALONE:
                break
        last, is_first = word, False
    head = last[last.lastindex or 0].lower().removesuffix("’s").removesuffix("'s")
    if is_first and head not in _STAND_ALONE:
        return None
    if people.get(last.end(), -1) > start:
        return None
    return last.end(), head
