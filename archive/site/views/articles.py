"""Articles: all of them, those of a year or month, and one."""

from datetime import UTC, datetime

from django.http import Http404, HttpRequest, HttpResponse

from archive.models import Tally
from archive.site import citing, structured
from archive.site.caching import reader_page
from archive.site.drawing import render
from archive.site.histogram import histogram, page_of_year
from archive.site.listing import all_articles, articles_of_span
from archive.site.spans import span_of
from archive.site.standing import instead_of_article
from archive.site.story import drawn_from, public_story
from archive.site.version import shown_by


@reader_page
def articles(request: HttpRequest) -> HttpResponse:
    """All articles, newest first, with the years that have some."""
    years = _years()
    return render(
        request,
        "site/articles.html",
        {
            "described": structured.of_list("Articles", request.path),
            "page": all_articles.page(request.GET),
            "years": years,
            "histogram": histogram(years, page_of_year),
        },
    )


@reader_page
def articles_of_year(request: HttpRequest, year: int, month: int = 0) -> HttpResponse:
    """The articles of a year or of one month of it. A year the archive has nothing from is not found."""
    years = _years()
    if year not in {tally.year for tally in years}:
        raise Http404(f"The archive has nothing from {year}")
    begin, end = span_of(year, month)
    return render(
        request,
        "site/articles_of_year.html",
        {
            "described": structured.of_list(
                f"Articles of {begin:%B %Y}" if month else f"Articles of {year}", request.path
            ),
            "page": articles_of_span.page(request.GET, begin=begin, end=end),
            "years": years,
            "year": year,
            "month": begin if month else None,
            "months": [datetime(year, number, 1, tzinfo=UTC) for number in range(1, 13)],
        },
    )


def _years() -> list[Tally]:
    """The kept counts of the years that have articles, latest first."""
    tallies = Tally.objects.of(Tally.Subject.ARCHIVE, 0).by_year().filter(articles__gt=0)
    return list(tallies.order_by("-year"))


@reader_page
def article(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """One article as far as its source allows, with its quotes marked, its topics, its provenance."""
    told = public_story(year, slug)
    if told is None:
        return instead_of_article(request, year=year, slug=slug)
    page = drawn_from(told, archive=shown_by(request).edition.title)
    return render(
        request,
        "site/article.html",
        {
            **page,
            "described": structured.of_article(told.article, told.authors, page["topics"], told.quotes),
            "meta_tags": citing.highwire(told.article, told.authors),
            "coins": citing.coins(told.article, told.authors),
        },
    )
