"""The history of an article: its own changes, the proposals answered, and the topics filed by hand."""

from collections.abc import Iterator

from archive.admin.history import SHOWN, Change, FieldChange, history_of
from archive.models import Answer, Article, Suggestion, SuggestionKind


def article_history(article: Article) -> list[Change]:
    """The latest changes and deeds, newest first, at most a hundred."""
    told = [*history_of(article), *_answers(article), *_filings(article)]
    return sorted(told, key=lambda change: change.when, reverse=True)[:SHOWN]


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


def _filings(article: Article) -> Iterator[Change]:
    """Those of people: what was filed with a proposal is told by its answer."""
    filed = article.taggings.filed().filter(suggestion__isnull=True).select_related("topic", "tagged_by")
    for one in filed.order_by("-tagged_at")[:SHOWN]:
        yield Change(one.tagged_at, str(one.tagged_by or ""), (FieldChange("filed under", "", str(one.topic)),))
