"""Readers are answered before anybody thinks of sessions, accounts, forms and who changes what: their pages have none.

What a page could not have without these middlewares it must not have: a page that is the same for everybody reads no
session, and knows no user.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.http.response import HttpResponseBase

if TYPE_CHECKING:
    from django.urls import URLPattern


class ReadersFirst:
    """The middleware. It stands behind those that protect every answer, and before those that editors need.

    An address is looked for only among those that begin alike: to try them all in turn takes longer than what is kept
    of a page to be sent.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        from archive.site.urls import urlpatterns

        self.get_response = get_response
        self.beginning_with: defaultdict[str, list[URLPattern]] = defaultdict(list)
        for each in urlpatterns:
            self.beginning_with[str(each.pattern).partition("/")[0]].append(each)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer of a reader's page; of whatever else, that of the rest of the middlewares."""
        path = request.path_info[1:]
        for page in self.beginning_with.get(path.partition("/")[0], ()):
            if match := page.resolve(path):
                if not getattr(match.func, "for_readers", False):
                    break
                request.resolver_match = match
                response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
                return response
        return self.get_response(request)
