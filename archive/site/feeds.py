"""Feeds of the archive's lists: which there are. `feed_formats` writes them."""

from collections.abc import Callable
from http import HTTPStatus

from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from archive.models import Article, Edition, Person, Quote, Source, Tagging, Topic
from archive.models.article import ArticleQuerySet
from archive.search.patience import TookTooLong, at_most
from archive.site.caching import reader_page
from archive.site.feed_formats import Entry, Followed, entry_of_article, entry_of_quote
from archive.site.listing import articles_listed, quotes_listed
from archive.site.narrowing import with_fields
from archive.site.searching import Search
from archive.site.standing import instead_of_person, instead_of_source, instead_of_topic
from archive.site.version import shown_by

ENTRIES = 30

Writer = Callable[[HttpRequest, Edition, Followed], HttpResponse]


@reader_page
def latest(request: HttpRequest, *, write: Writer) -> HttpResponse:
    """The latest articles of the whole archive."""
    edition = shown_by(request).edition
    entries = _articles(Article.objects.public().newest_first()[:ENTRIES])
    return write(request, edition, Followed(edition.title, edition.tagline, reverse("front"), entries))


@reader_page
def of_topic(request: HttpRequest, slug: str, *, write: Writer) -> HttpResponse:
    """The latest articles filed under one topic or its narrower ones."""
    topic = Topic.objects.current().filter(slug=slug).first()
    if topic is None:
        return instead_of_topic(slug, page=str(request.resolver_match and request.resolver_match.url_name))
    # The taggings answer from one index; sorting the articles themselves would read all of the topic.
    filed = Tagging.objects.public().filter(topic=topic).of_articles()[:ENTRIES]
    newest = Article.objects.public().filter(pk__in=list(filed.values_list("article_id", flat=True)))
    edition = shown_by(request).edition
    entries = _articles(newest.newest_first())
    return write(request, edition, Followed(_title(topic, edition), topic.scope_note, _page(topic), entries))


@reader_page
def of_person(request: HttpRequest, slug: str, *, write: Writer) -> HttpResponse:
    """What one person said last, quote by quote."""
    person = Person.objects.filter(slug=slug).first()
    if person is None:
        return instead_of_person(slug)
    edition = shown_by(request).edition
    entries = _quotes(Quote.objects.public().filter(speaker=person).newest_first()[:ENTRIES])
    return write(request, edition, Followed(_title(person, edition), person.description, _page(person), entries))


@reader_page
def of_source(request: HttpRequest, slug: str, *, write: Writer) -> HttpResponse:
    """The latest articles of one source."""
    source = Source.objects.filter(slug=slug).first()
    if source is None:
        return instead_of_source(slug)
    edition = shown_by(request).edition
    entries = _articles(Article.objects.public().filter(source=source).newest_first()[:ENTRIES])
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
    if search.in_quotes:
        entries = _quotes(Quote.objects.public().filter(pk__in=ids).newest_first())
    else:
        entries = _articles(Article.objects.public().filter(pk__in=ids).newest_first())
    edition, query = shown_by(request).edition, with_fields(search.given, {"order": ""})
    title = f"{search.written} – {edition.title}"
    return write(request, edition, Followed(title, "", f"{reverse('search')}?{query}", entries, query))


def _title(item: Topic | Person | Source, edition: Edition) -> str:
    return f"{item} – {edition.title}"


def _page(item: Topic | Person | Source) -> str:
    return item.get_absolute_url()


def _filed_topics() -> "Prefetch[str]":
    return Prefetch("taggings", queryset=Tagging.objects.filed().select_related("topic"), to_attr="filed")


def _articles(articles: ArticleQuerySet) -> list[Entry]:
    return [entry_of_article(article) for article in articles_listed(articles).prefetch_related(_filed_topics())]


def _quotes(quotes: "QuerySet[Quote]") -> list[Entry]:
    return [entry_of_quote(quote) for quote in quotes_listed(quotes).prefetch_related(_filed_topics())]
