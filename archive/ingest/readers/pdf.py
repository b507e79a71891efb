"""PDF documents, by pypdf: their text, page by page. What was only scanned has none, and is said to."""

import io
import logging
import re
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from archive.ingest.anatomy import dissect
from archive.ingest.arrivals import Arrival
from archive.ingest.document import Document, UnreadableError
from archive.ingest.fields import one_line

MOST_PAGES = 2000
_NO_TITLE = re.compile(
    r"^(?:microsoft word|untitled|slide \d|powerpoint|document\d*$)|\.(?:docx?|pdf|indd|pptx?|rtf)$", re.IGNORECASE
)
_PAGE_NUMBER = re.compile(r"(?:page )?[-–— ]*\d{1,4}[-–— ]*(?:(?:of|/) ?\d{1,4})?", re.IGNORECASE)

logging.getLogger("pypdf").setLevel(logging.ERROR)  # its warnings are about files, and ours name the file


def recognises(head: bytes) -> bool:
    """Whether a file is a PDF document."""
    return b"%PDF-" in head[:1024]


def read(arrival: Arrival) -> Iterator[Document]:
    """The text of a document as one story. Raises UnreadableError where it is damaged, locked, or without text."""
    try:
        document = PdfReader(io.BytesIO(arrival.bytes()))
        if document.is_encrypted and not document.decrypt(""):
            raise UnreadableError("is locked with a password")
        if len(document.pages) > MOST_PAGES:
            raise UnreadableError(f"has {len(document.pages):,} pages, and may have {MOST_PAGES:,}")
        pages = [page.extract_text() for page in document.pages]
        about = document.metadata
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableError(f"is a damaged PDF document: {error}") from error
    text = "\n".join(map(_without_page_number, pages)).strip()
    if not re.search(r"\w{2}", text):
        raise UnreadableError("holds no text: its pages are pictures, and need to be read by a text recognition first")
    title = one_line(str(about.title or "")) if about else ""
    author = one_line(str(about.author or "")) if about else ""
    yield dissect(Document(headline="" if _NO_TITLE.search(title) else title, byline=author, body=text))


def _without_page_number(page: str) -> str:
    """A page without the number that stands by itself in its first or last line."""
    lines = page.strip().split("\n")
    if _PAGE_NUMBER.fullmatch(lines[0].strip()):
        lines = lines[1:]
    if lines and _PAGE_NUMBER.fullmatch(lines[-1].strip()):
        lines = lines[:-1]
    return "\n".join(lines)
