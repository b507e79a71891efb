"""Nesting: JSON of which no part lies deeper than any story's does.

What is nested without end is small to send, and takes memory by the square of its depth to read (RFC 8259, section 9,
lets a reader set such a limit).
"""

import json
from collections.abc import Iterable, Iterator
from typing import IO, Any

import ijson

from archive.ingest.document import UnreadableError

MOST_LEVELS = 100
TOO_DEEP = f"is nested more than {MOST_LEVELS} levels deep"


def parsed(text: str) -> Any:
    """What a text of JSON says. Raises UnreadableError where it is not JSON, or nested too deep."""
    try:
        value = json.loads(text)
    except RecursionError as error:
        raise UnreadableError(TOO_DEEP) from error
    except ValueError as error:
        raise UnreadableError(f"is not JSON: {error}") from error
    if _goes_below(value, MOST_LEVELS):
        raise UnreadableError(TOO_DEEP)
    return value


def listed(file: IO[bytes]) -> Iterator[Any]:
    """What the list in a file of JSON holds, one by one. Raises UnreadableError where it is nested too deep.

    Where it is not JSON, ijson.JSONError or UnicodeDecodeError is raised.
    """
    return iter(ijson.items(ijson.parse(_within(ijson.basic_parse(file, use_float=True))), "item"))


def _within(events: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """The events of a parser, up to where they go too deep."""
    level = 0
    for event in events:
        if event[0].startswith("start_"):
            level += 1
            if level > MOST_LEVELS:
                raise UnreadableError(TOO_DEEP)
        elif event[0].startswith("end_"):
            level -= 1
        yield event


def _goes_below(value: Any, levels: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    inner = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_goes_below(one, levels - 1) for one in inner)
