"""The history of an article: its own changes, the proposals answered, and the topics it was filed under and left."""

from collections.abc import Iterator

from archive.admin.filing_history import filings_of
from archive.admin.history import SHOWN, Change, FieldChange, history_of, latest_first
from archive.models import Answer, Article, Suggestion, SuggestionKind


def article_history(article: Article) -> list[Change]:
    """The latest changes and deeds, newest first, at most a hundred."""
    return latest_first([*history_of(article), *_answers(article), *filings_of(article)])


def _answers(article: Article) -> Iterator[Change]:
    answered = article.suggestions.exclude(answer=Answer.PENDING)
    answered = answered.select_related("topic", "answered_by", "quote__speaker")
    for one in answered.order_by("-answered_at")[:SHOWN]:
        proposed = str(one.topic or f"“{one.proposal.get('words', '')}”")
        field = FieldChange(f"proposed {one.get_kind_display().lower()}", proposed, one.get_answer_display())
        if one.answered_at is not None:
            yield Change(one.answered_at, str(one.answered_by or ""), (field, *_corrections(one)))


def _corrections(answered: Suggestion) -> Iterator[FieldChange]:
    """What was proposed of a quote and what was made of it, where these differ."""
    if answered.kind != SuggestionKind.QUOTE or answered.answer != Answer.CORRECTED:
        return
    proposed, quote = answered.proposal, answered.quote
    if quote is None:
        yield FieldChange("words", f"“{proposed.get('words', '')}”", "split, or joined with others")
        return
    made = {"words": quote.words, "name": str(quote.speaker or ""), "role": quote.role}
    labels = {"words": "words", "name": "speaker", "role": "role"}
    for key, became in made.items():
        if proposed.get(key, "") != became:
            yield FieldChange(labels[key], proposed.get(key, ""), became)
