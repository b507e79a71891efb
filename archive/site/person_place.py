"""A person as their page shows them: names, counts, roles and topics. All in one question."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet

from archive.models import Article, Authorship, Digest, Person, PersonName, Tally
from archive.models.address import address
from archive.site.asking import Asked, Question, given
from archive.site.digests import Beside, beside, digest_of
from archive.site.kept_counts import YearRow, by_year_of, years_in


@dataclass(frozen=True, slots=True)
class PersonPlace:
    """One person, and what of them is public."""

    pk: int
    name: str
    slug: str
    description: str
    identifiers: dict[str, str]
    other_names: Sequence[str]
    counts: YearRow
    years: Sequence[YearRow]
    writes: bool
    beside: Beside

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("person", self.slug)


def person_place(slug: str) -> PersonPlace | None:
    """The person of this slug; None where there is none. One query."""
    return next(iter(_PLACE.ask(slug=slug)), None)


def person_asked(slug: str) -> Asked[PersonPlace]:
    """The same question, to be asked together with others."""
    return _PLACE.asked(slug=slug)


def _written() -> "QuerySet[Any, Any]":
    here = OuterRef("pk")
    return Person.objects.filter(slug=given("slug")).order_by().values_list(
        "pk", "name", "slug", "description", "identifiers",
        ArraySubquery(PersonName.objects.filter(person=here).order_by("name").values("name")),
        by_year_of(Tally.Subject.PERSON),
        Exists(Authorship.objects.filter(person=here, article__in=Article.objects.public())),
        digest_of(Digest.Subject.PERSON),
    )  # fmt: skip


def _read(values: Any) -> PersonPlace:
    pk, name, slug, description, identifiers, other_names, years, writes, digest = values
    counts, of_years = years_in(years)
    told = beside(digest)
    return PersonPlace(
        pk, name, slug, description, json.loads(identifiers), other_names, counts, of_years, writes, told
    )


_PLACE = Question(_written, _read)
