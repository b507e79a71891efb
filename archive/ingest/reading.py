"""Reading: all that is told from a story's text alone, so that it can be done on any core. No Django."""

from dataclasses import dataclass, field

from archive.extraction import Quotation, find_quotations
from archive.ingest.languages import language_of
from archive.ingest.shingles import Runs, runs_of


@dataclass(frozen=True, slots=True)
class Reading:
    """The quotations in a text, its language where that is sure, and its runs, by which near copies are told."""

    quotations: list[Quotation]
    language: str
    runs: Runs = field(compare=False)


def read(text: str) -> Reading:
    """Read a canonical body; the turns of an interview are quotes too."""
    return Reading(find_quotations(text, transcripts=True), language_of(text), runs_of(text))
