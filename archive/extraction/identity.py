"""Who a mention is: the person's full name, how sure that is, and who else it might be."""

from dataclasses import dataclass

from archive.extraction.mentions import Mention
from archive.extraction.names import Person
from archive.extraction.pronouns import holder, ranked_antecedents
from archive.extraction.ranking import Weights
from archive.extraction.story import Story

OFFERED = 3
"""Other names offered, at most."""


@dataclass(frozen=True)
class Identity:
    """Who is meant, as far as the story tells."""

    name: str = ""
    person: Person | None = None
    chance: float = 1.0
    """That the mention means this person."""
    others: tuple[str, ...] = ()
    why: tuple[str, ...] = ()


UNKNOWN = Identity()


def identify(story: Story, mention: Mention, last_speaker: Person | None, weights: Weights) -> Identity:
    """Who a mention is; a name is itself, “he” is found by the model `antecedent`, “the ambassador” by the title."""
    if mention.kind == "body":
        return Identity(story.text[mention.start : mention.end].removesuffix("’s"))
    if mention.person is not None:
        return Identity(mention.person.name, mention.person)
    if mention.kind == "noun":
        return _holder_of_title(story, mention)
    if mention.word in ("he", "she"):
        return _antecedent(story, mention, last_speaker, weights)
    return _named_just_before(story, mention) if mention.word == "who" else UNKNOWN


def _antecedent(story: Story, mention: Mention, last_speaker: Person | None, weights: Weights) -> Identity:
    ranked = ranked_antecedents(story, mention, last_speaker, weights)
    if not ranked:
        return UNKNOWN
    chance, person = ranked[0]
    others = tuple(other.name for _, other in ranked[1 : OFFERED + 1])
    reason = "spoke last" if person is last_speaker else "is named before it"
    return Identity(person.name, person, chance, others, (f"{person.name} {reason}, and “{mention.word}” fits",))


def _holder_of_title(story: Story, mention: Mention) -> Identity:
    """“The ambassador” is whoever bears the title, or whose name follows after a comma; else a noun names nobody."""
    for other in story.mentions_near(mention.paragraph, mention.end):
        if 0 < other.start - mention.end <= 2 and other.person is not None and story.text[mention.end] == ",":
            return Identity(other.person.name, other.person, why=(f"“{other.person.name}” stands beside it",))
    person = holder(story, mention)
    if person is not None:
        return Identity(person.name, person, why=(f"the story calls {person.name} “{person.title}”",))
    return UNKNOWN


def _named_just_before(story: Story, mention: Mention) -> Identity:
    """“Lind, who spoke of …”: the name before “who”."""
    for other in story.mentions_near(mention.paragraph, mention.start):
        if other.person is not None and 0 < mention.start - other.end <= 2:
            return Identity(other.person.name, other.person, why=(f"“who” follows {other.person.name}",))
    return UNKNOWN
