"""File under a topic, and take out of one, for all that is chosen in a list: asked for, previewed, then done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest
from django.template.response import TemplateResponse

from archive.admin.fields import RowSelect, row_number
from archive.editing.filing import FilingError, file_under, filing_preview, take_out_of
from archive.models import Article, Tagging, Topic

if TYPE_CHECKING:
    from django.db.models import QuerySet


class TopicForm(forms.Form):
    """The topic for all."""

    def __init__(self, data: Any, model_admin: Any) -> None:
        super().__init__(data)
        widget = RowSelect(Tagging._meta.get_field("topic"), model_admin.admin_site)
        self.fields["topic"] = forms.ModelChoiceField(Topic.objects.current(), widget=widget)


@dataclass(frozen=True)
class Deed:
    """Filing, or taking out: the name of the action, its words, and the function that does it."""

    action: str
    title: str
    verb: str
    said: str
    do: Callable[..., int]


FILE = Deed("file_under_topic", "File under a topic", "File", "Filed under “{topic}”: {count}.", file_under)
TAKE_OUT = Deed("take_out_of_topic", "Take out of a topic", "Take out", "Taken out of “{topic}”: {count}.", take_out_of)


@admin.action(description="File under a topic…", permissions=["file"])
def file_under_topic(model_admin: Any, request: HttpRequest, queryset: "QuerySet[Any]") -> TemplateResponse | None:
    """File all chosen articles or quotes under one topic."""
    return _ask_then_do(FILE, model_admin, request, queryset)


@admin.action(description="Take out of a topic…", permissions=["file"])
def take_out_of_topic(model_admin: Any, request: HttpRequest, queryset: "QuerySet[Any]") -> TemplateResponse | None:
    """Take all chosen articles or quotes out of one topic."""
    return _ask_then_do(TAKE_OUT, model_admin, request, queryset)


def _ask_then_do(
    deed: Deed, model_admin: Any, request: HttpRequest, queryset: "QuerySet[Any]"
) -> TemplateResponse | None:
    """Do it once the topic is confirmed; until then give the page that asks for it and shows what will happen."""
    step = request.POST.get("step")
    form = TopicForm(request.POST if step else None, model_admin)
    topic: Topic | None = form.cleaned_data["topic"] if form.is_valid() else None
    items: Any = {"articles" if queryset.model is Article else "quotes": queryset}
    if topic and step == "confirm":
        try:
            messages.success(request, deed.said.format(topic=topic, count=deed.do(topic, by=request.user, **items)))
        except FilingError as error:
            messages.error(request, str(error))
        return None
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": deed.title,
        "deed": deed,
        "form": form,
        "media": model_admin.media + form.media,
        "preview": filing_preview(topic, by=request.user, **items) if topic else None,  # type: ignore[arg-type]
        "topic": topic,
        "chosen": queryset.count(),
        "kept": request.POST.getlist(ACTION_CHECKBOX_NAME),
        "checkbox_name": ACTION_CHECKBOX_NAME,
        "select_across": request.POST.get("select_across", "0"),
    }
    return TemplateResponse(request, "admin/archive/file_under.html", context)


def file_chosen(form: Any, *, by: Any, **items: Any) -> None:
    """File the form's article or quote under the topics added in its field `topics`; take it out of those removed.

    Added and removed since the form was opened, which it says itself: what others filed meanwhile stays.
    """
    if "topics" not in form.changed_data:
        return
    opened_with = [row_number(one) for one in form.data.getlist(form.add_initial_prefix("topics"))]
    before, after = set(Topic.objects.filter(pk__in=filter(None, opened_with))), set(form.cleaned_data["topics"])
    for topic in sorted(after - before, key=str):
        file_under(topic, by=by, **items)
    for topic in sorted(before - after, key=str):
        take_out_of(topic, by=by, **items)
