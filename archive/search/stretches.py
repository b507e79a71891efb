"""The stretch of a long text where the words of a search seem to stand nearest to each other.

To mark words, PostgreSQL takes all of a text apart and stems each word of it: 0.09 ms for a thousand characters, which
for a page of long texts is more than all else that a search does. Where they should stand is found by letters alone.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

# Characters of a stretch, and how many of them stand before the first word.
LENGTH, LEAD = 800, 100
# So many letters of a word's end may differ in the text, but not these first ones.
ENDING, BEGINNING = 3, 3
# So many words are looked for, and so many places of each.
MOST_WORDS, PLACES = 8, 30


def stretch(text: str, words: Sequence[str]) -> str:
    """The first of the stretches in which the most of the words begin; all of a short text, or of one without them."""
    if len(text) <= LENGTH:
        return text
    lower = text.lower()
    wanted = [*dict.fromkeys(word.lower() for word in words)][:MOST_WORDS]
    places = sorted((place, word) for word in wanted for place in _places(lower, word))
    if not places:
        return text
    within = LENGTH - 2 * LEAD
    begin = _fullest(places, within)
    # From the beginning of a word to the end of one.
    first = (text.find(" ", begin - LEAD, begin) + 1 or begin) if begin > LEAD else 0
    last = text.rfind(" ", begin + within, first + LENGTH)
    return text[first : last if last > 0 else first + LENGTH]


def _fullest(places: Sequence[tuple[int, str]], within: int) -> int:
    """The first of the places from which on the most words stand within so many characters."""
    best, most, end = 0, 0, 0
    standing: Counter[str] = Counter()
    for begin, word in places:
        while end < len(places) and places[end][0] < begin + within:
            standing[places[end][1]] += 1
            end += 1
        if len(+standing) > most:
            best, most = begin, len(+standing)
        standing[word] -= 1
    return best


def _places(text: str, word: str) -> list[int]:
    """Where a word begins, in this form or else in one that ends otherwise."""
    for length in range(len(word), max(BEGINNING, len(word) - ENDING) - 1, -1):
        if places := list(islice(_begins(text, word[:length]), PLACES)):
            return places
    return []


def _begins(text: str, letters: str) -> Iterator[int]:
    """Where words begin with these letters."""
    place = text.find(letters)
    while place >= 0:
        if not (place and text[place - 1].isalnum()):
            yield place
        place = text.find(letters, place + 1)
