"""Sitemaps (sitemaps.org): an index, maps of articles, topics and people, and one of the news.

A map holds what has a thousand ids that follow one another, so that none costs more than another however large the
archive is, and what is new comes into the last one. The protocol allows for 50,000 maps in an index.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, StreamingHttpResponse
from django.urls import reverse

from archive.models import Article, Person, Topic
from archive.models.address import address
from archive.search.people import in_public
from archive.site import dating
from archive.site.asking import Question, given
from archive.site.caching import reader_page
from archive.site.page import absolute
from archive.site.xml import in_xml

if TYPE_CHECKING:
    from django.db.models import QuerySet

IDS = 1_000  # of a map
AT_ONCE = 250  # addresses in a piece that is sent
XMLNS = "http://www.sitemaps.org/schemas/sitemap/0.9"
# News are what was published in the last two days, at most a thousand (Google's news sitemaps).
XMLNS_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
NEWS = timedelta(days=2)
NEWS_AT_MOST = 1_000

Place = tuple[str, datetime | None]


def _of_ids(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    return rows.filter(pk__gt=given("after"), pk__lte=given("last")).order_by("pk")


def _article(year: int, slug: str, changed_at: datetime) -> Place:
    return address("article", year, slug), changed_at


# What is mapped: the table its ids are of, and the question after the path of each and when it changed.
KINDS: dict[str, tuple[type[Article | Topic | Person], Question[Place]]] = {
    "articles": (
        Article,
        Question(
            lambda: _of_ids(Article.objects.public()).values_list("year", "slug", "changed_at"),
            lambda row: _article(*row),
        ),
    ),
    "topics": (
        Topic,
        Question(
            lambda: _of_ids(Topic.objects.current()).values_list("slug"), lambda row: (address("topic", *row), None)
        ),
    ),
    "people": (
        Person,
        Question(lambda: _of_ids(in_public()).values_list("slug"), lambda row: (address("person", *row), None)),
    ),
}


@reader_page
def index(request: HttpRequest) -> HttpResponse:
    """The index of all maps."""
    del request
    highest = {kind: rows.objects.aggregate(highest=Max("pk"))["highest"] or 0 for kind, (rows, _) in KINDS.items()}
    places: Iterator[Place] = (
        (address("sitemap-part", kind, number), None)
        for kind, last in highest.items()
        for number in range(1, -(-last // IDS) + 1)
    )
    return _stream("sitemapindex", "sitemap", places)


@reader_page
def part(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """One map of a kind of pages. Http404 for a kind that is none, and beyond the last map."""
    del request
    if kind not in KINDS or not number:
        raise Http404(f"There are no maps of {kind}")
    rows, question = KINDS[kind]
    before = (number - 1) * IDS
    places = question.ask(after=before, last=before + IDS)
    if not places and not rows.objects.filter(pk__gt=before).exists():
        raise Http404(f"There are not so many maps of {kind}")
    return _stream("urlset", "url", places)


@reader_page
def moved(request: HttpRequest, **former: Any) -> HttpResponse:
    """To the index, from a map as there was one for each month, for all topics, for all people."""
    del request, former
    return HttpResponsePermanentRedirect(reverse("sitemap"))


@reader_page
def of_news(request: HttpRequest) -> HttpResponse:
    """The articles whose sources published them in the last two days, with title, publication, language and date."""
    del request
    articles = Article.objects.public().filter(published_at__gte=datetime.now(UTC) - NEWS).newest_first()
    rows = articles.select_related("source").only(
        "slug", "headline", "language", "published_at", "precision", "source__name"
    )
    parts = [f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{XMLNS}" xmlns:news="{XMLNS_NEWS}">\n']
    parts += map(_as_news, rows[:NEWS_AT_MOST])
    return HttpResponse("".join([*parts, "</urlset>\n"]), content_type="application/xml")


def _as_news(article: Article) -> str:
    if article.published_at is None:
        raise ValueError("Only what is published is news")
    publication = f"<news:name>{escape(in_xml(str(article.source)))}</news:name>"
    language = f"<news:language>{escape(article.language)}</news:language>"
    return (
        f"<url><loc>{escape(absolute(article.get_absolute_url()))}</loc><news:news>"
        f"<news:publication>{publication}{language}</news:publication>"
        f"<news:publication_date>{dating.for_machines(article.published_at, article.precision)}</news:publication_date>"
        f"<news:title>{escape(in_xml(article.headline))}</news:title></news:news></url>\n"
    )


def _stream(whole: str, part: str, places: Iterable[Place]) -> HttpResponse:
    # mypy is told nothing of StreamingHttpResponse being an HttpResponseBase alone: views treat both alike.
    return StreamingHttpResponse(_written(whole, part, places), content_type="application/xml")  # type: ignore[return-value]


def _written(whole: str, part: str, places: Iterable[Place]) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<{whole} xmlns="{XMLNS}">\n'
    site, waiting = escape(absolute("")), iter(places)
    while some := list(islice(waiting, AT_ONCE)):
        yield "".join(_entry(part, f"{site}{path}", changed) for path, changed in some)
    yield f"</{whole}>\n"


def _entry(part: str, location: str, changed: datetime | None) -> str:
    """One address, of slugs and numbers, which need no escaping."""
    lastmod = f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""
    return f"<{part}><loc>{location}</loc>{lastmod}</{part}>\n"
