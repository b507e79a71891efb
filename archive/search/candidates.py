"""Which matches a search looks at, so that neither a rare word nor a common one is slow.

Up to `FEW` matches are found all, and their number is exact. Of more than that only the newest are looked at, slice of
time by slice (`slices`): the index that holds the words holds the months, too, so that what lies elsewhere is not read.
PostgreSQL's own estimate of how many match chooses the way; where it errs, the way is longer, never wrong.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from django.db.models import F, Q

from archive.models import Quote, Tally
from archive.models.article import ArticleQuerySet
from archive.models.quote import QuoteQuerySet
from archive.models.searched import Slices
from archive.search.slices import ALL_OF_TIME, widening
from archive.search.words import in_slices

FEW = 1_000
# For a page of a few rows so many matches are aimed at: estimates err, and a second look costs more than a wide one.
PAGES = 150
# Of so many, spread over the candidates, it is counted what they are about where there are more than candidates hold.
SAMPLE = 333

Rows = TypeVar("Rows", ArticleQuerySet, QuoteQuerySet)


@dataclass(frozen=True, slots=True)
class Candidates(Generic[Rows]):
    """What matches; the ids of all of it or, where there is `more`, of the newest `FEW`; either way newest first."""

    matching: Rows
    ids: Sequence[int]
    more: bool
    since: datetime | None = (
        None  # what is older than this has not been looked through; None: all has, as far as needed
    )

    @property
    def count(self) -> int:
        """How many are known to match."""
        return len(self.ids)

    @property
    def sample(self) -> Sequence[int]:
        """What is counted of their topics, people, sources and years: all where these are all, else a part."""
        return self.ids[:: FEW // SAMPLE] if self.more else self.ids


def candidates(matching: Rows, *, latest: datetime | None = None) -> Candidates[Rows]:
    """Find the candidates of a search; `latest` is the moment that readers let them end with, where there is one."""
    expected = _expected(matching)
    if expected <= 2 * FEW:
        ids = list(_newest_first(matching).values_list("pk", flat=True)[: FEW + 1])
        return Candidates(matching, ids[:FEW], more=len(ids) > FEW)
    looked = _in_slices(matching, expected, many=FEW + 1, enough=(FEW + 1) // 2, start=latest)
    return Candidates(matching, looked.ids[:FEW], not looked.at_all or len(looked.ids) > FEW, looked.since)


def nearest(matching: Rows, beyond: Q, *, start: datetime, older: bool, many: int) -> "Looked":
    """The `many` matches next to a place in the order of dates.

    `beyond` is the condition of lying on the wanted side of it, `start` the date from which on anything does: after a
    search that came as far as `since`, the moment before, or the same month is looked through for ever.
    """
    wanted = matching.filter(beyond)
    return _in_slices(wanted, _expected(matching), many=many, enough=many, start=start, older=older)


@dataclass(frozen=True, slots=True)
class Looked:
    """Some matches, nearest first; whether all of time was looked through; from when on, where that was too little."""

    ids: list[int]
    at_all: bool
    since: datetime | None = None


def _expected(matching: Rows) -> int:
    """How many rows PostgreSQL expects, by its statistics: a plan is made and not carried out."""
    plan = matching.order_by().values("pk").explain(format="json")
    return int(json.loads(plan)[0]["Plan"]["Plan Rows"]) if plan else 0


def _in_slices(
    matching: Rows, expected: int, *, many: int, enough: int, start: datetime | None, older: bool = True
) -> Looked:
    """The newest matches or the oldest: up to `many` of them, and at least `enough` if there are, with no gap."""
    ids: list[int] = []
    part = ALL_OF_TIME
    for part in widening(_per_year(matching), expected, wanted=max(many, PAGES), start=start, older=older):
        rows = matching if part == ALL_OF_TIME else matching.filter(in_slices(_slices_of(matching), part.names))
        ids = list(_newest_first(rows, backwards=not older).values_list("pk", flat=True)[:many])
        if part == ALL_OF_TIME:
            return Looked(ids, at_all=True)
        if len(ids) >= enough:
            return Looked(ids, at_all=False)
    return Looked(ids, at_all=False, since=part.reaches)


def _per_year(matching: Rows) -> dict[int, int]:
    """How many items of this kind each year has."""
    kind = "quotes" if matching.model is Quote else "articles"
    tallies = Tally.objects.of(Tally.Subject.ARCHIVE, 0).by_year()
    return dict(tallies.filter(**{f"{kind}__gt": 0}).values_list("year", kind))


def _slices_of(matching: Rows) -> Slices:
    return Slices("published_at") if matching.model is Quote else Slices("published_at", "language")


def _newest_first(rows: Rows, *, backwards: bool = False) -> Rows:
    """Sorted by date, in a way that no index of dates can answer: walking one would look into every text it passes."""
    at = F("published_at") + timedelta(0)
    ids = ("article_id", "position", "id") if rows.model is Quote else ("id",)
    if backwards:
        return rows.order_by(at.asc(), ids[0], *(f"-{column}" for column in ids[1:]))
    return rows.order_by(at.desc(), f"-{ids[0]}", *ids[1:])
