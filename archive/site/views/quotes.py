"""Quotes: all of them, and one in its place."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from archive.models import Quote, Topic
from archive.site import structured
from archive.site.caching import reader_page
from archive.site.listing import all_quotes
from archive.site.reading import around, shown_text
from archive.site.standing import instead_of_quote


@reader_page
def quotes(request: HttpRequest) -> HttpResponse:
    """All quotes, newest first."""
    described = structured.of_list("Quotes", request.path)
    return render(request, "site/quotes.html", {"page": all_quotes.page(request.GET), "described": described})


@reader_page
def quote(request: HttpRequest, quote_id: int) -> HttpResponse:
    """One quote: its words, who said it in what role, where, about what, and the sentences around it."""
    quote = (
        Quote.objects.public()
        .filter(pk=quote_id)
        .select_related("speaker", "article__source")
        .defer("article__words")
        .first()
    )
    if quote is None:
        return instead_of_quote(request, quote_id)
    topics = list(Topic.objects.filter(taggings__quote=quote, taggings__implied=False).order_by("name"))
    return render(
        request,
        "site/quote.html",
        {
            "quote": quote,
            "article": quote.article,
            "topics": topics,
            "described": structured.of_quote(quote, topics),
            "context": around(shown_text(quote.article), quote),
        },
    )
