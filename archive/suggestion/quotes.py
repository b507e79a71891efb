"""Quotes for an article, as the extraction finds them in its body."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator

from archive.extraction import Quotation, find_quotations
from archive.models import Article, SuggestionKind
from archive.models.quote import words_at
from archive.suggestion.proposed import Proposed

MADE_BY = "archive.extraction"
_LONGEST_REASON = 300


def proposed_quotes(article: Article, found: Iterable[Quotation] | None = None) -> Iterator[Proposed]:
    """The quotes of an article in the order of the text; `found` are those of its body where they are known already."""
    times: Counter[str] = Counter()
    for quotation in find_quotations(article.body, transcripts=True) if found is None else found:
        spans = [list(span) for span in quotation.spans]
        words = words_at(article.body, spans)
        times[words] += 1
        yield Proposed(
            kind=SuggestionKind.QUOTE,
            article=article.pk,
            key=_key(words, times[words]),
            proposal=_proposal(quotation, spans, words),
            confidence=quotation.confidence,
            why=[reason[:_LONGEST_REASON] for reason in quotation.why],
            made_by=MADE_BY,
        )


def _key(words: str, time: int) -> str:
    """By its words, not its place, so that it is the same quote after the text around it was edited."""
    return f"quote {time} {words[:100]} {hashlib.sha256(words.encode()).hexdigest()[:16]}"


def _proposal(quotation: Quotation, spans: list[list[int]], words: str) -> dict[str, object]:
    return {
        "spans": spans,
        "words": words,
        "mention": quotation.mention,
        "mention_start": quotation.mention_start,
        "mention_end": quotation.mention_end,
        "name": quotation.name,
        "role": quotation.role,
        "partial": quotation.partial,
        "candidates": list(quotation.candidates),
    }
