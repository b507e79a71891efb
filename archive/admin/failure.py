"""What could not come in, in the admin: why, its bytes; mended and tried again, or given up."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from archive.admin.choosing import WaitingFirst
from archive.admin.records import ReadOnly
from archive.editing.rights import may
from archive.ingest.decoding import Decoded, decode
from archive.ingest.document import UnreadableError
from archive.ingest.report import Outcome
from archive.ingest.retrying import give_up, retry_failure, retry_failures
from archive.models import Failure
from archive.models.bounded import COUNTED

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

LONGEST_SHOWN = 1_000_000  # bytes; more is mended elsewhere, and brought in anew


class SettledFilter(WaitingFirst):
    """By what became of it; what waits comes first."""

    title = "outcome"
    parameter_name = "settled"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Everything, and what is settled; what waits is the choice where none is made."""
        del request, model_admin
        return [("all", "All"), ("yes", "Settled")]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        """Those with the chosen outcome."""
        del request
        if self.value() == "all":
            return queryset
        return queryset.filter(settled_at__isnull=self.value() != "yes")


class ContentForm(forms.Form):
    """The text of what failed, to be corrected."""

    content = forms.CharField(
        label="Text",
        strip=False,
        widget=forms.Textarea(attrs={"rows": 20, "class": "as-it-came", "spellcheck": "false"}),
        help_text="Correct what the reason names and try again. The file that was given stays as it is.",
    )


@admin.register(Failure)
class FailureAdmin(ReadOnly):
    """Look through what could not come in, and settle it."""

    list_display = ["file", "reason", "failed_at", "became"]
    list_filter = [SettledFilter]
    list_select_related = ["article"]
    list_defer = ["content", "article__body", "article__words"]
    ordering = ["-failed_at", "-id"]
    sortable_by = ["failed_at"]
    fields = ["file", "reason", "its_batch", "failed_at", "download", "became"]
    change_form_template = "admin/archive/failure/change_form.html"
    actions = ["try_again"]

    @admin.display(description="File")
    def file(self, failure: Failure) -> str:
        """The file, and the row where it has several."""
        return failure.place

    @admin.display(description="Became")
    def became(self, failure: Failure) -> Any:
        """What has become of it in the end."""
        if failure.settled_at is None:
            return "Waiting"
        if failure.article is None:
            return f"Given up, {failure.settled_at:%Y-%m-%d}"
        url = reverse("admin:archive_article_change", args=[failure.article_id])
        return format_html('<a href="{}">{}</a>', url, failure.article)

    @admin.display(description="Import")
    def its_batch(self, failure: Failure) -> Any:
        """The import it was part of."""
        url = reverse("admin:archive_batch_change", args=[failure.batch_id])
        return format_html('<a href="{}">{}</a>', url, failure.batch)

    @admin.display(description="The bytes")
    def download(self, failure: Failure) -> Any:
        """A link that downloads them."""
        if failure.content is None:
            return "Not kept: it could not be read, or was too large. Bring in the file itself again."
        url = reverse("admin:archive_failure_download", args=[failure.pk])
        return format_html('<a href="{}">Download {}</a>', url, failure.filename)

    def has_settle_permission(self, request: HttpRequest) -> bool:
        """Whether somebody may settle what failed."""
        return may(request.user, "change_failure")  # type: ignore[arg-type]

    @admin.action(description="Try again", permissions=["settle"])
    def try_again(self, request: HttpRequest, queryset: "QuerySet[Failure]") -> HttpResponseBase | None:
        """Bring in again all that is chosen and waits, in the background; the oldest first, ten thousand at most."""
        waiting = queryset.filter(settled_at__isnull=True, content__isnull=False)
        ids = list(waiting.order_by("pk").values_list("pk", flat=True)[:COUNTED])
        if not ids:
            messages.warning(request, "Nothing of this waits with its bytes, to be tried again.")
            return None
        here = reverse("admin:archive_failure_changelist")
        title = f"Try again what could not come in, {len(ids):,} in all"
        job = retry_failures.ask(by=request.user, title=title, total=len(ids), onward=here, failures=ids)  # type: ignore[arg-type]
        return HttpResponseRedirect(reverse("admin:archive_job_change", args=[job.pk]))

    def get_urls(self) -> list[URLPattern]:
        """The download and the two deeds beside the stock pages."""
        site = self.admin_site
        return [
            path("<int:pk>/download/", site.admin_view(self.bytes_view), name="archive_failure_download"),
            path("<int:pk>/retry/", site.admin_view(require_POST(self.retry_view)), name="archive_failure_retry"),
            path("<int:pk>/give-up/", site.admin_view(require_POST(self.give_up_view)), name="archive_failure_give_up"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The record, with its text to be corrected where it waits and is text."""
        context = {"title": "Could not come in", **(extra_context or {})}
        failure: Failure | None = self.get_object(request, object_id)
        if failure is not None and failure.settled_at is None and may(request.user, "change_failure"):  # type: ignore[arg-type]
            decoded = _text_of(failure)
            context |= {
                "settleable": True,
                "retriable": failure.content is not None,
                "content_form": ContentForm(initial={"content": decoded.text}) if decoded else None,
            }
        return super().change_view(request, object_id, form_url, context)

    def bytes_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The bytes as they came, as a file to save: whatever they are, no browser runs them here."""
        failure: Failure | None = self.get_object(request, str(pk))
        if not self.has_view_permission(request, failure):
            raise PermissionDenied
        if failure is None or failure.content is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))  # type: ignore[attr-defined,no-any-return]
        named = content_disposition_header(as_attachment=True, filename=failure.filename)
        return HttpResponse(
            bytes(failure.content),
            content_type="application/octet-stream",
            headers={"Content-Disposition": named or "attachment"},
        )

    def retry_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Bring it in again, corrected where its text was."""

        def retry(failure: Failure) -> None:
            try:
                result = retry_failure(failure, by=request.user, content=_corrected(failure, request))  # type: ignore[arg-type]
            except UnreadableError as error:
                messages.error(request, f"{failure.place}: {error}.")
                return
            if result.outcome == Outcome.FAILED:
                messages.error(request, f"It still cannot come in: {failure.reason}.")
            elif result.outcome == Outcome.SKIPPED:
                messages.success(request, f"Settled: it {result.reason}.")
            else:
                messages.success(request, "It has come in.")

        return self._settled(request, pk, retry)

    def give_up_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Settle it without an article."""

        def forgo(failure: Failure) -> None:
            give_up(failure, by=request.user)  # type: ignore[arg-type]
            messages.success(request, f"Given up: {failure.place}.")

        return self._settled(request, pk, forgo)

    def _settled(self, request: HttpRequest, pk: int, settle: "Callable[[Failure], None]") -> HttpResponseBase:
        """Settle what still waits, and go back to its page."""
        failure: Failure | None = self.get_object(request, str(pk))
        if not may(request.user, "change_failure"):  # type: ignore[arg-type]
            raise PermissionDenied(f"{request.user} may not settle what failed.")
        if failure is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))  # type: ignore[attr-defined,no-any-return]
        if failure.settled_at is None:
            settle(failure)
        else:
            messages.warning(request, "It was settled already.")
        return HttpResponseRedirect(reverse("admin:archive_failure_change", args=[failure.pk]))


def _text_of(failure: Failure) -> Decoded | None:
    """The text of what failed; None where its bytes were not kept, are none, or are too many for a form."""
    if failure.content is None or len(failure.content) > LONGEST_SHOWN:
        return None
    try:
        return decode(bytes(failure.content))
    except UnreadableError:
        return None


def _corrected(failure: Failure, request: HttpRequest) -> bytes | None:
    """The bytes of the text as it was corrected, in the encoding it came in; None where nothing was."""
    decoded, form = _text_of(failure), ContentForm(request.POST)
    if decoded is None or not form.is_valid():
        return None
    text = form.cleaned_data["content"].replace("\r\n", "\n")
    if text == decoded.text.replace("\r\n", "\n").replace("\r", "\n"):
        return None
    try:
        return bytes(text.encode(decoded.encoding))
    except (UnicodeEncodeError, LookupError):
        return bytes(text.encode())
