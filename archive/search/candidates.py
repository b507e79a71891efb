"""Which plan a search takes: by how many match, so that neither a rare word nor a common one is slow.

Up to `FEW` matches are found first and sorted then, and their number is exact. More than that lie so close together
in the order of dates that walking it from the newest on meets enough of them soon; their number is not counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from archive.models.article import ArticleQuerySet
from archive.models.quote import QuoteQuerySet

FEW = 1_000

Rows = TypeVar("Rows", ArticleQuerySet, QuoteQuerySet)


@dataclass(frozen=True, slots=True)
class Candidates(Generic[Rows]):
    """What matches, not yet in order; how many, or `more` than that many; the ids of all or of that many of them."""

    rows: Rows
    count: int
    more: bool
    ids: Sequence[int]


def candidates(matching: Rows) -> Candidates[Rows]:
    """Look how many match, up to a bound, and choose the plan. One query that gives ids alone."""
    ids = list(matching.order_by().values_list("pk", flat=True)[: FEW + 1])
    if len(ids) > FEW:
        return Candidates(matching, FEW, more=True, ids=ids[:FEW])
    return Candidates(matching.model.objects.public().filter(pk__in=ids), len(ids), more=False, ids=ids)
