"""Slices of time in which a search looks, the nearest first and each wider than the one before, until enough is found.

How wide the first one is follows from how many matches are expected, and from how many items each year has. Where far
fewer turn up than expected, as of two frequent words that seldom stand side by side, the search stops somewhere and
says how far it came, for each text that holds both had to be read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

# Each slice is to hold so many times the matches of the one before.
WIDER = 4
# After so many times the matches wanted, by what was expected, no further slice is looked through.
PATIENCE = 8

Month = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Slice:
    """The years and months of one stretch of time, as `archive_slices` names them; all of time where there are none.

    `reaches` is the first moment of the last month that came in.
    """

    names: tuple[str, ...] = ()
    reaches: datetime | None = None


ALL_OF_TIME = Slice()


def widening(
    per_year: Mapping[int, int], expected: float, *, wanted: float, start: datetime | None = None, older: bool = True
) -> Iterator[Slice]:
    """The slices to look through, from `start` (None: the latest) to the past, or to the present.

    The last one is all of time, unless patience ends before.

    `per_year` says how many items each year has, and `expected` how many of all of them match.
    """
    share = expected / (sum(per_year.values()) or 1)
    within: list[Month] = []
    found, aim = 0.0, float(wanted)
    for month in _months(per_year, start, older=older):
        within.append(month)
        found += share * per_year[month[0]] / 12
        if found >= aim:
            yield Slice(tuple(_names(within)), datetime(*month, 1, tzinfo=UTC))
            if found >= wanted * PATIENCE:
                return
            aim = min(found * WIDER, wanted * PATIENCE)
    yield ALL_OF_TIME


def _months(per_year: Mapping[int, int], start: datetime | None, *, older: bool) -> Iterator[Month]:
    for year in sorted(per_year, reverse=older):
        for month in range(12, 0, -1) if older else range(1, 13):
            place = (year, month)
            if start is None or (place <= (start.year, start.month) if older else place >= (start.year, start.month)):
                yield place


def _names(months: list[Month]) -> Iterator[str]:
    """The names of some months in their order, whole years as one."""
    for year, of_year in groupby(months, key=lambda month: month[0]):
        numbers = [month for _, month in of_year]
        if len(numbers) == 12:
            yield str(year)
        else:
            yield from (f"{year}-{month:02}" for month in numbers)
