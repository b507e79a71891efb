"""RSS and Atom feeds, by feedparser: each entry is a story, or its beginning with a link to it."""

import io
import re
from collections.abc import Iterator
from typing import Any
from xml.sax import SAXParseException

import feedparser

from archive.ingest.arrivals import Arrival
from archive.ingest.document import Document, Item, UnreadableError
from archive.ingest.html import text_of_html
from archive.ingest.readers.records import story_of

_FEED = re.compile(rb"<rss[\s>]|<feed[\s>]|<rdf:RDF[\s>]")
WORDS_OF_A_SUMMARY = 150  # a longer one is the story itself, under the name that older feeds have for it


def recognises(head: bytes) -> bool:
    """Whether a file is a feed."""
    return bool(_FEED.search(head))


def read(arrival: Arrival) -> Iterator[Item]:
    """The entries as stories, and damage as a failure after them. Raises UnreadableError where there are none."""
    # As a file object, since feedparser takes a text that looks like an address for one and fetches it.
    feed = feedparser.parse(io.BytesIO(arrival.bytes()), sanitize_html=False, resolve_relative_uris=False)
    damage = feed.get("bozo_exception")
    if not feed.entries:
        raise UnreadableError(f"is XML, but not a feed{f': {damage}' if damage else ' with entries'}")
    for row, entry in enumerate(feed.entries, start=1):
        item = story_of(_record(entry), row, arrival.mapping)
        if isinstance(item, Document):
            item.site = feed.feed.get("title", "")
            item.language = item.language or feed.feed.get("language", "")
        yield item
    if isinstance(damage, SAXParseException):
        yield UnreadableError(f"is damaged in line {damage.getLineNumber()}: {damage.getMessage()}")


def _record(entry: Any) -> dict[str, Any]:
    content = max((one.get("value", "") for one in entry.get("content", [])), key=len, default="")
    summary = entry.get("summary", "")
    if not content and len(text_of_html(summary).split()) > WORDS_OF_A_SUMMARY:
        content = summary
    return {
        "title": entry.get("title"),
        "link": entry.get("link"),
        "content": content,
        "summary": "" if content == summary else summary,
        "author": ", ".join(name for author in entry.get("authors", []) if (name := author.get("name"))),
        "published": entry.get("published") or entry.get("updated"),
        "topics": [term for tag in entry.get("tags", []) if (term := tag.get("term"))],
    }
