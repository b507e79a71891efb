"""Ask before an action of a list is done to all that is chosen: how much there is, and what would become of it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Exists, OuterRef
from django.db.models.fields.json import KT
from django.http import HttpRequest
from django.template.response import TemplateResponse

from archive.admin.records import COUNTED
from archive.admin.story import people_called
from archive.editing.rights import Actor, editable_statuses
from archive.models import Article, Status, Suggestion, Tagging

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from archive.models.suggestion import SuggestionQuerySet

Facts = list[tuple[str, str]]


def is_confirmed(request: HttpRequest) -> bool:
    """Whether the page that asks has been answered with yes."""
    return request.POST.get("step") == "confirm"


def ask(
    model_admin: Any, request: HttpRequest, rows: "QuerySet[Any]", *, action: str, verb: str, facts: Facts
) -> TemplateResponse:
    """The page that says what the action would do to the rows chosen, and asks for one more press of a button."""
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": f"{verb} all that is chosen",
        "action": action,
        "verb": verb,
        "chosen": counted(rows),
        "facts": facts,
        "kept": request.POST.getlist(ACTION_CHECKBOX_NAME),
        "checkbox_name": ACTION_CHECKBOX_NAME,
        "select_across": request.POST.get("select_across", "0"),
    }
    return TemplateResponse(request, "admin/archive/confirm.html", context)


def counted(rows: "QuerySet[Any, Any]") -> str:
    """How many rows there are, or “10,000+” beyond the bound up to which they are counted."""
    return _number(rows.order_by()[: COUNTED + 1].count())


def answers_preview(chosen: "SuggestionQuerySet", by: Actor, *, accepting: bool) -> Facts:
    """What answering these proposals would touch; and accepting them make, at most, of new people."""
    pending = Suggestion.objects.pending().filter(pk__in=chosen.order_by().values("pk"))
    open_ones = pending.filter(article__status__in=editable_statuses(by))
    facts = [
        ("Quotes", counted(open_ones.quotes())),
        ("Topics", counted(open_ones.topics())),
        ("In stories", counted(open_ones.order_by().values("article").distinct())),
        ("Not yours to change, and left waiting", counted(pending.exclude(article__status__in=editable_statuses(by)))),
    ]
    return [*facts, ("New people, at most", _new_people(open_ones))] if accepting else facts


def publication_preview(chosen: "QuerySet[Article]") -> Facts:
    """Of the articles that would be published, how many nobody has gone through to the end."""
    ready = Article.objects.filter(
        pk__in=chosen.order_by().values("pk"), status__in=[Status.DRAFT, Status.IN_REVIEW]
    ).values("pk")
    unanswered = Exists(Suggestion.objects.pending().filter(article=OuterRef("pk")))
    return [
        ("Drafts and in review", counted(ready)),
        ("With proposals that nobody answered", counted(ready.filter(unanswered))),
        ("Filed under no topic", counted(ready.exclude(Exists(Tagging.objects.filter(article=OuterRef("pk")))))),
    ]


def _new_people(pending: "SuggestionQuerySet") -> str:
    """The names proposed that nobody has; two ways to write a name count as two people."""
    said = pending.quotes().order_by().annotate(said=KT("proposal__name")).exclude(said="")
    names = _plain(said.values_list("said", flat=True).distinct()[: COUNTED + 1])
    return _number(len(names - set(people_called(names))))


def _plain(names: Iterable[str | None]) -> set[str]:
    return {" ".join(name.split()).casefold() for name in names if name}


def _number(reached: int) -> str:
    return f"{COUNTED:,}+" if reached > COUNTED else f"{reached:,}"
