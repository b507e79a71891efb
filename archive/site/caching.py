"""How long others may keep a reader's page: the headers that let a browser, a CDN or Varnish answer for us."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

# Seconds. A browser asks again after a minute; a shared cache may hold a page for five and serve it while it asks.
BROWSER = 60
SHARED = 300
WHILE_ASKING = 600

View = Callable[..., HttpResponse]


def reader_page(view: View) -> View:
    """A page that is the same for every reader: answers GET and HEAD, carries an ETag, may be kept by shared caches.

    Nothing here may touch the session or the user: that would vary the page by cookie. As it holds no secret either,
    it may be compressed; as it takes no form, whoever sends one is told that (405) and not asked for a token.
    """

    @wraps(view)
    def keepable(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code in {200, 301, 410}:
            patch_cache_control(
                response, public=True, max_age=BROWSER, s_maxage=SHARED, stale_while_revalidate=WHILE_ASKING
            )
        return response

    return csrf_exempt(require_safe(gzip_page(conditional_page(keepable))))
