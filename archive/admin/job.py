"""Background jobs in the admin: what is being done and was done, for whom, how far it is; stopped or undone."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST
from django_tasks_db.models import DBTaskResult

from archive.admin.page import page
from archive.admin.records import ReadOnly
from archive.jobs import JobError, go_on, may_see_to, may_undo, stop, undo, why_not_gone_on, why_not_undone
from archive.models import Job

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

admin.site.unregister(DBTaskResult)  # the queue behind the jobs: for programs, and its list counts all its rows


class MineFilter(admin.SimpleListFilter):
    """By who asked for it."""

    title = "who asked"
    parameter_name = "mine"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """One's own; all is the choice where none is made."""
        del request, model_admin
        return [("yes", "I did")]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        """Those of whoever is looking."""
        return queryset.filter(asked_by=request.user) if self.value() == "yes" else queryset


class StateFilter(admin.SimpleListFilter):
    """By where they stand."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The states."""
        del request, model_admin
        return [("open", "Waiting or at work"), ("done", "Done"), ("unfinished", "Not finished"), ("undone", "Undone")]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        """Those in the chosen state."""
        del request
        match self.value():
            case "open":
                return queryset.filter(ended_at__isnull=True)
            case "done":
                return queryset.filter(ended_at__isnull=False, problem="", undone_at__isnull=True)
            case "unfinished":
                return queryset.filter(undone_at__isnull=True).exclude(problem="")
            case "undone":
                return queryset.filter(undone_at__isnull=False)
        return queryset


@admin.register(Job)
class JobAdmin(ReadOnly):
    """Look through the jobs, follow one, stop or undo it."""

    list_display = ["title", "state", "progress", "who", "asked_at"]
    list_filter = [StateFilter, MineFilter]
    list_select_related = ["asked_by"]
    ordering = ["-id"]
    sortable_by = ()
    fields = ["who", "asked_at", "begun_at", "ended_at", "undone"]
    change_form_template = "admin/archive/job/change_form.html"

    @admin.display(description="Done")
    def progress(self, job: Job) -> str:
        """How many items are done, and of how many."""
        return counted(job)

    @admin.display(description="Asked for by")
    def who(self, job: Job) -> str:
        """The colleague, or the operator at the command line."""
        return job.who

    @admin.display(description="Undone")
    def undone(self, job: Job) -> Any:
        """By whom and when; or the job that undoes it."""
        if job.undone_at:
            return f"{job.undone_at:%Y-%m-%d %H:%M} UTC by {job.undone_by or 'the operator'}"
        if undoing := job.undoings.first():
            url = reverse("admin:archive_job_change", args=[undoing.pk])
            return format_html('<a href="{}">{}</a> ({})', url, undoing, undoing.state.lower())
        return "No"

    def get_urls(self) -> list[URLPattern]:
        """The progress and the deeds beside the stock pages."""
        site = self.admin_site
        return [
            path("<int:pk>/progress/", site.admin_view(self.progress_view), name="archive_job_progress"),
            path("<int:pk>/undo/", site.admin_view(self.undo_view), name="archive_job_undo"),
            path("<int:pk>/stop/", site.admin_view(require_POST(self.stop_view)), name="archive_job_stop"),
            path("<int:pk>/go-on/", site.admin_view(require_POST(self.go_on_view)), name="archive_job_go_on"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        """The jobs, with whoever undid them and what they undo; without the ids of all that was chosen for one."""
        jobs = super().get_queryset(request).select_related("asked_by", "undone_by", "undoes")
        return jobs.defer("arguments", "undoes__arguments")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """How far it is or what came of it, and what can be done about it."""
        context = {"title": "Job", **(extra_context or {})}
        job: Job | None = self.get_object(request, object_id)
        if job is not None and self.has_view_permission(request, job):
            may = may_see_to(request.user, job)  # type: ignore[arg-type]
            context |= {
                "job": job,
                "state": job.state,
                "how_far": how_far(job),
                "follow": reverse("admin:archive_job_progress", args=[job.pk]),
                "stoppable": may and not job.ended_at,
                "can_go_on": may and not why_not_gone_on(job),
                "undoable": may_undo(request.user, job),  # type: ignore[arg-type]
            }
        return super().change_view(request, object_id, form_url, context)

    def progress_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """How far it is, as the part of its page that changes; a script asks for it again and again."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        job = get_object_or_404(Job.objects.defer("arguments"), pk=pk)
        return TemplateResponse(
            request, "admin/archive/job/progress.html", {"job": job, "state": job.state, "how_far": how_far(job)}
        )

    def stop_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Stop it."""
        return self._do(request, pk, stop)

    def go_on_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Go on with what was stopped, or stopped at a problem."""
        return self._do(request, pk, go_on)

    def _do(self, request: HttpRequest, pk: int, deed: "Callable[..., None]") -> HttpResponseBase:
        job = self._open_to(request, pk)
        if job is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))  # type: ignore[attr-defined,no-any-return]
        try:
            deed(job, by=request.user)
        except JobError as error:
            messages.warning(request, str(error))
        return HttpResponseRedirect(reverse("admin:archive_job_change", args=[pk]))

    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The page that asks once more, and has it undone."""
        job = self._open_to(request, pk)
        if job is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))  # type: ignore[attr-defined,no-any-return]
        if request.method == "POST":
            try:
                undoing = undo(job, by=request.user)  # type: ignore[arg-type]
            except JobError as error:
                messages.error(request, f"It was not undone. {error}")
            else:
                return HttpResponseRedirect(reverse("admin:archive_job_change", args=[undoing.pk]))
            return HttpResponseRedirect(reverse("admin:archive_job_change", args=[pk]))
        context = {
            "title": "Undo this job",
            "record": job,
            "called": job,
            "kind": "job",
            "why_not": why_not_undone(job),
        }
        return page(self, request, "job/undo", context)

    def _open_to(self, request: HttpRequest, pk: int) -> Job | None:
        """The job, for somebody who may stop and undo it; raises PermissionDenied for others."""
        job: Job | None = self.get_object(request, str(pk))
        if not self.has_view_permission(request, job) or (job is not None and not may_see_to(request.user, job)):  # type: ignore[arg-type]
            raise PermissionDenied
        return job


def counted(job: Job) -> str:
    """How many items are done, and of how many where that is known."""
    return f"{job.done:,}" if job.total is None else f"{job.done:,} of {job.total:,}"


def how_far(job: Job, done: str = "") -> str:
    """What is done, how fast, and how long the rest takes, in one line; `done` says more than how many items."""
    said = [done or counted(job)]
    if job.rate:
        said.append(f"{job.rate:,.0f} a second" if job.rate >= 1 else f"{job.rate * 60:,.0f} a minute")
    if job.left is not None:
        said.append(f"{in_words(job.left)} left")
    return ", ".join(said)


def in_words(duration: timedelta) -> str:
    """About how long that is: seconds below a minute, minutes below two hours, else hours."""
    seconds = duration.total_seconds()
    for unit, length, up_to in (("second", 1, 60), ("minute", 60, 7200), ("hour", 3600, None)):
        if up_to is None or seconds < up_to:
            number = max(round(seconds / length), 1)
            return f"about {number:,} {unit}{'' if number == 1 else 's'}"
    raise AssertionError(duration)
