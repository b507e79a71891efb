"""Paragraphs of a text file: lines that were broken at a fixed width are joined, and nothing else is."""

import re
from collections.abc import Iterator
from itertools import pairwise

# Of typescript and mail, in characters; beyond the widest, a line is a whole paragraph.
NARROWEST_PAGE, WIDEST_PAGE = 40, 110
_BLANK = re.compile(r"\n[ \t]*\n\s*")
_ENDS = re.compile(r"[.!?:…]['’\"”)]*$")
_LIST_ITEM = re.compile(r"(?:[-*•–]|\d{1,2}[.)]) ")


def paragraphs(text: str) -> list[str]:
    r"""The paragraphs of a text whose lines end in `\n`. A line break that means something stays within one."""
    groups = [
        [line.rstrip() for line in group.split("\n")] for group in _BLANK.split(text.strip("\n")) if group.strip()
    ]
    width = _page_width(groups)
    found: list[str] = []
    for group in groups:
        found.extend(_joined(group, width) if width else _apart(group))
    return [paragraph for paragraph in (one.strip() for one in found) if paragraph]


def _page_width(groups: list[list[str]]) -> int:
    """The width at which lines were broken, in characters; 0 where they were not.

    Told by the lines that run on into the next: broken at a width, nearly all of them are full.
    """
    pairs = [pair for group in groups for pair in pairwise(group)]
    width = max((len(line) for line, _ in pairs), default=0)
    running_on = [pair for pair in pairs if not _ENDS.search(pair[0]) and not _LIST_ITEM.match(pair[1].lstrip())]
    if not NARROWEST_PAGE <= width <= WIDEST_PAGE or len(running_on) < 2:
        return 0
    return width if sum(_full(*pair, width) for pair in running_on) >= len(running_on) * 0.6 else 0


def _full(line: str, after: str, width: int) -> bool:
    """Whether the first word of the line after would not have fitted on this one."""
    word = after.split(maxsplit=1)
    # Ragged typescript stops a few characters early rather than divide a word.
    return len(line) + 1 + len(word[0] if word else "") > width - 6


def _joined(group: list[str], width: int) -> Iterator[str]:
    """Join full lines with the line after; an indented line begins a paragraph unless all are indented."""
    indents = [line[:1].isspace() for line in group]
    current = group[0]
    for (line, after), indented in zip(pairwise(group), indents[1:], strict=True):
        if indented and not all(indents[1:]):
            yield current
            current = after
        elif _full(line, after, width) and not _LIST_ITEM.match(after.lstrip()):
            # A hyphen at the end of a line stays: whether it was the word's own is not for us to say.
            current += ("" if re.search(r"\w-$", line) else " ") + after.strip()
        else:
            current += "\n" + after.strip()
    yield current


def _apart(group: list[str]) -> Iterator[str]:
    """Lines that are paragraphs of their own where any is too long for a page; else one block, as an address is."""
    if any(len(line) > WIDEST_PAGE for line in group):
        yield from group
    else:
        yield "\n".join(line.strip() for line in group)
