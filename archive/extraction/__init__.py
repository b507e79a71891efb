"""Who said what: text in, quotations with their speakers out. Pure functions, no Django.

`find_quotations` is the door. Behind it, in the order a text passes through: `wrapping` (which lines are one), `marks`
(what stands between quotation marks), `names` and `mentions` (who may be speaking), `features` and `ranking` (what is
seen of each, and weighed), `speech` (whether marked words are speech), `speakers` (who speaks each), `identity`,
`pronouns` and `roles` (who that is), `utterances` (which spans are one quote). `transcript` reads interviews.
"""

from bisect import bisect_right

from archive.extraction.quotation import Quotation, rows_of
from archive.extraction.ranking import Models, shipped
from archive.extraction.story import Story
from archive.extraction.transcript import turns_of
from archive.extraction.utterances import utterances_of

__all__ = ["Quotation", "find_quotations", "rows_of"]


def find_quotations(
    text: str, *, transcripts: bool = False, explain: bool = False, models: Models | None = None
) -> list[Quotation]:
    """The quotations in a text, in order, with speaker, role and confidence.

    `transcripts` adds the turns of interviews, which no marks enclose. `explain` adds to `why` the weights that
    decided. `models` are for training, which tries others than the shipped.
    """
    story = Story(text)
    turns = turns_of(story) if transcripts else []
    told = [span for turn in turns for span in turn.spans]
    quotations = [
        quotation
        for quotation in utterances_of(story, models or shipped(), explain=explain)
        if not _overlaps(quotation, told)
    ]
    return sorted(turns + quotations, key=lambda quotation: quotation.spans[0])


def _overlaps(quotation: Quotation, told: list[tuple[int, int]]) -> bool:
    """Whether a quotation reaches into one of these spans, which are in order."""
    first = bisect_right(told, quotation.spans[0][0], key=lambda span: span[1])
    return first < len(told) and told[first][0] < quotation.spans[-1][1]
