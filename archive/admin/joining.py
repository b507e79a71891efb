"""Joining records in the admin: names much alike offered for it, and the page that asks which, previews and does."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse

from archive.admin.fields import RowSelect, row_number
from archive.admin.page import page
from archive.admin.records import RecordAdmin
from archive.editing.joining_records import join, join_preview
from archive.editing.lookalikes import Look, lookalikes_of
from archive.jobs import JobError

if TYPE_CHECKING:
    from django.db.models import ForeignKey


class JoiningAdmin(RecordAdmin):
    """The admin of records that may turn out to be two of one."""

    change_form_template = "admin/archive/joining/change_form.html"
    change_list_template = "admin/archive/joining/change_list.html"
    relation: "ForeignKey[Any, Any]"
    """A field that names such a record, whose autocomplete chooses the other."""
    look: Callable[[str], Look]
    """Looks through a stretch of the names for lookalikes."""

    def get_urls(self) -> list[URLPattern]:
        """The two pages before the stock ones."""
        gate, name = self.admin_site.admin_view, f"archive_{self.opts.model_name}"
        return [
            path("lookalikes/", gate(self.lookalikes_view), name=f"{name}_lookalikes"),
            path("<int:pk>/join/", gate(self.join_view), name=f"{name}_join"),
            *super().get_urls(),
        ]

    def may_join(self, request: HttpRequest) -> bool:
        """Whether this colleague may join two records: one of them is deleted by it."""
        return self.has_change_permission(request) and self.has_delete_permission(request)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """The list, with the way to the lookalikes."""
        return super().changelist_view(request, {"may_join": self.may_join(request), **(extra_context or {})})

    def render_change_form(self, request: HttpRequest, context: Any, *place: Any, **places: Any) -> Any:
        """The form, with the records that have names much like this one."""
        record = places.get("obj")
        lookalikes = lookalikes_of(record) if record is not None and self.may_join(request) else []
        context |= {"may_join": record is not None and self.may_join(request), "lookalikes": lookalikes}
        return super().render_change_form(request, context, *place, **places)

    def lookalikes_view(self, request: HttpRequest) -> HttpResponseBase:
        """Pairs of records with names much alike, from a name on."""
        self._require(request)
        look = self.look(request.GET.get("from", "").replace("\0", ""))
        return page(self, request, "joining/lookalikes", {"title": "Names much alike", "look": look})

    def join_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Which other record takes this one up; what that would do; and the doing."""
        self._require(request)
        record = get_object_or_404(self.model, pk=pk)
        step = request.POST.get("step")
        given = {"into": number} if (number := row_number(request.GET.get("into"))) is not None else {}
        form = self._join_form(request.POST if step else None, initial=given)
        preview = None
        if step and form.is_valid():
            into = form.cleaned_data["into"]
            try:
                if step == "confirm":
                    return self._joined(request, record, into)
                preview = join_preview(record, into)
            except JobError as error:
                form.add_error("into", str(error))
        context = {"title": f"Join: {record}", "record": record, "form": form, "preview": preview}
        return page(self, request, "joining/join", context | {"media": self.media + form.media})

    def _join_form(self, *given: Any, **more: Any) -> forms.Form:
        field = forms.ModelChoiceField(
            self.model._default_manager.all(),
            widget=RowSelect(self.relation, self.admin_site),
            label="Into",
            help_text="The record that stays. It takes up all that hangs on this one, which is deleted.",
        )
        return type("JoinForm", (forms.Form,), {"into": field})(*given, **more)  # type: ignore[no-any-return]

    def _joined(self, request: HttpRequest, record: Any, into: Any) -> HttpResponseBase:
        job = join(record, into, by=request.user)  # type: ignore[arg-type]
        if job.problem:
            messages.error(request, job.problem)
        elif job.ended_at:
            messages.success(request, f"“{record}” was joined with “{into}”. {job.outcome} It can be undone here.")
        return HttpResponseRedirect(reverse("admin:archive_job_change", args=[job.pk]))

    def _require(self, request: HttpRequest) -> None:
        if not self.may_join(request):
            raise PermissionDenied(f"{request.user} may not join {self.opts.verbose_name_plural}.")
