"""Atom feeds (RFC 4287) of the archive's lists of articles."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import http_date

from archive.models import Article, Edition, Tagging, Topic
from archive.models.article import ArticleQuerySet
from archive.site.caching import reader_page
from archive.site.listing import articles_listed
from archive.site.reading import summary
from archive.site.standing import instead_of_topic

ENTRIES = 30


def absolute(address: str) -> str:
    """An address of this site in full, under the site's one name whatever name the request used."""
    return f"{settings.SITE_URL}{address}"


@dataclass(frozen=True, slots=True)
class Followed:
    """A list that can be followed: what its feed says of it, the address of its page, its newest articles."""

    title: str
    subtitle: str
    page: str
    articles: Sequence[Article]


@reader_page
def latest(request: HttpRequest) -> HttpResponse:
    """The latest articles of the whole archive."""
    edition = Edition.current()
    articles = _entries(Article.objects.public().newest_first()[:ENTRIES])
    return _atom(request, edition, Followed(edition.title, edition.tagline, reverse("front"), articles))


@reader_page
def of_topic(request: HttpRequest, slug: str) -> HttpResponse:
    """The latest articles filed under one topic or its narrower ones."""
    topic = Topic.objects.current().filter(slug=slug).first()
    if topic is None:
        return instead_of_topic(slug, page="topic-feed")
    edition = Edition.current()
    # The taggings answer from one index; sorting the articles themselves would read all of the topic.
    filed = Tagging.objects.public().filter(topic=topic).of_articles()[:ENTRIES]
    newest = Article.objects.public().filter(pk__in=list(filed.values_list("article_id", flat=True)))
    articles = _entries(newest.newest_first())
    title = f"{topic} – {edition.title}"
    return _atom(request, edition, Followed(title, topic.scope_note, topic.get_absolute_url(), articles))


def _entries(articles: ArticleQuerySet) -> Sequence[Article]:
    """The articles of a feed, with the topics they are filed under in `filed`."""
    filed = Tagging.objects.filed().select_related("topic")
    return list(articles_listed(articles).prefetch_related(Prefetch("taggings", queryset=filed, to_attr="filed")))


def _atom(request: HttpRequest, edition: Edition, followed: Followed) -> HttpResponse:
    """The feed of a list. An entry's id stays when its address changes (RFC 4151)."""
    feed = Atom1Feed(
        title=followed.title,
        link=absolute(followed.page),
        description=followed.subtitle,
        feed_url=absolute(request.path),
        author_name=edition.title,
        language="en",
    )
    host = urlsplit(settings.SITE_URL).hostname
    for article in followed.articles:
        feed.add_item(
            title=article.headline,
            link=absolute(article.get_absolute_url()),
            description=summary(article),
            unique_id=f"tag:{host},{article.created_at:%Y}:articles/{article.pk}",
            author_name=article.byline or str(article.source),
            pubdate=article.published_at,
            updateddate=article.changed_at,
            categories=[tagging.topic.name for tagging in getattr(article, "filed", [])],
            item_copyright=article.source.rights if article.source else None,
        )
    response = HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
    response.headers["Last-Modified"] = http_date(feed.latest_post_date().timestamp())
    return response
