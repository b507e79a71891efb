"""A source as its page shows it: what it is, what its rights allow, its counts. All in one question."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archive.models import Source, Tally, Visibility
from archive.models.address import address
from archive.site.asking import Question, given
from archive.site.kept_counts import YearRow, by_year_of, years_in

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class SourcePlace:
    """One source, and what of it is public."""

    pk: int
    name: str
    slug: str
    kind: str
    place: str
    homepage: str
    visibility: str
    rights: str
    counts: YearRow
    years: Sequence[YearRow]

    def __str__(self) -> str:
        return self.name

    def get_visibility_display(self) -> str:
        """What readers may see of it, in words."""
        return str(Visibility(self.visibility).label)

    def get_absolute_url(self) -> str:
        return address("source", self.slug)


def source_place(slug: str) -> SourcePlace | None:
    """The source of this slug; None where there is none. One query."""
    return next(iter(_PLACE.ask(slug=slug)), None)


def _written() -> "QuerySet[Any, Any]":
    return (
        Source.objects.filter(slug=given("slug"))
        .order_by()
        .values_list(
            *("pk", "name", "slug", "kind", "place", "homepage", "visibility", "rights"),
            by_year_of(Tally.Subject.SOURCE),
        )
    )


def _read(values: Any) -> SourcePlace:
    pk, name, slug, kind, place, homepage, visibility, rights, years = values
    counts, of_years = years_in(years)
    return SourcePlace(pk, name, slug, kind, place, homepage, visibility, rights, counts, of_years)


_PLACE = Question(_written, _read)
