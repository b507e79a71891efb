"""Records that may be of one person, or of one source: names that differ by a slip, an initial or an accent.

The names are looked through in alphabetical order, by family name and by given name, and each is compared with its
nearest neighbours only: the sorted neighbourhood method of Hernández and Stolfo, “The merge/purge problem for large
databases”, SIGMOD 1995. One look goes over a bounded stretch of the alphabet.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from archive.models import Person, Source, Tally
from archive.prose import without_accents

LOOKED_AT = 2_000  # names in one look
NEIGHBOURS = 4
SHARING = 200  # names compared with one
ALIKE = 0.9  # of 1; “Bridenstine” and “Bridenstein” have 0.91
_PARTS = re.compile(r"[^\W\d_]+")
_SUFFIXES = {"jr", "sr", "ii", "iii", "iv", "dr", "sir", "the"}

Record = Person | Source


@dataclass(frozen=True)
class Pair:
    """Two records with names much alike; second the one that readers find more of, which is likelier to stay."""

    one: Record
    other: Record


@dataclass(frozen=True)
class Look:
    """What one look found, and the name from which the next one goes on; "" where it reached the end."""

    pairs: tuple[Pair, ...]
    onward: str


def lookalike_people(start: str = "") -> Look:
    """Look through people in the order of their family names, from `start` on, a name as `Person.place` has it."""
    people = list(Person.objects.listed_from(start)[: LOOKED_AT + 1])
    onward = people[LOOKED_AT].place if len(people) > LOOKED_AT else ""  # type: ignore[attr-defined]
    return Look(tuple(pairs_among(people[:LOOKED_AT])), onward)


def lookalike_sources(start: str = "") -> Look:
    """Look through sources by name, from `start` on."""
    sources = list(Source.objects.filter(name__gte=start).order_by("name")[: LOOKED_AT + 1])
    return Look(tuple(pairs_among(sources[:LOOKED_AT])), sources[LOOKED_AT].name if len(sources) > LOOKED_AT else "")


def pairs_among(records: Sequence[Record]) -> Iterator[Pair]:
    """The pairs with names much alike, each once."""
    names = {record.pk: _parts(record.name) for record in records}
    subject = Tally.Subject.PERSON if records and isinstance(records[0], Person) else Tally.Subject.SOURCE
    tallies = Tally.objects.totals_of(subject, names)
    weight = {pk: tally.articles + tally.quotes for pk, tally in tallies.items()}
    told = set()
    for order in (lambda record: names[record.pk], lambda record: names[record.pk][::-1]):
        row = sorted((record for record in records if names[record.pk]), key=order)
        for place, record in enumerate(row):
            for other in row[place + 1 : place + 1 + NEIGHBOURS]:
                key = frozenset((record.pk, other.pk))
                if key not in told and alike(names[record.pk], names[other.pk]):
                    told.add(key)
                    one, stays = sorted(
                        (record, other), key=lambda each: (weight.get(each.pk, 0), len(each.name), -each.pk)
                    )
                    yield Pair(one, stays)


def alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names, as lists of their words without case and accents, may be one.

    They may where their first and last words agree, an initial with the word it begins, or where both differ by a slip.
    """
    if one[-1] == other[-1] and len(one) > 1 < len(other):
        given, given_too = sorted((one[0], other[0]), key=len)
        if given == given_too or (len(given) == 1 and given_too.startswith(given)):
            return True
    if one[0] != other[0] and one[-1] != other[-1]:
        return False  # “Ana Ruiz” and “Ann Reyes”: two slips are another name
    return SequenceMatcher(None, " ".join(one), " ".join(other), autojunk=False).ratio() >= ALIKE


def _parts(name: str) -> list[str]:
    """The words of a name as it is spoken: “Castellaw, Winifred” is turned about, “Okoye, Jr.” is not."""
    family, comma, given = name.partition(",")
    if comma and given.strip(" .").casefold() not in _SUFFIXES:
        name = f"{given} {family}"
    return [part for part in _PARTS.findall(without_accents(name.casefold())) if part not in _SUFFIXES]


def lookalikes_of(record: Record) -> list[Record]:
    """Records with names much like that of this one, among two hundred at most that share a word with it."""
    parts = _parts(record.name)
    if not parts:
        return []
    if isinstance(record, Person):
        ids: dict[int, None] = {}
        for part in (parts[-1], parts[0]):
            ids |= dict.fromkeys(Person.objects.known_by(part, most=SHARING).order_by().values_list("pk", flat=True))
        near: list[Record] = list(Person.objects.filter(pk__in=ids).exclude(pk=record.pk)[:SHARING])
    else:
        near = list(Source.objects.filter(name__icontains=max(parts, key=len)).exclude(pk=record.pk)[:SHARING])
    return [other for other in near if (words := _parts(other.name)) and alike(parts, words)]
