"""Readers are answered before anybody thinks of sessions, accounts, forms and who changes what: their pages have none.

What a page could not have without these middlewares it must not have: a page that is the same for everybody reads no
session, and knows no user.
"""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve


class ReadersFirst:
    """The middleware. It stands behind those that protect every answer, and before those that editors need."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        from archive.site.urls import urlpatterns

        self.get_response = get_response
        pages = [each for each in urlpatterns if getattr(each.callback, "for_readers", False)]
        self.beginnings = {str(page.pattern).partition("/")[0] for page in pages}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer of a reader's page; of whatever else, that of the rest of the middlewares."""
        if request.path_info[1:].partition("/")[0] not in self.beginnings:
            return self.get_response(request)
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return self.get_response(request)
        if not getattr(match.func, "for_readers", False):
            return self.get_response(request)
        request.resolver_match = match
        response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
        return response
