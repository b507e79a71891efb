"""Near copies in the admin: the filter of the list, the lines on an article's pages, and the answer “not the same”."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from archive.admin.page import page
from archive.editing.resemblance import decline_resemblance
from archive.editing.rights import require_edit
from archive.models import Article, Resemblance

if TYPE_CHECKING:
    from django.db.models import QuerySet

SHOWN = 10


@dataclass(frozen=True)
class NearCopy:
    """One article beside another: it, how much of the shorter text both have (%), and the link between them."""

    article: Article
    percent: int
    resemblance: int


def near_copies(article: Article) -> list[NearCopy]:
    """The articles that this one resembles, or that resemble it; the nearest ten."""
    rows = Resemblance.objects.of(article).select_related("article__source", "other__source")
    light = rows.defer("article__body", "article__words", "other__body", "other__words")
    return [NearCopy(one.beside(article), round(one.likeness * 100), one.pk) for one in light[:SHOWN]]


class NearCopies(admin.SimpleListFilter):
    """Articles that came in as near copies of others."""

    title = "near copies"
    parameter_name = "near"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The one choice."""
        del request, model_admin
        return [("copies", "Near copies of others")]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        """Those that resemble an earlier one, unless an editor said that they are another story."""
        del request
        if self.value() != "copies":
            return queryset
        return queryset.filter(resemblance__isnull=False, resemblance__declined_at__isnull=True)


def apart_view(model_admin: Any, request: HttpRequest, pk: int, resemblance_pk: int) -> HttpResponseBase:
    """The page that shows two articles beside each other and asks whether they are not the same story."""
    user: Any = request.user
    of_article = Resemblance.objects.of(get_object_or_404(Article, pk=pk)).select_related("article", "other")
    resemblance = get_object_or_404(of_article, pk=resemblance_pk)
    require_edit(user, resemblance.article)
    if request.method == "POST":
        decline_resemblance(resemblance, by=user)
        messages.success(request, f"“{resemblance.article}” and “{resemblance.other}” are kept apart now.")
        return HttpResponseRedirect(reverse("admin:archive_article_change", args=[pk]))
    context = {
        "title": "Not the same story",
        "article": resemblance.article,
        "other": resemblance.other,
        "percent": round(resemblance.likeness * 100),
        "back": pk,
    }
    return page(model_admin, request, "article/apart", context)
