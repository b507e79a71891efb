"""Suggestion: quotes and topics proposed for articles. Editors answer in `archive.editing.review`."""

from archive.suggestion.proposing import propose

__all__ = ["propose"]
