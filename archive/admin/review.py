"""The review desk: one story on the screen, its quotes and what is proposed beside it.

Every deed is a plain form (`review_deeds`); with scripts the page is kept and only the story's part of it is replaced.
A story is leased to whoever was given it (`archive.editing.queue`).
"""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from archive.admin.fields import row_number
from archive.admin.notes import note_sent
from archive.admin.provenance import ProvenanceForm
from archive.admin.review_page import UNCHANGED, at_the_story, editor_at_work, site_context, story_again, story_page
from archive.admin.steps import note
from archive.admin.story import STANDING, people_called, standing_of
from archive.admin.violations import violation_of
from archive.editing.notes import NoteError
from archive.editing.publication import PublicationError, publish_article, submit_for_review
from archive.editing.queue import next_story
from archive.editing.rights import require_edit
from archive.models import Article, Batch

WORKED_OFF = "review_batch"  # in the session
LONGEST_NAME = 200


def next_view(request: HttpRequest) -> HttpResponse:
    """To the next story that waits; with `after`, the one behind that in the queue.

    With `batch`, of that import, and so on from story to story until it is worked off or the queue is opened anew.
    """
    user, batch = editor_at_work(request), _import_worked_off(request)
    passed = row_number(request.GET.get("after"))
    after = Article.objects.filter(pk=passed).first() if passed else None
    story = next_story(user, after=after, batch=batch)
    if story is None:
        request.session.pop(WORKED_OFF, None)
        context = {**site_context(request), "title": "Review", "batch": batch}
        return TemplateResponse(request, "admin/archive/review/empty.html", context)
    return HttpResponseRedirect(reverse("admin:review-story", args=[story.pk]))


def _import_worked_off(request: HttpRequest) -> Batch | None:
    """The import whose stories this editor asked for, now or before the story left; None for the whole queue."""
    if asked := row_number(request.GET.get("batch")):
        request.session[WORKED_OFF] = asked
    elif "after" not in request.GET:
        request.session.pop(WORKED_OFF, None)
    chosen = request.session.get(WORKED_OFF)
    return Batch.objects.filter(pk=chosen).first() if chosen else None


def story_view(request: HttpRequest, pk: int) -> HttpResponse:
    """One story and what is proposed for it."""
    _, article = at_the_story(request, pk)
    return story_page(request, article)


def name_view(request: HttpRequest) -> JsonResponse:
    """How the archive knows a `name`, while it is typed: as on the page, and in words."""
    editor_at_work(request)
    name = " ".join(request.GET.get("name", "").split())[:LONGEST_NAME]
    standing = standing_of(name, people_called([name]))
    return JsonResponse({"standing": standing, "words": STANDING[standing]})


@require_POST
def note_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a note to a colleague; or answer one, settle it, open it again, take back one's own."""
    user, article = at_the_story(request, pk)
    try:
        told = note_sent(article, request.POST, by=user)
    except NoteError as error:
        return story_page(request, article, error=str(error), noting=request.POST)
    return story_again(request, article, told=told)


@require_POST
def provenance_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Save the date and the source of a story, and go on at it."""
    user, before = at_the_story(request, pk)
    try:
        with transaction.atomic():
            article = get_object_or_404(Article.objects.defer("words").select_for_update(of=("self",)), pk=pk)
            before.refresh_from_db(from_queryset=Article.objects.select_related("source").defer("words"))
            require_edit(user, article)
            form = ProvenanceForm(request.POST, instance=article)
            if not form.is_valid():
                return story_page(request, before, mending=form, error="Date and source were not saved: see there.")
            changed = form.mend(before)
            if changed:
                note(user, article, f"At the review desk: {', '.join(changed)}")
    except IntegrityError as error:
        mending = ProvenanceForm(request.POST, instance=before)
        return story_page(request, before, mending=mending, error=violation_of(error).message)
    kept = f" Changed by somebody else meanwhile, and kept: {', '.join(form.taken_over)}." if form.taken_over else ""
    return story_again(request, article, told=f"Saved: {', '.join(changed)}.{kept}" if changed else UNCHANGED + kept)


@require_POST
def publish_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish the story, or submit it, and go to the next."""
    user, article = at_the_story(request, pk)
    step = submit_for_review if "submit" in request.POST else publish_article
    try:
        step(article, by=user)
    except PublicationError as error:
        return story_page(request, article, error=str(error))
    messages.success(request, f"“{article}” is {article.get_status_display().lower()}.")
    note(user, article, article.get_status_display())
    return HttpResponseRedirect(f"{reverse('admin:review')}?after={article.pk}")
