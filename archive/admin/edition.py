"""The archive as a publication, in the admin: one page to name it."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from archive.admin.records import RecordAdmin
from archive.models import Edition


@admin.register(Edition)
class EditionAdmin(RecordAdmin):
    """There is one row, so its list is its form."""

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Edition | None:
        """The one row, also before it was first saved."""
        return super().get_object(request, object_id, from_field) or (Edition.current() if object_id == "1" else None)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Straight to the form."""
        del extra_context
        if not self.has_view_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(reverse("admin:archive_edition_change", args=[1]))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """There is one."""
        del request
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """There is one."""
        del request, obj
        return False
