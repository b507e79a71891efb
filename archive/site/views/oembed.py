"""oEmbed (https://oembed.com): other sites ask for a quote's address and get the frame that shows its card."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve, reverse

from archive.site import quoting
from archive.site.caching import SHARED, reader_page
from archive.site.page import absolute
from archive.site.standing import instead_of_quote
from archive.site.version import shown_by
from archive.site.views.quotes import public_quote

LONGEST_NUMBER = 5  # digits of a width or height


@reader_page
def oembed(request: HttpRequest) -> HttpResponse:
    """The card of the quote at `url`, within `maxwidth` and `maxheight`; in JSON, the one format that is answered."""
    if request.GET.get("format", "json") != "json":
        return HttpResponse("Only JSON is answered.", status=501, content_type="text/plain; charset=utf-8")
    quote_id = _quote_at(request.GET.get("url", ""))
    quote = public_quote(quote_id)
    if quote is None:
        return instead_of_quote(request, quote_id, template="site/withdrawn.txt", media_type="text/plain")
    width = min(quoting.CARD_WIDTH, _limit(request, "maxwidth"))
    height = min(quoting.card_height(quote, width), _limit(request, "maxheight"))
    edition = shown_by(request).edition
    embedded = {
        "version": "1.0",
        "type": "rich",
        "title": f"“{quoting.spoken(quote)}”",
        "provider_name": edition.title,
        "provider_url": absolute(reverse("front")),
        "cache_age": SHARED,
        "html": quoting.card_snippet(quote, width, height),
        "width": width,
        "height": height,
    }
    if quote.speaker:
        embedded |= {"author_name": quote.speaker.name, "author_url": absolute(quote.speaker.get_absolute_url())}
    response = JsonResponse(embedded)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _quote_at(address: str) -> int:
    """The number of the quote whose page is at an address of this site. Raises Http404 for any other."""
    try:
        parts = urlsplit(address)
        found = resolve(parts.path) if parts.netloc == urlsplit(settings.SITE_URL).netloc else None
    except (ValueError, Resolver404):  # no address at all, or none of a page
        found = None
    if found is None or found.url_name != "quote":
        raise Http404("Only quotes of this archive have cards")
    number: int = found.kwargs["quote_id"]
    return number


def _limit(request: HttpRequest, name: str) -> int:
    """The most pixels that were asked for; as good as none where that is no number."""
    given = request.GET.get(name, "")
    return (
        int(given) if given.isascii() and given.isdecimal() and 0 < len(given) <= LONGEST_NUMBER else 10**LONGEST_NUMBER
    )
