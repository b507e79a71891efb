"""Sources: all of them, and one: what it is, what its rights allow, what the archive has of it."""

from django.http import Http404, HttpRequest, HttpResponse

from archive.models import Article
from archive.site import structured
from archive.site.caching import reader_page
from archive.site.drawing import render
from archive.site.histogram import at_year, histogram
from archive.site.listing import articles_of_source, sources_by_name
from archive.site.source_place import source_place
from archive.site.standing import instead_of_source

NAMES = 200


@reader_page
def sources(request: HttpRequest) -> HttpResponse:
    """All sources that something public comes from, in the order of their names."""
    return render(
        request,
        "site/sources.html",
        {
            "page": sources_by_name.page(request.GET, size=NAMES),
            "described": structured.of_list("Sources", request.path),
        },
    )


@reader_page
def source(request: HttpRequest, slug: str) -> HttpResponse:
    """One source and its articles, newest first."""
    source = source_place(slug)
    if source is None:
        return instead_of_source(slug)
    page = articles_of_source.page(request.GET, source=source.pk)
    if not page.items and not Article.objects.public().filter(source=source.pk).exists():
        raise Http404(f"{source} has nothing public")
    return render(
        request,
        "site/source.html",
        {
            "source": source,
            "described": structured.of_source(source),
            "page": page,
            "count": source.counts.articles,
            "histogram": histogram(source.years, at_year),
        },
    )
