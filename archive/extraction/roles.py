"""In what role somebody speaks, as the story introduces them.

“NASA Administrator Bill Nelson”, “spokesman John Kirby”, “Esra Bulbul, an astrophysicist at the Max Planck Institute”,
and, where only a title stands beside the name, the description that the story gives the same title elsewhere:
“Ambassador Sergei Kislyak” is “The Russian ambassador to the United States”.
"""

import re
from typing import TYPE_CHECKING

from archive.extraction.names import Name, Person
from archive.extraction.words import (
    AUXILIARIES,
    BEGINS_ANEW,
    GIVEN,
    ROLE_MODIFIERS,
    ROLES,
    SPEAK,
    SPEAKING_GROUPS,
    names_a_role,
)

if TYPE_CHECKING:
    from archive.extraction.story import Story

LONGEST = 160
"""Characters of a role; what is longer is a sentence, not a role."""

_ASIDE = re.compile(
    r",[ \u00a0](?:who (?:is|was|has been|serves as) |then )?(?:(?:an?|the|one of the)[ \u00a0])?"
    r"([^,;:“”\"()\n]{3,160}?)(?=,|\.(?:\s|$)|;|[ \u00a0]who\b|[ \u00a0]whose\b|[ \u00a0]and[ \u00a0]|[”\"“(]|\n|$)"
)
_AND = re.compile(r"[ \u00a0]and[ \u00a0]([^,;:.“”\"()\n]{2,80}?)(?=[,;”\"“(\n]|\.(?:\s|$)|[ \u00a0]who\b|$)")
_LEADS = re.compile(
    r",[ \u00a0](who[ \u00a0](?:leads|led|heads|headed|directs|chairs|chaired|runs|ran|manages|oversees|founded|edits)"
    r"[ \u00a0][^,;:“”\"()\n]{3,140}?)(?=[,;”\"“(\n]|\.(?:\s|$)|[ \u00a0]and[ \u00a0]|$)"
)
_POSSESSED = re.compile(
    r"(?<!\w)((?:[A-Z][\w.\-]*[ \u00a0]){0,4}[A-Z][\w.\-]*[’']s"
    r"(?:[ \u00a0][a-z][\w\-]*){0,4}[ \u00a0]([a-z][\w\-]*)),[ \u00a0]$"
)
"""“Rover’s lead pilot, ” before a name."""
_SPELLED_OUT = re.compile(
    r"(?<![\w.])([A-Z][\w.\-]*(?:[ \u00a0](?:(?:of|for|and|the)[ \u00a0]){0,2}[A-Z][\w.\-]*)*"
    r"[ \u00a0]\([A-Z][A-Z&\-]+\)[ \u00a0])$"
)
"""“Port Office (PO) ” before a title."""
_AGE = re.compile(r"[ \u00a0](?:of|aged)[ \u00a0]\d{1,3}(?!\d|[ \u00a0](?!at\b|in\b|from\b|with\b|who\b|on\b))")
_HEAD_OF_ROLE = re.compile(r"[ \u00a0](?:of|at|for|in|to|from|with|on|who|and)[ \u00a0]")
_WORD = re.compile(r"[\w’'\-&./]+")
_OPENERS = frozenset(
    ("a", "an", "the", "his", "her", "their", "its", "our", "my", "one", "fellow", "another", "said", "of")
)
_COURTESY = frozenset(("mr", "mrs", "ms", "miss", "mme", "mlle", "madame", "mademoiselle", "monsieur", "herr"))


def role_of(person: Person, story: "Story") -> str:
    """The role a story gives somebody, as it stands in the text; empty where it gives none."""
    text = story.text
    for name in person.mentions:
        if person.in_full and name.sort != "full" and name is not person.mentions[0]:
            continue
        leads = _LEADS.match(text, name.end)
        aside = leads[1].strip() if leads else _role_after(text, name.end)
        if aside:
            return aside
        before = (
            _spelled_out(text, name) or _role_before(text, name.start, name.name_start) or _possessed(text, name.start)
        )
        if before:
            return _in_full(before, story)
    return "" if _is_courtesy(person.title) else _in_full(person.title, story)


def _role_after(text: str, end: int) -> str:
    match = _ASIDE.match(text, end)
    if match is None:
        return ""
    words = _WORD.findall(match[1])
    if (
        not words
        or len(match[1]) > LONGEST
        or any(word.lower() in SPEAK and word.lower() not in ROLES and word.lower() != "state" for word in words[:2])
    ):
        return ""
    small = [word.lower() for word in words]
    if small[0] in ("of", "in", "from", "at", "on", "with", "for", "to"):
        return ""
    for at, word in enumerate(small[:7]):
        if names_a_role(word):
            return _AGE.sub("", text[match.start(1) : _joined(text, match.end(1))]).strip()
        if at and word in ("in", "who", "which", "with", "from", "was", "is", "has", "have", "had"):
            return ""
    return ""


def noun_of_role(role: str) -> str:
    """The noun of a role, in small letters (“lawyer” of “British lawyer at the agency”); empty where there is none."""
    words = _WORD.findall(_HEAD_OF_ROLE.split(role, maxsplit=1)[0].lower())
    return words[-1] if words and words[-1] in ROLES else ""


def _joined(text: str, end: int) -> int:
    """Where a role ends of which a part is read up to an “and”: “engine and module builders” is one thing."""
    joined = _AND.match(text, end)
    if joined is None:
        return end
    words = _WORD.findall(joined[1])
    small = [word.lower() for word in words]
    if (
        not words
        or small[0] in GIVEN
        or small[0] in BEGINS_ANEW
        or not AUXILIARIES.isdisjoint(small)
        or any(word in SPEAK and word not in ROLES for word in small)
        or small[0].endswith(("ed", "ing"))
    ):
        return end
    return joined.end()


def _role_before(text: str, start: int, name_start: int) -> str:
    """The title before a name, with the words in small letters and the body's name before those."""
    title = text[start:name_start].strip()
    words = list(_WORD.finditer(text, max(text.rfind("\n", max(start - 90, 0), start) + 1, start - 90), start))
    taken: list[str] = []
    seen_noun = bool(title)
    at = start
    for word in reversed(words):
        gap = text[word.end() : at]
        if gap.strip() or len(taken) > 7:
            break
        small = word[0].lower()
        if small in _OPENERS or (small in SPEAK and small not in ROLES):
            break
        is_noun = names_a_role(small)
        if not seen_noun and not is_noun:
            break
        if not (
            is_noun
            or small in ROLE_MODIFIERS
            or small in SPEAKING_GROUPS
            or word[0][0].isupper()
            or small.endswith(("’s", "'s"))
        ):
            break
        seen_noun = True
        taken.append(word[0])
        at = word.start()
    while taken and (taken[-1].lower() in ("of", "and", "for") or _starts_sentence(taken[-1])):
        at += len(taken.pop()) + 1
    role = text[at:name_start].strip() if taken or title else ""
    return "" if role.endswith(("’s", "'s")) or _is_courtesy(role) else role


def _possessed(text: str, start: int) -> str:
    """The role before a name and a comma, by whose it is: “Rover’s lead pilot, Ann Lee”."""
    match = _POSSESSED.search(text[max(start - 120, text.rfind("\n", 0, start) + 1, 0) : start])
    return match[1] if match and names_a_role(match[2]) else ""


def _spelled_out(text: str, name: Name) -> str:
    """The role before a name, where a body is given in full and in short: “Port Office (PO) Director Ann Lee”."""
    if not name.title or text[name.start - 2 : name.start] != ") ":
        return ""
    match = _SPELLED_OUT.search(text[max(name.start - LONGEST, text.rfind("\n", 0, name.start) + 1, 0) : name.start])
    return match[1] + text[name.start : name.name_start].strip() if match else ""


def _is_courtesy(title: str) -> bool:
    """Whether a title (“Mr.”) tells no role, as none at all does."""
    return title.lower().rstrip(".") in _COURTESY or not title


def _starts_sentence(word: str) -> bool:
    return word[0].isupper() and word.lower() in ("in", "on", "at", "but", "when", "as", "after", "while", "for", "and")


def _in_full(title: str, story: "Story") -> str:
    """The description of a bare title that the story gives elsewhere (“the Russian ambassador to …”)."""
    if " " in title or not title[:1].isalpha():
        return title
    return story.described.get(title.lower(), title)
