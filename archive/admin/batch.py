"""Imports in the admin: asked for, followed, looked through: who, what, what came of it; and taken out again."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from archive.admin.batch_report import report_of
from archive.admin.importing import import_view
from archive.admin.job import how_far
from archive.admin.page import page
from archive.admin.records import ReadOnly
from archive.editing.rights import may
from archive.ingest.drafting import Told
from archive.ingest.running import is_free
from archive.ingest.undoing import UndoError, undo_batch, undo_import, why_not_undone
from archive.jobs import AT_ONCE
from archive.models import Batch, Precision

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.safestring import SafeString

FAILURES_SHOWN = 20
_DATE = {
    Precision.YEAR: "%Y",
    Precision.MONTH: "%Y-%m",
    Precision.DAY: "%Y-%m-%d",
    Precision.TIME: "%Y-%m-%d %H:%M UTC",
}


@admin.register(Batch)
class BatchAdmin(ReadOnly):
    """Look through the imports, and undo one."""

    list_display = ["started_at", "given", "who", "outcome"]
    list_select_related = ["started_by"]
    ordering = ["-started_at", "-id"]
    sortable_by = ["started_at"]
    search_fields = ["origin"]
    search_help_text = "Number of the import, or a part of what was given; of the latest thousand."
    fieldsets = [
        (None, {"fields": ["given", "told_of_all", "who", "started_at", "end"]}),
        ("What came of it", {"fields": ["imported", "its_articles", "skipped", "failed", "its_failures"]}),
    ]
    change_form_template = "admin/archive/batch/change_form.html"
    change_list_template = "admin/archive/batch/change_list.html"

    @admin.display(description="Given")
    def given(self, batch: Batch) -> str:
        """The paths or addresses, shortened."""
        return batch.origin if len(batch.origin) <= 200 else f"{batch.origin[:199]}…"

    @admin.display(description="Said of all")
    def told_of_all(self, batch: Batch) -> str:
        """What the importer said of all that came in."""
        told = Told.from_json(batch.told, by=None)
        said = [
            f"source {told.source}" if told.source else "",
            f"date {told.published.at:{_DATE[told.published.precision]}}" if told.published else "",
            f"topics {', '.join(topic.name for topic in told.topics)}" if told.topics else "",
            *(f"{part} from the field “{field}”" for part, field in told.mapping.items()),
        ]
        return "; ".join(filter(None, said)) or "Nothing"

    @admin.display(description="Started by")
    def who(self, batch: Batch) -> str:
        """The colleague, or the operator at the command line."""
        return str(batch.started_by or "The operator, at the command line")

    @admin.display(description="What came of it")
    def outcome(self, batch: Batch) -> str:
        """Its counts, and whether it was undone."""
        return f"{batch.counts}; undone" if batch.undone_at else batch.counts

    @admin.display(description="Ended at")
    def end(self, batch: Batch) -> str:
        """When it ended and was undone, or why it has not ended."""
        if batch.undone_at:
            return f"Undone {batch.undone_at:%Y-%m-%d %H:%M} UTC by {batch.undone_by or 'the operator'}"
        if batch.job and batch.job.problem:
            return f"{batch.job.state}: {batch.job.problem}"
        if batch.job and not batch.job.ended_at:
            return "Not yet"
        if batch.ended_at:
            return f"{batch.ended_at:%Y-%m-%d %H:%M} UTC"
        return "It was broken off: run it again to finish it" if is_free(batch) else "It is still running"

    @admin.display(description="Its articles")
    def its_articles(self, batch: Batch) -> "SafeString":
        """A link to the list of those that are still here."""
        url = reverse("admin:archive_article_changelist", query={"batch__exact": batch.pk})
        return format_html('<a href="{}">List of the articles that came in with it</a>', url)

    @admin.display(description="Its failures")
    def its_failures(self, batch: Batch) -> "SafeString":
        """A link to the list of what could not come in."""
        url = reverse("admin:archive_failure_changelist", query={"batch__exact": batch.pk, "settled": "all"})
        return format_html('<a href="{}">List of what could not come in</a>', url)

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Any]", search_term: str
    ) -> tuple["QuerySet[Any]", bool]:
        """By number, and by what was given."""
        del request
        typed: Any = search_term.replace("\0", "").strip()
        return (queryset.named_like(typed) if typed else queryset), False  # type: ignore[attr-defined]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An import is added by importing."""
        del obj
        return may(request.user, "add_batch")  # type: ignore[arg-type]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> Any:
        """The page that imports."""
        del form_url, extra_context
        return import_view(self, request)

    def get_urls(self) -> list[URLPattern]:
        """How far it is, and the page that undoes, beside the stock pages."""
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/undo/", view(self.undo_view), name="archive_batch_undo"),
            path("<int:pk>/progress/", view(self.progress_view), name="archive_batch_progress"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        """The imports, with the job of each."""
        return super().get_queryset(request).select_related("job", "started_by", "undone_by")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The record, with its latest failures, and whether it can be undone."""
        context = {"title": "Import", **(extra_context or {})}
        batch: Batch | None = self.get_object(request, object_id)
        if batch is not None and self.has_view_permission(request, batch):
            context |= {"subtitle": f"Import {batch.pk}"} | _progress(batch) | {"report": report_of(batch, request)}
            failures = batch.failures.defer("content")
            undoable = may(request.user, "undo_batch") and batch.articles.exists() and not why_not_undone(batch)  # type: ignore[arg-type]
            context |= {"failures": failures[:FAILURES_SHOWN], "undoable": undoable}
        return super().change_view(request, object_id, form_url, context)

    def progress_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """How far it is, as the part of its page that changes; a script asks for it again and again."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        batch = get_object_or_404(Batch.objects.select_related("job"), pk=pk)
        return TemplateResponse(request, "admin/archive/job/progress.html", _progress(batch))

    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The page that asks once more, and undoes."""
        batch: Batch | None = self.get_object(request, str(pk))
        if not may(request.user, "undo_batch"):  # type: ignore[arg-type]
            raise PermissionDenied(f"{request.user} may not undo an import.")
        if batch is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))  # type: ignore[attr-defined,no-any-return]
        articles = batch.articles.count()
        if request.method == "POST":
            if articles > AT_ONCE and not why_not_undone(batch):
                here = reverse("admin:archive_batch_change", args=[batch.pk])
                undoing = undo_import.ask(
                    by=request.user,  # type: ignore[arg-type]
                    title=f"Undo import {batch.pk}",
                    total=articles,
                    onward=here,
                    batch=batch.pk,
                )
                return HttpResponseRedirect(reverse("admin:archive_job_change", args=[undoing.pk]))
            try:
                undone = undo_batch(batch, by=request.user)  # type: ignore[arg-type]
            except UndoError as error:
                messages.error(request, f"Import {batch.pk} was not undone. {error}")
            else:
                messages.success(request, f"Import {batch.pk} is undone: articles taken out: {undone:,}.")
            return HttpResponseRedirect(reverse("admin:archive_batch_change", args=[batch.pk]))
        context = {
            "title": "Undo this batch",
            "record": batch,
            "called": f"Import {batch.pk}",
            "kind": "import",
            "articles": articles,
            "why_not": why_not_undone(batch),
        }
        return page(self, request, "batch/undo", context)


def _progress(batch: Batch) -> dict[str, Any]:
    """What the part of the page shows that tells how far the batch's job is; nothing where it has none."""
    if batch.job is None:
        return {}
    return {
        "job": batch.job,
        "state": "Undone" if batch.undone_at else batch.job.state,
        "how_far": how_far(batch.job, batch.counts),
        "follow": reverse("admin:archive_batch_progress", args=[batch.pk]),
    }
