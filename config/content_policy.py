"""The Content-Security-Policy of every answer: the one of the settings, written out once and not for each answer.

A view that needs another one says so with django-csp's decorators.
"""

from functools import cached_property

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

_OF_ITS_OWN = ("_csp_config", "_csp_update", "_csp_replace", "_csp_exempt")


class ContentPolicy(CSPMiddleware):
    """The middleware, in the place of django-csp's."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The answer with its policy; as django-csp has it, a failure that Django explains has none."""
        if settings.DEBUG or any(hasattr(response, name) for name in _OF_ITS_OWN):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self._policy)
        return response

    @cached_property
    def _policy(self) -> str:
        return build_policy()
