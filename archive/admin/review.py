"""The review desk: one story on the screen, its proposals beside it, each answered with one request.

Every deed is a plain form; with scripts the page is kept and only the story's part of it is replaced. A story is
leased to whoever was given it (`archive.editing.queue`).
"""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.admin import site
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from archive.admin.fields import row_number
from archive.admin.review_forms import AnswerForm, MarkForm, TopicForm
from archive.admin.steps import note
from archive.admin.story import story_context
from archive.editing.filing import FilingError, file_under, take_out_of
from archive.editing.publication import PublicationError, publish_article, submit_for_review
from archive.editing.queue import held_by_another, next_story, take
from archive.editing.quoting import mark_quote
from archive.editing.review import (
    AmbiguousNameError,
    ReviewError,
    accept_suggestion,
    decline_suggestion,
    reopen_suggestion,
)
from archive.editing.rights import require, require_edit
from archive.models import Answer, Article, Suggestion, Topic

if TYPE_CHECKING:
    from collections.abc import Callable

FRAGMENT = "X-Story-Fragment"


def _user(request: HttpRequest) -> User:
    """The editor at work. Raises PermissionDenied for everybody else."""
    user: Any = request.user
    require(user, "answer_suggestion")
    return user  # type: ignore[no-any-return]


def next_view(request: HttpRequest) -> HttpResponse:
    """To the next story that waits; with `after`, the one behind that in the queue."""
    user = _user(request)
    passed = row_number(request.GET.get("after"))
    after = Article.objects.filter(pk=passed).first() if passed else None
    story = next_story(user, after=after)
    if story is None:
        context = {**_site_context(request), "title": "Review"}
        return TemplateResponse(request, "admin/archive/review/empty.html", context)
    return HttpResponseRedirect(reverse("admin:review-story", args=[story.pk]))


def story_view(request: HttpRequest, pk: int) -> HttpResponse:
    """One story and what is proposed for it."""
    user = _user(request)
    article = _article(pk)
    require_edit(user, article)
    return _page(request, article)


@require_POST
def answer_view(request: HttpRequest, pk: int, suggestion_pk: int) -> HttpResponse:
    """Accept, with corrections or without, decline, or take the answer back."""
    user, article = _user(request), _article(pk)
    suggestion = get_object_or_404(Suggestion.objects.select_related("topic"), pk=suggestion_pk, article=article)
    form = AnswerForm(request.POST, suggestion=suggestion, body=article.body)
    if not form.is_valid():
        return _page(request, article, answering=suggestion, error=form.first_error)
    deeds: dict[str, Callable[[], Suggestion]] = {
        "accept": lambda: accept_suggestion(suggestion, by=user, **form.corrections),
        "decline": lambda: decline_suggestion(suggestion, by=user),
        "reopen": lambda: reopen_suggestion(suggestion, by=user),
    }
    try:
        answered = deeds[form.cleaned_data["verb"]]()
    except AmbiguousNameError as error:
        return _page(request, article, answering=suggestion, error=str(error), namesakes=error.people)
    except (ReviewError, FilingError) as error:
        return _page(request, article, answering=suggestion, error=str(error))
    return _done(request, article, answered)


@require_POST
def mark_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a quote of words chosen in the body."""
    user, article = _user(request), _article(pk)
    form = MarkForm(request.POST, body=article.body)
    if not form.is_valid():
        return _page(request, article, error=form.first_error, marking=form)
    try:
        said = {key: form.cleaned_data[key] for key in ("speaker", "name", "role")}
        mark_quote(article, spans=form.cleaned_data["spans"], by=user, **said)
    except AmbiguousNameError as error:
        return _page(request, article, error=str(error), marking=form, namesakes=error.people)
    except ReviewError as error:
        return _page(request, article, error=str(error), marking=form)
    return _done(request, article)


@require_POST
def file_view(request: HttpRequest, pk: int) -> HttpResponse:
    """File the story under a topic named by any of its names, or take it out of one."""
    user, article = _user(request), _article(pk)
    if "take_out" in request.POST:
        take_out_of(get_object_or_404(Topic, pk=row_number(request.POST["take_out"])), articles=[article], by=user)
        return _done(request, article)
    form = TopicForm(request.POST)
    if not form.is_valid():
        return _page(request, article, error=form.first_error)
    try:
        file_under(form.cleaned_data["topic"], articles=[article], by=user)
    except FilingError as error:
        return _page(request, article, error=str(error))
    return _done(request, article)


@require_POST
def publish_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish the story, or submit it, and go to the next."""
    user, article = _user(request), _article(pk)
    step = submit_for_review if "submit" in request.POST else publish_article
    try:
        step(article, by=user)
    except PublicationError as error:
        return _page(request, article, error=str(error))
    messages.success(request, f"“{article}” is {article.get_status_display().lower()}.")
    note(user, article, article.get_status_display())
    return HttpResponseRedirect(f"{reverse('admin:review')}?after={article.pk}")


def _last_answered(request: HttpRequest, article: Article) -> Suggestion | None:
    """The proposal that was answered just before, whose answer can be taken back."""
    last = row_number(request.GET.get("last"))
    if last is None:
        return None
    return article.suggestions.exclude(answer=Answer.PENDING).select_related("topic").filter(pk=last).first()


def _article(pk: int) -> Article:
    return get_object_or_404(Article.objects.select_related("source").defer("words"), pk=pk)


def _site_context(request: HttpRequest) -> dict[str, Any]:
    return {**site.each_context(request), "is_nav_sidebar_enabled": False}


def _page(
    request: HttpRequest, article: Article, *, answering: Suggestion | None = None, **shown: Any
) -> TemplateResponse:
    """The story's page, or with scripts only the story's part of it; the lease is renewed."""
    user = _user(request)
    if not take(article, user):
        shown["at_it"] = held_by_another(article, user)
    context = {
        **story_context(article, answering=answering, typed=request.POST),
        "title": article.headline,
        "last": _last_answered(request, article),
        **shown,
    }
    if FRAGMENT in request.headers:
        return TemplateResponse(request, "admin/archive/review/story.html", context)
    return TemplateResponse(request, "admin/archive/review/page.html", {**_site_context(request), **context})


def _done(request: HttpRequest, article: Article, last: Suggestion | None = None) -> HttpResponse:
    """The story as it is now: at once with scripts; without, by a redirect, so that reloading repeats nothing."""
    if FRAGMENT in request.headers:
        return _page(request, article, last=last)
    address = reverse("admin:review-story", args=[article.pk])
    return HttpResponseRedirect(f"{address}?last={last.pk}" if last else address)
