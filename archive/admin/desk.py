"""The admin's site object, whose front page is the desk: what waits, what came in, what changed."""

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path, reverse

from archive.admin import review
from archive.admin import review_deeds as deeds
from archive.admin.autocompleting import Autocomplete
from archive.admin.changes import LATEST, latest_changes
from archive.admin.everything import everything_view
from archive.admin.growth import growth
from archive.admin.notes import notes_on_desk
from archive.models import Article, Failure, Status, Suggestion
from archive.models.bounded import count_up_to, in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

COUNTED = 1_000


class ArchiveAdminSite(admin.AdminSite):
    """The stock admin with the archive's name over it, and the desk as its front page."""

    site_header = "Archive of record"
    site_title = "Archive of record"
    index_title = "Desk"
    enable_nav_sidebar = True

    def get_urls(self) -> list[Any]:
        """The review desk, and the search over everything, beside the stock pages."""
        story = "review/<int:pk>/"
        pages = [
            path("review/", self.admin_view(review.next_view), name="review"),
            path("review/name/", self.admin_view(review.name_view), name="review-name"),
            path(story, self.admin_view(review.story_view), name="review-story"),
            path(f"{story}answer/<int:suggestion_pk>/", self.admin_view(deeds.answer_view), name="review-answer"),
            path(f"{story}quote/<int:quote_pk>/", self.admin_view(deeds.quote_view), name="review-quote"),
            path(f"{story}mark/", self.admin_view(deeds.mark_view), name="review-mark"),
            path(f"{story}file/", self.admin_view(deeds.file_view), name="review-file"),
            path(f"{story}rest/", self.admin_view(deeds.rest_view), name="review-rest"),
            path(f"{story}undo/<int:deed_pk>/", self.admin_view(deeds.undo_view), name="review-undo"),
            path(f"{story}note/", self.admin_view(review.note_view), name="review-note"),
            path(f"{story}provenance/", self.admin_view(review.provenance_view), name="review-provenance"),
            path(f"{story}publish/", self.admin_view(review.publish_view), name="review-publish"),
        ]
        search = path("search/", self.admin_view(partial(everything_view, self)), name="search")
        return [*pages, search, *super().get_urls()]

    def autocomplete_view(self, request: HttpRequest) -> HttpResponseBase:  # type: ignore[override]
        """What a field offers while somebody types into it."""
        return Autocomplete.as_view(admin_site=self)(request)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The desk."""
        return super().index(request, {**desk(request.user), **(extra_context or {})})

    def app_index(self, request: HttpRequest, app_label: str, extra_context: Any = None) -> HttpResponseRedirect:  # type: ignore[override]
        """To the desk, which has every list: the archive is one app, and its name in the path of pages leads there."""
        del request, app_label, extra_context
        return HttpResponseRedirect(reverse("admin:index"))


class Waiting:
    """Something that waits for an editor: how much of it, and the list where it is worked off."""

    def __init__(self, label: str, rows: "QuerySet[Any]", list_name: str, query: str) -> None:
        self.label = label
        self.list_name = f"admin:{list_name}_changelist"
        self.query = query
        self.reached = count_up_to(COUNTED, rows)

    @property
    def count(self) -> str:
        """The number, or “1,000+” beyond the bound."""
        return in_words(self.reached, COUNTED)


def desk(user: Any) -> dict[str, Any]:
    """What waits, notes among it, with bounded counts; what came in last; who changed what last.

    Nothing for those without a role.
    """
    if not user.has_perms(["archive.view_article", "archive.view_suggestion"]):
        return {}
    latest = Article.objects.select_related("source").only(
        "headline", "status", "released_at", "embargo_until", "source__name", "created_at"
    )
    return {
        "waiting": list(_waiting(user)),
        "latest": latest.order_by("-id")[:LATEST],
        "changes": latest_changes(user),
        **notes_on_desk(user),
        "growth": growth(),
    }


def _waiting(user: Any) -> "Iterator[Waiting]":
    articles, pending = Article.objects.all(), Suggestion.objects.pending()
    yield Waiting("Assigned to you", articles.assigned_to(user), "archive_article", "assigned=me")
    yield Waiting("Drafts", articles.filter(status=Status.DRAFT), "archive_article", "status__exact=draft")
    yield Waiting("In review", articles.filter(status=Status.IN_REVIEW), "archive_article", "status__exact=in_review")
    yield Waiting("Quotes to confirm", pending.quotes(), "archive_suggestion", "kind__exact=quote")
    yield Waiting("Topics to confirm", pending.topics(), "archive_suggestion", "kind__exact=topic")
    yield Waiting("Embargoes that end within a day", articles.soon_out_of_embargo(), "archive_article", "embargo=ends")
    if user.has_perm("archive.change_failure"):
        yield Waiting("Files that could not come in", Failure.objects.open(), "archive_failure", "")
