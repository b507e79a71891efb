"""Records: what readers of rows share: a story out of named fields, or the reason why the row is none."""

from collections.abc import Mapping
from typing import Any

from archive.ingest.anatomy import dissect
from archive.ingest.document import Document, Item, UnreadableError
from archive.ingest.fields import apply_fields
from archive.ingest.html import looks_like_html, text_of_html


def story_of(record: Any, row: int, mapping: Mapping[str, str]) -> Item:
    """The story of one row, which is a record of named fields; bodies in HTML become text."""
    if not isinstance(record, Mapping):
        return UnreadableError(f"is {type(record).__name__}, not a record of named fields", row=row, record=record)
    document = Document(row=row, record=record)
    try:
        apply_fields(document, record, mapping)
    except UnreadableError as error:
        return UnreadableError(str(error), row=row, record=record)
    for part in ("headline", "body", "standfirst", "author_note"):
        if looks_like_html(text := getattr(document, part)):
            setattr(document, part, text_of_html(text))
    if not (document.body.strip() or document.standfirst.strip() or (document.headline and document.url)):
        names = ", ".join(map(str, list(record)[:12])) or "none at all"
        return UnreadableError(f"has no text in any field that is known ({names})", row=row, record=record)
    return dissect(document)
