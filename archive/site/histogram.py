"""A histogram of years, drawn as SVG by the server from the kept counts. Each of its bars leads somewhere."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from archive.models.address import address as path_of
from archive.site.kept_counts import CountsOfYear

HEIGHT = 48
STEP = 8


@dataclass(slots=True)
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

    def drawn(self, year: str | None = None) -> Markup:
        """The bars as links around rectangles, that of the year the reader is at told from the others.

        Written here and not in a template: there are up to two hundred, of numbers, and on pages asked for most.
        """
        here, reach = ' class="here"', f'y="0" width="{self.step}" height="{self.height}"'
        drawn = "".join(
            f'<a href="{escape(bar.address)}" tabindex="-1"><title>{bar.year}: {bar.count:,}</title>'
            f'<rect class="reach" x="{bar.x}" {reach}></rect>'
            f'<rect{here if str(bar.year) == year else ""} x="{bar.x}" y="{bar.y}" width="{self.bar_width}"'
            f' height="{bar.height}"></rect></a>\n'
            for bar in self.bars
        )
        return Markup(drawn)  # noqa: S704 (numbers, and an address that is escaped)

    def listed(self, year: str | None = None) -> Markup:
        """The same links as items of a list, the latest year first."""
        here = ' aria-current="true"'
        items = "".join(
            f'<li><a href="{escape(bar.address)}"{here if str(bar.year) == year else ""}>{bar.year}</a></li>\n'
            for bar in reversed(self.bars)
        )
        return Markup(items)  # noqa: S704 (numbers, and an address that is escaped)


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
