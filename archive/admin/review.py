"""The review desk: one story on the screen, its quotes and what is proposed beside it.

Every deed is a plain form (`review_deeds`); with scripts the page is kept and only the story's part of it is replaced.
A story is leased to whoever was given it (`archive.editing.queue`).
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from archive.admin.fields import row_number
from archive.admin.review_page import editor_at_work, site_context, story_asked_for, story_page
from archive.admin.steps import note
from archive.editing.publication import PublicationError, publish_article, submit_for_review
from archive.editing.queue import next_story
from archive.editing.rights import require_edit
from archive.models import Article


def next_view(request: HttpRequest) -> HttpResponse:
    """To the next story that waits; with `after`, the one behind that in the queue."""
    user = editor_at_work(request)
    passed = row_number(request.GET.get("after"))
    after = Article.objects.filter(pk=passed).first() if passed else None
    story = next_story(user, after=after)
    if story is None:
        context = {**site_context(request), "title": "Review"}
        return TemplateResponse(request, "admin/archive/review/empty.html", context)
    return HttpResponseRedirect(reverse("admin:review-story", args=[story.pk]))


def story_view(request: HttpRequest, pk: int) -> HttpResponse:
    """One story and what is proposed for it."""
    user, article = editor_at_work(request), story_asked_for(pk)
    require_edit(user, article)
    return story_page(request, article)


@require_POST
def publish_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish the story, or submit it, and go to the next."""
    user, article = editor_at_work(request), story_asked_for(pk)
    step = submit_for_review if "submit" in request.POST else publish_article
    try:
        step(article, by=user)
    except PublicationError as error:
        return story_page(request, article, error=str(error))
    messages.success(request, f"“{article}” is {article.get_status_display().lower()}.")
    note(user, article, article.get_status_display())
    return HttpResponseRedirect(f"{reverse('admin:review')}?after={article.pk}")
