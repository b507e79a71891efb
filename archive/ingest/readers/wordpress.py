"""WordPress exports (WXR: RSS 2.0 with the `wp`, `content`, `excerpt` and `dc` extensions), read as a stream."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from archive.ingest.arrivals import Arrival
from archive.ingest.document import Item, PassedOver, UnreadableError
from archive.ingest.readers.records import story_of

_SHORTCODE = re.compile(r"\[/?[a-z][\w-]*(?:\s[^\[\]\n]*)?/?\]")
_CAPTION = re.compile(r"\[caption[^\[\]]*\](?:(?!\[caption).)*?\[/caption\]", re.DOTALL)
_PARAGRAPHS = re.compile(r"<p[\s>]", re.IGNORECASE)


def recognises(head: bytes) -> bool:
    """Whether a file is an export of WordPress."""
    return b"wordpress.org/export/" in head or b"WordPress eXtended RSS" in head


def read(arrival: Arrival) -> Iterator[Item]:
    """Each post as a story; pages, attachments and menus as passed over; damage as a failure after what can be read."""
    authors: dict[str, str] = {}
    row = 0
    with arrival.open() as file:
        # The parser mends what it can and keeps a log; nothing outside the file is ever asked for.
        parser = etree.iterparse(
            file,
            events=("end",),
            tag=("item", "{*}author"),
            recover=True,
            resolve_entities=False,
            no_network=True,
            huge_tree=False,
        )
        try:
            for _, element in parser:
                fields = {_name(child): (child.text or "").strip() for child in _elements(element)}
                if element.tag == "item":
                    row += 1
                    yield _item(element, fields, row, authors, arrival)
                    element.clear()
                elif "author_login" in fields:
                    authors[fields["author_login"]] = fields.get("author_display_name") or fields["author_login"]
        except etree.XMLSyntaxError as error:
            yield UnreadableError(f"is damaged in line {error.lineno}: {error.msg}")
            return
        faults = [entry for entry in parser.error_log if entry.level_name in {"ERROR", "FATAL"}]
    if faults:
        yield UnreadableError(f"is damaged in line {faults[0].line}: {faults[0].message}")
    elif not row:
        yield UnreadableError("is a WordPress export without items")


def _name(element: Any) -> str:
    """The name of an element without its namespace; of a damaged one, whatever is there."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2]


def _elements(element: Any) -> Iterator[Any]:
    return (child for child in element if isinstance(child.tag, str))


def _item(element: Any, fields: dict[str, str], row: int, authors: dict[str, str], arrival: Arrival) -> Item:
    kind = fields.get("post_type", "post")
    if kind != "post":
        return PassedOver(f"is a WordPress {kind.replace('_', ' ')}", row=row)
    content, excerpt = (
        next((child.text or "" for child in element.findall("{*}encoded") if part in child.tag), "")
        for part in ("/content/", "/excerpt/")
    )
    creator = fields.get("creator", "")
    record = {
        "title": fields.get("title"),
        "link": fields.get("link"),
        "content": _as_html(content),
        "excerpt": excerpt,
        "author": authors.get(creator, creator),
        "date": _date(fields),
        "topics": [category.text for category in element.findall("category") if category.text],
    }
    return story_of(record, row, arrival.mapping)


def _as_html(content: str) -> str:
    """The content with what WordPress adds when it shows it: paragraphs where lines are left blank."""
    content = _SHORTCODE.sub("", _CAPTION.sub("", content))
    return content if _PARAGRAPHS.search(content) else re.sub(r"\r?\n", "<br>", content)


def _date(fields: dict[str, str]) -> str:
    """The moment of publication in UTC; a draft has zeros there, and only the day it was begun."""
    moment = fields.get("post_date_gmt", "")
    if moment and not moment.startswith("0000"):
        return f"{moment}Z"
    return fields.get("pubDate", "") if fields.get("status") == "publish" else ""
