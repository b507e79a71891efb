"""Ask before an action of a list is done to all that is chosen: how much there is, and what would become of it."""

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
    reached = rows.order_by()[: COUNTED + 1].count()
    return _number(min(reached, COUNTED), more=reached > COUNTED)


def answers_preview(chosen: "SuggestionQuerySet", by: Actor, *, accepting: bool) -> Facts:
    """What answering these proposals would touch; and accepting them make, at most, of new people.

    Of more than ten thousand the last are looked at, and each number says that there may be more.
    """
    ids, more = _last(chosen)
    pending = Suggestion.objects.pending().filter(pk__in=ids).order_by()
    open_ones = pending.filter(article__status__in=editable_statuses(by))
    touched = {
        "Quotes": open_ones.quotes().count(),
        "Topics": open_ones.topics().count(),
        "In stories": open_ones.values("article").distinct().count(),
        "Not yours to change, and left waiting": pending.exclude(article__status__in=editable_statuses(by)).count(),
    }
    if accepting:
        touched["New people, at most"] = _new_people(open_ones)
    return _facts(touched, more)


def publication_preview(chosen: "QuerySet[Article]") -> Facts:
    """Of the articles that would be published, how many nobody has gone through to the end; bounded as above."""
    ids, more = _last(chosen)
    ready = Article.objects.filter(pk__in=ids, status__in=[Status.DRAFT, Status.IN_REVIEW]).order_by()
    unanswered = Exists(Suggestion.objects.pending().filter(article=OuterRef("pk")))
    filed = Exists(Tagging.objects.filter(article=OuterRef("pk")))
    touched = {
        "Drafts and in review": ready.count(),
        "With proposals that nobody answered": ready.filter(unanswered).count(),
        "Filed under no topic": ready.exclude(filed).count(),
    }
    return _facts(touched, more)


def _last(chosen: "QuerySet[Any]") -> tuple[list[int], bool]:
    """The ids of the last of the rows chosen, and whether there are more."""
    ids = list(chosen.order_by("-pk").values_list("pk", flat=True)[: COUNTED + 1])
    return ids[:COUNTED], len(ids) > COUNTED


def _new_people(pending: "SuggestionQuerySet") -> int:
    """How many names are proposed that nobody has."""
    said = pending.quotes().annotate(said=KT("proposal__name")).exclude(said="")
    names = {" ".join(name.split()).casefold() for name in said.values_list("said", flat=True).distinct() if name}
    return len(names - set(people_called(names)))


def _facts(numbers: dict[str, int], more: bool) -> Facts:
    return [(name, _number(number, more=more)) for name, number in numbers.items()]


def _number(number: int, *, more: bool) -> str:
    return f"{number:,}+" if more else f"{number:,}"
