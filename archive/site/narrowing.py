"""How a search is narrowed and widened again: links that set a field or take one away."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from archive.search.facets import Facet

# What a link of another selection must not keep: the place within the old one.
_PLACE = ("older", "newer", "after", "year")
_NAMES = {"topic": "Topics", "person": "People", "source": "Sources", "date": "Years"}


@dataclass(slots=True)
class Link:
    """Another selection: what it is called, how many it leaves (0: not counted), its query string."""

    label: str
    query: str
    count: int = 0

    @property
    def address(self) -> str:
        """Where it leads from the page that it stands on."""
        return f"?{self.query}"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The links that narrow a search by one field."""

    name: str
    links: list[Link]


def narrowings(given: QueryDict, facets: Iterable[Facet]) -> list[Narrowing]:
    """A link for each option of the facets whose field is still open."""
    kept = with_fields(given, {})
    head = f"{kept}&" if kept else ""
    return [
        Narrowing(
            _NAMES[facet.name], [Link(each.label, head + _query(each.fields), each.count) for each in facet.options]
        )
        for facet in facets
        if facet.options and not any(map(given.get, facet.options[0].fields))  # which are the same of each option
    ]


def chosen(given: QueryDict, names: Iterable[str]) -> list[Link]:
    """A link for each field in use, but the words, that takes it away."""
    return [
        Link(f"{name}: {given[name]}", with_fields(given, {name: ""}))
        for name in names
        if name != "q" and given.get(name)
    ]


def with_fields(given: QueryDict, fields: Mapping[str, str]) -> str:
    """The query string of what is given with these fields set, or (empty) taken away; it opens at the first page."""
    both = {**given.dict(), **fields}
    return urlencode({name: str(value) for name, value in both.items() if value and name not in _PLACE})


def _query(fields: Mapping[str, str]) -> str:
    """The fields of an option as part of a query string: slugs and years, which need no quoting."""
    return "&".join([f"{name}={value}" for name, value in fields.items()])
