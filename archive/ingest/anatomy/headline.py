"""Headline: the first line where it looks like one, else made from the first words."""

import re

from archive.ingest.anatomy.byline import is_byline
from archive.ingest.anatomy.dateline import split_dateline

LONGEST = 200
MOST_WORDS = 30
MADE_OF = 12
_SENTENCE_END = re.compile(r"[^.][.]['’\"”]?$")
_UNFINISHED = re.compile(r"[:,;—–-]$|\b(?:and|or|of|the|a|an|to|in|for|with|that)$")


def looks_like_headline(line: str, *, apart: bool) -> bool:
    """Whether the first line of a text is its headline.

    A sentence with its full stop may be one where it is short, or where the text follows on the very next line
    (`apart` is false), as no first paragraph would stand.
    """
    words = line.split()
    if not re.search(r"\w", line) or "\n" in line or len(line) > LONGEST or len(words) > MOST_WORDS:
        return False
    if (apart and is_byline(line)) or split_dateline(line)[0] or _UNFINISHED.search(line):
        return False
    return not (_SENTENCE_END.search(line) and apart and len(words) > MADE_OF)


def headline_from(body: str) -> str:
    """The first words of a body, up to the end of its first sentence where that is near."""
    first = body.removeprefix("## ").split("\n", 1)[0]
    words = first.split()
    if len(words) <= MADE_OF:
        return " ".join(words)
    return " ".join(words[:MADE_OF]).rstrip(",;:—–- ") + "…"
