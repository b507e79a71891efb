"""The figures of a measurement: kept beside the archive they were taken on, and set out as tables in Markdown."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Measured:
    """One kind of page: milliseconds on a processor, and until the answer came; and its queries."""

    page: str
    cost: float
    median: float
    p95: float
    queries: int


def keep(measured: Sequence[Measured], file: Path) -> None:
    """Write the figures down, in place of those taken of the same pages before."""
    known = {one.page: one for one in (kept(file) if file.exists() else [])}
    known |= {one.page: one for one in measured}
    file.write_text(json.dumps([asdict(one) for one in known.values()], indent=1))


def kept(file: Path) -> list[Measured]:
    """The figures written down. Raises FileNotFoundError where none were."""
    return [Measured(**one) for one in json.loads(file.read_text())]


def table(measured: Sequence[Measured]) -> str:
    """Each page beside the first, which is the constant view."""
    unit = measured[0]
    return _table(
        ["page", "cost, ms", "over the constant view", *_TIMES],
        [[one.page, f"{one.cost:.2f}", f"{one.cost / unit.cost:.1f}", *_times(one, unit)] for one in measured],
    )


def growth_table(small: Sequence[Measured], large: Sequence[Measured], sizes: tuple[int, int]) -> str:
    """What was measured on an archive of one size beside the same on a larger one, and how much more it costs there."""
    before = {one.page: one for one in small}
    unit, unit_too = small[0], large[0]
    less, more = (f"{size:,}" for size in sizes)
    return _table(
        ["page", f"{less}: cost, ms", f"{more}: cost, ms", "growth", f"over the constant view, {less}", f"at {more}",
         *(f"{more}: {_TIMES[0]}", *_TIMES[1:])],
        [
            [
                one.page,
                f"{before[one.page].cost:.1f}",
                f"{one.cost:.1f}",
                f"{one.cost / before[one.page].cost:.2f}",
                f"{before[one.page].cost / unit.cost:.1f}",
                f"{one.cost / unit_too.cost:.1f}",
                *_times(one, unit_too),
            ]
            for one in large
            if one.page in before
        ],
    )  # fmt: skip


# Of both times, how many medians of the constant view they are.
_TIMES = ["median, ms", "over the constant view", "p95, ms", "over the constant view", "queries"]


def _times(one: Measured, unit: Measured) -> list[str]:
    return [
        f"{one.median:.2f}",
        f"{one.median / unit.median:.1f}",
        f"{one.p95:.1f}",
        f"{one.p95 / unit.median:.1f}",
        str(one.queries),
    ]


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---", *["--:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
