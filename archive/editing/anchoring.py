"""Anchoring: when a body changes, its quotes, proposed quotes and notes keep to their words.

Words before the first change and after the last keep their place without doubt; between the two, a comparison word by
word says where each went; what it cannot say is looked for, and taken only where it stands once. What is not found is
flagged, never guessed: a lost quote keeps its words, and is found again when they return.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from django.db import transaction
from django.utils import timezone

from archive.editing.rights import Actor, require_edit
from archive.models import Article, Note, Quote, Suggestion
from archive.models.quote import BROKEN_BY_ATTRIBUTION
from archive.prose import canonical

Spans = list[list[int]]

# A comparison takes the product of both sides' words at worst; beyond this many the words are only looked for.
COMPARED_WORDS = 4_000

_TOKEN = re.compile(r"\s+|[^\W_]+|[\W_]")


@dataclass(frozen=True)
class Reanchoring:
    """What a change of a body did to its quotes: those moved, those lost, and those found again."""

    moved: tuple[Quote, ...] = ()
    lost: tuple[Quote, ...] = ()
    found: tuple[Quote, ...] = ()


def change_body(article: Article, body: str, *, by: Actor) -> Reanchoring:
    """Give an article another body, in its canonical form, and take its quotes and pending proposals along.

    A quote whose words are gone gets `lost_at` and no spans; a proposal whose words are gone gets no spans, and a note
    no place.
    """
    with transaction.atomic():
        held = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
        require_edit(by, held)
        change = Change(held.body, canonical(body))
        article.body = change.new
        if change.new == change.old:
            return Reanchoring()
        held.body = change.new
        held.save(update_fields=["body", "changed_at"])
        article.changed_at = held.changed_at
        _take_proposals_along(held, change)
        _take_notes_along(held, change)
        return _take_quotes_along(held, change)


class Change:
    """An old body and a new one, and where the words of the one stand in the other."""

    def __init__(self, old: str, new: str) -> None:
        self.old = old
        self.new = new
        before = _alike(old, new)
        after = _alike(old[before:][::-1], new[before:][::-1])
        middle = _compared(old[before : len(old) - after], new[before : len(new) - after], before)
        # (start in old, start in new, length): what is the same in both.
        self.same = [(0, 0, before), *middle, (len(old) - after, len(new) - after, after)]

    def place(self, start: int, end: int) -> list[int] | None:
        """Where the characters from start to end of the old body went, if they went there undivided."""
        for old, new, length in self.same:
            if old <= start and end <= old + length:
                there = [new + start - old, new + end - old]
                return None if self._grew(start, there[0]) or self._grew(end, there[1]) else there
        return None

    def _grew(self, old: int, new: int) -> bool:
        """Whether an edge that stood between two words now stands within one: “go” is not said in “gone”."""
        return _within_word(self.new, new) and not _within_word(self.old, old)

    def places(self, spans: Spans) -> Spans | None:
        """Where all of these spans went, in the same order; None where one is gone or stands at several places."""
        placed = [self.place(start, end) or only_place(self.old[start:end], self.new) for start, end in spans]
        found = [span for span in placed if span is not None]
        return found if len(found) == len(spans) and in_order(found) else None


def only_place(words: str, body: str) -> list[int] | None:
    """Where these words stand in a body, if they stand there exactly once and are not part of longer words."""
    places = re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", body)
    first, second = next(places, None), next(places, None)
    return [first.start(), first.end()] if first and second is None else None


def only_places(words: str, body: str) -> Spans | None:
    """Where the words of a lost quote stand in a body: in one piece, or its parts one after the other."""
    if whole := only_place(words, body):
        return [whole]
    parts = [only_place(part, body) for part in words.split(BROKEN_BY_ATTRIBUTION)]
    found = [part for part in parts if part is not None]
    return found if len(found) == len(parts) and in_order(found) else None


def in_order(spans: Spans) -> bool:
    """Whether each span begins where the one before it has ended, or later."""
    return all(one[1] <= other[0] for one, other in pairwise(spans))


def _alike(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    limit = min(len(one), len(other))
    return next((at for at in range(limit) if one[at] != other[at]), limit)


def _within_word(body: str, edge: int) -> bool:
    return 0 < edge < len(body) and body[edge - 1].isalnum() and body[edge].isalnum()


def _compared(old: str, new: str, offset: int) -> list[tuple[int, int, int]]:
    """What is the same in two texts, compared word by word, at offsets into the whole."""
    old_words, new_words = _TOKEN.findall(old), _TOKEN.findall(new)
    if max(len(old_words), len(new_words)) > COMPARED_WORDS:
        return []
    old_starts, new_starts = _starts(old_words, offset), _starts(new_words, offset)
    matcher = SequenceMatcher(None, old_words, new_words, autojunk=False)
    return [
        (old_starts[i], new_starts[j], old_starts[i + size] - old_starts[i])
        for i, j, size in matcher.get_matching_blocks()
        if size
    ]


def _starts(words: Sequence[str], offset: int) -> list[int]:
    starts = [offset]
    for word in words:
        starts.append(starts[-1] + len(word))
    return starts


def _take_quotes_along(article: Article, change: Change) -> Reanchoring:
    moved: list[Quote] = []
    lost: list[Quote] = []
    found: list[Quote] = []
    for quote in article.quotes.select_for_update(of=("self",)):
        was_lost = quote.lost_at is not None
        spans = only_places(quote.words, change.new) if was_lost else change.places(quote.spans)
        if spans == quote.spans or (was_lost and spans is None):
            continue
        mention = None
        if quote.mention_start is not None and quote.mention_end is not None:
            mention = change.place(quote.mention_start, quote.mention_end)
        quote.mention_start, quote.mention_end = mention or (None, None)
        quote.spans = spans or []
        quote.position = spans[0][0] if spans else quote.position
        quote.lost_at = None if spans else timezone.now()
        quote.changed_at = timezone.now()
        (lost if spans is None else found if was_lost else moved).append(quote)
    Quote.objects.bulk_update(
        [*moved, *lost, *found],
        ["spans", "position", "mention_start", "mention_end", "lost_at", "changed_at"],
        batch_size=500,
    )
    return Reanchoring(tuple(moved), tuple(lost), tuple(found))


def _take_proposals_along(article: Article, change: Change) -> None:
    pending = article.suggestions.pending().quotes().select_for_update(of=("self",))
    changed = []
    for suggestion in pending:
        proposal = suggestion.proposal
        was = proposal.get("spans") or []
        spans = (change.places(was) if was else only_places(proposal.get("words", ""), change.new)) or []
        start, end = proposal.get("mention_start"), proposal.get("mention_end")
        mention = change.place(start, end) if start is not None and end is not None else None
        moved = {"spans": spans} | dict(zip(("mention_start", "mention_end"), mention or (None, None), strict=True))
        if proposal | moved != proposal:
            suggestion.proposal = proposal | moved
            changed.append(suggestion)
    Suggestion.objects.bulk_update(changed, ["proposal"], batch_size=500)


def _take_notes_along(article: Article, change: Change) -> None:
    changed = []
    for note in article.notes.exclude(words="").select_for_update(of=("self",)):
        places = change.places(note.span) if note.span else None
        start, end = places[0] if places else only_place(note.words, change.new) or (None, None)
        if (start, end) != (note.start, note.end):
            note.start, note.end = start, end
            changed.append(note)
    Note.objects.bulk_update(changed, ["start", "end"], batch_size=500)
