"""Prose: the canonical form of a body, and its paragraphs with what is marked in them.

Pure functions, for every stage: import and the admin's form bring text into the canonical form; the site and the
review screens draw it. All offsets are Unicode code points into the canonical body.
"""

import re
import unicodedata
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

SUBHEADING = "## "

# What no text needs and PostgreSQL or XML refuses: control and format characters that are neither a space nor joiners.
_NEVER_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u2060\ufeff\ufffe\uffff\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n|[\r\x0c\x85\u2028\u2029]")
_BLOCK = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_SIGN_OF_SUBHEADING = re.compile(rf"(?:\A|(?<=\n\n)){SUBHEADING}")
_SENTENCE_END = re.compile(r"[.!?…]['’\"”»)\]]*(?=\s)")
_SENTENCES = re.compile(rf".*{_SENTENCE_END.pattern}", re.DOTALL)  # as many as there are


def canonical(text: str) -> str:
    r"""The one form in which a body is kept: NFC, `\n`, no space at line ends, one blank line between paragraphs.

    Words, punctuation and the kind of quotation marks stay as they came.
    """
    text = unicodedata.normalize("NFC", _NEVER_TEXT.sub("", _LINE_ENDS.sub("\n", text)))
    lines = [line.replace("\t", " ").rstrip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def is_visible(text: str) -> bool:
    """Whether anything of a text is seen: it does not consist of spaces, control and format characters alone."""
    return any(character.isprintable() and not character.isspace() for character in text)


def without_accents(text: str) -> str:
    """The letters of a text without their accents; a ligature is the letters that it joins (NFKD, Unicode UAX #15)."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


class Mark(NamedTuple):
    """Something to be shown in a body, such as a quote: its key and its spans of start and end."""

    key: Hashable
    spans: Sequence[Sequence[int]]


class Run(NamedTuple):
    """A stretch of text under the same marks: their keys, and of these the ones that begin here for the first time."""

    text: str
    start: int
    keys: tuple[Hashable, ...] = ()
    opens: tuple[Hashable, ...] = ()


class Block(NamedTuple):
    """A paragraph or a subheading, as the runs of its text."""

    is_subheading: bool
    start: int
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The whole text of the block."""
        return "".join(run.text for run in self.runs)


def blocks(body: str, marks: Iterable[Mark] = ()) -> list[Block]:
    """The paragraphs and subheadings of a canonical body, each split where a mark begins or ends.

    Marks may overlap one another and run over several paragraphs; what lies outside the body is not shown.
    """
    spans = [(start, end, mark.key) for mark in marks for start, end in mark.spans]
    opened: set[Hashable] = set()
    found = []
    for match in _BLOCK.finditer(body):
        is_subheading = match.group().startswith(SUBHEADING)
        start = match.start() + (len(SUBHEADING) if is_subheading else 0)
        runs = tuple(_runs(body, start, match.end(), spans, opened))
        found.append(Block(is_subheading, start, runs))
    return found


def _runs(
    body: str, start: int, end: int, spans: list[tuple[int, int, Hashable]], opened: set[Hashable]
) -> Iterator[Run]:
    inside = [span for span in spans if span[0] < end and span[1] > start]
    cuts = {start, end}
    for first, last, _ in inside:
        cuts |= {max(first, start), min(last, end)}
    for left, right in pairwise(sorted(cuts)):
        keys = dict.fromkeys([key for first, last, key in inside if first <= left and last >= right])
        opens = [key for key in keys if key not in opened]
        opened.update(opens)
        yield Run(body[left:right], left, tuple(keys), tuple(opens))


def without_signs(body: str) -> str:
    """The words of a canonical body, without the signs that make subheadings of paragraphs."""
    return _SIGN_OF_SUBHEADING.sub("", body) if SUBHEADING in body else body


def first_paragraph(body: str) -> str:
    """The first block of a canonical body that is no subheading; empty where there is none."""
    block, _, rest = body.partition("\n\n")
    while block.startswith(SUBHEADING):
        block, _, rest = rest.partition("\n\n")
    return block.rstrip("\n")  # where a body is cut off after a line


def excerpt(body: str, words: int) -> str:
    """The beginning of a body: whole paragraphs, and of the last the whole sentences, within so many words.

    It is a prefix of the body, so that offsets into the body hold in it. At least one sentence is given, and at most
    twice the words where that sentence is longer still.
    """
    reached = _end_of_words(words, body)
    if not body[reached:].strip():
        return body
    if within := _SENTENCES.match(body, 0, reached + 1):  # with the space behind, which tells the end
        return within.group()
    beyond = _SENTENCE_END.search(body, reached)
    return body[: min(beyond.end() if beyond else len(body), _end_of_words(2 * words, body))]


def _end_of_words(words: int, text: str) -> int:
    """Where so many words of a text end, or all of them where there are fewer."""
    parts = text.split(None, words)
    begun = text[: -len(parts[-1])] if len(parts) > words else text
    return len(begun.rstrip())
