"""Markdown: one story a file, with what is known of it in YAML front matter above it (as Jekyll and Hugo have it)."""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from archive.ingest.anatomy import dissect
from archive.ingest.arrivals import Arrival
from archive.ingest.decoding import decode
from archive.ingest.document import Document, UnreadableError
from archive.ingest.fields import apply_fields
from archive.models.article import Doubt

_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\n(?P<fields>.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|$)(?P<story>.*)", re.DOTALL)
_HEADING = re.compile(r"^#{2,6}[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"(?<!!)\[([^\]\n]+)\]\([^)\n]*\)")
_STRESS = re.compile(
    r"(?<![\w*])(\*{1,3})(?=\S)([^*\n]+?)(?<=\S)\1(?![\w*])|(?<![\w_])(_{1,2})(?=\S)([^_\n]+?)(?<=\S)\3(?![\w_])"
)
_RULE = re.compile(r"^[ \t]*(?:[-*_][ \t]*){3,}$", re.MULTILINE)
_QUOTED = re.compile(r"^> ?", re.MULTILINE)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>])")


def read(arrival: Arrival) -> Iterator[Document]:
    """The story of a Markdown file. Raises UnreadableError where it is empty or its front matter is not YAML."""
    decoded = decode(arrival.bytes())
    fields, story = split_front_matter(decoded.text)
    document = Document(body=without_markup(story), encoding=decoded.encoding)
    if decoded.guessed:
        document.doubts.add(Doubt.ENCODING)
    apply_fields(document, fields)
    if not (document.body.strip() or document.standfirst):
        raise UnreadableError("is empty")
    yield dissect(document)


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The fields above a story, and the story. Raises UnreadableError where they are not fields of YAML."""
    text = text.replace("\r\n", "\n")
    match = _FRONT_MATTER.match(text)
    if match is None:
        return {}, text
    try:
        fields = yaml.safe_load(match["fields"] or "")
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 2}" if mark else ""
        raise UnreadableError(f"has front matter that is not YAML{where}") from error
    if fields is None:
        fields = {}
    if not isinstance(fields, dict):
        raise UnreadableError("has front matter that is not a list of fields")
    return {str(name): value for name, value in fields.items()}, match["story"]


def without_markup(story: str) -> str:
    """The words of a story without Markdown's signs; headings below the first become subheadings of the body."""
    story = _RULE.sub("", _QUOTED.sub("", story))
    story = _HEADING.sub(r"\n## \1\n", _LINK.sub(r"\1", _IMAGE.sub("", story)))
    story = _STRESS.sub(lambda match: match[2] or match[4], story)
    return _ESCAPED.sub(r"\1", story)
