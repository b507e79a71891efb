"""What robots and browsers are told of the site as a whole."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from archive.site.caching import reader_page
from archive.site.page import absolute


@reader_page
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be crawled but the desk and the endless combinations of the search (RFC 9309)."""
    del request
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('admin:index')}",
        f"Disallow: {reverse('search')}",
        "",
        f"Sitemap: {absolute(reverse('sitemap'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@reader_page
def opensearch(request: HttpRequest) -> HttpResponse:
    """How a browser searches here from its own search field (OpenSearch 1.1)."""
    return render(
        request,
        "site/opensearch.xml",
        {"search": absolute(reverse("search"))},
        content_type="application/opensearchdescription+xml",
    )
