"""What can be done to all that is chosen in a list: asked for, previewed, then done, at once or in the background.

Each deed is a job (`archive.editing.chosen`), from whose page it can be undone.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from archive.admin.confirming import (
    Facts,
    ask,
    filing_facts,
    is_confirmed,
    publication_preview,
    reassigning_preview,
    submission_preview,
    withdrawal_preview,
)
from archive.admin.fields import RowSelect, RowsSelect
from archive.admin.steps import WithdrawalForm
from archive.editing import chosen
from archive.jobs import Background, at_once
from archive.models import Person, Quote, Tagging, Topic

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

    from archive.editing.rights import Actor

    ListAction = Callable[[Any, HttpRequest, QuerySet[Any]], HttpResponse | None]

Cleaned = dict[str, Any]


class NothingForm(forms.Form):
    """For a deed that needs to be told nothing."""


class TopicsForm(forms.Form):
    """The topics for all."""

    topics = forms.ModelMultipleChoiceField(
        Topic.objects.current(), widget=RowsSelect(Tagging._meta.get_field("topic"), admin.site), label="Topics"
    )


class SpeakerForm(forms.Form):
    """Who said all of them."""

    speaker = forms.ModelChoiceField(
        Person.objects.all(), widget=RowSelect(Quote._meta.get_field("speaker"), admin.site), label="Speaker"
    )


@dataclass(frozen=True)
class ListDeed:
    """A deed: its words, what it has to be told, the facts of its preview, and the job that does it."""

    action: str
    title: str
    verb: str
    job: Background
    facts: "Callable[[QuerySet[Any], Actor, Cleaned], Facts]"
    form: type[forms.Form] = NothingForm

    @property
    def waits_for_form(self) -> bool:
        """Whether nothing can be foretold before its form is filled in."""
        return self.form in {TopicsForm, SpeakerForm}

    def listed_as(self, description: str, *, needs: str) -> "ListAction":
        """It among the actions of a list, for those with the permission that it needs."""

        def action(model_admin: Any, request: HttpRequest, queryset: "QuerySet[Any]") -> HttpResponse | None:
            return _ask_then_do(self, model_admin, request, queryset)

        action.__name__ = self.action  # by which the list's form names it
        return admin.action(description=description, permissions=[needs])(action)


def _ask_then_do(
    deed: ListDeed, model_admin: Any, request: HttpRequest, queryset: "QuerySet[Any]"
) -> HttpResponse | None:
    """Do it once it is confirmed; until then give the page that asks, and shows what will happen."""
    form = deed.form(request.POST if request.POST.get("step") else None)
    valid = form.is_valid()
    if is_confirmed(request) and (valid or not form.fields):
        return _do(deed, model_admin, request, queryset, form.cleaned_data if form.fields else {})
    foretold = valid or not deed.waits_for_form
    facts = deed.facts(queryset, request.user, form.cleaned_data if valid else {}) if foretold else []  # type: ignore[arg-type]
    return ask(
        model_admin, request, queryset, action=deed.action, verb=deed.verb, facts=facts, title=deed.title, form=form
    )


def _do(
    deed: ListDeed, model_admin: Any, request: HttpRequest, queryset: "QuerySet[Any]", told: Cleaned
) -> HttpResponse | None:
    ids = sorted(set(queryset.order_by().values_list("pk", flat=True)[: chosen.AT_MOST + 1]))
    if len(ids) > chosen.AT_MOST:
        messages.error(request, f"Choose no more than {chosen.AT_MOST:,} at once: narrow the list by its filters.")
        return None
    opts = model_admin.opts
    named = opts.verbose_name if len(ids) == 1 else opts.verbose_name_plural
    arguments = {name: _as_argument(value) for name, value in told.items()}
    if "topics" in arguments:
        arguments["of"] = opts.model_name
    with transaction.atomic():
        job = at_once(
            deed.job.ask(
                by=request.user,  # type: ignore[arg-type]
                title=f"{deed.title}: {len(ids):,} {named}",
                total=len(ids),
                onward=reverse(f"admin:archive_{opts.model_name}_changelist"),
                chosen=ids,
                **arguments,
            )
        )
    page = reverse("admin:archive_job_change", args=[job.pk])
    if not job.ended_at:
        return HttpResponseRedirect(page)
    said = format_html('{} <a href="{}">Look at it, or undo it</a>', job.problem or job.outcome, page)
    (messages.error if job.problem else messages.success)(request, said)
    return None


def _as_argument(value: Any) -> Any:
    """What was told, as JSON holds it: records by their ids."""
    if isinstance(value, str):
        return value
    return value.pk if hasattr(value, "pk") else [row.pk for row in value]


file_under_topic = ListDeed(
    "file_under_topic", "File under topics", "File", chosen.file_chosen, filing_facts, TopicsForm
).listed_as("File under topics…", needs="file")

take_out_of_topic = ListDeed(
    "take_out_of_topic", "Take out of topics", "Take out", chosen.take_out_chosen, filing_facts, TopicsForm
).listed_as("Take out of topics…", needs="file")

submit_for_review = ListDeed(
    "submit_for_review", "Submit for review", "Submit", chosen.submit_chosen, submission_preview
).listed_as("Submit for review…", needs="change")

publish = ListDeed("publish", "Publish", "Publish", chosen.publish_chosen, publication_preview).listed_as(
    "Publish…", needs="publish"
)

withdraw = ListDeed(
    "withdraw", "Withdraw from readers", "Withdraw", chosen.withdraw_chosen, withdrawal_preview, WithdrawalForm
).listed_as("Withdraw…", needs="withdraw")

reassign = ListDeed(
    "reassign", "Give another speaker", "Give this speaker", chosen.reassign_chosen, reassigning_preview, SpeakerForm
).listed_as("Give another speaker…", needs="reassign")
