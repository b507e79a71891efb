"""How readers' pages are kept: by us until something is published, by a browser, a CDN or Varnish for a while.

`docs/performance.md` tells how the parts play together.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.middleware.gzip import re_accepts_gzip
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_etags
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from archive.site.kept_pages import KeptPage, kept_pages
from archive.site.replicas import read_from_replicas
from archive.site.version import Shown, shown_by

# Seconds. A browser asks again after a minute; a shared cache may hold a page for five and serve it while it asks.
BROWSER = 60
SHARED = 300
WHILE_ASKING = 600
_FOR_A_WHILE = f"public, max-age={BROWSER}, s-maxage={SHARED}, stale-while-revalidate={WHILE_ASKING}"

View = Callable[..., HttpResponse]


def reader_page(view: View) -> View:
    """A page that is the same for every reader: answers GET and HEAD, carries validators, may be kept.

    Nothing here may touch the session or the user: that would vary the page by cookie. As it holds no secret either,
    it may be compressed; as it takes no form, whoever sends one is told that (405) and not asked for a token.

    Whoever has the page of this version is told so at the price of one small query; so is a page given that this
    process has kept. Pages that a query string asks for are not kept: there is no end to them.
    """

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response, shown = view(request, *args, **kwargs), shown_by(request)
        if response.status_code in {200, 301, 410}:
            _mark(response, request, shown)
        elif response.status_code >= 500:  # said on purpose: docs/varnish.vcl does not ask for it again
            response.headers["Cache-Control"] = "no-store"
        return _unless_old(response, request, shown)

    made = gzip_page(marked)

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        shown = shown_by(request)
        known = request.META.get("HTTP_IF_NONE_MATCH")
        if known and shown.etag(request) in parse_etags(known):
            return _mark(HttpResponseNotModified(), request, shown)
        if request.GET or not kept_pages.room:
            return made(request, *args, **kwargs)
        address = _address(request)
        if page := kept_pages.get(shown, address):
            return _unless_old(page.response(), request, shown)
        response = made(request, *args, **kwargs)
        if response.status_code == 200 and not response.streaming:
            kept_pages.keep(shown, address, KeptPage.of(response))
        return response

    page = csrf_exempt(require_safe(read_from_replicas(kept)))
    page.for_readers = True  # type: ignore[attr-defined]  # see `archive.site.readers_first`
    return page


def _address(request: HttpRequest) -> str:
    """What a page is kept under: its path, and whether it was sent packed, which is all that is made of the header."""
    packed = re_accepts_gzip.search(request.headers.get("Accept-Encoding", ""))
    return f"{request.path} {'gzip' if packed else ''}"


def _unless_old(response: HttpResponse, request: HttpRequest, shown: Shown) -> HttpResponse:
    """The answer, or that nothing has changed (304) since the day that the reader's is of."""
    moved = int(shown.last_modified.timestamp()) if shown.last_modified else None
    return get_conditional_response(request, last_modified=moved, response=response) or response


def _mark(response: HttpResponse, request: HttpRequest, shown: Shown) -> HttpResponse:
    response.headers["ETag"] = shown.etag(request)
    if last_modified := shown.last_modified:
        response.headers["Last-Modified"] = http_date(last_modified.timestamp())
    response.headers["Cache-Control"] = _FOR_A_WHILE
    # Said where it is not packed, too, and by a 304: a cache goes by what it was told last (RFC 9110, 15.4.5).
    response.headers["Vary"] = "Accept-Encoding"
    return response
