"""Drafting: an article from a document, with what the importer was told where the document is silent."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.contrib.auth.models import User

from archive.ingest.dates import Dated
from archive.ingest.document import Document, UnreadableError
from archive.ingest.fields import one_line
from archive.ingest.languages import language_of
from archive.ingest.reading import Reading
from archive.models import Article, Precision, Source, Topic
from archive.models.article import Doubt
from archive.prose import canonical, is_visible

if TYPE_CHECKING:
    from django.db import models

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})?")
LONGEST_SOURCE = 200
_SHORT_PARTS = ("dateline", "byline", "publisher_url")


@dataclass(frozen=True)
class Told:
    """What whoever imports says of all that comes in; it fills what a text does not say of itself.

    `topics` are filed at once, by `by`; None is the operator at the command line. `mapping` is that of `Arrival`.
    """

    source: Source | None = None
    published: Dated | None = None
    topics: tuple[Topic, ...] = field(default=())
    mapping: Mapping[str, str] = field(default_factory=dict)
    by: User | None = None

    def as_json(self) -> dict[str, Any]:
        """What was said, for the record of the batch."""
        return {
            "source": self.source.pk if self.source else None,
            "published": self.published.at.isoformat() if self.published else None,
            "precision": self.published.precision.value if self.published else None,
            "topics": [topic.pk for topic in self.topics],
            "mapping": dict(self.mapping),
        }

    @classmethod
    def from_json(cls, said: Mapping[str, Any], *, by: User | None) -> "Told":
        """What a batch was told, for somebody who goes on with it; what was deleted since is left out."""
        at, precision = said.get("published"), said.get("precision")
        return cls(
            source=Source.objects.filter(pk=said.get("source") or 0).first(),
            published=Dated(datetime.fromisoformat(at), Precision(precision)) if at and precision else None,
            topics=tuple(Topic.objects.filter(pk__in=said.get("topics", []))),
            mapping=said.get("mapping", {}),
            by=by,
        )


class Sources:
    """The sources by name, each asked for once; one that is not there is made, showing readers an excerpt.

    The names are those of `source_name`.
    """

    def __init__(self) -> None:
        self.made: list[Source] = []
        self._known: dict[str, Source] = {}

    def called(self, name: str) -> Source:
        """The source of this name or slug, or a new one of the name."""
        key = name.casefold()
        if key not in self._known:
            self._known[key] = source_called(name) or self._make(name)
        return self._known[key]

    def _make(self, name: str) -> Source:
        source = Source.objects.create(name=name)
        self.made.append(source)
        return source

    def forget(self) -> None:
        """Ask the database anew: a transaction in which some were made was undone."""
        self._known.clear()
        self.made = [source for source in self.made if Source.objects.filter(pk=source.pk).exists()]


def source_name(given: str) -> str:
    """What is given as a source's name, on one line; "" where nothing of it is seen.

    Raises UnreadableError where it is longer than the name of a source may be.
    """
    name = one_line(given)
    if len(name) > LONGEST_SOURCE:
        raise UnreadableError(f"has a source longer than {LONGEST_SOURCE} characters")
    return name if is_visible(name) else ""


def source_called(name: str) -> Source | None:
    """The source that has this name, whatever its case, or this slug."""
    return Source.objects.filter(name__iexact=name).first() or Source.objects.filter(slug=name).first()


def draft(document: Document, told: Told, sources: Sources, reading: Reading | None = None) -> Article:
    """An unsaved draft, its body canonical; `reading` is that of its body, where it was read already.

    Raises UnreadableError where a part is longer than it may be.
    """
    source = _source_of(document, told, sources)
    published = Dated(document.published_at, document.precision) if document.published_at else told.published
    body = canonical(document.body)
    article = Article(
        headline=one_line(document.headline),
        standfirst=canonical(document.standfirst),
        dateline=one_line(document.dateline),
        byline=one_line(document.byline),
        body=body,
        author_note=canonical(document.author_note),
        language=_language_tag(document.language)
        or (reading.language if reading else language_of(body))
        or (source.language if source else settings.LANGUAGE_CODE),
        source=source,
        publisher_url=one_line(document.url),
        published_at=published.at if published else None,
        precision=published.precision if published else Precision.DAY,
        broken_off=document.broken_off,
        created_by=told.by,
    )
    article.body_sha256 = fingerprint(article)
    # A date that was told does not settle one that the document gives and nobody could read.
    doubts = document.doubts | {
        doubt for doubt, lacking in ((Doubt.DATE, not published), (Doubt.SOURCE, not source)) if lacking
    }
    if len(article.headline) > (longest := _longest("headline")):
        article.headline = article.headline[: longest - 1].rsplit(" ", 1)[0] + "…"
        doubts.add(Doubt.HEADLINE)
    article.doubts = sorted(doubts)
    for name in _SHORT_PARTS:
        if len(getattr(article, name)) > (longest := _longest(name)):
            raise UnreadableError(f"has a {name.replace('_', ' ')} longer than {longest} characters", row=document.row)
    return article


def _source_of(document: Document, told: Told, sources: Sources) -> Source | None:
    """What a document says is its source, else what was told, else the site it is from where that can be one."""
    if name := source_name(document.source):
        return sources.called(name)
    if told.source is not None:
        return told.source
    site = one_line(document.site)
    return sources.called(site) if is_visible(site) and len(site) <= LONGEST_SOURCE else None


def fingerprint(article: Article) -> str:
    """The SHA-256 of a story's body, by which it is known again; without a body, of all else that it says."""
    said = article.body or f"{article.headline}\n{article.standfirst}\n{article.publisher_url}"
    return hashlib.sha256(said.encode()).hexdigest()


def _longest(name: str) -> int:
    """How many characters a column of articles holds."""
    field = Article._meta.get_field(name)
    return cast("models.CharField[str, str]", field).max_length or 0


def _language_tag(tag: str) -> str:
    tag = tag.strip().replace("_", "-")
    return tag if _LANGUAGE_TAG.fullmatch(tag) else ""
