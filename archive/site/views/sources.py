"""Sources: all of them, and one: what it is, what its rights allow, what the archive has of it."""

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse

from archive.models import Article, Source, Tally
from archive.site import paging, structured
from archive.site.caching import reader_page
from archive.site.drawing import render
from archive.site.histogram import at_year, histogram
from archive.site.listing import articles_of_source
from archive.site.standing import instead_of_source

NAMES = 200


@reader_page
def sources(request: HttpRequest) -> HttpResponse:
    """All sources that something public comes from, in the order of their names."""
    tallies = Tally.objects.filter(subject=Tally.Subject.SOURCE, subject_id=OuterRef("pk"), articles__gt=0).totals()
    page = paging.page_by_name(Source.objects.filter(Exists(tallies)), request.GET, size=NAMES)
    return render(
        request,
        "site/sources.html",
        {
            "page": page,
            "described": structured.of_list("Sources", request.path),
            "tallies": Tally.objects.totals_of(Tally.Subject.SOURCE, (source.pk for source in page.items)),
        },
    )


@reader_page
def source(request: HttpRequest, slug: str) -> HttpResponse:
    """One source and its articles, newest first."""
    source = Source.objects.filter(slug=slug).first()
    if source is None:
        return instead_of_source(slug)
    page = articles_of_source.page(request.GET, source=source.pk)
    if not page.items and not Article.objects.public().filter(source=source).exists():
        raise Http404(f"{source} has nothing public")
    years = list(Tally.objects.of(Tally.Subject.SOURCE, source.pk).by_year().filter(articles__gt=0))
    return render(
        request,
        "site/source.html",
        {
            "source": source,
            "described": structured.of_source(source),
            "page": page,
            "count": sum(tally.articles for tally in years),
            "histogram": histogram(years, at_year),
        },
    )
