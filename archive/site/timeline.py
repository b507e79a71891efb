"""The timeline of a topic: its articles with what was said in them on it, and quotes filed under it alone."""

from dataclasses import dataclass, field
from datetime import datetime

from django.http import QueryDict

from archive.models import Article, Precision, Quote, Tagging
from archive.site.listing import filed_articles_listed, filed_quotes_listed
from archive.site.paging import FILED_ARTICLES, Page, page_of
from archive.site.topic_place import TopicPlace

QUOTES_AT_MOST = 90
OF_ONE_ARTICLE = 3


@dataclass(slots=True)
class Entry:
    """An article and its quotes on the topic. `is_filed`: the article itself is; else only its quotes are."""

    article: Article
    is_filed: bool
    quotes: list[Quote] = field(default_factory=list)

    @property
    def first(self) -> list[Quote]:
        """As many quotes as are shown."""
        return self.quotes[:OF_ONE_ARTICLE]

    @property
    def further(self) -> int:
        """How many quotes are not shown."""
        return len(self.quotes[OF_ONE_ARTICLE:])

    @property
    def at(self) -> datetime:
        """When the article was first published; what is public has a date."""
        if self.article.published_at is None:
            raise ValueError("Only what is published has a place in time")
        return self.article.published_at

    @property
    def month(self) -> datetime | None:
        """The month it stands under; None where only the year is known."""
        return None if self.article.precision == Precision.YEAR else self.at


@dataclass(frozen=True, slots=True)
class Timeline:
    """A page of a timeline, newest first. `quotes_cut`: there were more quotes in this time than can be shown."""

    page: Page[Tagging]
    entries: list[Entry]
    quotes_cut: bool


def timeline_of(topic: TopicPlace, given: QueryDict) -> Timeline:
    """The page of a topic's timeline that a query string asks for: see `archive.site.paging`.

    It pages through the articles; the quotes are those of the time between its first and its last. A quote whose
    article was published at the very moment where two pages meet may stand on both, never on none.
    """
    public = Tagging.objects.public().filter(topic=topic.pk)
    page = page_of(filed_articles_listed(public.of_articles()), FILED_ARTICLES, given)
    entries = {
        tagging.article.pk: Entry(tagging.article, is_filed=True)
        for tagging in page.items
        if tagging.article is not None
    }
    quotes = filed_quotes_listed(public.of_quotes())
    if page.items and page.older:
        quotes = quotes.filter(published_at__gte=page.items[-1].published_at)
    if page.items and not page.is_first:
        quotes = quotes.filter(published_at__lte=page.items[0].published_at)
    said = [tagging.quote for tagging in quotes[: QUOTES_AT_MOST + 1] if tagging.quote is not None]
    for quote in said[:QUOTES_AT_MOST]:
        entries.setdefault(quote.article_id, Entry(quote.article, is_filed=False)).quotes.append(quote)
    for entry in entries.values():
        entry.quotes.sort(key=lambda quote: (quote.position, quote.pk))
    newest_first = sorted(entries.values(), key=lambda entry: (entry.at, entry.article.pk), reverse=True)
    return Timeline(page, newest_first, quotes_cut=len(said) > QUOTES_AT_MOST)
