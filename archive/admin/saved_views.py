"""Saved views: a colleague keeps the filters, search and order of a list under a name, and finds them above it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from archive.admin.fields import row_number
from archive.models import SavedView

# What says where in a list somebody is, or in which window, and is no part of a view of it.
NOT_OF_A_VIEW = ("p", "e", "all", "_popup", "_to_field", "csrfmiddlewaretoken")


class ViewForm(forms.ModelForm):  # type: ignore[type-arg]
    """The name of a view, and whether the list opens with it."""

    class Meta:
        model = SavedView
        fields = ["name", "query", "is_default"]

    def clean_query(self) -> str:
        """The query string, without what is no part of a view. Raises ValidationError where nothing is left of it."""
        query = query_of(QueryDict(self.cleaned_data["query"]))
        if not query:
            raise ValidationError("There is no filter, search or order to keep.")
        return query


def query_of(given: QueryDict) -> str:
    """What of a list's query string a view keeps."""
    kept = given.copy()
    for name in NOT_OF_A_VIEW:
        kept.pop(name, None)
    return kept.urlencode()


def views_of(request: HttpRequest, list_name: str) -> dict[str, Any]:
    """What the template above a list shows: one's own views of it, and what of the present one could be kept."""
    here = query_of(request.GET)
    views = list(SavedView.objects.of(request.user.pk or 0, list_name))
    return {"saved_views": views, "here": here, "here_is": next((view for view in views if view.query == here), None)}


def default_of(request: HttpRequest, views: list[SavedView]) -> str:
    """The query string that a list is to be opened with, where none is asked for; "" where it is opened as it is."""
    if request.method != "GET" or request.GET:
        return ""
    return next((view.query for view in views if view.is_default), "")


def saved_views_view(model_admin: Any, request: HttpRequest) -> HttpResponseBase:
    """Keep a view, or forget one; then back to the list."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    name = model_admin.opts.model_name
    page = reverse(f"admin:archive_{name}_changelist")
    own = SavedView.objects.of(request.user.pk or 0, name)
    if "forget" in request.POST:
        view = get_object_or_404(own, pk=row_number(request.POST["forget"]) or 0)
        view.delete()
        messages.success(request, f"The view “{view}” is forgotten.")
        return HttpResponseRedirect(f"{page}?{view.query or 'all='}")
    form = ViewForm(request.POST)
    if not form.is_valid():
        messages.error(request, "A view needs a name of no more than 60 letters, and a filter, search or order.")
        return HttpResponseRedirect(f"{page}?{query_of(QueryDict(request.POST.get('query', ''))) or 'all='}")
    kept = form.cleaned_data
    with transaction.atomic():
        if kept["is_default"]:
            own.filter(is_default=True).update(is_default=False)
        SavedView.objects.update_or_create(
            user_id=request.user.pk or 0,
            list=name,
            name=kept["name"],
            defaults={"query": kept["query"], "is_default": kept["is_default"]},
        )
    messages.success(request, f"Kept as “{kept['name']}”.")
    return HttpResponseRedirect(f"{page}?{kept['query']}")
