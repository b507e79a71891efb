"""Joining a quote, proposed or confirmed, with the one that follows it in the text: two pieces of one utterance."""

from archive.editing.parting import join_suggestions
from archive.editing.quoting import join_quotes, join_suggestion
from archive.editing.review import ReviewError
from archive.editing.rights import Actor
from archive.models import Quote, Suggestion

Said = Quote | Suggestion


def join_with_next(one: Said, *, by: Actor) -> Said:
    """Join it with the next quote or proposed quote of its story. Returns what the two became.

    Where one of the two is confirmed, both are. Raises ReviewError where none follows, and as joining them does.
    """
    other = _next(one)
    if isinstance(one, Suggestion) and isinstance(other, Suggestion):
        return join_suggestions(one, other, by=by)
    if isinstance(one, Quote) and isinstance(other, Quote):
        return join_quotes(one, other, by=by)
    quote, suggestion = (one, other) if isinstance(one, Quote) else (other, one)
    return join_suggestion(quote, suggestion, by=by)  # type: ignore[arg-type]


def _next(one: Said) -> Said:
    quotes = Quote.objects.filter(article=one.article_id, lost_at__isnull=True)
    pending = Suggestion.objects.pending().quotes().filter(article=one.article_id)
    behind = [other for other in (*quotes, *pending) if _place(one) < _place(other)]
    if not behind:
        raise ReviewError("No quote follows that it could be joined with.")
    following: Said = min(behind, key=_place)
    return following


def _place(said: Said) -> tuple[int, str, int]:
    spans = said.spans if isinstance(said, Quote) else said.proposal.get("spans") or [[-1]]
    return (spans[0][0] if spans else -1, type(said).__name__, said.pk)
