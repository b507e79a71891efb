"""Parting and joining: where a quote is cut in two, or two become one utterance. Spans in, spans out.

Splitting a proposal makes two proposals of it, joining two makes one: what was proposed stays, answered as corrected,
and what is to be confirmed names it in `of`.
"""

from itertools import pairwise

from django.db import transaction

from archive.editing.anchoring import Spans, in_order
from archive.editing.review import ReviewError, answered, check_spans
from archive.editing.rights import Actor, require, require_edit
from archive.models import Answer, Article, Suggestion, SuggestionKind
from archive.models.quote import words_at
from archive.prose import is_visible

MADE_BY = "archive.editing.parting"
# What stands between two quotes, and belongs to neither.
_BETWEEN = ' \n“”"«»„'


def parted(spans: Spans, at: int, body: str) -> tuple[Spans, Spans]:
    """The spans before a place in the body and those behind it, without the marks and blanks where they meet.

    Raises ReviewError where there are no words on one side.
    """
    before = [[start, min(end, at)] for start, end in spans if start < at]
    behind = [[max(start, at), end] for start, end in spans if end > at]
    if before:
        start, end = before[-1]
        before[-1][1] = start + len(body[start:end].rstrip(_BETWEEN))
    if behind:
        start, end = behind[0]
        behind[0][0] = end - len(body[start:end].lstrip(_BETWEEN))
    parts = [[span for span in side if is_visible(body[span[0] : span[1]])] for side in (before, behind)]
    if not all(parts):
        raise ReviewError("Choose the word within the quote that begins the second one.")
    return parts[0], parts[1]


def joined(one: Spans, other: Spans, body: str) -> Spans:
    """The spans of both, in order; where only blanks lie between two of them, they are one.

    Raises ReviewError where they overlap.
    """
    spans = sorted([*one, *other])
    if not in_order(spans):
        raise ReviewError("These two share some of their words: move an end first.")
    together = [list(spans[0])]
    for (_, end), (start, last) in pairwise(spans):
        if body[end:start].strip():
            together.append([start, last])
        else:
            together[-1][1] = last
    return together


def split_suggestion(suggestion: Suggestion, *, at: int, by: Actor) -> list[Suggestion]:
    """Make two proposals of a proposed quote, the second from this place in the body on. Returns both.

    Raises ReviewError where it is answered already, or has no words on one side of the place.
    """
    with transaction.atomic():
        article, [held] = _pending([suggestion], by)
        sides = parted(held.proposal["spans"], at, article.body)
        answered(held, Answer.CORRECTED, by)
        return [
            _derived([held], article, spans, f"split {held.pk} {number}", "split by an editor")
            for number, spans in enumerate(sides, 1)
        ]


def join_suggestions(suggestion: Suggestion, other: Suggestion, *, by: Actor) -> Suggestion:
    """Make one proposal of two proposed quotes of a story: one utterance. Its speaker is the one either names.

    Raises ReviewError where one is answered already, or they share some of their words.
    """
    with transaction.atomic():
        article, held = _pending([suggestion, other], by)
        spans = joined(held[0].proposal["spans"], held[1].proposal["spans"], article.body)
        for one in held:
            answered(one, Answer.CORRECTED, by)
        return _derived(held, article, spans, f"join {held[0].pk} {held[1].pk}", "joined by an editor")


def _pending(suggestions: list[Suggestion], by: Actor) -> tuple[Article, list[Suggestion]]:
    """The article and these proposals, locked, in the given order."""
    require(by, "answer_suggestion")
    article = Article.objects.select_for_update(of=("self",)).get(pk=suggestions[0].article_id)
    require_edit(by, article)
    found = Suggestion.objects.pending().quotes().filter(article=article).select_for_update(of=("self",))
    waiting = found.in_bulk([one.pk for one in suggestions])
    if len(waiting) < len(suggestions):
        raise ReviewError("It is answered already: nothing was changed.")
    held = [waiting[one.pk] for one in suggestions]
    for one in held:
        check_spans(article.body, one.proposal.get("spans") or [], one.proposal.get("words"))
    return article, held


def _derived(held: list[Suggestion], article: Article, spans: Spans, key: str, why: str) -> Suggestion:
    """A proposal made of others: of each thing that one of them knows, the first."""
    known = {name: value for one in reversed(held) for name, value in one.proposal.items() if value}
    proposal = held[0].proposal | known
    proposal |= {"spans": spans, "words": words_at(article.body, spans), "of": [one.pk for one in held]}
    return Suggestion.objects.create(
        kind=SuggestionKind.QUOTE,
        article=article,
        key=key,
        proposal=proposal,
        confidence=min(one.confidence for one in held),
        why=[why],
        made_by=MADE_BY,
    )
