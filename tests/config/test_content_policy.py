"""The Content-Security-Policy of every answer."""

import pytest
from csp.middleware import CSPMiddleware
from django.http import HttpResponse

from config.content_policy import ContentPolicy

POLICY = "Content-Security-Policy"


def told(middleware, request, **attributes):
    """The directives that a middleware gives an answer with these attributes."""
    answer = HttpResponse(status=404)
    vars(answer).update(attributes)
    headers = middleware(lambda _: answer)(request).headers
    return {each.strip() for each in headers.get(POLICY, "").split(";")}


@pytest.mark.parametrize(
    "asked",
    [{}, {"_csp_replace": {"img-src": ["*"]}}, {"_csp_update": {"img-src": ["*"]}}, {"_csp_exempt": True}],
    ids=str,
)
@pytest.mark.parametrize("debug", [False, True])
def test_the_policy_is_what_django_csp_makes_of_the_settings(asked, debug, rf, settings):
    settings.DEBUG = debug
    request = rf.get("/")
    assert told(ContentPolicy, request, **asked) == told(CSPMiddleware, request, **asked)
    assert ("default-src 'none'" in told(ContentPolicy, request, **asked)) is not (debug or "_csp_exempt" in asked)


def test_what_a_view_says_itself_stays(rf):
    answer = HttpResponse(headers={POLICY: "default-src 'self'"})
    assert ContentPolicy(lambda _: answer)(rf.get("/")).headers[POLICY] == "default-src 'self'"
