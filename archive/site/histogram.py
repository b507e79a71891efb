"""A histogram of years, drawn as SVG by the server from the kept counts. Each of its bars leads somewhere."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from markupsafe import Markup

from archive.models.address import address as path_of
from archive.site.compiling import escaped
from archive.site.kept_counts import CountsOfYear

# In the drawing's own units.
HEIGHT = 48
STEP = 8
BAR = 6
# What leads to a year reaches from top to bottom; a bar of each height, of which none is too low to be seen.
_REACH = f'y="0" width="{STEP}" height="{HEIGHT}"'
_BARS = [
    f'y="{HEIGHT - height}" width="{BAR}" height="{height}"' for height in (max(2, each) for each in range(HEIGHT + 1))
]


class Bar(NamedTuple):
    """One year: what it holds, and where it leads."""

    year: int
    holds: int
    address: str


@dataclass(frozen=True, slots=True)
class Histogram:
    """The bars of the years that hold something, the earliest first, over the whole span from the first to the last."""

    bars: list[Bar]
    peak: Bar
    height: int = HEIGHT

    @property
    def first(self) -> int:
        return self.bars[0].year

    @property
    def last(self) -> int:
        return self.bars[-1].year

    @property
    def width(self) -> int:
        return (self.last - self.first) * STEP + BAR

    def drawn(self, year: str | None = None) -> Markup:
        """The bars as links around rectangles, that of the year the reader is at told from the others.

        Written here and not in a template: there are up to two hundred, of numbers, and on pages asked for most.
        """
        first, most, here = self.first, self.peak.holds, ' class="here"'
        drawn = [
            f'<a href="{escaped(address)}" tabindex="-1"><title>{at}: {holds:,}</title>'
            f'<rect class="reach" x="{(x := (at - first) * STEP)}" {_REACH}></rect>'
            f'<rect{here if year and str(at) == year else ""} x="{x}" {_BARS[round(HEIGHT * holds / most)]}></rect>'
            "</a>\n"
            for at, holds, address in self.bars
        ]
        return Markup("".join(drawn))  # noqa: S704 (numbers, and an address that is escaped)

    def listed(self, year: str | None = None) -> Markup:
        """The same links as items of a list, the latest year first."""
        here = ' aria-current="true"'
        items = [
            f'<li><a href="{escaped(address)}"{here if year and str(at) == year else ""}>{at}</a></li>\n'
            for at, _, address in reversed(self.bars)
        ]
        return Markup("".join(items))  # noqa: S704 (numbers, and an address that is escaped)


def histogram(tallies: Iterable[CountsOfYear], address: Callable[[int], str]) -> Histogram | None:
    """Draw the tallies of years (articles and quotes together), each leading to the address of its year.

    None where fewer than two years hold something.
    """
    bars = sorted(
        Bar(each.year, holds, address(each.year)) for each in tallies if (holds := each.articles + each.quotes) > 0
    )
    return Histogram(bars, peak=max(bars, key=attrgetter("holds"))) if len(bars) > 1 else None


def at_year(year: int) -> str:
    """The address that opens the same list at the last item of a year: see `archive.site.paging`."""
    return f"?year={year}"


def page_of_year(year: int) -> str:
    """The address of all articles of a year."""
    return path_of("articles-of-year", year)
