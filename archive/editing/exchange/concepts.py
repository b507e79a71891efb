"""A concept: a topic on its way in or out, free of any format."""

from dataclasses import dataclass, field
from typing import Any

Statement = tuple[str, str, str]
"""Predicate, value, and kind of value: "iri", "@" with a language, "^^" with a datatype, or "" for plain text."""


class VocabularyFileError(Exception):
    """A file holds no vocabulary that can be read. The message says where and why."""


@dataclass(slots=True)
class Concept:
    """One topic. `key` identifies it within the file, and is what `broader`, `related` and `replaced_by` name."""

    key: str
    name: str
    match_case: bool = False
    slug: str = ""
    other_names: list[tuple[str, bool]] = field(default_factory=list)
    scope_note: str = ""
    broader: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    replaced_by: str = ""
    identifiers: dict[str, Any] = field(default_factory=dict)
    notation: str = ""
    """Tells it from another of the same name."""
    language: str = ""
    """The language of its names; "" for the archive's own."""
    nameless: bool = False
    """Whether its name was made of its notation or key, for want of one."""
    statements: list[Statement] = field(default_factory=list)
    """What else is said of it."""


@dataclass(slots=True)
class VocabularyFile:
    """The concepts of a file, and what it says of other things: subject, predicate, value and kind of value."""

    concepts: list[Concept]
    iri: str = ""
    others: list[tuple[str, str, str, str]] = field(default_factory=list)
