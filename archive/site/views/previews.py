"""An article before readers see it, on the very page that they will see: for colleagues, and by a private link."""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from archive.models import Article, PreviewLink, Status
from archive.site.drawing import render
from archive.site.story import drawn_from, private_story
from archive.site.version import shown_by

# Kept by nobody, and found by no search engine, whatever becomes of the address.
_private = cache_control(private=True, no_store=True)


@require_safe
@_private
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever may look at articles in the admin."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.path, reverse("admin:login"))
    if not request.user.has_perm("archive.view_article"):
        raise PermissionDenied
    return _shown(request, get_object_or_404(Article.objects.defer("words", "body"), pk=pk))


@require_safe
@_private
def private_preview(request: HttpRequest, token: str) -> HttpResponse:
    """For whoever has the link: 404 where there is no such link, 410 where it holds no longer.

    An article that is withdrawn is shown no more: its own address says why, where readers could see it.
    """
    links = PreviewLink.objects.select_related("article").defer("article__words", "article__body")
    link = get_object_or_404(links, token=token)
    if _has_a_page(link.article):
        return HttpResponseRedirect(link.article.get_absolute_url())
    if not link.holds:
        response = render(request, "site/preview_over.html", {"link": link, "unlisted": True}, status=410)
        return _unlisted(response)
    return _shown(request, link.article, link)


def _has_a_page(article: Article) -> bool:
    """Whether its public address answers: with the article, or with why it is gone."""
    if article.status == Status.WITHDRAWN:
        return Article.objects.withdrawn().filter(pk=article.pk).exists()
    return article.is_public


def _shown(request: HttpRequest, article: Article, link: PreviewLink | None = None) -> HttpResponse:
    if article.is_public:
        return HttpResponseRedirect(article.get_absolute_url())
    told = private_story(article.pk)
    if told is None:
        raise Http404("It has just been deleted")
    page = drawn_from(told, archive=shown_by(request).edition.title)
    return _unlisted(render(request, "site/article.html", {**page, "unlisted": True, "preview": True, "link": link}))


def _unlisted(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    # A link that is followed from here does not tell where it came from.
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
