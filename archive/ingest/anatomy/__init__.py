"""Anatomy: the parts of a story told from its text alone. Words are parted, never changed."""

import re

from archive.ingest.anatomy.biography import take_biography
from archive.ingest.anatomy.byline import is_byline, take_byline
from archive.ingest.anatomy.dateline import split_dateline
from archive.ingest.anatomy.ending import breaks_off, is_fragment
from archive.ingest.anatomy.headline import headline_from, looks_like_headline
from archive.ingest.anatomy.paragraphs import paragraphs
from archive.ingest.document import Document
from archive.models.article import Doubt
from archive.prose import canonical


def dissect(document: Document) -> Document:
    """Part the body of a document into what it holds; what the document already says of itself is not overruled.

    For texts whose format marks nothing: plain text, Markdown, and the text columns of exports.
    """
    parts = paragraphs(canonical_lines(document.body))
    if document.headline:
        parts = _without_repeated(document.headline, parts)
    else:
        document.headline, parts = _take_headline(document.body, parts)
    byline, parts = take_byline(_byline_apart(parts))
    document.byline = document.byline or byline
    if not document.author_note:
        document.author_note, author, parts = take_biography(parts, document.byline)
        document.byline = document.byline or author
    if parts and not document.dateline:
        document.dateline, parts[0] = split_dateline(parts[0])
    document.body = canonical("\n\n".join(parts))
    return settle(document)


def settle(document: Document) -> Document:
    """What is true of every document, whatever it came from: the headline it lacks, and whether it is whole."""
    document.broken_off = document.broken_off or breaks_off(document.author_note or document.body)
    if not document.headline:
        document.headline = headline_from(document.body)
        document.doubts.add(Doubt.HEADLINE)
    if document.body and is_fragment(document.body):
        document.doubts.add(Doubt.FRAGMENT)
    return document


def canonical_lines(text: str) -> str:
    """The text with one kind of line end; spaces at the head of a line, which mean something here, are kept."""
    return "\n".join(text.replace("\x0c", "\n\n").splitlines())


def _take_headline(text: str, parts: list[str]) -> tuple[str, list[str]]:
    """The headline and the paragraphs after it; it may stand on the line right above the text."""
    first, _, rest = parts[0].partition("\n") if parts else ("", "", "")
    below = rest or (parts[1] if len(parts) > 1 else "")
    if not below or rest[:1].islower() or (is_byline(first) and split_dateline(below)[0]):
        return "", parts
    if rest and parts[0].isupper() and len(parts) > 1:  # in typescript, a headline in capitals runs over lines
        return " ".join(parts[0].split()), parts[1:]
    apart = not rest and text.strip().splitlines()[1:2] in ([], [""])
    headline = re.sub(r"^#+ ", "", first).strip()
    if not looks_like_headline(headline, apart=apart):
        return "", parts
    return headline, [rest, *parts[1:]] if rest else parts[1:]


def _without_repeated(headline: str, parts: list[str]) -> list[str]:
    """The paragraphs without a first line that only repeats the headline."""
    first, _, rest = parts[0].partition("\n") if parts else ("", "", "")
    if (rest or len(parts) > 1) and _plain(re.sub(r"^#+ ", "", first)) == _plain(headline):
        return [rest, *parts[1:]] if rest else parts[1:]
    return parts


def _byline_apart(parts: list[str]) -> list[str]:
    """The paragraphs with a byline that stands right above the text as one of them."""
    first, _, rest = parts[0].partition("\n") if parts else ("", "", "")
    return [first, rest, *parts[1:]] if rest and is_byline(first) else parts


def _plain(line: str) -> str:
    return " ".join(line.split()).casefold()
