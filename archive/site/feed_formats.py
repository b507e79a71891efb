"""What a feed says, and the two ways to say it: Atom (RFC 4287) and JSON Feed 1.1."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.text import Truncator

from archive.models import Edition
from archive.site.page import absolute
from archive.site.reading import summary
from archive.site.rows import ArticleRow, QuoteRow
from archive.site.structured import without_blanks
from archive.site.xml import in_xml


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed. Its `id` stays when its address changes (a tag URI, RFC 4151)."""

    id: str
    address: str
    title: str
    summary: str
    author: str
    published: datetime
    changed: datetime
    language: str
    topics: Sequence[str]
    rights: str


@dataclass(frozen=True, slots=True)
class Followed:
    """A list that can be followed: what its feed says of it, the path of its page, its newest entries."""

    title: str
    subtitle: str
    page: str
    entries: Sequence[Entry]
    query: str = ""
    """What is asked, of a feed that follows a search."""

    def feed_url(self, request: HttpRequest) -> str:
        """The address of the feed itself."""
        return absolute(request.path) + (f"?{self.query}" if self.query else "")


def entry_of_article(
    article: ArticleRow, *, created_at: datetime, changed_at: datetime, byline: str, rights: str, topics: Sequence[str]
) -> Entry:
    """An article by its summary."""
    return Entry(
        id=_tag(created_at, f"articles/{article.article_id}"),
        address=absolute(article.get_absolute_url()),
        title=article.headline,
        summary=summary(article),
        author=byline or article.source_name,
        published=article.published_at,
        changed=changed_at,
        language=article.language,
        topics=topics,
        rights=rights,
    )


def entry_of_quote(
    quote: QuoteRow, *, created_at: datetime, changed_at: datetime, rights: str, topics: Sequence[str]
) -> Entry:
    """A quote by its words."""
    return Entry(
        id=_tag(created_at, f"quotes/{quote.pk}"),
        address=absolute(quote.get_absolute_url()),
        title=f"“{Truncator(quote.words).chars(80)}”",
        summary=f"“{quote.words}” ({quote.headline}, {quote.source})",
        author=quote.speaker_name or quote.speaker_mention,
        published=quote.published_at,
        changed=changed_at,
        language=quote.language,
        topics=topics,
        rights=rights,
    )


def atom(request: HttpRequest, edition: Edition, followed: Followed) -> HttpResponse:
    """The feed as Atom."""
    feed = Atom1Feed(
        title=in_xml(followed.title),
        link=absolute(followed.page),
        description=in_xml(followed.subtitle),
        feed_url=followed.feed_url(request),
        author_name=in_xml(edition.title),
        language="en",
    )
    for entry in followed.entries:
        feed.add_item(
            title=in_xml(entry.title),
            link=entry.address,
            description=in_xml(entry.summary),
            unique_id=entry.id,
            author_name=in_xml(entry.author),
            pubdate=entry.published,
            updateddate=entry.changed,
            categories=[in_xml(topic) for topic in entry.topics],
            item_copyright=in_xml(entry.rights) or None,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def json_feed(request: HttpRequest, edition: Edition, followed: Followed) -> HttpResponse:
    """The feed as JSON Feed (https://www.jsonfeed.org/version/1.1/)."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": followed.title,
        "description": followed.subtitle,
        "home_page_url": absolute(followed.page),
        "feed_url": followed.feed_url(request),
        "language": "en",
        "authors": [{"name": edition.title}],
    }
    items = [
        {
            "id": entry.id,
            "url": entry.address,
            "title": entry.title,
            # An item must have a content, be it only its title.
            "content_text": entry.summary or entry.title,
            "date_published": entry.published.isoformat(),
            "date_modified": entry.changed.isoformat(),
            "authors": [{"name": entry.author}],
            "tags": list(entry.topics),
            "language": entry.language,
        }
        for entry in followed.entries
    ]
    return JsonResponse(
        {**without_blanks(feed), "items": without_blanks(items)},
        content_type="application/feed+json",
        json_dumps_params={"ensure_ascii": False},
    )


def _tag(since: datetime, path: str) -> str:
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{since:%Y}:{path}"
