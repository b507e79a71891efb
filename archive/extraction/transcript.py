"""Interviews written out: each turn opens with who speaks (“TAPPER: …”, “Jennifer Buchli: …”, “Q: …”, “A: …”).

Everything in a transcript is somebody's words, and no mark says so; therefore its turns are found only when asked for,
and lists that look alike (“Orbit: 400 km”, “Ann Lee: 1,204 votes”) are told apart from people who answer each other.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from archive.extraction.names import Person, read_name
from archive.extraction.quotation import Quotation
from archive.extraction.story import Story
from archive.extraction.words import GIVEN

FEWEST = 2
"""Turns that each of two voices at least must have; where people are only listed, each is named once."""
FEWEST_WORDS = 4
"""Words that turns open with, on average."""

_LABEL = re.compile(r"[ \u00a0]*((?:[^\W\d_a-z][\w.’'\-]*)(?:[ \u00a0][^\W\d_a-z][\w.’'\-]*){0,4}):[ \u00a0]+(?=\S)")
_QUESTION, _ANSWER = frozenset(("Q", "Question")), frozenset(("A", "Answer"))
_SENTENCE_ENDS = frozenset('.?!…”"’)—–-')
_ASIDE = re.compile(r"[ \u00a0]*[(\[].*[)\]][ \u00a0.]*$")


@dataclass(slots=True)
class Turn:
    """One speaker's words until the next speaker's: a span for each paragraph."""

    label: tuple[int, int]
    speaker: str
    person: Person | None
    spans: list[tuple[int, int]]


def turns_of(story: Story) -> list[Quotation]:
    """The answers of an interview and the turns of named speakers, in order; none where the text is no transcript."""
    turns = list(_turns(story))
    if not _is_conversation(story, turns):
        return []
    interviewee = _interviewee(story, turns[0].label[0])
    quotations = []
    for turn in turns:
        if turn.speaker in _QUESTION:
            continue
        person = interviewee if turn.speaker in _ANSWER else turn.person
        start, end = turn.label
        quotations.append(
            Quotation(
                spans=tuple(turn.spans),
                mention=story.given[start:end],
                mention_start=start,
                mention_end=end,
                name=_cased(person.name if person else "" if turn.speaker in _ANSWER else turn.speaker),
                role=story.role(person) if person else "",
                partial=False,
                confidence=0.95 if person is not None and turn.speaker not in _ANSWER else 0.8,
                candidates=(),
                why=(f"“{story.text[start:end]}:” opens the turn",),
            )
        )
    return quotations


def _is_conversation(story: Story, turns: list[Turn]) -> bool:
    """Whether two voices at least speak in turn, mostly in sentences."""
    voices = Counter(turn.speaker for turn in turns)
    if sum(times >= FEWEST for times in voices.values()) < 2:
        return False
    opening = [story.text[slice(*turn.spans[0])] for turn in turns]
    words = sum(len(spoken.split()) for spoken in opening)
    sentences = sum(spoken[-1] in _SENTENCE_ENDS for spoken in opening)
    return words >= FEWEST_WORDS * len(turns) and sentences * 2 > len(turns)


def _turns(story: Story) -> Iterator[Turn]:
    """The turns; a paragraph without a label goes on with the turn before it where another turn follows.

    Not so beyond a heading, where something else begins.
    """
    turn: Turn | None = None
    waiting: list[tuple[int, int]] = []
    broken_off = False
    for paragraph in story.paragraphs:
        match = _LABEL.match(story.text, paragraph.start, paragraph.end)
        speaker = _speaker(story, match[1]) if match else None
        end = paragraph.start + len(story.text[paragraph.start : paragraph.end].rstrip())
        if match is not None and speaker is not None:
            if turn is not None:
                turn.spans += waiting
                yield turn
            waiting, broken_off = [], False
            turn = Turn(match.span(1), speaker[0], speaker[1], [(match.end(), end)])
        elif turn is not None and not broken_off and not _ASIDE.match(story.text, paragraph.start, paragraph.end):
            waiting.append((paragraph.start, end))
            if story.text[end - 1] not in _SENTENCE_ENDS:
                waiting, broken_off = [], True
    if turn is not None:
        yield turn


def _speaker(story: Story, label: str) -> tuple[str, Person | None] | None:
    """Who a label stands for; none where it is no speaker's (“Credits:”)."""
    if label in _QUESTION or label in _ANSWER:
        return label, None
    words = label.replace("\u00a0", " ").split(" ")
    name = _cased(label)
    person = story.people.known_as(name.lower())
    if person is not None:
        likely = label.isupper() or len(words) == 1 or person.title or person.gender or person.given in GIVEN
        return (person.name, person) if likely else None
    sort = read_name(name)[4]
    if label.isupper() and len(label) > 2 and len(words) <= 3 and sort in ("full", "single"):
        return name, None
    return None


def _cased(name: str) -> str:
    """A name in capitals as it is otherwise written."""
    return name.title() if name.isupper() else name


def _interviewee(story: Story, before: int) -> Person | None:
    """Whom the introduction of an interview speaks of most."""
    people = [person for person in story.people.everybody if person.in_full and person.mentions[0].start < before]
    counted = [(sum(name.start < before for name in person.mentions), person) for person in people]
    return max(counted, key=lambda each: each[0])[1] if counted else None
