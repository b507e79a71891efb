"""A story laid out for extraction: paragraphs, marked words, names, people, and what stands outside the marks."""

import re
from bisect import bisect_left
from functools import cached_property

from archive.extraction.marks import Marked, Paragraph, marked_words, paragraphs_of
from archive.extraction.mentions import Mention, Stretch, mentions_in
from archive.extraction.names import Name, People, Person, names_in
from archive.extraction.roles import noun_of_role, role_of
from archive.extraction.wrapping import unwrapped

_STATEMENT = re.compile(
    r"\b(?:[Ss]tatements?|[Rr]emarks|[Cc]omments|[Ll]etter|[Mm]essage)[ \u00a0](?:(from|by|of)[ \u00a0]|on[ \u00a0])"
)
_DESCRIBED = re.compile(
    r"\b[Tt]he[ \u00a0](?=((?:[A-Z][\w.\-]*[ \u00a0]){0,3}([^\W\dA-Z_][\w.\-’']*)"
    r"[ \u00a0](?:to|of|for|at)[ \u00a0](?:the[ \u00a0])?[A-Z][\w.\-]*(?:[ \u00a0][A-Z][\w.\-]*)*))"
)

NEAR = 40
"""Mentions looked at on either side of a place in one paragraph; what is further away is no speaker there."""


class Story:
    """What the steps of extraction share about one text; each part is made when it is first asked for."""

    def __init__(self, text: str) -> None:
        self.given = text
        self.text = unwrapped(text)
        """The text with its wrapped lines joined, every character at the offset it has in `given`."""
        self.paragraphs: list[Paragraph] = paragraphs_of(self.text)
        self.marked: list[Marked] = marked_words(self.text, self.paragraphs)
        self._mentions: dict[int, list[Mention]] = {}
        self._roles: dict[Person, str] = {}

    @cached_property
    def marked_of(self) -> list[list[Marked]]:
        """The marked words of each paragraph."""
        of_paragraph: list[list[Marked]] = [[] for _ in self.paragraphs]
        for marked in self.marked:
            of_paragraph[marked.paragraph].append(marked)
        return of_paragraph

    @cached_property
    def names_of(self) -> list[list[Name]]:
        """The names of each paragraph, those inside marks too."""
        return [names_in(self.text, paragraph.start, paragraph.end) for paragraph in self.paragraphs]

    @cached_property
    def people(self) -> People:
        """Everybody the story names."""
        return People([name for names in self.names_of for name in names])

    def role(self, person: Person) -> str:
        """The role the story gives somebody, as it stands in the text; empty where it gives none."""
        if person not in self._roles:
            self._roles[person] = role_of(person, self)
        return self._roles[person]

    @cached_property
    def bearers(self) -> dict[str, list[Person]]:
        """Nouns in small letters with the people, named in full, whose role they are (“lawyer”)."""
        found: dict[str, list[Person]] = {}
        for person in self.people.everybody:
            noun = noun_of_role(self.role(person)) if person.in_full else ""
            if noun:
                found.setdefault(noun, []).append(person)
        return found

    @cached_property
    def described(self) -> dict[str, str]:
        """Nouns in small letters with how the story first describes who bears them (“ambassador to Peru”)."""
        found: dict[str, str] = {}
        for description, noun in _DESCRIBED.findall(self.text):
            found.setdefault(noun, description)
        return found

    @cached_property
    def author_of_statement(self) -> Mention | None:
        """Whose statement the whole text is, by its headline (“Statement from NASA’s Janet Petro on …”)."""
        if not self.paragraphs:
            return None
        headline = self.paragraphs[0]
        match = _STATEMENT.search(self.text, headline.start, headline.end)
        if match is None:
            return None
        named = [mention for mention in self.mentions(0) if mention.kind == "name"]
        after = [mention for mention in named if mention.end > match.end()]
        before = [mention for mention in named if mention.start < match.start()]
        author = after[0] if match[1] and after else before[-1] if before and not match[1] else None
        if author is None or not self.marked:
            return author
        head = [mention for number in range(self.marked[0].paragraph) for mention in self.mentions(number)]
        return [mention for mention in head if mention.person is author.person][-1] if head else author

    def outside(self, number: int) -> list[tuple[int, int]]:
        """The stretches of a paragraph that stand outside quotation marks."""
        paragraph = self.paragraphs[number]
        stretches = []
        at = paragraph.start
        for marked in self.marked_of[number]:
            if marked.opened_at > at:
                stretches.append((at, marked.opened_at))
            at = marked.closed_at
        if at < paragraph.end:
            stretches.append((at, paragraph.end))
        return stretches

    def mentions(self, number: int) -> list[Mention]:
        """Whoever may speak, as mentioned in a paragraph outside the marks, in order."""
        if not 0 <= number < len(self.paragraphs):
            return []
        found = self._mentions.get(number)
        if found is None:
            _ = self.people
            found = []
            all_names = self.names_of[number]
            for start, end in self.outside(number):
                first = bisect_left(all_names, start, key=_start)
                last = bisect_left(all_names, end, first, key=_start)
                names = [name for name in all_names[first:last] if name.end <= end]
                found += mentions_in(Stretch(self.text, start, end, number, names))
            self._mentions[number] = found
        return found

    def mentions_near(self, number: int, offset: int, most: int = NEAR) -> list[Mention]:
        """The mentions of a paragraph nearest to an offset, in order: at most so many before it and as many after."""
        mentions = self.mentions(number)
        if len(mentions) <= most:
            return mentions
        at = bisect_left(mentions, offset, key=_start)
        return mentions[max(at - most, 0) : at + most]


def _start(stands: Name | Mention) -> int:
    return stands.start
