"""A histogram of years, drawn as SVG by the server from the kept counts. Each of its bars leads somewhere."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from archive.models.address import address as path_of
from archive.site.kept_counts import CountsOfYear

HEIGHT = 48
STEP = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """One year: what it holds, where it leads, and its rectangle in the drawing's own units."""

    year: int
    count: int
    address: str
    x: int
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Histogram:
    """The bars of the years that hold something, over the whole span from the first to the last."""

    bars: tuple[Bar, ...]
    first: int
    last: int
    peak: Bar
    width: int
    height: int = HEIGHT
    bar_width: int = STEP - 2
    step: int = STEP

    @property
    def latest_first(self) -> tuple[Bar, ...]:
        """The bars, for a list of years."""
        return self.bars[::-1]


def histogram(tallies: Iterable[CountsOfYear], address: Callable[[int], str]) -> Histogram | None:
    """Draw the tallies of years (articles and quotes together), each leading to the address of its year.

    None where fewer than two years hold something.
    """
    counts = {tally.year: tally.articles + tally.quotes for tally in tallies if tally.articles + tally.quotes > 0}
    if len(counts) < 2:
        return None
    first, last, most = min(counts), max(counts), max(counts.values())
    bars = tuple(
        Bar(year, count, address(year), x=(year - first) * STEP, y=HEIGHT - height, height=height)
        for year, count in sorted(counts.items())
        for height in [max(2, round(HEIGHT * count / most))]
    )
    peak = max(bars, key=lambda bar: bar.count)
    return Histogram(bars, first, last, peak, width=(last - first + 1) * STEP - 2)


def at_year(year: int) -> str:
    """The address that opens the same list at the last item of a year: see `archive.site.paging`."""
    return f"?year={year}"


def page_of_year(year: int) -> str:
    """The address of all articles of a year."""
    return path_of("articles-of-year", year)
