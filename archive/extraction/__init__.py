"""Who said what: text in, quotations with their speakers out. Pure functions, no Django.

`find_quotations` is the door. Behind it, in the order a text passes through: `marks` (what stands between quotation
marks), `names` and `mentions` (who may be speaking), `features` and `ranking` (what is seen of each, and weighed),
`speech` (whether marked words are speech), `speakers` (who speaks each), `pronouns` and `roles` (who that is),
`utterances` (which spans are one quote).
"""

from archive.extraction.quotation import Quotation, rows_of
from archive.extraction.ranking import Models, shipped
from archive.extraction.story import Story
from archive.extraction.utterances import utterances_of

__all__ = ["Quotation", "find_quotations", "rows_of"]


def find_quotations(text: str, *, explain: bool = False, models: Models | None = None) -> list[Quotation]:
    """The quotations in a text, in order, with speaker, role and confidence.

    `explain` adds to `why` the weights that decided; `models` are for training, which tries others than the shipped.
    """
    return utterances_of(Story(text), models or shipped(), explain=explain)
