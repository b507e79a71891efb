"""What readers get in place of a page that is not there: the new address, the reason it was withdrawn, or 404."""

from typing import NoReturn

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from archive.models import Article, FormerSlug, Person, Quote, Source, Topic
from archive.site.drawing import render


def instead_of_article(request: HttpRequest, *, year: int, slug: str) -> HttpResponse:
    """For an address that no public article has: 410 with the reason, 301 to its new address, or Http404."""
    withdrawn = Article.objects.withdrawn().select_related("source").filter(year=year, slug=slug).first()
    if withdrawn is not None:
        return render(request, "site/withdrawn.html", {"article": withdrawn}, status=410)
    owner = _owner_of(FormerSlug.Kind.ARTICLE, slug, year=year)
    known = Article.objects.public() | Article.objects.withdrawn()
    return _moved(known.filter(pk=owner).first())


def instead_of_quote(
    request: HttpRequest, quote_id: int, *, template: str = "site/withdrawn.html", media_type: str = "text/html"
) -> HttpResponse:
    """For a quote that is not public: 410 with the reason where its article was withdrawn, or Http404."""
    quote = (
        Quote.objects.filter(pk=quote_id, article__in=Article.objects.withdrawn())
        .select_related("article__source")
        .first()
    )
    if quote is None:
        _not_found()
    gone = {"article": quote.article, "quote": quote}
    return render(request, template, gone, content_type=f"{media_type}; charset=utf-8", status=410)


def instead_of_topic(slug: str, *, page: str = "topic") -> HttpResponse:
    """For a slug that no topic in use has: 301 to the same page of the topic that had it or took its place, or 404."""
    topics = Topic.objects.select_related("replaced_by")
    owner = topics.filter(slug=slug).first() or topics.filter(pk=_owner_of(FormerSlug.Kind.TOPIC, slug)).first()
    if owner is None:
        _not_found()
    return HttpResponsePermanentRedirect(reverse(page, args=[(owner.replaced_by or owner).slug]))


def instead_of_person(slug: str) -> HttpResponse:
    """For a slug that no person has: 301 to the person who had it, or Http404."""
    return _moved(Person.objects.filter(pk=_owner_of(FormerSlug.Kind.PERSON, slug)).first())


def instead_of_source(slug: str) -> HttpResponse:
    """For a slug that no source has: 301 to the source that had it, or Http404."""
    return _moved(Source.objects.filter(pk=_owner_of(FormerSlug.Kind.SOURCE, slug)).first())


def _owner_of(kind: FormerSlug.Kind, slug: str, *, year: int = 0) -> int:
    """The id of the row that had this slug; 0, which no row has, where none had."""
    former = FormerSlug.objects.filter(kind=kind, year=year, slug=slug).first()
    return former.object_id if former else 0


def _moved(owner: Article | Person | Source | None) -> HttpResponse:
    if owner is None:
        _not_found()
    return HttpResponsePermanentRedirect(owner.get_absolute_url())


def _not_found() -> NoReturn:
    raise Http404("Nothing of this address is public")
