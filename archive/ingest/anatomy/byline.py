"""Byline: a line of its own, such as “By Jessica Barnett”."""

import re

_NAME = r"(?:[A-ZÀ-Þ][\w.’'-]*|de|da|del|der|den|van|von|la|le|al|bin|ibn)"
_BYLINE = re.compile(
    rf"(?:By|BY|Written by|Story by|Words by)[: ] ?(?P<names>[A-ZÀ-Þ][\w.’'-]*(?: {_NAME}){{0,5}}\b.*)", re.DOTALL
)
LONGEST = 250
# Above a byline stand at most a standfirst, or a picture's caption and its credit.
BELOW_THE_HEADLINE = 2
SEARCHED_AT_THE_TOP = 3
SEARCHED_AT_THE_END = 6


def is_byline(line: str) -> bool:
    """Whether a line is a byline and nothing else."""
    return _names(line) != ""


def take_byline(paragraphs: list[str]) -> tuple[str, list[str]]:
    """The byline, without “By”, and the paragraphs without it.

    It stands at the top, or is the only one of the text and near its end: several further down belong to the stories
    of a round-up.
    """
    places = [index for index, paragraph in enumerate(paragraphs) if is_byline(paragraph)]
    if not places:
        return "", paragraphs
    first = places[0]
    at_the_end = first >= len(paragraphs) - SEARCHED_AT_THE_END
    if first < BELOW_THE_HEADLINE or (len(places) == 1 and (first < SEARCHED_AT_THE_TOP or at_the_end)):
        return _names(paragraphs[first]), paragraphs[:first] + paragraphs[first + 1 :]
    return "", paragraphs


def _names(line: str) -> str:
    """The names of a byline; empty where the line is none."""
    if len(line) > LONGEST or "\n" in line:
        return ""
    match = _BYLINE.fullmatch(line.strip())
    # “By Tuesday the ship had gone.” is a sentence; “Greenbelt, Md.” ends with a full stop too, after fewer letters.
    if match is None or re.search(r"[a-z]{4,}[.!?]['’\"”]?$", line.strip()):
        return ""
    return match["names"].strip()
