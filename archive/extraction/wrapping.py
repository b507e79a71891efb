"""Wrapped lines: line breaks that only end a full line, not a paragraph, as mail and plain text files have them."""

import re
from itertools import pairwise

WIDEST = 120
"""Characters of the longest line of a text that is wrapped; longer lines are paragraphs."""

_LINE = re.compile(r"[^\r\n]+")
_LEFT_OPEN = re.compile(r"(?:^|[\s(—–])[“\"](?=\S)[^“”\"]*[\w,;]$")
_CLOSED_FIRST = re.compile(r"[^“”\"]*\S[”\"]")


def unwrapped(text: str) -> str:
    """The text with spaces for the breaks of wrapped lines: every other character stays where it is.

    A line that begins with a small letter goes on with the line above, and so does one that closes the quotation mark
    which an unfinished line above it opens. In a text with such lines, so does one whose first word had no room on the
    line above. Blank lines always part paragraphs.
    """
    lines = [match.span() for match in _LINE.finditer(text)]
    breaks = [
        (line, following)
        for line, following in pairwise(lines)
        if text[line[1] : following[0]] in ("\n", "\r\n", "\r")
        and not text[line[0] : line[1]].isspace()
        and not text[following[0] : following[1]].isspace()
    ]
    inside = [_goes_on(text[slice(*line)], text[slice(*following)]) for line, following in breaks]
    if not any(inside):
        return text
    width = max(end - start for start, end in lines)
    parts = []
    at = 0
    for (line, following), soft in zip(breaks, inside, strict=True):
        if soft or (width <= WIDEST and _fills_its_line(text[slice(*line)], text[slice(*following)], width)):
            parts += [text[at : line[1]], " " * (following[0] - line[1])]
            at = following[0]
    return "".join((*parts, text[at:]))


def _goes_on(line: str, following: str) -> bool:
    """Whether a line is the middle of a sentence that the next line goes on with."""
    return following.lstrip()[0].islower() or bool(_LEFT_OPEN.search(line) and _CLOSED_FIRST.match(following))


def _fills_its_line(line: str, following: str, width: int) -> bool:
    """Whether the first word of the next line had no room on this one."""
    return len(line.rstrip()) + 1 + len(following.split(maxsplit=1)[0]) > width
