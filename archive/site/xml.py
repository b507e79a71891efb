"""Text as XML can hold it."""

import re

# The characters that XML 1.0 has no way to write (https://www.w3.org/TR/xml/#charsets).
_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


def in_xml(text: str) -> str:
    """A text without what XML has no way to write; what it writes otherwise is yet to be escaped."""
    return _NOT_IN_XML.sub("", text)
