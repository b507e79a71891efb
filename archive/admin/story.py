"""What the review desk shows of one story; as many queries for a hundred proposals as for one."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models.functions import Lower

from archive.admin.dates import as_known
from archive.admin.marking import marked_body
from archive.models import Article, Person, PersonName, Suggestion
from archive.models.article import Doubt


@dataclass(frozen=True)
class Proposed:
    """A proposed quote, its speaker as proposed or as just typed, and how the archive knows that name.

    The standing of the name is `known`, `new`, `several` or `nobody`.
    """

    suggestion: Suggestion
    name: str
    role: str
    standing: str
    is_answering: bool

    @property
    def spans(self) -> str:
        """Its place, for scripts."""
        return json.dumps(self.suggestion.proposal.get("spans", []))


def story_context(
    article: Article, *, answering: Suggestion | None = None, typed: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The body marked, the quotes, what is proposed, and the topics filed.

    `answering` is a proposal whose answer was refused; what was `typed` into it stays.
    """
    quotes = list(article.quotes.select_related("speaker").order_by("position", "id"))
    pending = list(article.suggestions.pending().select_related("topic"))
    spoken = sorted((one for one in pending if one.topic is None), key=_place)
    known = people_called(one.proposal.get("name", "") for one in spoken)
    filed = list(article.taggings.select_related("topic").order_by("topic__name"))
    return {
        "article": article,
        "date": as_known(article.published_at, article.precision),
        "doubts": to_check(article),
        "blocks": marked_body(article, quotes, pending),
        "quotes": quotes,
        "proposed_quotes": [_proposed(one, known, typed if one == answering else None) for one in spoken],
        "proposed_topics": [one for one in pending if one.topic is not None],
        "filed": [tagging.topic for tagging in filed if not tagging.implied],
        "implied": [tagging.topic for tagging in filed if tagging.implied],
        "names": sorted(_names(spoken) | {quote.speaker.name for quote in quotes if quote.speaker}),
    }


def to_check(article: Article) -> list[str]:
    """What the import left open in an article and an editor settles before readers see it, in words."""
    doubts = [Doubt(doubt).label for doubt in article.doubts]
    return [*doubts, "The text breaks off before its end"] if article.broken_off else doubts


def _proposed(suggestion: Suggestion, known: Counter[str], typed: Mapping[str, Any] | None) -> Proposed:
    said = {"name": "", "role": ""} | suggestion.proposal | ({key: typed[key] for key in typed} if typed else {})
    return Proposed(suggestion, said["name"], said["role"], _standing(suggestion, known), typed is not None)


def people_called(names: Iterable[str]) -> Counter[str]:
    """How many people have each of these names, in lower case, among theirs."""
    wanted = {name.casefold() for name in names if name}
    called = Person.objects.annotate(called=Lower("name")).filter(called__in=wanted).values_list("called", "pk")
    also = PersonName.objects.annotate(called=Lower("name")).filter(called__in=wanted).values_list("called", "person")
    return Counter(name for name, _ in {*called, *also})


def _place(suggestion: Suggestion) -> tuple[int, int]:
    spans = suggestion.proposal.get("spans")
    return (spans[0][0] if spans else 0, suggestion.pk)


def _standing(suggestion: Suggestion, known: Counter[str]) -> str:
    name = suggestion.proposal.get("name", "")
    if not name:
        return "nobody"
    return ("new", "known")[known[name.casefold()]] if known[name.casefold()] < 2 else "several"


def _names(proposed: Iterable[Suggestion]) -> set[str]:
    """All names that a speaker of this story might have."""
    named = {one.proposal.get("name", "") for one in proposed}
    candidates = {name for one in proposed for name in one.proposal.get("candidates", [])}
    return {name for name in named | candidates if isinstance(name, str) and name}
