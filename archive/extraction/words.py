"""The words that a reader of news goes by, read from `lexicon.toml`, which says what each list is for."""

import re
import tomllib
from pathlib import Path

_LEXICON = tomllib.loads(Path(__file__).with_name("lexicon.toml").read_text(encoding="utf-8"))


def _words(name: str) -> frozenset[str]:
    return frozenset(_LEXICON[name].split())


def _inflected(bases: frozenset[str]) -> frozenset[str]:
    """Present, past and -ing forms of regular verbs."""
    forms: set[str] = set()
    for base in bases:
        stem = base.removesuffix("e")
        if base.endswith("y") and base[-2] not in "aeiou":
            forms |= {base, base[:-1] + "ies", base[:-1] + "ied", base + "ing"}
        else:
            third = base + ("es" if base.endswith(("s", "sh", "ch", "x")) else "s")
            forms |= {base, third, stem + "ed", stem + "ing"}
    return frozenset(forms)


SAY = _words("say")
_BASES = _words("speak_regular")
SPEAK = SAY | _inflected(_BASES) | _words("speak_irregular")
SPEAK_OR_NOUN = _BASES - {"add", "agree", "deny", "describe", "admit", "argue", "insist", "complain", "maintain"}
"""Verbs of speech that after “a” or “the second” are nouns or adjectives (“a point”, “the second official”)."""
TOLD = _words("told")
HE, SHE = frozenset(("he", "his", "him")), frozenset(("she", "her"))
TITLES = _words("titles")
MALE_TITLES = _words("male_titles")
FEMALE_TITLES = _words("female_titles")
NOT_PEOPLE = _words("not_people")
NEVER_NAMES = _words("never_names")
SPEAKING_NOUNS = _words("speaking_nouns")
END_NOUN_PHRASE = _words("end_noun_phrase")
ADVERBS = _words("adverbs")
GIVEN_HE = _words("given_he")
GIVEN_SHE = _words("given_she")
GIVEN = GIVEN_HE | GIVEN_SHE
ROLE_MODIFIERS = _words("role_modifiers")
NAMES_A_WORK = _words("names_a_work")
INSCRIPTIONS = _words("inscriptions")
SPEAKING_THINGS = _words("speaking_things")
SPEAKING_GROUPS = _words("speaking_groups")
BEGINS_ANEW = _words("begins_anew")
AUXILIARIES = _words("auxiliaries")
CALENDAR = _words("calendar")
ROLE_NOUNS = (TITLES | SPEAKING_NOUNS) - SPEAKING_THINGS - SPEAKING_GROUPS - _words("not_roles")
ROLES = ROLE_NOUNS | _words("more_roles")
NOUN_OF_PERSON = re.compile(r"(?:ist|ician|ologist|nomer|sicist|grapher|maker|holder|writer|keeper)s?$")
"""Endings of nouns for people that no list can hold (“biologist”)."""


def is_adverb(word: str) -> bool:
    """Whether a word in small letters may stand between a verb of speech and who speaks."""
    return word in ADVERBS or word.endswith("ly")


def names_a_role(word: str) -> bool:
    """Whether a word in small letters is what somebody can be by their role."""
    return word in ROLES or bool(NOUN_OF_PERSON.search(word))
