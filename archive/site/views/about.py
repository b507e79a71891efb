"""About the archive: what is in it, from where, and how to use it."""

from django.http import HttpRequest, HttpResponse

from archive.models import Source, Tally
from archive.site import structured
from archive.site.bars import bars
from archive.site.caching import reader_page
from archive.site.drawing import render
from archive.site.histogram import histogram, page_of_year
from archive.site.kept_counts import YearRow
from archive.site.vocabulary import at_the_top

SOURCES = 12


@reader_page
def about(request: HttpRequest) -> HttpResponse:
    """The kept counts of the whole archive by year, of the topics at the top, and of the sources with the most."""
    tallies = list(Tally.objects.of(Tally.Subject.ARCHIVE, 0).by_year())
    of_sources = Tally.objects.filter(subject=Tally.Subject.SOURCE, articles__gt=0).totals()
    by_source = dict(of_sources.values_list("subject_id", "articles"))
    most = sorted(by_source, key=lambda pk: (-by_source[pk], pk))[:SOURCES]
    years = [tally.year for tally in tallies if tally.articles]
    return render(
        request,
        "site/about.html",
        {
            "described": structured.of_list("About", request.path, kind="AboutPage"),
            "articles": sum(tally.articles for tally in tallies),
            "quotes": sum(tally.quotes for tally in tallies),
            "sources": len(by_source),
            "first": min(years, default=None),
            "last": max(years, default=None),
            "articles_by_year": histogram((YearRow(each.year, each.articles, 0) for each in tallies), page_of_year),
            "quotes_by_year": histogram((YearRow(each.year, 0, each.quotes) for each in tallies), page_of_year),
            "of_topics": bars((topic, topic.articles) for topic in at_the_top()),
            "of_sources": bars((source, by_source[source.pk]) for source in Source.objects.filter(pk__in=most)),
        },
    )
