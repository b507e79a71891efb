"""What a search found as a file to keep, read page by page from the newest on while it is written."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, StreamingHttpResponse

from archive.exports import Record, Writer
from archive.search.candidates import Candidates, nearest
from archive.site.caching import reader_page
from archive.site.found import FOUND_ARTICLES, FOUND_QUOTES, FoundKind
from archive.site.page import absolute
from archive.site.reading import summary
from archive.site.rows import ArticleRow, QuoteRow
from archive.site.searching import Search

ROWS = 10_000
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Kind:
    """Articles or quotes: how they are found and read, and what a file says of one."""

    found: FoundKind[Any]
    record: Callable[[Any], Record]
    columns: tuple[str, ...]


def _record_of_article(article: ArticleRow) -> Record:
    return {
        "address": absolute(article.get_absolute_url()),
        "published": article.published_at.isoformat(),
        "precision": article.precision,
        "headline": article.headline,
        "summary": summary(article),
        "source": article.source_name,
        "language": article.language,
    }


def _record_of_quote(quote: QuoteRow) -> Record:
    return {
        "address": absolute(quote.get_absolute_url()),
        "published": quote.published_at.isoformat(),
        "precision": quote.precision,
        "speaker": str(quote.speaker or quote.speaker_mention),
        "role": quote.role,
        "words": quote.words,
        "headline": quote.headline,
        "article": absolute(quote.article.get_absolute_url()),
        "source": quote.source,
        "language": quote.language,
    }


OF_ARTICLES = Kind(
    FOUND_ARTICLES,
    _record_of_article,
    ("address", "published", "precision", "headline", "summary", "source", "language"),
)
OF_QUOTES = Kind(
    FOUND_QUOTES,
    _record_of_quote,
    ("address", "published", "precision", "speaker", "role", "words", "headline", "article", "source", "language"),
)


@reader_page  # type: ignore[arg-type]  # which keeps what streams, too
def found(request: HttpRequest, *, write: Writer) -> StreamingHttpResponse:
    """What a search found, newest first, up to `ROWS`; Http404 where nothing that can be looked for was asked."""
    search = Search(request.GET)
    if not search.valid:
        raise Http404("Nothing was asked that can be looked for")
    kind = OF_QUOTES if search.in_quotes else OF_ARTICLES
    records = map(kind.record, _rows(kind, search.found) if not search.in_part else ())
    return write(records, kind.columns, "search")


def _rows(kind: Kind, found: Candidates[Any]) -> Iterator[Any]:
    """The rows of all that matches, newest first."""
    told = 0
    ids, more, since = list(found.ids), found.more, found.since
    passed: tuple[Any, ...] | None = None
    while told < ROWS:
        place: tuple[Any, ...] | None = None
        for begin in range(0, len(ids), AT_ONCE):
            for row in kind.found.rows(ids[begin : begin + AT_ONCE])[: ROWS - told]:
                yield row
                told += 1
                place = kind.found.order.place_of(row)
        if since is not None:
            place = kind.found.order.place_at(since)
        if not more or place in (None, passed):
            return
        passed = place
        beyond = kind.found.order.beyond(place, older=True)
        start = kind.found.order.looks_from(place, older=True)
        looked = nearest(found, beyond, start=start, older=True, many=AT_ONCE)
        ids, since = looked.ids, looked.since
        more = not looked.at_all or len(ids) == AT_ONCE
