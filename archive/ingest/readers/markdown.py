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
_UNCLOSED = re.compile(r"\ufeff?---[ \t]*\n[\w-]+:(?:\s|$)")
# Each begins anew at the next bracket, so that no text makes them read a stretch more than twice.
_HEADING = re.compile(r"^#{2,6}[ \t]+(\S.*)$", re.MULTILINE)
_TARGET = r"\((?:[^()\n]|\([^()\n]*\))*+\)"
_IMAGE = re.compile(rf"!\[[^\[\]]*\]{_TARGET}")
_LINK = re.compile(rf"(?<![!\\])\[([^\[\]\n]*)\]{_TARGET}")
_STRESS = re.compile(
    r"(?<![\w*])(\*{1,3})(?=\S)([^*\n]+?)(?<=\S)\1(?![\w*])|(?<![\w_])(_{1,2})(?=\S)([^_\n]+?)(?<=\S)\3(?![\w_])"
)
_RULE = re.compile(r"^[ \t]*(?:[-*_][ \t]*){3,}$", re.MULTILINE)
_QUOTED = re.compile(r"^> ?", re.MULTILINE)
MOST_FRONT_MATTER = 100_000  # characters
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
        if _UNCLOSED.match(text):
            raise UnreadableError("has front matter without its end, a line of ---")
        return {}, text
    given = match["fields"] or ""
    if len(given) > MOST_FRONT_MATTER:
        raise UnreadableError(f"has front matter of {len(given):,} characters, and may have {MOST_FRONT_MATTER:,}")
    try:
        fields = yaml.load(given, _PlainLoader)  # noqa: S506 (a SafeLoader that takes less)
    except RecursionError as error:
        raise UnreadableError("has front matter that is nested too deeply") from error
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 2}" if mark else ""
        raise UnreadableError(f"has front matter that is not YAML{where}") from error
    if fields is None:
        fields = {}
    if not isinstance(fields, dict):
        raise UnreadableError("has front matter that is not a list of fields")
    return {str(name): value for name, value in fields.items()}, match["story"]


class _PlainLoader(yaml.SafeLoader):
    """YAML without aliases: a few lines of them, each naming the one before twice, stand for gigabytes."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Refuse an alias, with its line."""
        if self.check_event(yaml.AliasEvent):
            line = self.peek_event().start_mark.line + 2  # type: ignore[no-untyped-call]
            raise UnreadableError(f"has an alias in line {line} of its front matter: write out what it stands for")
        return super().compose_node(parent, index)


def without_markup(story: str) -> str:
    """The words of a story without Markdown's signs; headings below the first become subheadings of the body."""
    story = _RULE.sub("", _QUOTED.sub("", story))
    story = _HEADING.sub(_subheading, _LINK.sub(r"\1", _IMAGE.sub("", story)))
    story = _STRESS.sub(lambda match: match[2] or match[4], story)
    return _ESCAPED.sub(r"\1", story)


def _subheading(match: re.Match[str]) -> str:
    """A heading as a block of its own, without the signs that may close it."""
    text = match[1].rstrip()
    opened = text.rstrip("#")
    if opened.endswith((" ", "\t")):
        text = opened.rstrip()
    return f"\n## {text}\n"
