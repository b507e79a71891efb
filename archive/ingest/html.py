"""HTML within other formats: the text of a fragment, its paragraphs parted by blank lines."""

import re

from lxml import html
from lxml.etree import ParserError

from archive.prose import SUBHEADING

_TAG = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|h[1-6]|ul|ol|li|blockquote|figure|img|table)\b[^<>]*>", re.IGNORECASE
)
_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{2,6}|#x[0-9a-f]{2,6});", re.IGNORECASE)
_SUBHEADINGS = frozenset(["h2", "h3", "h4", "h5", "h6"])
_BLOCKS = _SUBHEADINGS | {
    *("address", "article", "aside", "blockquote", "dd", "div", "dl", "dt", "figure", "footer", "h1", "header", "hr"),
    *("li", "main", "ol", "p", "pre", "section", "table", "tr", "ul"),
}
_NOT_TEXT = frozenset(["script", "style", "figure", "iframe", "noscript", "template", "form", "svg", "object"])


def looks_like_html(text: str) -> bool:
    """Whether a field that may hold text or HTML holds HTML."""
    return bool(_TAG.search(text) or _ENTITY.search(text))


def text_of_html(fragment: str) -> str:
    """The words of a fragment: blocks parted by a blank line, subheadings marked, scripts and pictures left out."""
    try:
        tree = html.fragment_fromstring(fragment, create_parent="div")
    except (ParserError, ValueError):
        return ""
    parts: list[str] = []
    _collect(tree, parts)
    lines = [" ".join(line.split()) for line in "".join(parts).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _collect(element: html.HtmlElement, parts: list[str]) -> None:
    """Walk depth first by hand: damaged pages nest deeper than Python recurses."""
    stack: list[tuple[html.HtmlElement, bool]] = [(element, False)]
    while stack:
        current, left = stack.pop()
        tag = current.tag if isinstance(current.tag, str) else ""
        breaks = "\n\n" if tag in _BLOCKS else "\n" if tag == "br" else ""
        if left:
            parts.append(breaks + (current.tail or ""))
            continue
        if not tag or tag in _NOT_TEXT:
            parts.append("\n\n" + (current.tail or "") if tag in _BLOCKS else current.tail or "")
            continue
        parts.append(breaks + (SUBHEADING if tag in _SUBHEADINGS else "") + (current.text or "").replace("\n", " "))
        stack.append((current, True))
        stack.extend((child, False) for child in reversed(current))
