"""Rows as lists and pages show them: what of an article, quote, topic, person or source a template reads, and no more.

Templates read them as they would read the models. They are tuples, made of the values that the database gave.
"""

from datetime import datetime
from typing import NamedTuple

from archive.models import Visibility
from archive.models.address import address
from archive.models.quote import parts_of


class SourceRow(NamedTuple):
    """The source of an article in a list."""

    name: str
    visibility: str

    def __str__(self) -> str:
        return self.name


class SpeakerRow(NamedTuple):
    """The speaker of a quote in a list."""

    name: str
    slug: str

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("person", self.slug)


class AuthorRow(NamedTuple):
    """Somebody who wrote an article, on its page."""

    name: str
    slug: str
    listed_as: str

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("person", self.slug)


class TopicLink(NamedTuple):
    """A topic that something is filed under, on the page of that."""

    pk: int
    name: str
    slug: str

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("topic", self.slug)


class SpokenRow(NamedTuple):
    """A quote on the page of its article."""

    pk: int
    spans: list[list[int]]
    words: str
    speaker_mention: str
    role: str
    speaker: SpeakerRow | None

    @property
    def parts(self) -> list[str]:
        return parts_of(self.words, self.spans)

    def get_absolute_url(self) -> str:
        return address("quote", self.pk)


class ArticleRow(NamedTuple):
    """An article in a list."""

    article_id: int
    published_at: datetime
    precision: str
    slug: str
    headline: str
    language: str
    standfirst: str
    beginning: str
    source_name: str
    visibility: str

    @property
    def id(self) -> int:
        return self.article_id

    @property
    def source(self) -> SourceRow:
        return SourceRow(self.source_name, self.visibility)

    def get_absolute_url(self) -> str:
        return address("article", self.published_at.year, self.slug)


class ArticleLink(NamedTuple):
    """An article where another page leads to it."""

    pk: int
    published_at: datetime
    precision: str
    slug: str
    headline: str
    language: str

    def get_absolute_url(self) -> str:
        return address("article", self.published_at.year, self.slug)


class QuotedArticleRow(NamedTuple):
    """The article of a quote in a list."""

    published_at: datetime
    slug: str
    headline: str
    language: str
    source: str

    def get_absolute_url(self) -> str:
        return address("article", self.published_at.year, self.slug)


class QuoteRow(NamedTuple):
    """A quote in a list."""

    pk: int
    article_id: int
    position: int
    words: str
    spans: list[list[int]]
    partial: bool
    role: str
    speaker_mention: str
    speaker_name: str | None
    speaker_slug: str | None
    published_at: datetime
    precision: str
    slug: str
    headline: str
    language: str
    source: str

    @property
    def id(self) -> int:
        return self.pk

    @property
    def quote_id(self) -> int:
        return self.pk

    @property
    def parts(self) -> list[str]:
        return parts_of(self.words, self.spans)

    @property
    def speaker(self) -> SpeakerRow | None:
        return SpeakerRow(self.speaker_name, self.speaker_slug) if self.speaker_name and self.speaker_slug else None

    @property
    def article(self) -> QuotedArticleRow:
        return QuotedArticleRow(self.published_at, self.slug, self.headline, self.language, self.source)

    def get_absolute_url(self) -> str:
        return address("quote", self.pk)


class PersonRow(NamedTuple):
    """A person in a list of names."""

    listed_at: str
    slug: str
    listed_as: str
    description: str
    articles: int
    quotes: int

    def get_absolute_url(self) -> str:
        return address("person", self.slug)


class TopicNameRow(NamedTuple):
    """A topic in a list of names; `opens` where others lie under it."""

    slug: str
    name: str
    opens: bool
    articles: int
    quotes: int

    def __str__(self) -> str:
        return self.name

    @property
    def listed_at(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return address("topic", self.slug)


class SourceNameRow(NamedTuple):
    """A source in a list of names."""

    slug: str
    name: str
    kind: str
    place: str
    visibility: str
    articles: int
    quotes: int

    def __str__(self) -> str:
        return self.name

    @property
    def listed_at(self) -> str:
        return self.slug

    def get_visibility_display(self) -> str:
        return str(Visibility(self.visibility).label)

    def get_absolute_url(self) -> str:
        return address("source", self.slug)
