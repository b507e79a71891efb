"""Reading: all that is told from a story's text alone, so that it can be done on any core. No Django."""

from dataclasses import dataclass

from archive.extraction import Quotation, find_quotations
from archive.ingest.languages import language_of
from archive.ingest.shingles import marks_of


@dataclass(frozen=True, slots=True)
class Reading:
    """The quotations in a text, its language where that is sure, and the marks by which it is found again."""

    quotations: list[Quotation]
    language: str
    marks: list[int]


def read(text: str) -> Reading:
    """Read a canonical body; the turns of an interview are quotes too."""
    return Reading(find_quotations(text, transcripts=True), language_of(text), marks_of(text))
