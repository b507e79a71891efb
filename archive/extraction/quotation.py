"""Quotation: what extraction hands on, and the rows of the exchange format."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Quotation:
    """One utterance found in a story, with its speaker. All offsets are Unicode code points of the text given."""

    spans: tuple[tuple[int, int], ...]
    """Start and end of each part, without the marks; several where an attribution or a paragraph breaks it."""
    mention: str
    """The speaker as the text names them there (“he”); empty where none was found."""
    mention_start: int | None
    mention_end: int | None
    name: str
    """The full name of the person (or body) meant; empty where the text does not tell."""
    role: str
    """The role they are introduced with, as it stands in the text."""
    partial: bool
    """A few words inside somebody else's sentence."""
    confidence: float
    """From 0 to 1: how likely it is that these are words of that speaker."""
    candidates: tuple[str, ...]
    """Other names it might be, likeliest first."""
    why: tuple[str, ...]
    """What led to the speaker, for people."""


def rows_of(quotations: Sequence[Quotation]) -> list[dict[str, Any]]:
    """Quotations as rows of the exchange format: one a span, the spans of one quote under the same `utterance`."""
    return [
        {
            "start": start,
            "end": end,
            "speaker": quotation.mention or None,
            "speaker_start": quotation.mention_start,
            "speaker_end": quotation.mention_end,
            "name": quotation.name or None,
            "role": quotation.role or None,
            "confidence": quotation.confidence,
            "utterance": number,
        }
        for number, quotation in enumerate(quotations)
        for start, end in quotation.spans
    ]
