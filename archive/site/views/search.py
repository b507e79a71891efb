"""The search page."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import urlencode

from archive import prose
from archive.search.begun import begun
from archive.search.context import InContext, Text, in_context
from archive.search.facets import facets_of_articles, facets_of_quotes
from archive.search.names import called, nearly_called
from archive.search.patience import TookTooLong, at_most
from archive.search.spelling import respelt
from archive.site.caching import reader_page
from archive.site.drawing import render
from archive.site.found import ARTICLES_WITH_TEXT, FOUND_QUOTES, FoundKind, page_by_date, page_by_rank
from archive.site.narrowing import Link, chosen, narrowings, with_fields
from archive.site.reading import allowed
from archive.site.rows import ArticleRow, QuoteRow
from archive.site.searching import Search

# Letters that suggestions are looked for; nobody needs more.
MOST_TYPED = 80
# Where no more is found, another spelling is looked for.
FEW_FOUND = 5


@reader_page
def search(request: HttpRequest) -> HttpResponse:
    """The form, and the articles or quotes that match it, best or newest first, with the words marked in place."""
    asked = Search(request.GET)
    context: dict[str, Any] = {
        "search": asked,
        "form": asked.filters.form,
        "chosen": chosen(asked.given, asked.filters.filters),
    }
    status = HTTPStatus.OK
    if asked.valid:
        try:
            with at_most():
                context |= _found(request, asked)
        except TookTooLong:
            context["took_too_long"], status = True, HTTPStatus.SERVICE_UNAVAILABLE
    return render(request, "site/search.html", context, status=status)


@reader_page
def suggestions(request: HttpRequest) -> JsonResponse:
    """Topics, people and articles that what was typed so far may be the beginning of."""
    typed = request.GET.get("q", "").replace("\0", "")[:MOST_TYPED]
    try:
        with at_most():
            offered = begun(typed)
    except TookTooLong:
        offered = []
    found = [
        {"kind": each._meta.verbose_name, "label": str(each), "address": each.get_absolute_url()} for each in offered
    ]
    return JsonResponse({"suggestions": found}, json_dumps_params={"ensure_ascii": False})


def _found(request: HttpRequest, asked: Search) -> dict[str, Any]:
    of_quotes = asked.in_quotes
    kind: FoundKind[Any] = FOUND_QUOTES if of_quotes else ARTICLES_WITH_TEXT
    if asked.by_date:
        page = page_by_date(asked.found, kind, request.GET)
    else:
        page = page_by_rank(asked.ranked(), kind, request.GET)
    facets = (facets_of_quotes if of_quotes else facets_of_articles)(asked.found.sample)
    words = asked.words
    return {
        "page": page,
        "here": _marked([_text(item) for item in page.items], asked),
        "narrowings": narrowings(asked.given, facets),
        "kept": with_fields(asked.given, {"order": ""}),
        "by_date": with_fields(asked.given, {"order": "date"}),
        "called": called(words) if words and page.is_first else [],
        "nearly": _nearly(asked) if words and page.is_first else [],
    }


def _nearly(asked: Search) -> list[Link]:
    """What the reader may have meant: the words spelt as the archive does and, where nothing is found, names."""
    words, count = asked.words, asked.found.count
    if count > FEW_FOUND and not asked.in_part:
        return []
    spelt = respelt(words)
    links = [Link(spelt, with_fields(asked.given, {"q": spelt}))] if spelt else []
    if not count:
        named = (name for name in nearly_called(words) if name.casefold() != spelt.casefold())
        links += [Link(name, urlencode({"q": name})) for name in named]
    return links


def _text(item: ArticleRow | QuoteRow) -> Text:
    """What the words are looked for in: as much of the text as the source allows, without the signs of subheadings."""
    if isinstance(item, QuoteRow):
        return Text(item.language, item.words)
    return Text(item.language, item.headline, prose.without_signs(allowed(item.beginning, item.source)))


def _marked(texts: list[Text], asked: Search) -> list[InContext]:
    """Where the words looked for stand; nowhere where none were."""
    question = asked.filters.question
    return in_context(texts, question) if question else [InContext([], [])] * len(texts)
