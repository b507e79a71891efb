"""What was changed in an article after readers could see it, as the history kept it.

Readers are told of changes in headline, standfirst, text and date of publication, word by word where the source allows
those words to be shown. Where an article was withdrawn and published again, they are told that, and which of these had
changed, but not the words: they may be the reason for the withdrawal.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from archive.differences import Differences, differences
from archive.models import Article, Status, Visibility
from archive.site import dating
from archive.site.reading import allowed

SHOWN = 10
# Stored versions looked at: most changes of an article are none that readers are told of.
LOOKED_AT = 40
_READ = ("headline", "standfirst", "body", "published_at", "precision", "status", "released_at", "embargo_until")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed: what is said of it, and the words where they may be shown."""

    told: str
    words: Differences | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """What changed at one moment."""

    at: datetime
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Corrections:
    """The latest corrections of an article, newest first, and whether there may be earlier ones."""

    latest: list[Correction]
    more: bool


def corrections_of(article: Article) -> Corrections:
    """What readers are told of the changes since they could first see an article. One query."""
    events: Any = article.events  # type: ignore[attr-defined]  # django-pghistory adds it
    kept = list(events.only("pgh_obj", "pgh_created_at", *_READ).order_by("-pgh_id")[:LOOKED_AT])
    told = [
        Correction(before.pgh_created_at, changes)
        for after, before in pairwise([article, *kept])
        if _was_public(before) and (changes := tuple(_changes(article, before, after)))
    ]
    return Corrections(told[:SHOWN], more=len(told) > SHOWN or len(kept) == LOOKED_AT)


def _was_public(version: Any) -> bool:
    """Whether readers could see this version at the moment it was replaced, or could have come upon its withdrawal."""
    return bool(
        version.status in {Status.PUBLISHED, Status.WITHDRAWN}
        and version.released_at is not None
        and max(version.released_at, version.embargo_until or version.released_at) <= version.pgh_created_at
    )


def _changes(article: Article, before: Any, after: Any) -> Iterator[Change]:
    if before.status != after.status:
        yield Change("Withdrawn." if after.status == Status.WITHDRAWN else "Published again.")
    # What was changed while nobody could see it.
    with_words = before.status == after.status == Status.PUBLISHED
    source, theirs = article.source, article.source is None or article.source.visibility == Visibility.REFERENCE
    if before.headline != after.headline:
        yield _change("The headline was changed", before.headline, after.headline, with_words)
    if before.standfirst != after.standfirst and not theirs:
        yield _change("The standfirst was changed", before.standfirst, after.standfirst, with_words)
    if before.body.split() != after.body.split():
        yield _change("The text was changed", allowed(before.body, source), allowed(after.body, source), with_words)
    was, became = (dating.in_words(each.published_at, each.precision) for each in (before, after))
    if was != became:
        yield Change(f"The date of first publication is {became}; it was given as {was}.")


def _change(told: str, before: str, after: str, with_words: bool) -> Change:
    words = differences(before, after) if with_words else None
    if words is None or before.split() == after.split():
        return Change(f"{told}.")
    return Change(f"{told}:", words) if words.places else Change(f"{told} at length.")
