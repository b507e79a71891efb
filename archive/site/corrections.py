"""What was changed in an article after readers could see it, as the history kept it.

Readers are told of changes in headline, standfirst, text and date of publication: of what they could read before and
what they could read after, never of what stood there in between while nobody could see it. They are told word by word
where the source allows those words to be shown, and only of what was changed since they last began to see the article:
the words before it was withdrawn, or held back, may be the reason why it was.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from django.utils import timezone

from archive.differences import Differences, differences
from archive.models import Article, Status, Visibility
from archive.site import dating
from archive.site.reading import allowed

SHOWN = 10
# Stored versions looked at: most changes of an article are none that readers are told of.
LOOKED_AT = 40
_READ = ("headline", "standfirst", "body", "published_at", "precision", "status", "released_at", "embargo_until")
_NEVER = datetime.max.replace(tzinfo=UTC)


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


NONE = Corrections([], more=False)


def corrections_of(article: Article) -> Corrections:
    """What readers are told of the changes since they could first see an article. One query."""
    events: Any = article.events  # type: ignore[attr-defined]  # django-pghistory adds it
    kept = list(events.only("pgh_obj", "pgh_created_at", *_READ).order_by("-pgh_id")[:LOOKED_AT])
    told = list(_told(article, kept))
    return Corrections(told[:SHOWN], more=len(told) > SHOWN or len(kept) == LOOKED_AT)


def _told(article: Article, kept: list[Any]) -> Iterator[Correction]:
    """What readers could see of the change from each version that was public to the next that was, newest first."""
    versions: list[Any] = [article, *kept]
    ended = [timezone.now(), *(version.pgh_created_at for version in kept)]
    public = [at for at, version in enumerate(versions) if _public_from(version) <= ended[at]]
    with_words = True
    for newer, older in pairwise(public):
        after, before, hidden = versions[newer], versions[older], versions[newer + 1 : older]
        with_words &= not hidden and _public_from(after) <= ended[older]
        withdrawn = any(version.status == Status.WITHDRAWN for version in hidden)
        changes = tuple(_changes(article, before, after, with_words=with_words))
        if withdrawn:
            changes = (Change("Published again."), *changes)
        if changes:
            yield Correction(max(ended[newer + 1], _public_from(after)), changes)
        if withdrawn:
            yield Correction(ended[older], (Change("Withdrawn."),))


def _public_from(version: Any) -> datetime:
    """When readers could see this version, were it not replaced before; the end of time where they never could."""
    if version.status != Status.PUBLISHED or version.released_at is None:
        return _NEVER
    released_at: datetime = version.released_at
    return max(released_at, version.embargo_until or released_at)


def _changes(article: Article, before: Any, after: Any, *, with_words: bool) -> Iterator[Change]:
    source, theirs = article.source, article.source is None or article.source.visibility == Visibility.REFERENCE
    if before.headline != after.headline:
        yield _change("The headline was changed", before.headline, after.headline, with_words)
    if before.standfirst != after.standfirst and not theirs:
        yield _change("The standfirst was changed", before.standfirst, after.standfirst, with_words)
    if before.body.split() != after.body.split():
        yield _change("The text was changed", allowed(before.body, source), allowed(after.body, source), with_words)
    was, became = (dating.in_words(each.published_at, each.precision) for each in (before, after))
    if was != became and with_words:
        yield Change(f"The date of first publication is {became}; it was given as {was}.")
    elif was != became:
        yield Change("The date of first publication was changed.")


def _change(told: str, before: str, after: str, with_words: bool) -> Change:
    words = differences(before, after) if with_words else None
    if words is None or before.split() == after.split():
        return Change(f"{told}.")
    return Change(f"{told}:", words) if words.places else Change(f"{told} at length.")
