"""HTML pages: headline, date, author and text found by trafilatura.

Its fast mode is the better one here: on 89 real news pages the words of the body agree with a reader's to 97.0 % (mean
token F1), against 96.4 % with its fallbacks; those are asked only where it finds nothing.
"""

import logging
import re
from collections.abc import Iterator
from typing import Any

import trafilatura
from lxml import etree
from trafilatura.settings import Document as Extracted

from archive.ingest.anatomy import dissect
from archive.ingest.arrivals import Arrival
from archive.ingest.dates import UncertainDateError, read_date
from archive.ingest.decoding import decode
from archive.ingest.document import Document, UnreadableError
from archive.ingest.fields import apply_fields, date_it, one_line
from archive.models import Precision
from archive.models.article import Doubt

_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset=["']?\s*([\w-]{2,40})|encoding=["']([\w-]{2,40})""", re.IGNORECASE)
_PAGE = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_MOMENT = re.compile(
    r"""<meta[^>]{0,80}(?:article:published_time|datePublished)["'][^>]{0,80}content=["']([^"']{10,40})["']"""
    r"""|["']datePublished["']\s*:\s*["']([^"']{10,40})["']""",
    re.IGNORECASE,
)
_BLOCKS = frozenset({"p", "head", "item", "quote", "row", "code", "ab", "list", "table"})


for _library in ("trafilatura", "htmldate"):
    logging.getLogger(_library).setLevel(logging.CRITICAL)  # their warnings do not name the page, and ours do


def recognises(head: bytes) -> bool:
    """Whether a file begins as a page does, whatever its name."""
    return bool(_PAGE.search(head))


def read(arrival: Arrival) -> Iterator[Document]:
    """The story of a page. Raises UnreadableError where there is none on it."""
    data = arrival.bytes()
    charset = _CHARSET.search(data[:4096])
    declared = (charset[1] or charset[2]).decode() if charset else ""
    decoded = decode(data, declared)
    if not decoded.text.strip():
        raise UnreadableError("is empty")
    page = _extracted(decoded.text, fast=True) or _extracted(decoded.text, fast=False)
    body = text_of(page.body) if page is not None else ""
    if not body:
        raise UnreadableError("is a page without a story that could be told from the rest")
    document = Document(body=body, encoding=decoded.encoding, doubts={Doubt.ENCODING} if decoded.guessed else set())
    apply_fields(
        document,
        {
            "headline": _without_site(page.title or "", page.sitename or ""),
            "standfirst": page.description if not _repeats(page.description, body) else "",
            "byline": (page.author or "").replace("; ", ", "),
            "published": page.date,
            "language": page.language,
            "url": page.url,
            "topics": ", ".join([*(page.categories or []), *(page.tags or [])]),  # pages put several in one
        },
    )
    if not document.url and arrival.origin.startswith(("http://", "https://")):
        document.url = arrival.origin
    document.site = one_line(page.sitename or "")
    _take_moment(document, decoded.text)
    yield dissect(document)


def text_of(body: Any) -> str:
    """The text of trafilatura's tree: blocks parted by blank lines, headings within the story as subheadings."""
    parts: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        block = element.tag in _BLOCKS
        if event == "start":
            parts.append(("\n\n" if block else "") + ("## " if element.tag == "head" else "") + (element.text or ""))
            if element.tag == "lb":
                parts.append("\n")
        else:
            parts.append(("\n\n" if block else " " if element.tag == "cell" else "") + (element.tail or ""))
    lines = [" ".join(line.split()) for line in "".join(parts).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line for line in lines if line != "##")).strip()


def _extracted(text: str, *, fast: bool) -> Any:
    page = trafilatura.bare_extraction(text, fast=fast, with_metadata=True, include_comments=False)
    return page if isinstance(page, Extracted) and page.body is not None and (page.text or "").strip() else None


def _without_site(title: str, site: str) -> str:
    """A title without the name of its site before or after it."""
    if not site:
        return title
    name = rf"\s*{re.escape(site)}\s*"
    return re.sub(rf"\s+[-–—|·:»]{name}$|^{name}[-–—|·:»]\s+", "", title, flags=re.IGNORECASE) or title


def _repeats(description: str | None, body: str) -> bool:
    """Whether a description is only the beginning of the text, as many are."""
    words = re.findall(r"\w+", (description or "").casefold())[:12]
    return words == re.findall(r"\w+", body[:400].casefold())[: len(words)]


def _take_moment(document: Document, text: str) -> None:
    """The hour of publication, where the page's own data agrees with the day that was found."""
    match = _MOMENT.search(text)
    if match is None or document.published_at is None:
        return
    try:
        dated = read_date(match[1] or match[2])
    except UncertainDateError:
        return
    if dated.precision == Precision.TIME and abs((dated.at - document.published_at).days) <= 1:
        date_it(document, dated)
