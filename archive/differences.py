"""Two versions of a text, word by word: what was taken out, what was put in, with the words around it."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile

# Words shown before and after a difference.
AROUND = 6
# Places shown of one text; the rest are counted.
PLACES = 4
# Of so many words between the first difference and the last, nobody compares one by one. It bounds the work, too.
AT_MOST = 300


@dataclass(frozen=True, slots=True)
class Part:
    """Words that stayed, or one change: words taken out (`old`) and put in (`new`) at the same place."""

    same: str = ""
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class Differences:
    """The places where two texts differ, and how many more there are. No places: they differ too much to be shown."""

    places: list[list[Part]]
    more: int


def differences(before: str, after: str) -> Differences:
    """The differences of two texts; the spaces between words do not matter."""
    old, new = before.split(), after.split()
    begin = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    shorter = min(len(old), len(new)) - begin
    ends = zip(old[: -shorter - 1 : -1], new[: -shorter - 1 : -1], strict=True)
    end = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], ends))
    if max(len(old), len(new)) - begin - end > AT_MOST:
        return Differences([], 0)
    # What is the same on both sides need not be compared, only shown as far as it is around a difference.
    begin, end = max(0, begin - AROUND), max(0, end - AROUND)
    old, new = old[begin : len(old) - end], new[begin : len(new) - end]
    groups = SequenceMatcher(a=old, b=new, autojunk=False).get_grouped_opcodes(AROUND)
    places = [list(_parts(old, new, codes)) for codes in groups]
    return Differences(places[:PLACES], len(places[PLACES:]))


def _parts(old: list[str], new: list[str], codes: list[tuple[str, int, int, int, int]]) -> Iterator[Part]:
    for tag, i, j, k, m in codes:
        was, became = " ".join(old[i:j]), " ".join(new[k:m])
        yield Part(same=was) if tag == "equal" else Part(old=was, new=became)
