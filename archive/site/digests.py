"""What stands beside the lists of a topic and of a speaker, as pages tell it: kept, or counted where that is due."""

from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple

from django.db.models import Expression, F, Func, JSONField, Model, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from archive.models import Digest, Person, Source, Topic
from archive.models.digest import CountedAnew


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


_FACETS: dict[str, type[Model]] = {"topics": Topic, "people": Person, "sources": Source}


# An array of ids, for the planner to see that they are few.
_NAMES = """ARRAY(
    SELECT json_build_array(id, name, slug) FROM {table}
    WHERE id = ANY (ARRAY(
        SELECT (counted ->> 0)::bigint FROM jsonb_array_elements(NULLIF(told -> '{facet}', 'null')) AS counted))
    ORDER BY name)"""


class Named(Func):
    """A digest, and the id, name and slug of each topic, person and source that it counts, by name.

    They are looked up at each sight, and so are right whatever becomes of them.
    """

    output_field = JSONField()

    def __init__(self, digest: Expression) -> None:
        named = ", ".join(_NAMES.format(facet=facet, table=model._meta.db_table) for facet, model in _FACETS.items())
        # OFFSET 0: as it is, and not anew in each of its places.
        among = "FROM (SELECT %(expressions)s AS told OFFSET 0) AS digest"
        super().__init__(digest, template=f"(SELECT json_build_array(told, {named}) {among})")


def digest_of(subject: Digest.Subject) -> Named:
    """The digest of the topic or person asked for, as a part of the question after it."""
    kept = Digest.objects.right(subject).filter(subject_id=OuterRef("pk")).values("told")
    return Named(Coalesce(Subquery(kept), CountedAnew(Value(subject), F("pk"))))


def beside(value: list[Any] | None = None) -> Beside:
    """What `digest_of` gave; of nothing, nothing."""
    if value is None:
        return Beside(0, [], [], [], [])
    digest, *named = value
    topics, people, sources = (_told(digest.get(facet), names) for facet, names in zip(_FACETS, named, strict=True))
    roles = [Role(*each) for each in digest.get("roles") or ()]
    return Beside(digest["among"] if digest.get("more") else 0, topics, people, sources, roles)


def _told(counted: list[tuple[int, int]] | None, names: list[tuple[int, str, str]]) -> list[Told]:
    counts = dict(counted or ())
    told = [Told(name, slug, counts[pk]) for pk, name, slug in names]
    return sorted(told, key=attrgetter("count"), reverse=True)
