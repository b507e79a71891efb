"""Sitemaps (sitemaps.org): an index, and a map for each month, for the news, for the topics and for the people.

They are written while they are read from the database, so that none is held in memory. No map holds more than the
50,000 addresses the protocol allows.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from xml.sax.saxutils import escape

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse

from archive.models import Article, Tally, Topic
from archive.search.people import in_public
from archive.site import dating
from archive.site.caching import reader_page
from archive.site.page import absolute
from archive.site.spans import span_of

AT_MOST = 50_000
AT_ONCE = 2_000
XMLNS = "http://www.sitemaps.org/schemas/sitemap/0.9"
# News are what was published in the last two days, at most a thousand (Google's news sitemaps).
XMLNS_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
NEWS = timedelta(days=2)
NEWS_AT_MOST = 1_000

Place = tuple[str, datetime | None]


@reader_page
def index(request: HttpRequest) -> HttpResponse:
    """The index of all maps."""
    del request
    places: list[Place] = [(reverse("sitemap-topics"), None), (reverse("sitemap-people"), None)]
    for tally in Tally.objects.of(Tally.Subject.ARCHIVE, 0).by_year().filter(articles__gt=0):
        places += [(reverse("sitemap-month", args=[tally.year, month]), None) for month in range(1, 13)]
    return _stream("sitemapindex", "sitemap", places)


@reader_page
def of_articles(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """The articles of a month."""
    del request
    begin, end = span_of(year, month)
    articles = Article.objects.public().filter(published_at__gte=begin, published_at__lt=end).newest_first()
    rows = articles.only("slug", "published_at", "changed_at")[:AT_MOST].iterator(AT_ONCE)
    return _stream("urlset", "url", ((row.get_absolute_url(), row.changed_at) for row in rows))


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
    publication = f"<news:name>{escape(str(article.source))}</news:name>"
    language = f"<news:language>{escape(article.language)}</news:language>"
    return (
        f"<url><loc>{escape(absolute(article.get_absolute_url()))}</loc><news:news>"
        f"<news:publication>{publication}{language}</news:publication>"
        f"<news:publication_date>{dating.for_machines(article.published_at, article.precision)}</news:publication_date>"
        f"<news:title>{escape(article.headline)}</news:title></news:news></url>\n"
    )


@reader_page
def of_topics(request: HttpRequest) -> HttpResponse:
    """The pages of the topics."""
    del request
    rows = Topic.objects.current().only("slug").order_by("slug")[:AT_MOST].iterator(AT_ONCE)
    return _stream("urlset", "url", ((row.get_absolute_url(), None) for row in rows))


@reader_page
def of_people(request: HttpRequest) -> HttpResponse:
    """The pages of the people who speak or write in what is public."""
    del request
    rows = in_public().only("slug").order_by("slug")[:AT_MOST].iterator(AT_ONCE)
    return _stream("urlset", "url", ((row.get_absolute_url(), None) for row in rows))


def _stream(whole: str, part: str, places: Iterable[Place]) -> HttpResponse:
    # mypy is told nothing of StreamingHttpResponse being an HttpResponseBase alone: views treat both alike.
    return StreamingHttpResponse(_written(whole, part, places), content_type="application/xml")  # type: ignore[return-value]


def _written(whole: str, part: str, places: Iterable[Place]) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<{whole} xmlns="{XMLNS}">\n'
    for path, changed in places:
        lastmod = f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""
        yield f"<{part}><loc>{escape(absolute(path))}</loc>{lastmod}</{part}>\n"
    yield f"</{whole}>\n"
