"""Quotes: all of them, and one in its place."""

from csp.constants import NONE
from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.clickjacking import xframe_options_exempt

from archive.models import Person, Quote, Topic
from archive.site import quoting, structured
from archive.site.caching import reader_page
from archive.site.drawing import render
from archive.site.fragments import link_to_words
from archive.site.listing import all_quotes
from archive.site.reading import around, shown_text
from archive.site.standing import instead_of_quote
from archive.site.version import shown_by


@reader_page
def quotes(request: HttpRequest) -> HttpResponse:
    """All quotes, newest first."""
    described = structured.of_list("Quotes", request.path)
    return render(request, "site/quotes.html", {"page": all_quotes.page(request.GET), "described": described})


@reader_page
def quote(request: HttpRequest, quote_id: int) -> HttpResponse:
    """One quote: its words, who said it in what role, where, about what, the sentences around it; how to cite it."""
    quote = public_quote(quote_id)
    if quote is None:
        return instead_of_quote(request, quote_id)
    article = quote.article
    topics = list(Topic.objects.filter(taggings__quote=quote, taggings__implied=False).order_by("name"))
    return render(
        request,
        "site/quote.html",
        {
            "quote": quote,
            "article": article,
            "topics": topics,
            "described": structured.of_quote(quote, topics),
            "context": around(shown_text(article), quote),
            "at_publisher": link_to_words(article.publisher_url, article.body, quote.spans)
            if article.publisher_url
            else "",
            "as_text": quoting.as_text(quote, _authors(quote), shown_by(request).edition.title),
            "formats": quoting.FORMATS.values(),
            "snippet": quoting.card_snippet(quote),
        },
    )


@reader_page
def citation(request: HttpRequest, quote_id: int, suffix: str) -> HttpResponse:
    """A quote with its citation as a file. Raises Http404 for a form that is none."""
    form = quoting.FORMATS.get(suffix)
    if form is None:
        raise Http404(f"There are no citations in {suffix}")
    quote = public_quote(quote_id)
    if quote is None:
        return instead_of_quote(request, quote_id, template="site/withdrawn.txt", media_type="text/plain")
    written = form.write(quote, _authors(quote), shown_by(request).edition.title)
    response = HttpResponse(written, content_type=f"{form.media_type}; charset=utf-8")
    if suffix != "txt":
        response.headers["Content-Disposition"] = f'attachment; filename="quote-{quote.pk}.{suffix}"'
    return response


# Of the whole site this page alone may stand in others, and so may load and send nothing; outermost, so that an answer
# that nothing changed (304) says the same.
@xframe_options_exempt
@csp_replace(
    {
        "script-src": [NONE],
        "img-src": [NONE],
        "font-src": [NONE],
        "connect-src": [NONE],
        "form-action": [NONE],
        "frame-ancestors": ["*"],
    }
)
@reader_page
def card(request: HttpRequest, quote_id: int) -> HttpResponse:
    """A quote as a card, to stand on other people's pages."""
    quote = public_quote(quote_id)
    if quote is None:
        return instead_of_quote(request, quote_id, template="site/withdrawn_card.html")
    return render(request, "site/card.html", {"quote": quote, "article": quote.article})


def public_quote(quote_id: int) -> Quote | None:
    """The quote, with its speaker, article and source, if readers may see it."""
    quotes = Quote.objects.public().select_related("speaker", "article__source").defer("article__words")
    return quotes.filter(pk=quote_id).first()


def _authors(quote: Quote) -> list[Person]:
    return list(quote.article.authors.order_by("authorships__position"))
