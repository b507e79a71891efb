"""Paging by key: the next page begins after the last row shown, so the thousandth page costs what the first does.

A page's address names the row it follows, `?older=2017-01-31T00:00:00_4711`, and stays right while the archive grows.
`?year=1969` opens a list at the last item of that year. A key that no page of ours has written is not found (404).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, Protocol, TypeVar

from django.db import models
from django.db.models import Expression, F, Func, Q, Value
from django.db.models.lookups import GreaterThan, GreaterThanOrEqual, LessThan, LessThanOrEqual
from django.http import Http404, QueryDict
from django.utils.http import urlencode

ROWS = 20

_KEY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{6})?)((?:_[0-9]{1,18})+)")
_EARLIEST = datetime.min.replace(tzinfo=UTC)
_PLACES = ("older", "newer", "year")
_YEAR = re.compile(r"[12][0-9]{3}")
_NAME = re.compile(r"[^\x00-\x1f\x7f]{1,250}")

Item = TypeVar("Item")
Model = TypeVar("Model", bound=models.Model)


class Row(Func):
    """Several columns compared as one: SQL's row comparison, which one range of an index answers."""

    function = "ROW"
    output_field = models.BooleanField()


@dataclass(frozen=True, slots=True)
class NewestFirst:
    """An order by `published_at`, latest first; equal dates by the `falling` columns, then by the `rising` ones."""

    falling: tuple[str, ...]
    rising: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns, which together no two rows share."""
        return ("published_at", *self.falling, *self.rising)

    def place_of(self, row: object) -> tuple[Any, ...]:
        """The place of a row in this order."""
        return tuple(getattr(row, column) for column in self.columns)

    def place_at(self, moment: datetime) -> tuple[Any, ...]:
        """The place beyond which all that is older than a moment lies."""
        return (moment, *(0 for _ in self.columns[1:]))

    def key_of(self, row: object) -> str:
        """The place of a row in this order, as an address can carry it."""
        published_at, *others = self.place_of(row)
        return "_".join([published_at.astimezone(UTC).replace(tzinfo=None).isoformat(), *map(str, others)])

    def read(self, key: str) -> tuple[Any, ...]:
        """The values of a key made by `key_of`; Http404 for anything else."""
        match = _KEY.fullmatch(key)
        try:
            at = datetime.fromisoformat(match[1]).replace(tzinfo=UTC) if match else None
        except ValueError:
            at = None
        if match is None or at is None or match[2].count("_") != len(self.columns) - 1:
            raise Http404(f"No page begins at {key!r}")
        return (at, *map(int, match[2].split("_")[1:]))

    def end_of(self, year: str) -> tuple[Any, ...]:
        """The place just after the last item of a year; Http404 where that is no year."""
        if not _YEAR.fullmatch(year):
            raise Http404(f"No page begins with the year {year!r}")
        return self.place_at(datetime(int(year) + 1, 1, 1, tzinfo=UTC))

    def looks_from(self, place: tuple[Any, ...], *, older: bool) -> datetime:
        """The date from which on rows beyond a place lie: where none of its own moment does, the moment before."""
        at: datetime = place[0]
        if older and not any(place[1:]) and at > _EARLIEST:
            return at - datetime.resolution
        return at

    def sorted(self, rows: "models.QuerySet[Model, Any]", *, backwards: bool = False) -> "models.QuerySet[Model, Any]":
        """The rows in this order, or from the oldest on."""
        falling = [("" if backwards else "-") + column for column in ("published_at", *self.falling)]
        return rows.order_by(*falling, *(("-" if backwards else "") + column for column in self.rising))

    def beyond(self, place: tuple[Any, ...], *, older: bool) -> Q:
        """The condition for what comes after a place in this order, or (not `older`) before it."""
        head = len(self.falling) + 1
        columns, values = Row(*self.columns[:head]), _row(place[:head])
        if not self.rising:
            return Q(LessThan(columns, values) if older else GreaterThan(columns, values))
        # One range of the index up to the article, and within that article what lies on the wrong side taken out.
        within, reached = Row(*self.rising), _row(place[head:])
        same = dict(zip(self.columns[:head], place[:head], strict=True))
        if older:
            return Q(LessThanOrEqual(columns, values)) & ~Q(LessThanOrEqual(within, reached), **same)
        return Q(GreaterThanOrEqual(columns, values)) & ~Q(GreaterThanOrEqual(within, reached), **same)


def _row(values: tuple[Any, ...]) -> Row:
    return Row(*(value if isinstance(value, Expression | F) else _typed(value) for value in values))


def _typed(value: datetime | int) -> Value:
    kind = models.DateTimeField if isinstance(value, datetime) else models.BigIntegerField
    return Value(value, output_field=kind())


ARTICLES = NewestFirst(("id",))
QUOTES = NewestFirst(("article_id",), ("position", "id"))
FILED_ARTICLES = NewestFirst(("article_id",))
FILED_QUOTES = NewestFirst(("quote_id",))


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some rows of a list, and the query strings of the pages on either side (empty where there is none)."""

    items: list[Item]
    newer: str
    older: str
    is_first: bool


class Fetch(Protocol[Item]):
    """Gives at most `limit` rows beyond a place: the older ones, latest first, or the newer ones, earliest first."""

    def __call__(self, place: tuple[Any, ...] | None, *, older: bool, limit: int) -> list[Item]: ...


def page_of(rows: "models.QuerySet[Model]", order: NewestFirst, given: QueryDict, *, size: int = ROWS) -> Page[Model]:
    """The page of a list of models that a query string asks for, as `page_by` says."""

    def fetch(place: tuple[Any, ...] | None, *, older: bool, limit: int) -> list[Model]:
        beyond = rows.filter(order.beyond(place, older=older)) if place else rows
        return list(order.sorted(beyond, backwards=not older)[:limit])

    return page_by(fetch, order, given, size=size)


def page_by(fetch: Fetch[Item], order: NewestFirst, given: QueryDict, *, size: int = ROWS) -> Page[Item]:
    """The page that a query string asks for: `older`, `newer` or `year`; without them the newest rows.

    Costs one query of `size` + 1 rows; a second one only where nothing is newer than a key any more.
    """

    def link(direction: str, key: str) -> str:
        return _query(given, direction, key)

    if newer := given.get("newer"):
        place = order.read(newer)
        found = fetch(place, older=False, limit=size + 1)
        items = found[:size][::-1]
        if items:
            up = link("newer", order.key_of(items[0])) if len(found) > size else ""
            return Page(items, newer=up, older=link("older", order.key_of(items[-1])), is_first=not up)

    place_below: tuple[Any, ...] | None = None
    if older := given.get("older"):
        place_below = order.read(older)
    elif year := given.get("year"):
        place_below = order.end_of(year)
    found = fetch(place_below, older=True, limit=size + 1)
    items = found[:size]
    up = ""
    if place_below:
        up = link("newer", order.key_of(items[0]) if items else _key(place_below))
    return Page(
        items,
        newer=up,
        older=link("older", order.key_of(items[-1])) if len(found) > size else "",
        is_first=not place_below,
    )


def older_than(order: NewestFirst, moment: datetime, given: QueryDict) -> str:
    """The query string of the page of what is older than a moment."""
    return _query(given, "older", _key(order.place_at(moment)))


def _query(given: QueryDict, direction: str, key: str) -> str:
    kept = [(name, value) for name, values in given.lists() if name not in _PLACES for value in values]
    return urlencode([*kept, (direction, key)])


def _key(place: tuple[Any, ...]) -> str:
    return "_".join([place[0].replace(tzinfo=None).isoformat(), *map(str, place[1:])])


@dataclass(frozen=True, slots=True)
class NamesPage(Generic[Item]):
    """Some rows of an alphabetical list, and the query string of the page that follows (empty where none does)."""

    items: list[Item]
    following: str
    is_first: bool


class Listed(Protocol):
    """A row of an alphabetical list."""

    @property
    def listed_at(self) -> str:
        """Its place in the list."""


Name = TypeVar("Name", bound=Listed)


def page_by_name(fetch: Callable[[str, int], list[Name]], given: QueryDict, *, size: int) -> NamesPage[Name]:
    """The page of an alphabetical list that `?from=` asks for: a place in the list, or its first letters.

    `fetch` gives so many rows from a place on; where a page ends among equals, they begin the next one too.
    """
    start = given.get("from", "")
    if start and not _NAME.fullmatch(start):
        raise Http404(f"No page begins at {start!r}")
    found = fetch(start, size + 1)
    following = urlencode({"from": found[size].listed_at}) if len(found) > size else ""
    return NamesPage(found[:size], following, is_first=not start)
