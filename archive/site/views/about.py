"""About the archive: what is in it, from where, and how to use it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from archive.models import Source, Tally
from archive.site import structured
from archive.site.caching import reader_page
from archive.site.histogram import histogram, page_of_year


@reader_page
def about(request: HttpRequest) -> HttpResponse:
    """The kept counts of the whole archive by year and of each source that something public comes from."""
    tallies = list(Tally.objects.of(Tally.Subject.ARCHIVE, 0).by_year())
    of_sources = Tally.objects.filter(subject=Tally.Subject.SOURCE, articles__gt=0).totals()
    counts = {tally.subject_id: tally for tally in of_sources}
    return render(
        request,
        "site/about.html",
        {
            "described": structured.of_list("About", request.path, kind="AboutPage"),
            "articles": sum(tally.articles for tally in tallies),
            "quotes": sum(tally.quotes for tally in tallies),
            "histogram": histogram(tallies, page_of_year),
            "sources": Source.objects.filter(pk__in=counts).order_by("name"),
            "tallies": counts,
        },
    )
