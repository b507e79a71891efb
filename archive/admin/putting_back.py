"""The page that shows what putting a former version back would change, and does it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from archive.admin.history import changes_to
from archive.admin.page import page
from archive.editing.putting_back import PutBackError, fields_put_back, put_back


def put_back_view(model_admin: Any, request: HttpRequest, pk: int, version: int) -> HttpResponseBase:
    """Show the differences between a record and a former version of it; put that back once it is confirmed."""
    record: Any = get_object_or_404(model_admin.model, pk=pk)
    if not model_admin.has_change_permission(request, record):
        raise PermissionDenied(f"{request.user} may not change “{record}”.")
    events: Any = record.events
    former = get_object_or_404(events, pgh_id=version)
    name = f"admin:archive_{record._meta.model_name}_history"
    if request.method == "POST":
        try:
            put_back(record, former, by=request.user)  # type: ignore[arg-type]
        except PutBackError as error:
            messages.error(request, f"It was not put back. {error}")
        else:
            messages.success(
                request, f"“{record}” is again as it was before {former.pgh_created_at:%Y-%m-%d %H:%M} UTC."
            )
        return HttpResponseRedirect(reverse(name, args=[pk]))
    context = {
        "title": "Put a former version back",
        "record": record,
        "former": former,
        "fields": changes_to(record, former, fields_put_back(record)),
        "back": reverse(name, args=[pk]),
    }
    return page(model_admin, request, "put_back", context)
