"""Text fragments: links to words on a page that has no anchor there, such as the publisher's.

The syntax is that of “URL Fragment Text Directives” (WICG, https://wicg.github.io/scroll-to-text-fragment/):
`#:~:text=[prefix-,]start[,end][,-suffix]`. A browser takes the first place that fits, in whole words and whatever their
case; so words that stand more than once in the text are told apart by those before or behind them.
"""

import re
from urllib.parse import quote, urldefrag

# Words of more characters than this, or of more than one paragraph, are named by where they begin and end.
LONGEST = 120
ENDS = 5
# How many words before or behind are tried to tell one place from another.
NEIGHBOURS = 8


def link_to_words(address: str, body: str, spans: list[list[int]]) -> str:
    """The address of a page with the words at these spans of its text to be scrolled to and marked."""
    place, fragment = urldefrag(address)
    directives = "&".join(f"text={_directive(body, start, end)}" for start, end in spans)
    return f"{place}#{fragment}:~:{directives}" if directives else address


def _directive(body: str, start: int, end: int) -> str:
    words = [(start + word.start(), start + word.end()) for word in re.finditer(r"\S+", body[start:end])]
    if (end - start <= LONGEST and "\n" not in body[start:end]) or len(words) <= 2 * ENDS:
        first, last = (start, end), None
    else:
        first, last = (start, words[ENDS - 1][1]), (_end_begins(body, words), end)
    before, behind = _around(body, start, end, first, last)
    parts = [f"{_encoded(body[before:start])}-"] if before < start else []
    parts += [_encoded(body[slice(*part)]) for part in (first, last) if part]
    parts += [f"-{_encoded(body[end:behind])}"] if behind > end else []
    return ",".join(parts)


def _end_begins(body: str, words: list[tuple[int, int]]) -> int:
    """Where the last words begin: as many as it takes for them to stand once behind the first ones."""
    reached, end = words[ENDS - 1][1], words[-1][1]
    places = [at for at, _ in words[ENDS:-ENDS]]
    enough = (at for at in reversed([*places, words[-ENDS][0]]) if _times(body[at:end], body[reached:end]) == 1)
    return next(enough, words[-ENDS][0])


def _around(body: str, start: int, end: int, first: tuple[int, int], last: tuple[int, int] | None) -> tuple[int, int]:
    """From where to where the text is told that makes the place the only one: start and end where it is already."""
    if _times(body[slice(*first)], body) == 1:
        return start, end
    paragraph = body.rfind("\n\n", 0, start) + 1
    before = [paragraph + word.start() for word in re.finditer(r"\S+", body[paragraph:start])][-NEIGHBOURS:]
    for at in reversed(before):
        if _times(body[at : first[1]], body) == 1:
            return at, end
    line = body.find("\n", end)
    behind = re.finditer(r"\S+", body[end : line if line >= 0 else len(body)])
    for _, word in zip(range(NEIGHBOURS), behind, strict=False):
        at = end + word.end()
        if _times(body[(last or first)[0] : at], body) == 1:
            return start, at
    return start, end


def _times(text: str, body: str) -> int:
    """How often a text stands in a body as a browser looks for it."""
    words = r"\s+".join(map(re.escape, text.split()))
    return len(re.findall(rf"(?<!\w){words}(?!\w)", body, re.IGNORECASE))


def _encoded(text: str) -> str:
    """Percent-encoded, and with it the dash, which like comma and ampersand is part of the syntax."""
    return quote(" ".join(text.split()), safe="").replace("-", "%2D")
