"""The search page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from archive import prose
from archive.models import Article, Quote
from archive.search.candidates import candidates
from archive.search.facets import facets_of_articles, facets_of_quotes
from archive.search.filters import ArchiveFilter, ArticleFilter, QuoteFilter, fields_apart
from archive.search.names import called, nearly_called
from archive.search.words import InContext, Text, in_context
from archive.site import paging
from archive.site.caching import reader_page
from archive.site.listing import quotes_listed
from archive.site.narrowing import chosen, narrowings
from archive.site.reading import shown_text


@reader_page
def search(request: HttpRequest) -> HttpResponse:
    """The form, and the articles or quotes that match it, newest first, with the words marked where they stand."""
    given = fields_apart(request.GET)
    in_quotes = given.get("in") == "quotes"
    filters = (
        QuoteFilter(given, queryset=Quote.objects.public())
        if in_quotes
        else ArticleFilter(given, queryset=Article.objects.public())
    )
    filters.form.label_suffix = ""
    context: dict[str, Any] = {
        "form": filters.form,
        "in_quotes": in_quotes,
        "asked": any(given.get(name, "").strip() for name in filters.filters),
        "chosen": chosen(given, filters.filters),
    }
    if context["asked"] and filters.form.is_valid():
        context |= _quotes_found(request, filters) if in_quotes else _articles_found(request, filters)
        context["narrowings"] = narrowings(given, context.pop("facets"))
        words: str = filters.form.cleaned_data["q"]
        if words and context["page"].is_first:
            context["called"] = called(words)
        if words and not context["page"].items:
            context["nearly"] = nearly_called(words)
    return render(request, "site/search.html", context)


def _articles_found(request: HttpRequest, filters: ArchiveFilter) -> dict[str, Any]:
    found = candidates(filters.qs)
    listed = found.rows.select_related("source").defer("words", "author_note")
    page = paging.page_of(listed, paging.ARTICLES, request.GET)
    texts = [Text(article.language, article.headline, _plain(article)) for article in page.items]
    here = _marked(texts, filters)
    facets = facets_of_articles(found.ids)
    return {"found": found, "page": page, "entries": zip(page.items, here, strict=True), "facets": facets}


def _quotes_found(request: HttpRequest, filters: ArchiveFilter) -> dict[str, Any]:
    found = candidates(filters.qs)
    page = paging.page_of(quotes_listed(found.rows), paging.QUOTES, request.GET)
    texts = [Text(quote.article.language, quote.words) for quote in page.items]
    here = _marked(texts, filters)
    facets = facets_of_quotes(found.ids)
    return {"found": found, "page": page, "entries": zip(page.items, here, strict=True), "facets": facets}


def _marked(texts: list[Text], filters: ArchiveFilter) -> list[InContext]:
    """Where the words looked for stand; nowhere where none were."""
    return in_context(texts, filters.question) if filters.question else [InContext([], [])] * len(texts)


def _plain(article: Article) -> str:
    """As much of the text as the source allows, without the signs of subheadings."""
    return " ".join(block.text for block in prose.blocks(shown_text(article)))
