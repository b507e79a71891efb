"""The figures of a measurement: kept beside the archive they were taken on, and set out as tables in Markdown."""

import json
from collections.abc import Mapping, Sequence
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


def growth_table(by_size: Mapping[int, Sequence[Measured]]) -> str:
    """What was measured on archives of several sizes, the smallest first: how much more it costs in the largest.

    Medians are told as how many medians of the constant view of the same run they are; growth is between those.
    """
    over = {size: {one.page: one.median / measured[0].median for one in measured} for size, measured in by_size.items()}
    first, *others = over.values()
    largest, measured = list(by_size.items())[-1]
    heads = [f"{size:,}" for size in by_size]
    return _table(
        ["page", f"over the constant view, {heads[0]}", *heads[1:], "growth", f"{largest:,}: cost, ms",
         "median, ms", "p95, ms", "queries"],
        [
            [
                one.page,
                *(f"{of_size[one.page]:.1f}" for of_size in over.values()),
                f"{over[largest][one.page] / first[one.page]:.2f}",
                f"{one.cost:.1f}",
                f"{one.median:.1f}",
                f"{one.p95:.1f}",
                str(one.queries),
            ]
            for one in measured
            if all(one.page in of_size for of_size in (first, *others))
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
