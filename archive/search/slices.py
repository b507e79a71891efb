"""Slices of time in which a search looks, the nearest first, each as wide as it takes to find what is still wanted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

Month = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Slice:
    """Some months on end, and how many items the archive has in them."""

    months: tuple[Month, ...]
    items: float

    @property
    def names(self) -> list[str]:
        """The years and months as `archive_slices` names them, whole years as one."""
        names = []
        for year, of_year in groupby(self.months, key=lambda month: month[0]):
            numbers = [month for _, month in of_year]
            names += [str(year)] if len(numbers) == 12 else [f"{year}-{month:02}" for month in numbers]
        return names

    @property
    def reaches(self) -> datetime:
        """The first moment of the last month that came in."""
        return datetime(*self.months[-1], 1, tzinfo=UTC)


class Slices:
    """The time that a search has yet to look through, from a place on to the past, or to the present.

    `per_year` says how many items each year has; within a year they are taken for evenly spread, in the last one until
    the `latest` item. Nothing before `begin` or after `end` comes in.
    """

    def __init__(
        self,
        per_year: Mapping[int, int],
        *,
        latest: datetime | None = None,
        begin: datetime | None = None,
        end: datetime | None = None,
        older: bool = True,
    ) -> None:
        first = (begin.year, begin.month) if begin else (0, 0)
        last = (end.year, end.month) if end else (9999, 12)
        self.months = [
            (year, month)
            for year in sorted(per_year, reverse=older)
            for month in (range(12, 0, -1) if older else range(1, 13))
            if first <= (year, month) <= last
        ]
        self.per_year, self.latest = per_year, latest
        self.longest = len(self.months)

    def __bool__(self) -> bool:
        return bool(self.months)

    def take(self, items: float) -> Slice:
        """The next slice, with so many items or, where that is less, one month; to be asked while there are months."""
        taken, within = 0.0, 0
        while within < min(len(self.months), self.longest) and (taken < items or not within):
            taken += self._items(*self.months[within])
            within += 1
        part = Slice(tuple(self.months[:within]), taken)
        self.months = self.months[within:]
        self.longest = len(self.months)
        return part

    def give_back(self, part: Slice) -> None:
        """Let the next slice begin where this one did, which was the last, and have half as many months at most.

        However its items lie, all of them in its last month perhaps, so it comes to a single month in the end.
        """
        self.months = [*part.months, *self.months]
        self.longest = max(len(part.months) // 2, 1)

    def _items(self, year: int, month: int) -> float:
        """How many items a month should have; the time after the latest is passed through at no price."""
        if self.latest and self.latest.year == year:
            return self.per_year[year] / self.latest.month if month <= self.latest.month else 0.0
        return self.per_year[year] / 12
