"""Counts that stop at a bound, so that no page's cost grows with the archive: “712”, or “10,000+”."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.models import QuerySet

COUNTED = 10_000


def count_up_to(bound: int, rows: "QuerySet[Any, Any]", *order: str) -> int:
    """How many rows there are, counted up to one beyond the bound; in an order, where they are found sooner in it."""
    return rows.order_by(*order)[: bound + 1].count()


def in_words(number: int, bound: int) -> str:
    """The number, or that there are more than the bound up to which they were counted."""
    return f"{number:,}" if number <= bound else f"{bound:,}+"
