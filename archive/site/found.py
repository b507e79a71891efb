"""A page of what a search found: by relevance or by date, always from a bounded number of ids."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import Http404, QueryDict

from archive.models import Article, Quote
from archive.search.candidates import Candidates, nearest
from archive.search.context import LOOKED_THROUGH
from archive.search.words import among, listed
from archive.site.asking import IsAnyOf, Question, given
from archive.site.listing import article_values, quote_values
from archive.site.paging import ARTICLES, QUOTES, ROWS, NewestFirst, Page, older_than, page_by
from archive.site.rows import ArticleRow, QuoteRow

Row = TypeVar("Row", ArticleRow, QuoteRow)


@dataclass(frozen=True, slots=True)
class FoundKind(Generic[Row]):
    """Articles or quotes: those that are public, their order by date, and the rows of some of them, given by `ids`."""

    public: Callable[[], QuerySet[Any]]
    order: NewestFirst
    by_ids: Question[Row]

    def rows(self, ids: Sequence[int]) -> list[Row]:
        """The rows of these ids, in their order, but of what is no longer public. One query."""
        rows = {row.id: row for row in self.by_ids.ask(ids=listed(ids))}
        return [rows[id_] for id_ in ids if id_ in rows]


def _articles(characters: int | None = None) -> FoundKind[ArticleRow]:
    """Articles with so much of their text, or what a list needs of it."""
    return FoundKind(
        Article.objects.public,
        ARTICLES,
        Question(lambda: article_values(_given(Article.objects.public()), characters=characters), ArticleRow._make),
    )


def _given(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(IsAnyOf("pk", given("ids"))).order_by()


FOUND_ARTICLES = _articles()
# With as much of the text as words are looked for in.
ARTICLES_WITH_TEXT = _articles(LOOKED_THROUGH)
FOUND_QUOTES = FoundKind(
    Quote.objects.public, QUOTES, Question(lambda: quote_values(_given(Quote.objects.public())), QuoteRow._make)
)


def page_by_date(found: Candidates[Any], kind: FoundKind[Row], query: QueryDict) -> Page[Row]:
    """The page of a list in the order of dates that a query string asks for.

    Beyond the candidates the matches nearest to the place are looked for anew, so that the last page costs what the
    first does.
    """
    since, order = found.since, kind.order

    def fetch(place: tuple[Any, ...] | None, *, older: bool, limit: int) -> list[Row]:
        nonlocal since
        if place is None:
            return kind.rows(found.ids[:limit])
        beyond = order.beyond(place, older=older)
        if not found.more:
            rest = order.sorted(kind.public().filter(beyond, among(found.ids)), backwards=not older)
            return kind.rows(list(rest.values_list("pk", flat=True)[:limit]))
        start = order.looks_from(place, older=older)
        near = nearest(found, beyond, start=start, older=older, many=limit)
        since = near.since if older else None
        return kind.rows(near.ids[:limit])

    page = page_by(fetch, order, query)
    return page if page.older or since is None else replace(page, older=older_than(order, since, query))


def page_by_rank(ids: Sequence[int], kind: FoundKind[Row], query: QueryDict) -> Page[Row]:
    """The page that follows the item `after` among ids in the order of relevance; the first where it is not there."""
    after = query.get("after", "")
    if after and not (after.isascii() and after.isdigit() and len(after) < 19):
        raise Http404(f"No page begins after {after!r}")
    begin = ids.index(int(after)) + 1 if after and int(after) in ids else 0

    def link(to: int) -> str:
        other = query.copy()
        other.pop("after", None)
        if to > 0:
            other["after"] = str(ids[to - 1])
        return other.urlencode()

    return Page(
        items=kind.rows(ids[begin : begin + ROWS]),
        newer=link(begin - ROWS) if begin else "",
        older=link(begin + ROWS) if begin + ROWS < len(ids) else "",
        is_first=not begin,
    )
