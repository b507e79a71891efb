"""Whom “he”, “she” and “the ambassador” mean.

Everybody named before a pronoun, of the right gender, is a rival; what is seen of each (how far back, as the subject of
a sentence or not, speaking last or not, how often named) is weighed by the model `antecedent`.
"""

from archive.extraction.mentions import Mention
from archive.extraction.names import Person
from archive.extraction.ranking import Weights, chances, total
from archive.extraction.story import Story
from archive.extraction.words import GIVEN, HE, SHE

FURTHEST = 7
"""Paragraphs looked back."""
INTRODUCED = {"introduced:here": 5.0, "introduced:above": 1.5}
"""Set by hand, beside what is learned: among political stories, few introduce somebody only to say “he” at once."""


def ranked_antecedents(
    story: Story, mention: Mention, last_speaker: Person | None, weights: Weights
) -> list[tuple[float, Person]]:
    """Whom a pronoun may mean, likeliest first, each with their share of the chance."""
    rivals = antecedents_of(story, mention, last_speaker)
    if not rivals:
        return []
    shares = chances([total(weights, seen) + total(INTRODUCED, seen) for seen in rivals.values()])
    return sorted(zip(shares, rivals, strict=True), key=lambda each: -each[0])


def antecedents_of(story: Story, mention: Mention, last_speaker: Person | None) -> dict[Person, list[str]]:
    """Everybody a pronoun may mean, with what is seen of each."""
    gender = "he" if mention.word in HE else "she" if mention.word in SHE else ""
    nearest: dict[Person, Mention] = {}
    as_subject: dict[Person, Mention] = {}
    for number in range(mention.paragraph, max(mention.paragraph - FURTHEST, -1), -1):
        for other in reversed(story.mentions_near(number, mention.start)):
            person = other.person
            if other.start >= mention.start or person is None or not _fits(person, gender):
                continue
            nearest.setdefault(person, other)
            if other.is_subject:
                as_subject.setdefault(person, other)
    if last_speaker is not None and last_speaker not in nearest and _fits(last_speaker, gender):
        nearest[last_speaker] = mention
    by_subject = sorted(as_subject, key=lambda person: -as_subject[person].start)
    by_count = sorted(nearest, key=lambda person: -len(person.mentions))
    introduced = _introduced(story, mention, nearest)
    seen: dict[Person, list[str]] = {}
    for order, (person, other) in enumerate(nearest.items()):
        subject = as_subject.get(person)
        before, verb_before, _, verb_after = other.beside
        away = mention.paragraph - other.paragraph if other is not mention else FURTHEST
        behind = by_subject.index(person) if subject is not None else 9
        spoke = person is last_speaker
        sort = _sort_of(person)
        seen[person] = [
            f"order:{min(order, 4)}",
            f"away:{min(away, 4)},{min(order, 2)}",
            f"subject:{min(behind, 4)}",
            f"subject:{min(behind, 2)},{min(order, 2)},{min(away, 2)}",
            f"subjectaway:{min(mention.paragraph - subject.paragraph, 4) if subject is not None else 'none'}",
            f"spoke:{spoke}",
            f"spoke:{spoke},{min(away, 3)}",
            f"spoke:{spoke},subject:{min(behind, 2)}",
            f"sort:{sort}",
            f"gender:{bool(person.gender)},{sort}",
            f"named:{min(len(person.mentions), 8) // 2}",
            f"mostnamed:{min(by_count.index(person), 3)}",
            f"verb:{verb_before}<{verb_after},{min(order, 2)}",
            f"before:{before}",
            f"possessive:{other.possessive},{other.inside_noun}",
            f"introduced:{'no' if person is not introduced else 'above' if away else 'here'}",
            f"early:{person.mentions[0].start < 300}",
        ]
    return seen


def _fits(person: Person, gender: str) -> bool:
    return person.surely and (not gender or person.gender in ("", gender))


def _introduced(story: Story, mention: Mention, nearest: dict[Person, Mention]) -> Person | None:
    """The one person named in the paragraph that last named anybody before a pronoun, for the first time, with a role.

    “The lawyer Ann Lee has doubts. ‘It will take years,’ she said”: Ann Lee, whoever spoke before.
    """
    named = [(person, other) for person, other in nearest.items() if other is not mention]
    if not named:
        return None
    person, other = named[0]
    alone = len(named) == 1 or named[1][1].paragraph != other.paragraph
    new = person.mentions[0].start >= story.paragraphs[other.paragraph].start
    near = mention.paragraph - other.paragraph <= 1
    likely = alone and new and near and person.in_full and not other.possessive
    return person if likely and story.role(person) else None


def _sort_of(person: Person) -> str:
    """How much like a person's the name looks."""
    known = person.given in GIVEN
    if person.in_full:
        return "full-known" if known else "full"
    return "titled" if person.title else "single"


def holder(story: Story, mention: Mention) -> Person | None:
    """The one person whose title or role is the noun (“the ambassador” after “Ambassador Sergei Kislyak”)."""
    holders = story.people.with_title(mention.word) or [
        person for person in story.bearers.get(mention.word, ()) if person.mentions[0].start < mention.start
    ]
    return holders[0] if len(holders) == 1 else None
