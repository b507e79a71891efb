"""Names in a story: where they stand, which are people's, and which of them mean the same person."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from archive.extraction.marks import NICKNAME
from archive.extraction.words import (
    CALENDAR,
    FEMALE_TITLES,
    GIVEN,
    GIVEN_HE,
    GIVEN_SHE,
    MALE_TITLES,
    NEVER_NAMES,
    NOT_PEOPLE,
    ROLES,
    SAY,
    TITLES,
)

Gender = Literal["he", "she", ""]
Sort = Literal["full", "single", "body", "title", "none"]
"""What a run of capitalised words is: a name of several words, one word, a body or place, a title alone, no name."""

_UPPER = "".join(character for character in map(chr, range(0x530)) if character.isupper())
_WORD = (
    rf"[{_UPPER}]\w*(?:[’'‘\-]\w+)*"
    # A full stop belongs to initials and to shortened titles. Looked at from behind, so that a word begins with a plain
    # set of characters, by which the search is fast.
    rf"(?:\.(?:(?<=\b[{_UPPER}]\.)(?:-?[{_UPPER}]\.)*|(?<=\b(?:Mr|Dr|Ms|Lt|Jr|Sr|St)\.)"
    r"|(?<=\b(?:Sen|Rep|Gov|Mrs|Gen|Col|Sgt|Adm|Rev|Hon|Maj)\.)|(?<=\b(?:Sens|Reps|Capt|Prof|Cmdr)\.)))?"
)
_PARTICLE = r"(?:de|la|van|von|der|den|bin|ibn|al|el|del|da|di|du|le|dos|af|ter|ten)"
CAPITALISED = re.compile(rf"{_WORD}(?:[ \u00a0](?:{_PARTICLE}[ \u00a0\-])*{_WORD}|{NICKNAME.pattern})*")

MOST_NAMESAKES = 50
"""People of one surname that are told apart; a story that names more is a list."""

_COURTESIES = MALE_TITLES | FEMALE_TITLES | {"dr", "prof"}
_SUFFIX = frozenset(("jr", "sr", "ii", "iii", "iv"))
_POSSESSIVE = re.compile(r"(?:[’'‘]s|(?<=s)[’'])$")

_ELIDED = re.compile(r"(?:[CDJLST]|Qu)[’'](?![^a-zà-ÿ])")
"""A French article or pronoun with a word in small letters: “L’ingénieure”."""


@dataclass(slots=True, eq=False)
class Person:
    """Somebody named in a story, by the fullest name it gives."""

    name: str
    key: str
    """The last word of the name, in small letters, by which the story may call them later."""
    given: str
    gender: Gender
    mentions: list["Name"] = field(default_factory=list)
    title: str = ""

    @property
    def surely(self) -> bool:
        """Whether this is likely a person at all: known in full, by a title or a given name, or named again."""
        return self.in_full or bool(self.title) or self.given in GIVEN or len(self.mentions) > 1

    @property
    def in_full(self) -> bool:
        """Whether the story gives more than one word of the name."""
        return " " in self.name


@dataclass(slots=True, eq=False)
class Name:
    """One place where a name stands. `start` to `end` holds titles before it too (“Ambassador Sergei Kislyak”)."""

    start: int
    end: int
    name_start: int
    """Where the name itself begins, after the titles."""
    name: str
    title: str
    sort: Sort
    possessive: bool
    person: Person | None = None


@lru_cache(maxsize=1 << 16)
def read_name(run: str) -> tuple[int, int, str, str, Sort, bool]:
    """A run of capitalised words: where it begins, where the name in it begins, name, title, what it is, possessive.

    Offsets count from the start of the run. The words of a sentence's start (“But”, “In”) are cut off.
    """
    possessive = _POSSESSIVE.search(run)
    stem = run[: possessive.start()] if possessive else run
    words = stem.replace("\u00a0", " ").split(" ")
    first = 0
    while first < len(words) and (
        (words[first].lower().rstrip(".") in NEVER_NAMES and words[first] not in ("Will", "May"))
        or _ELIDED.match(words[first])
    ):
        first += 1
    if first < len(words) - 1 and words[first].lower() in SAY:
        first += 1
    if first == len(words):
        return 0, 0, "", "", "none", False
    small = [word.lower().rstrip(".") for word in words]
    name_at, ends_in_title = _after_title(words, small, first)
    offsets = [0]
    for word in words:
        offsets.append(offsets[-1] + len(word) + 1)
    name = stem[offsets[name_at] :]
    title = stem[offsets[first] : offsets[name_at]].strip()
    return (
        offsets[first],
        offsets[name_at],
        name,
        title,
        _sort(small[name_at:], words[name_at:], ends_in_title, small[name_at - 1] if name_at else ""),
        bool(possessive),
    )


def _after_title(words: list[str], small: list[str], first: int) -> tuple[int, bool]:
    """Which word the name begins with, after titles and what else describes it; whether a title is all there is."""
    last_title = max((at for at in range(first, len(words)) if small[at] in TITLES), default=-1)
    name_at = last_title + 1 if first <= last_title < len(words) - 1 else first
    if name_at > first and small[name_at] in _SUFFIX:
        name_at = first
    for at in range(name_at, len(words) - 1):
        if small[at].endswith(("’s", "'s")):
            name_at = at + 1
    if name_at == first:
        # “Democrat Bernie Sanders”, “CNN Jake Tapper”: what comes before a given name, when it is no part of a name.
        for at in range(first + 1, len(words) - 1):
            described = small[at - 1] in NOT_PEOPLE or (
                words[at - 1][:2].isupper() and words[at - 1][:2].isalpha() and len(small[at - 1]) > 1
            )
            if small[at] in GIVEN and described:
                name_at = at
    return name_at, last_title + 1 == len(words)


def _sort(small: list[str], words: list[str], ends_in_title: bool, title: str) -> Sort:
    """What a name is, by its words and the last word of the title before it."""
    if len(words) == 1 and small[0] in CALENDAR:
        return "none"
    # A bill of law is called so last (“the Farm Bill”), a man first (“Bill Hill”).
    is_man = len(words) > 1 and small[0] == "bill"
    given = title in _COURTESIES or is_man or (small[0] in GIVEN and small[0] not in NOT_PEOPLE)
    if ends_in_title and not (given and len(words) == 2):
        return "title" if len(words) <= 2 or all(word in TITLES for word in small) else "body"
    serves = small[-1] in ROLES and not given and not NOT_PEOPLE.isdisjoint(small[1:-1])  # “Baker Institute Fellow”
    if serves or (small[-1] in NOT_PEOPLE and not (given and 2 <= len(words) <= 3)):
        return "body"
    if len(words) == 1:
        return "body" if words[0].isupper() and len(words[0]) > 1 else "single"
    if words[-1].isupper() and len(words[-1]) > 2 and "." not in words[-1] and words[-1].lower() not in _SUFFIX:
        return "body" if not given else "full"
    return "full" if len(words) <= 5 else "body"


def names_in(text: str, start: int, end: int) -> list[Name]:
    """The names between two offsets of a story, in order."""
    found = []
    for match in CAPITALISED.finditer(text, start, end):
        run_start, name_start, name, title, sort, possessive = read_name(match[0])
        if sort != "none":
            at = match.start()
            ends = at + name_start + len(name)
            found.append(Name(at + run_start, ends, at + name_start, name, title, sort, possessive))
    return found


class People:
    """The people a story names. Names of one word are joined to the full name that ends (or begins) with it."""

    def __init__(self, names: list[Name]) -> None:
        self.everybody: list[Person] = []
        self._by_key: dict[str, list[Person]] = {}
        self._by_given: dict[str, list[Person]] = {}
        self._by_title: dict[str, list[Person]] | None = None
        self._known: dict[str, Person] | None = None
        for name in names:
            if name.sort == "full":
                self._meet(name)
        for name in names:
            if name.sort == "single":
                self._recognise(name)

    def _meet(self, name: Name) -> None:
        words = name.name.replace("\u00a0", " ").split(" ")
        small = [word.lower().rstrip(".") for word in words]
        while len(small) > 2 and small[-1] in _SUFFIX:
            small.pop()
        key, given = small[-1], small[0]
        for person in self._by_key.get(key, [])[:MOST_NAMESAKES]:
            if person.given == given or _same_given(person.given, given):
                if _spelled_out(words) > _spelled_out(person.name.split(" ")) and len(words) <= 4:
                    person.name, person.given = " ".join(words), given
                    person.gender = person.gender or _gender_of(given)
                self._join(person, name)
                return
        self._join(self._new(" ".join(words), key, given), name)

    def _new(self, full: str, key: str, given: str) -> Person:
        person = Person(full, key, given, _gender_of(given) if given != key else "")
        self.everybody.append(person)
        self._by_key.setdefault(key, []).append(person)
        if given != key:
            self._by_given.setdefault(given, []).append(person)
        return person

    def _recognise(self, name: Name) -> None:
        small = name.name.lower().rstrip(".")
        known = self._by_key.get(small) or self._by_given.get(small)
        self._join(_likeliest(known[:MOST_NAMESAKES], name) if known else self._new(name.name, small, small), name)

    @staticmethod
    def _join(person: Person, name: Name) -> None:
        name.person = person
        person.mentions.append(name)
        if name.title and not name.title.endswith(("’s", "'s")):
            person.title = person.title or name.title
            words = {word.rstrip(".") for word in name.title.lower().split()}
            if words & MALE_TITLES:
                person.gender = "he"
            elif words & FEMALE_TITLES:
                person.gender = "she"

    def known_as(self, name: str) -> Person | None:
        """The first person named in full whose name or surname this is, in small letters."""
        if self._known is None:
            self._known = {}
            for person in self.everybody:
                if person.in_full:
                    self._known.setdefault(person.name.lower(), person)
                    self._known.setdefault(person.key, person)
        return self._known.get(name)

    def with_title(self, word: str) -> list[Person]:
        """Everybody with this word, in small letters, in their title."""
        if self._by_title is None:
            self._by_title = {}
            for person in self.everybody:
                for part in set(person.title.lower().split()):
                    self._by_title.setdefault(part, []).append(person)
        return self._by_title.get(word, [])


def _gender_of(given: str) -> Gender:
    he, she = given in GIVEN_HE, given in GIVEN_SHE
    return "" if he is she else "he" if he else "she"


def _spelled_out(words: list[str]) -> int:
    """Words of a name that are more than an initial."""
    return sum(not word.endswith(".") for word in words)


def _same_given(one: str, other: str) -> bool:
    """“Bernie” and “Bernard” are close enough when the surname is the same; “Bill” and “Hillary” are not."""
    return one[:3] == other[:3] or (1 in (len(one), len(other)) and one[0] == other[0])


def _likeliest(known: list[Person], name: Name) -> Person:
    """Of several people of one name: of the title's gender, then the one named most, then the one named last."""
    if len(known) == 1:
        return known[0]
    words = {word.rstrip(".") for word in name.title.lower().split()}
    gender = "he" if words & MALE_TITLES else "she" if words & FEMALE_TITLES else ""
    fitting = [person for person in known if not gender or person.gender in (gender, "")] or known
    most = max(len(person.mentions) for person in fitting)
    rivals = [person for person in fitting if len(person.mentions) == most]

    def named_last(person: Person) -> int:
        return next((mention.start for mention in reversed(person.mentions) if mention.start < name.start), -1)

    return max(rivals, key=named_last) if len(rivals) > 1 else rivals[0]
