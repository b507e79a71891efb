"""The page of what was deleted: by whom, when, and the button that brings it back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from archive.admin.fields import row_number
from archive.admin.page import page
from archive.editing.bringing_back import BringBackError, Deletion, bring_back, deletions_of


def deleted_view(model_admin: Any, request: HttpRequest) -> HttpResponseBase:
    """The latest deletions of a kind of record; a post brings one of them back."""
    model = model_admin.model
    if not model_admin.has_delete_permission(request):
        raise PermissionDenied(f"{request.user} may not delete {model._meta.verbose_name_plural}.")
    name = f"admin:archive_{model._meta.model_name}"
    if request.method == "POST":
        history: Any = model.events.rel.related_model._default_manager
        entry = get_object_or_404(history, pgh_id=row_number(request.POST.get("entry")) or 0, pgh_label="delete")
        try:
            record = bring_back(entry, by=request.user)  # type: ignore[arg-type]
        except BringBackError as error:
            messages.error(request, f"It was not brought back. {error}")
            return HttpResponseRedirect(reverse(f"{name}_deleted"))
        messages.success(request, f"“{record}” is back.")
        return HttpResponseRedirect(reverse(f"{name}_change", args=[record.pk]))
    deletions = deletions_of(model)
    users = User.objects.in_bulk({one.user for one in deletions if one.user})
    context = {
        "title": f"Deleted {model._meta.verbose_name_plural}",
        "deletions": [(one.entry, _said(one), users.get(one.user or 0)) for one in deletions],
    }
    return page(model_admin, request, "deleted", context)


def _said(deletion: Deletion) -> str:
    """What the record was called: the first of its telling fields that says something."""
    entry = deletion.entry
    said = (getattr(entry, field, "") for field in ("headline", "name", "words"))
    return next(filter(None, said), f"no. {entry.pgh_obj_id}")
