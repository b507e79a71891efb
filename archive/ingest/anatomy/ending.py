"""Ending: whether a text stops before its end, or is only a piece of a story."""

import re

# An ellipsis inside closing quotation marks is a speaker's, who trails off; outside it is the text's.
_BROKEN_OFF = re.compile(r"(?:\.\.\.|…|\[(?:\.\.\.|…)\]|\((?:\.\.\.|…)\))$")
_FROM_THE_MIDDLE = re.compile(
    r"[a-zß-ÿ]|(?:…|\.\.\.|\[…\])|(?:And|But|Or|Nor|Yet|However|Moreover|Furthermore|Therefore|Thus|Instead|"
    r"Of particular interest|They|He|She|His|Her|Their|These|Those|Such)\b,? "
)
SHORTEST_STORY = 150


def breaks_off(text: str) -> bool:
    """Whether a text stops at an ellipsis, as a teaser or a cut file does."""
    return bool(_BROKEN_OFF.search(text.rstrip()))


def is_fragment(body: str) -> bool:
    """Whether a body is a piece of a story: it begins in mid-thought, breaks off, or is one short paragraph.

    A brief of one paragraph is marked too; an editor who knows it to be whole clears the mark.
    """
    if breaks_off(body) or _FROM_THE_MIDDLE.match(body):
        return True
    return "\n\n" not in body and len(body.split()) < SHORTEST_STORY
