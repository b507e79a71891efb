"""What robots and browsers are told of the site as a whole."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.templatetags.static import static
from django.urls import reverse

from archive.site.caching import reader_page
from archive.site.drawing import render
from archive.site.page import absolute
from archive.site.version import shown_by
from archive.site.xml import in_xml


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
        f"Sitemap: {absolute(reverse('sitemap-news'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@reader_page
def favicon(request: HttpRequest) -> HttpResponse:
    """Where the icon is, for what asks at the root without reading a page."""
    del request
    return HttpResponsePermanentRedirect(static("site/favicon.ico"))


@reader_page
def opensearch(request: HttpRequest) -> HttpResponse:
    """How a browser searches here from its own search field (OpenSearch 1.1)."""
    edition = shown_by(request).edition
    title = in_xml(edition.title)
    return render(
        request,
        "site/opensearch.xml",
        {"title": title, "about": in_xml(edition.tagline) or title, "search": absolute(reverse("search"))},
        content_type="application/opensearchdescription+xml",
    )
