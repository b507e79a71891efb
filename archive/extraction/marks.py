"""Quotation marks: where marked words begin and end in a story.

Writers mix curly and straight marks, forget to close them, and open each paragraph of a long quote anew while closing
only the last. So a mark is read by what stands on either side of it first, and by its shape only where that leaves
a doubt; and pairing never crosses the end of a paragraph.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass

DOUBLE = '“”„‟"«»'
OPENING = "“„‟«"
OPENING_OR_STRAIGHT = OPENING + '"'
CLOSING = "”»"
SPACE = " \t\u00a0\u200b\u202a\u2009\u202f"

NICKNAME = re.compile('(?<=[ \u00a0][A-Z]\\.)[ \u00a0][“"][A-Z]\\w*[”"](?=[ \u00a0][A-Z])')
"""What somebody is called, marked within their name after an initial: “Ann J. “Tip” Lee”."""

_DOUBLE_MARK = re.compile(f"[{DOUBLE}]")
_SINGLE_INSTEAD = re.compile(r"[.,?!…]([’'])(?=[ \u00a0]+[A-Z])")
"""A single mark that closes words which a double one opened."""
_ATTRIBUTED = re.compile(r"[,?!][ \u00a0](?:said|says|added|adds|wrote|writes)[ \u00a0](?:[A-Z]|he |she |the |they )")
"""“…, said Lee”: an attribution that the writer left inside the marks."""
_SINGLE_OPENING = re.compile(r"(?:(?<=[\s(\[—–])|^)[‘'](?=[^\W_]|[¿¡…$])")
_SINGLE_CLOSING = re.compile(r"(?<=[^\s])[’'](?![^\W_])")
_PARAGRAPH = re.compile(r"[^\r\n]+")
_BEFORE_OPENING = frozenset("([{—–-/‘'" + SPACE)
_AFTER_CLOSING = frozenset(")]},.;:!?—–-/’'" + SPACE)


@dataclass(slots=True)
class Paragraph:
    """One line of a story that holds more than white space; `start` and `end` are offsets in the story."""

    number: int
    start: int
    end: int


@dataclass(slots=True, eq=False)
class Marked:
    """Words between quotation marks, `start` to `end` in code points without the marks and the space inside them."""

    start: int
    end: int
    opened_at: int
    """Where its opening mark stands."""
    closed_at: int
    """Just after its closing mark; the end of the paragraph where there is none."""
    closed: bool
    paragraph: int


def paragraphs_of(text: str) -> list[Paragraph]:
    """The paragraphs of an unwrapped story, in order: its lines, without those of white space."""
    found: list[Paragraph] = []
    for match in _PARAGRAPH.finditer(text):
        if not match[0].isspace():
            found.append(Paragraph(len(found), match.start(), match.end()))
    return found


def marked_words(text: str, paragraphs: list[Paragraph]) -> list[Marked]:
    """All words between quotation marks, in order, none inside another.

    Single marks count where the story uses no double ones (as British papers do); nested marks belong to the words.
    Two apostrophes in a row (as some old text archives have for a double mark) are not read as marks.
    """
    found: list[Marked] = []
    for paragraph in paragraphs:
        places = [match.start() for match in _DOUBLE_MARK.finditer(text, paragraph.start, paragraph.end)]
        if places:
            found.extend(_pair(text, paragraph, _of_speech(text, paragraph, places)))
    if found or "''" in text or _DOUBLE_MARK.search(text):
        return found
    for paragraph in paragraphs:
        found.extend(_pair_single(text, paragraph))
    return found


def _of_speech(text: str, paragraph: Paragraph, places: list[int]) -> list[int]:
    """The marks that do not belong to a nickname within a name, or to mark-up that was left in the text."""
    nicknames = [match.span() for match in NICKNAME.finditer(text, paragraph.start, paragraph.end)]
    of_names = {place for start, end in nicknames for place in (start + 1, end - 1)}
    return [
        place
        for place in places
        if place not in of_names and text[place + 1 : place + 2] != ">" and text[place - 1 : place] != "="
    ]


def _pair(text: str, paragraph: Paragraph, places: list[int]) -> list[Marked]:
    found: list[Marked] = []
    opened = -1
    depth = 0
    opening_inside = [_opens(text, place, paragraph, inside=True) for place in places]
    openings, closings = opening_inside.count(True), opening_inside.count(False)
    for index, place in enumerate(places):
        openings -= opening_inside[index]
        closings -= not opening_inside[index]
        opens = opening_inside[index] if opened >= 0 else _opens(text, place, paragraph, inside=False)
        if opened < 0:
            # A closing mark with nothing open, and another after it: He says,” we go.”
            following = places[index + 1] if index + 1 < len(places) else -1
            if opens or (
                following >= 0 and text[place - 1] in ",:" and not _opens(text, following, paragraph, inside=False)
            ):
                opened, depth = place, 0
        elif opens:
            # A mark inside marks: nested where as many more close as are open, else the writer forgot to close.
            if closings >= openings + depth + 2:
                depth += 1
            else:
                found += _unclosed(text, opened, place, paragraph, continued=False)
                opened, depth = place, 0
        elif depth:
            depth -= 1
        else:
            found += _between(text, opened, place, place + 1, paragraph, closed=True)
            opened = -1
    if opened >= 0:
        continued = text[paragraph.end : paragraph.end + 8].lstrip().startswith(tuple(OPENING_OR_STRAIGHT))
        found += _unclosed(text, opened, paragraph.end, paragraph, continued=continued)
    return found


def _unclosed(text: str, opened: int, end: int, paragraph: Paragraph, *, continued: bool) -> list[Marked]:
    """Words that no double mark closes before `end`: they end at a single mark or an attribution, if there is one.

    `continued` says that the next paragraph opens anew, so that nothing was forgotten.
    """
    single = _SINGLE_INSTEAD.search(text, opened, end)
    if single and not _SINGLE_OPENING.search(text, opened + 1, single.start()):
        return _between(text, opened, single.start(1), single.end(), paragraph, closed=True)
    attributed = None if continued else _ATTRIBUTED.search(text, opened, end)
    if attributed:
        comma = attributed.start()
        return _between(text, opened, comma + (text[comma] != ","), comma + 1, paragraph, closed=True)
    return _between(text, opened, end, end, paragraph, closed=False)


def _opens(text: str, place: int, paragraph: Paragraph, *, inside: bool) -> bool:
    """Whether a double mark opens, by its neighbours, then by its shape, then by what is open."""
    if place == paragraph.start or place + 1 == paragraph.end:
        return place == paragraph.start
    before, after = text[place - 1], text[place + 1]
    free_before, free_after = before in _BEFORE_OPENING, after in _AFTER_CLOSING
    mark = text[place]
    if free_before and not free_after:
        return not (inside and mark in CLOSING and before in SPACE and after.islower())
    if free_after and not free_before:
        return False
    if mark in OPENING:
        return True
    if mark in CLOSING:
        return False
    return not inside


def _between(text: str, opened: int, end: int, closed_at: int, paragraph: Paragraph, *, closed: bool) -> list[Marked]:
    start = opened + 1
    while start < end and (text[start] in SPACE or text[start] in DOUBLE):
        start += 1
    while end > start and (text[end - 1] in SPACE or text[end - 1] in DOUBLE):
        end -= 1
    if start == end:
        return []
    return [Marked(start, end, opened, closed_at, closed, paragraph.number)]


def _pair_single(text: str, paragraph: Paragraph) -> list[Marked]:
    found: list[Marked] = []
    place = paragraph.start
    all_closings = [match.start() for match in _SINGLE_CLOSING.finditer(text, paragraph.start, paragraph.end)]
    while opening := _SINGLE_OPENING.search(text, place, paragraph.end):
        # A closing mark looks like an apostrophe; one that follows punctuation is the surer end.
        following = _SINGLE_OPENING.search(text, opening.end(), paragraph.end)
        first = bisect_left(all_closings, opening.end())
        last = bisect_left(all_closings, following.start(), first) if following else len(all_closings)
        closings = all_closings[first : max(last, first + 1)]
        punctuated = [closing for closing in closings if text[closing - 1] in ",.?!…"]
        end = (punctuated or closings or [-1])[-1 if following else 0]
        if end < 0:
            if following is None:
                break
            place = following.start()
            continue
        found += _between(text, opening.start(), end, end + 1, paragraph, closed=True)
        place = end + 1
    return found
