"""The page of the review desk: who may be at it, which story, and how it is drawn after each deed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.admin import site
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from archive.admin.notes import shown_notes
from archive.admin.provenance import ProvenanceForm
from archive.admin.story import story_context
from archive.editing.deeds import recorded
from archive.editing.filing import FilingError
from archive.editing.queue import held_by_another, take
from archive.editing.review import AmbiguousNameError, ReviewError
from archive.editing.rights import require, require_edit
from archive.models import Article

FRAGMENT = "X-Story-Fragment"
UNCHANGED = "Nothing was changed."


def editor_at_work(request: HttpRequest) -> User:
    """The editor at work. Raises PermissionDenied for everybody else."""
    user: Any = request.user
    require(user, "answer_suggestion")
    return user  # type: ignore[no-any-return]


def at_the_story(request: HttpRequest, pk: int) -> tuple[User, Article]:
    """The editor at work and the story, which is theirs to change, without the words that only a search reads.

    Raises Http404, and PermissionDenied before anything is done or shown.
    """
    user = editor_at_work(request)
    article = get_object_or_404(Article.objects.select_related("source").defer("words"), pk=pk)
    require_edit(user, article)
    return user, article


def site_context(request: HttpRequest) -> dict[str, Any]:
    """What the frame of the admin needs; the desk takes the whole width."""
    return {**site.each_context(request), "is_nav_sidebar_enabled": False}


def story_page(request: HttpRequest, article: Article, **shown: Any) -> TemplateResponse:
    """The story's page, or with scripts only the story's part of it; the lease is renewed.

    Shown: `error` and `told` in words, `namesakes` to choose from, and what was refused, so that what was typed into
    it stays: `answering` (a proposal), `correcting` (a quote), `marking` and `mending` (forms), `noting` (what was
    sent of a note).
    """
    user = editor_at_work(request)
    if not take(article, user):
        shown["at_it"] = held_by_another(article, user)
    refused = shown.get("answering") or shown.get("correcting")
    notes = shown_notes(article, user, shown.get("noting"))
    context = {
        **story_context(article, notes=[one.note for one in notes.open], refused=refused, typed=request.POST),
        "title": article.headline,
        "notes": notes,
        "mending": ProvenanceForm(instance=article),
        "notes_url": reverse("admin:review-note", args=[article.pk]),
        **shown,
    }
    if FRAGMENT in request.headers:
        return TemplateResponse(request, "admin/archive/review/story.html", context)
    return TemplateResponse(request, "admin/archive/review/page.html", {**site_context(request), **context})


def carry_out(request: HttpRequest, article: Article, deed: Callable[[], str], **refused: Any) -> HttpResponse:
    """Do a deed, which says what it did, and answer with the story as it then is; `refused` is shown if it failed."""
    try:
        with recorded(article, by=editor_at_work(request)) as kept:
            kept.said = deed()
    except AmbiguousNameError as error:
        return story_page(request, article, error=str(error), namesakes=error.people, **refused)
    except (ReviewError, FilingError) as error:
        return story_page(request, article, error=str(error), **refused)
    return story_again(request, article, told="" if kept.pk else f"{kept.said} {UNCHANGED}")


def story_again(request: HttpRequest, article: Article, *, told: str = "") -> HttpResponse:
    """The story as it is now: at once with scripts; without, by a redirect, so that reloading repeats nothing."""
    if FRAGMENT in request.headers:
        return story_page(request, article, told=told)
    if told:
        messages.info(request, told)
    return HttpResponseRedirect(reverse("admin:review-story", args=[article.pk]))
