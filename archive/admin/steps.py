"""The steps of publication on the article's form: which buttons it offers, and what each of them does.

The buttons save the form first, so that nothing typed is lost by publishing; a withdrawal then asks for its reason.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from archive.admin.fields import ProseField
from archive.admin.page import page
from archive.editing.publication import (
    PublicationError,
    publish_article,
    return_to_draft,
    submit_for_review,
    withdraw_article,
)
from archive.editing.rights import may, may_edit
from archive.models import Article, Status


@dataclass(frozen=True)
class Step:
    """A button: its name in the form, what it says, from which statuses it leads, and the permission it takes."""

    name: str
    label: str
    done: str
    frm: tuple[Status, ...]
    permission: str
    take: Callable[..., None]

    @property
    def is_onward(self) -> bool:
        """Whether it brings the article nearer to readers."""
        return Status.DRAFT in self.frm or Status.WITHDRAWN in self.frm


STEPS = (
    Step("_submit", "Save and submit for review", "is in review", (Status.DRAFT,), "change_article", submit_for_review),
    Step(
        "_return",
        "Save and return to draft",
        "is a draft again",
        (Status.IN_REVIEW,),
        "change_article",
        return_to_draft,
    ),
    Step(
        "_publish",
        "Save and publish",
        "is published",
        (Status.DRAFT, Status.IN_REVIEW),
        "publish_article",
        publish_article,
    ),
    Step(
        "_publish", "Save and publish again", "is published", (Status.WITHDRAWN,), "withdraw_article", publish_article
    ),
)


def steps_for(user: User, article: Article) -> list[Step]:
    """The steps that this colleague may take with the article as it stands."""
    return [
        step for step in STEPS if article.status in step.frm and may(user, step.permission) and may_edit(user, article)
    ]


def may_withdraw(user: User, article: Article) -> bool:
    """Whether the form offers to withdraw the article."""
    return article.status == Status.PUBLISHED and may(user, "withdraw_article")


def take_asked_step(request: HttpRequest, article: Article) -> None:
    """Take the step whose button was pressed, if one was, and say how it went."""
    for step in STEPS:
        if step.name in request.POST and article.status in step.frm:
            try:
                step.take(article, by=request.user)
            except PublicationError as error:
                messages.error(request, f"Saved, but not more: {error}")
            else:
                messages.success(request, f"“{article}” {step.done}.")
                note(request.user, article, step.done.removeprefix("is ").capitalize())


def note(user: Any, article: Article, said: str) -> None:
    """Enter a step in the log that the desk shows; the history has it in any case."""
    LogEntry.objects.log_actions(user.pk, [article], CHANGE, said, single_object=True)


class WithdrawalForm(forms.Form):
    """Why an article is taken back."""

    reason = ProseField(
        label="Reason",
        help_text="Readers see it at the article's address, with today's date.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def withdrawal_view(model_admin: Any, request: HttpRequest, article: Article) -> HttpResponseBase:
    """The page that asks for the reason of a withdrawal, and withdraws."""
    if not may_withdraw(request.user, article):  # type: ignore[arg-type]
        raise PermissionDenied(f"{request.user} may not withdraw “{article}”.")
    form = WithdrawalForm(request.POST or None)
    if form.is_valid():
        try:
            withdraw_article(article, by=request.user, reason=form.cleaned_data["reason"])  # type: ignore[arg-type]
        except PublicationError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"“{article}” is withdrawn.")
            note(request.user, article, "Withdrawn")
            return HttpResponseRedirect(reverse("admin:archive_article_change", args=[article.pk]))
    context = {
        "title": "Withdraw from readers",
        "article": article,
        "form": form,
    }
    return page(model_admin, request, "article/withdraw", context)
