"""The history of an article: its own changes, the proposals answered, and the topics filed by hand."""

from collections.abc import Iterator

from archive.admin.history import SHOWN, Change, FieldChange, history_of
from archive.models import Answer, Article


def article_history(article: Article) -> list[Change]:
    """The latest changes and deeds, newest first, at most a hundred."""
    told = [*history_of(article), *_answers(article), *_filings(article)]
    return sorted(told, key=lambda change: change.when, reverse=True)[:SHOWN]


def _answers(article: Article) -> Iterator[Change]:
    answered = article.suggestions.exclude(answer=Answer.PENDING).select_related("topic", "answered_by")
    for one in answered.order_by("-answered_at")[:SHOWN]:
        proposed = str(one.topic or f"“{one.proposal.get('words', '')}”")
        field = FieldChange(f"proposed {one.get_kind_display().lower()}", proposed, one.get_answer_display())
        if one.answered_at is not None:
            yield Change(one.answered_at, str(one.answered_by or ""), (field,))


def _filings(article: Article) -> Iterator[Change]:
    """Those of people: what was filed with a proposal is told by its answer."""
    filed = article.taggings.filed().filter(suggestion__isnull=True).select_related("topic", "tagged_by")
    for one in filed.order_by("-tagged_at")[:SHOWN]:
        yield Change(one.tagged_at, str(one.tagged_by or ""), (FieldChange("filed under", "", str(one.topic)),))
