"""Whom “he”, “she” and “the ambassador” mean: the person named before, of the right gender, most in view."""

from archive.extraction.mentions import Mention
from archive.extraction.names import Person
from archive.extraction.story import Story
from archive.extraction.words import FEMALE_TITLES, HE, MALE_TITLES, SHE

MOST = 5
"""Candidates kept."""

_SUBJECT = frozenset(("start", "and", "that", "comma", "verb"))


def antecedents(story: Story, mention: Mention, last_speaker: Person | None) -> list[tuple[Person, float, str]]:
    """Whom a pronoun or noun may mean, likeliest first: the person, a weight, and what speaks for them."""
    gender = _gender_of(mention)
    people: dict[int, tuple[Person, float, str]] = {}
    rank = 0
    for number in range(mention.paragraph, max(mention.paragraph - 6, -1), -1):
        for other in reversed(story.mentions(number)):
            person = other.person
            if other.start >= mention.start or person is None or (gender and person.gender not in ("", gender)):
                continue
            rank += 1
            weight = 3.0 / (1 + 0.5 * (mention.paragraph - number)) - 0.25 * rank + _prominence(other, person, gender)
            if id(person) not in people or weight > people[id(person)][1]:
                people[id(person)] = person, weight, f"“{story.text[other.start : other.end]}” stands before it"
    if last_speaker is not None and (not gender or last_speaker.gender in ("", gender)):
        weight = people[id(last_speaker)][1] if id(last_speaker) in people else 0.0
        people[id(last_speaker)] = last_speaker, weight + 1.5, f"{last_speaker.name} spoke last"
    return sorted(people.values(), key=lambda each: -each[1])[:MOST]


def _gender_of(mention: Mention) -> str:
    if mention.word in HE or (mention.kind == "noun" and mention.word in MALE_TITLES):
        return "he"
    return "she" if mention.word in SHE or (mention.kind == "noun" and mention.word in FEMALE_TITLES) else ""


def _prominence(other: Mention, person: Person, gender: str) -> float:
    """How much in view somebody is where they are mentioned."""
    weight = 0.0
    if other.before in _SUBJECT and not other.possessive and not other.inside_noun:
        weight += 1.2
    if other.verb_after or other.verb_before:
        weight += 0.8
    if other.inside_noun or other.before in ("of", "told", "by"):
        weight -= 0.8
    if person.in_full:
        weight += 0.4
    if gender and person.gender == gender:
        weight += 0.8
    return weight


def holder(story: Story, mention: Mention) -> Person | None:
    """The person whose title is the noun (“the ambassador” after “Ambassador Sergei Kislyak”), if there is just one."""
    holders = [person for person in story.people.everybody if mention.word in person.title.lower().split()]
    return holders[0] if len(holders) == 1 else None
