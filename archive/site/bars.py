"""Bars side by side: how many articles each of a few things has, drawn as SVG by the server from the kept counts."""

from collections.abc import Iterable
from dataclasses import dataclass

from archive.models import Source
from archive.site.vocabulary import TopicNode

WIDTH = 100


@dataclass(frozen=True, slots=True)
class Bar:
    """A topic or source, how many articles it has, and the length of its bar, of `WIDTH`."""

    item: TopicNode | Source
    count: int
    length: int


def bars(counted: Iterable[tuple[TopicNode | Source, int]]) -> list[Bar]:
    """The bars of those that have any, the longest first, equals by name; each long enough to be seen."""
    some = sorted((each for each in counted if each[1]), key=lambda each: (-each[1], str(each[0])))
    return [Bar(item, count, max(1, round(WIDTH * count / some[0][1]))) for item, count in some]
