"""Originals in the admin: what came in, when, from where; the bytes to take away, never shown."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from archive.admin.records import ReadOnly
from archive.models import Original

if TYPE_CHECKING:
    from django.db.models import QuerySet


class MediaType(admin.SimpleListFilter):
    """By what the bytes are."""

    title = "media type"
    parameter_name = "type"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Those there are."""
        del request, model_admin
        return [(one, one) for one in Original.objects.media_types()]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        """The originals of that type."""
        del request
        return queryset.filter(media_type=self.value()) if self.value() else queryset


@admin.register(Original)
class OriginalAdmin(ReadOnly):
    """Look through what came in."""

    list_display = ["filename", "media_type", "size", "origin", "received_at", "received_by"]
    list_filter = [MediaType]
    list_select_related = ["received_by"]
    ordering = ["-received_at", "-id"]
    sortable_by = ["received_at"]
    search_fields = ["filename", "sha256"]
    search_help_text = "Beginning of the file name, or of the SHA-256: eight signs or more."
    fields = ["download", "sha256", "size", "media_type", "encoding", "origin", "received_at", "received_by"]

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Any]", search_term: str
    ) -> tuple["QuerySet[Any]", bool]:
        """By an index of beginnings."""
        del request
        originals: Any = queryset
        typed = search_term.replace("\0", "").strip()
        return originals.beginning(typed) if typed else originals, False

    @admin.display(description="The bytes")
    def download(self, original: Original) -> Any:
        """A link that downloads them."""
        url = reverse("admin:archive_original_download", args=[original.pk])
        return format_html('<a href="{}">Download {}</a>', url, original.filename)

    def get_urls(self) -> list[URLPattern]:
        """The download beside the stock pages."""
        download = self.admin_site.admin_view(self.bytes_view)
        return [path("<int:pk>/download/", download, name="archive_original_download"), *super().get_urls()]

    def bytes_view(self, request: HttpRequest, pk: int) -> Any:
        """The bytes as they came, as a file to save: whatever they are, no browser runs them here."""
        original = self.get_object(request, str(pk))
        if not self.has_view_permission(request, original):
            raise PermissionDenied
        if original is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))  # type: ignore[attr-defined]
        try:
            file = original.content.open("rb")
        except OSError as error:
            why = f"cannot be reached: {error}"
            if isinstance(error, FileNotFoundError):
                why = "are not where they were kept: look for them in a backup"
            messages.error(request, f"The bytes of {original.filename} {why}. Their SHA-256 is {original.sha256}.")
            return HttpResponseRedirect(reverse("admin:archive_original_change", args=[original.pk]))
        return FileResponse(
            file,
            as_attachment=True,
            filename=original.filename or original.sha256,
            content_type="application/octet-stream",
        )
