"""Search over everything: one box on every page of the admin, and one page of what it finds of each kind.

Of each kind a bounded number of rows is taken from an index; the list of the kind has the rest.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from archive.admin.dates import as_known
from archive.admin.search import newest
from archive.models import Article, Batch, Person, Quote, Source, Topic

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

SHOWN = 8
AMONG = 200  # names of a kind that are taken from the index; the first of them are shown
LONGEST = 200


@dataclass(frozen=True)
class Found:
    """What was found of a kind: its name, some rows with their addresses, and the list where all are."""

    kind: str
    rows: list[tuple[str, str, str]]
    """What each is, the address of its page, and a word on it."""
    all_address: str
    more: bool


def everything_view(site: admin.AdminSite, request: HttpRequest) -> HttpResponse:
    """The page of what has the words typed, as far as the colleague may look at it."""
    typed = " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST]
    found = [
        _found(model, look(typed, request), typed)
        for model, look in _LOOKS.items()
        if typed and site.get_model_admin(model).has_view_permission(request)
    ]
    context = {
        **site.each_context(request),
        "title": f"Found for “{typed}”" if typed else "Search everything",
        "typed": typed,
        "found": [each for each in found if each.rows],
    }
    return TemplateResponse(request, "admin/archive/everything.html", context)


def _articles(typed: str, request: HttpRequest) -> "QuerySet[Any]":
    found = newest(request, typed, Article.objects.all())
    told = ("headline", "source__name", "published_at", "precision", "status", "released_at", "embargo_until")
    return found.select_related("source").only(*told).order_by("-pk")


def _quotes(typed: str, request: HttpRequest) -> "QuerySet[Any]":
    return newest(request, typed, Quote.objects.all()).select_related("speaker").order_by("-pk")


def _people(typed: str, _: HttpRequest) -> "QuerySet[Any]":
    return Person.objects.named_like(typed, most=AMONG).order_by("name", "pk")


def _topics(typed: str, _: HttpRequest) -> "QuerySet[Any]":
    return Topic.objects.named_like(typed, most=AMONG).order_by("name")


def _sources(typed: str, _: HttpRequest) -> "QuerySet[Any]":
    return Source.objects.filter(name__icontains=typed).order_by("name")


def _batches(typed: str, _: HttpRequest) -> "QuerySet[Any]":
    return Batch.objects.named_like(typed).order_by("-pk")


_LOOKS: "dict[type[Model], Callable[[str, HttpRequest], QuerySet[Any]]]" = {
    Article: _articles,
    Topic: _topics,
    Person: _people,
    Source: _sources,
    Quote: _quotes,
    Batch: _batches,
}


def _found(model: type[Model], looked: "QuerySet[Any]", typed: str) -> Found:
    name = model._meta.model_name
    rows = list(looked[: SHOWN + 1])
    told = [(str(row), reverse(f"admin:archive_{name}_change", args=[row.pk]), _word_on(row)) for row in rows]
    page = reverse(f"admin:archive_{name}_changelist", query={"q": typed})
    kind = str(model._meta.verbose_name_plural).capitalize()
    return Found(kind, told[:SHOWN], page, len(rows) > SHOWN)


def _word_on(row: Any) -> str:
    if isinstance(row, Article):
        source = row.source.name if row.source else "No source"
        return f"{source} · {as_known(row.published_at, row.precision)} · {row.standing[1]}"
    if isinstance(row, Quote):
        return str(row.speaker or row.speaker_mention)
    return row.counts if isinstance(row, Batch) else ""
