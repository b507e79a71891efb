"""What stands beside the lists of a topic and of a speaker, as pages tell it: kept, or counted where that is due."""

import json
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import F, Func, JSONField, Value

from archive.models import Digest


@dataclass(frozen=True, slots=True)
class Told:
    """A topic, person or source, and how many of the items looked at it has."""

    name: str
    slug: str
    count: int

    def __str__(self) -> str:
        return self.name


class Role(NamedTuple):
    """A role somebody spoke in, from the first year to the last."""

    name: str
    first: int
    last: int


class Beside(NamedTuple):
    """What a digest tells, the most frequent first; roles the latest first."""

    among: int
    """How many items were looked at, where there are more; 0 where all were."""
    topics: list[Told]
    people: list[Told]
    sources: list[Told]
    roles: list[Role]


def digest_of(subject: Digest.Subject) -> Func:
    """The digest of the topic or person asked for, as a part of the question after it."""
    return Func(Value(subject), F("pk"), function="archive_digest", output_field=JSONField())


def beside(value: str) -> Beside:
    """What `digest_of` gave."""
    digest: dict[str, Any] = json.loads(value)

    def told(facet: str) -> list[Told]:
        return [Told(*each) for each in digest.get(facet) or ()]

    return Beside(
        among=digest["among"] if digest.get("more") else 0,
        topics=told("topics"),
        people=told("people"),
        sources=told("sources"),
        roles=[Role(*each) for each in digest.get("roles") or ()],
    )
