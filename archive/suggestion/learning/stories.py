"""Stories to learn from, or to suggest topics for, and reading them from JSON Lines."""

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Story:
    """A story and the topics it is filed under, by any key that stands for a topic: an id, or a label."""

    id: str
    headline: str
    text: str
    topics: frozenset[str] = frozenset()


class StoryError(ValueError):
    """A file of stories cannot be used. The message says which line, and why."""


def read_stories(path: Path, *, labelled: bool = False) -> Iterator[Story]:
    """The stories of a file of JSON Lines, `.gz` too: rows of "id", "title", "text", and "topics" where `labelled`.

    Raises StoryError at the first row that is not one, OSError where the file cannot be read.
    """
    open_file = gzip.open if path.suffix == ".gz" else open
    with open_file(path, "rt", encoding="utf-8") as lines:
        try:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _story(line, f"{path}, line {number}", labelled=labelled)
        except (UnicodeDecodeError, gzip.BadGzipFile, zlib.error, EOFError) as error:
            raise StoryError(
                f"{path}: cannot be read as {'compressed ' if path.suffix == '.gz' else ''}UTF-8 text: {error}"
            ) from error


def _story(line: str, place: str, *, labelled: bool) -> Story:
    try:
        row: Any = json.loads(line)
    except json.JSONDecodeError as error:
        raise StoryError(f"{place}: is not JSON: {error.msg}") from error
    if not isinstance(row, dict) or "id" not in row or not isinstance(row.get("text"), str):
        raise StoryError(f'{place}: is not an object with an "id" and a "text"')
    topics = row.get("topics", []) if labelled else []
    if not isinstance(topics, list) or not all(isinstance(topic, str) for topic in topics):
        raise StoryError(f'{place}: "topics" is not a list of names')
    return Story(row["id"], str(row.get("title") or ""), row["text"], frozenset(topics))
