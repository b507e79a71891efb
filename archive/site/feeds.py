"""Feeds of the archive's lists: which there are. `feed_formats` writes them."""

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from archive.models import Article, Edition, Person, Quote, Source, Tagging, Topic
from archive.search.patience import TookTooLong, at_most
from archive.site.asking import IsAnyOf, given
from archive.site.caching import reader_page
from archive.site.feed_formats import Entry, Followed, entry_of_article, entry_of_quote
from archive.site.listing import Listing, article_values, on_topic, quote_values
from archive.site.narrowing import with_fields
from archive.site.paging import ARTICLES, FILED_ARTICLES, QUOTES
from archive.site.rows import ArticleRow, QuoteRow
from archive.site.searching import Search
from archive.site.standing import instead_of_person, instead_of_source, instead_of_topic
from archive.site.version import shown_by

if TYPE_CHECKING:
    from django.db.models import QuerySet

ENTRIES = 30

Writer = Callable[[HttpRequest, Edition, Followed], HttpResponse]


def _of_articles(rows: "QuerySet[Any]", path: str = "") -> "QuerySet[Any, Any]":
    filed = Tagging.objects.filed().filter(article=OuterRef(f"{path}pk")).order_by("topic__name")
    columns = [f"{path}{column}" for column in ("created_at", "changed_at", "source__rights", "byline")]
    return article_values(rows, *columns, ArraySubquery(filed.values("topic__name")), path=path)


def _of_quotes(rows: "QuerySet[Quote]") -> "QuerySet[Any, Any]":
    filed = Tagging.objects.filed().filter(quote=OuterRef("pk")).order_by("topic__name")
    columns = ("created_at", "changed_at", "article__source__rights")
    return quote_values(rows, *columns, ArraySubquery(filed.values("topic__name")))


def _article(values: Sequence[Any]) -> Entry:
    *of_row, created_at, changed_at, rights, byline, topics = values
    row = ArticleRow._make(of_row)
    return entry_of_article(
        row, created_at=created_at, changed_at=changed_at, byline=byline, rights=rights, topics=topics
    )


def _quote(values: Sequence[Any]) -> Entry:
    *of_row, created_at, changed_at, rights, topics = values
    row = QuoteRow._make(of_row)
    return entry_of_quote(row, created_at=created_at, changed_at=changed_at, rights=rights, topics=topics)


_LATEST = Listing(lambda: _of_articles(Article.objects.public()), ARTICLES, _article)
_ON_TOPIC = Listing(lambda: _of_articles(on_topic().of_articles(), "article__"), FILED_ARTICLES, _article)
_OF_SOURCE = Listing(lambda: _of_articles(Article.objects.public().filter(source=given("source"))), ARTICLES, _article)
_OF_PERSON = Listing(lambda: _of_quotes(Quote.objects.public().filter(speaker=given("person"))), QUOTES, _quote)
_FOUND = Listing(lambda: _of_articles(Article.objects.public().filter(IsAnyOf("pk", given("ids")))), ARTICLES, _article)
_QUOTES_FOUND = Listing(lambda: _of_quotes(Quote.objects.public().filter(IsAnyOf("pk", given("ids")))), QUOTES, _quote)


@reader_page
def latest(request: HttpRequest, *, write: Writer) -> HttpResponse:
    """The latest articles of the whole archive."""
    edition = shown_by(request).edition
    entries = _LATEST.newest(ENTRIES)
    return write(request, edition, Followed(edition.title, edition.tagline, reverse("front"), entries))


@reader_page
def of_topic(request: HttpRequest, slug: str, *, write: Writer) -> HttpResponse:
    """The latest articles filed under one topic or its narrower ones."""
    topic = Topic.objects.current().filter(slug=slug).first()
    if topic is None:
        return instead_of_topic(slug, page=str(request.resolver_match and request.resolver_match.url_name))
    edition = shown_by(request).edition
    entries = _ON_TOPIC.newest(ENTRIES, topic=topic.slug)
    return write(request, edition, Followed(_title(topic, edition), topic.scope_note, _page(topic), entries))


@reader_page
def of_person(request: HttpRequest, slug: str, *, write: Writer) -> HttpResponse:
    """What one person said last, quote by quote."""
    person = Person.objects.filter(slug=slug).first()
    if person is None:
        return instead_of_person(slug)
    edition = shown_by(request).edition
    entries = _OF_PERSON.newest(ENTRIES, person=person.pk)
    return write(request, edition, Followed(_title(person, edition), person.description, _page(person), entries))


@reader_page
def of_source(request: HttpRequest, slug: str, *, write: Writer) -> HttpResponse:
    """The latest articles of one source."""
    source = Source.objects.filter(slug=slug).first()
    if source is None:
        return instead_of_source(slug)
    edition = shown_by(request).edition
    entries = _OF_SOURCE.newest(ENTRIES, source=source.pk)
    return write(request, edition, Followed(_title(source, edition), source.kind, _page(source), entries))


@reader_page
def of_search(request: HttpRequest, *, write: Writer) -> HttpResponse:
    """The latest that a search finds; Http404 where nothing that can be looked for was asked."""
    search = Search(request.GET)
    if not search.valid:
        raise Http404("Nothing was asked that can be looked for")
    try:
        with at_most():
            ids = [] if search.in_part else search.found.ids[:ENTRIES]
    except TookTooLong:
        return HttpResponse(
            "This search takes too long to answer. Ask for rarer words, or for fewer years.\n",
            content_type="text/plain; charset=utf-8",
            status=HTTPStatus.SERVICE_UNAVAILABLE,
        )
    entries = (_QUOTES_FOUND if search.in_quotes else _FOUND).newest(ENTRIES, ids=list(ids))
    edition, query = shown_by(request).edition, with_fields(search.given, {"order": ""})
    title = f"{search.written} – {edition.title}"
    return write(request, edition, Followed(title, "", f"{reverse('search')}?{query}", entries, query))


def _title(item: Topic | Person | Source, edition: Edition) -> str:
    return f"{item} – {edition.title}"


def _page(item: Topic | Person | Source) -> str:
    return item.get_absolute_url()
