"""What robots are asked (RFC 9309)."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from archive.site.caching import reader_page


@reader_page
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be crawled but the desk and the endless combinations of the search."""
    del request
    lines = ["User-agent: *", f"Disallow: {reverse('admin:index')}", f"Disallow: {reverse('search')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
