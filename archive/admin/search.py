"""The admin's search by words: in any status, in the language and by the indexes of the readers' search.

A list shows the newest of many matches, as readers are shown them (`archive.search.candidates`); a file has them all.
"""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Max, Min, Q

from archive.editing.queue import WAITING
from archive.models import Article, Quote, Tally
from archive.search.candidates import FEW_EXPECTED, candidates, rows_expected
from archive.search.language import understand
from archive.search.ways import Sought
from archive.search.words import question_of

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


OFFERED = 500
# Of so many matches that a list does not show all, it shows so many: whoever looks for one among them narrows the list.
OF_MANY = 200
# PostgreSQL takes a word that it has no statistics of for more frequent than most are.
LIKELY_FEW = 10 * FEW_EXPECTED


def want_all(request: "HttpRequest") -> None:
    """Let searches in this request give all that they find, however long that takes."""
    request.wants_all = True  # type: ignore[attr-defined]


def wants_all(request: "HttpRequest") -> bool:
    """Whether they do."""
    return getattr(request, "wants_all", False)


def newest_found(request: "HttpRequest") -> bool:
    """Whether a search in this request gave but the newest of its matches."""
    return getattr(request, "newest_found", False)


def named_like(request: "HttpRequest", typed: str, rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Those of these people or topics with a name of words that begin so; all of them where nothing was typed.

    Of very many, an autocomplete is given some.
    """
    if not typed.strip():
        return rows
    match = request.resolver_match
    named: Any = rows
    is_autocomplete = match is not None and match.url_name == "autocomplete"
    return named.named_like(typed, most=OFFERED if is_autocomplete else None)  # type: ignore[no-any-return]


def with_words(typed: str, articles: "QuerySet[Any]") -> "QuerySet[Any]":
    """Those of these articles that have the words typed; all of them where none were."""
    typed = typed.replace("\0", "")
    return articles.filter(question_of(understand(typed)).of_articles()) if typed.strip() else articles


def of_articles_with_words(request: "HttpRequest", typed: str, rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Those of these rows whose article has the words typed; all of them where none were.

    Of very many such articles, some of the newest, and of those that wait for an editor.
    """
    if not typed.strip():
        return rows
    of_some = Q(article__in=newest(request, typed, Article.objects.order_by()))
    if newest_found(request):
        of_some |= Q(article__in=newest(request, typed, Article.objects.filter(status__in=WAITING).order_by()))
        request.newest_found = True  # type: ignore[attr-defined]
    return rows.filter(of_some)


def saying(typed: str, quotes: "QuerySet[Any]") -> "QuerySet[Any]":
    """Those of these quotes that have the words typed; all of them where none were."""
    typed = typed.replace("\0", "")
    return quotes.filter(question_of(understand(typed)).of_quotes()) if typed.strip() else quotes


def newest(request: "HttpRequest", typed: str, rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Those of these articles or quotes that have the words typed; of very many, some of the newest."""
    if not typed.strip():
        return rows
    of_quotes = rows.model is Quote
    matching: Any = (saying if of_quotes else with_words)(typed, rows)
    if wants_all(request):
        return matching  # type: ignore[no-any-return]
    matching = matching.order_by()
    if rows_expected(matching) <= LIKELY_FEW:
        ids = matching.values_list("pk", flat=True)[: FEW_EXPECTED + 1]
        if len(ids) <= FEW_EXPECTED:
            return rows.filter(pk__in=list(ids))
    found = candidates(Sought(matching, matching), many=OF_MANY)
    request.newest_found = found.more  # type: ignore[attr-defined]
    beyond = matching.filter(_where_readers_find_nothing("article__" if of_quotes else ""))
    newer = beyond.order_by("-pk").values_list("pk", flat=True)[:OF_MANY]
    return rows.filter(pk__in={*found.ids, *newer})


def _where_readers_find_nothing(article: str) -> Q:
    """Articles without a date, or of years of which nothing is published yet: a search for readers passes them over."""
    years = Tally.objects.of(Tally.Subject.ARCHIVE, 0).by_year().aggregate(first=Min("year"), last=Max("year"))
    begin = datetime(years["first"] or 1, 1, 1, tzinfo=UTC)
    end = datetime((years["last"] or 1) + 1, 1, 1, tzinfo=UTC)
    at = f"{article}published_at"
    return Q(**{f"{at}__isnull": True}) | Q(**{f"{at}__lt": begin}) | Q(**{f"{at}__gte": end})
