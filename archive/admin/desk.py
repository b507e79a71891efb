"""The admin's site object, whose front page is the desk: what waits, what came in, what changed."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone

if TYPE_CHECKING:
    from django.db.models import QuerySet

LATEST = 8
COUNTED = 1_000


class ArchiveAdminSite(admin.AdminSite):
    """The stock admin with the archive's name over it, and the desk as its front page."""

    site_header = "Archive of record"
    site_title = "Archive of record"
    index_title = "Desk"
    enable_nav_sidebar = True

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The desk."""
        return super().index(request, {**desk(), **(extra_context or {})})


def desk() -> dict[str, Any]:
    """What waits, with bounded counts; what came in last; who changed what last."""
    from archive.models import Article, Status, Suggestion

    articles, pending = Article.objects.order_by(), Suggestion.objects.pending()
    end_of_day = timezone.now() + timedelta(days=1)
    return {
        "waiting": [
            Waiting("Drafts", articles.filter(status=Status.DRAFT), "archive_article", "status__exact=draft"),
            Waiting(
                "In review", articles.filter(status=Status.IN_REVIEW), "archive_article", "status__exact=in_review"
            ),
            Waiting("Quotes to confirm", pending.quotes(), "archive_suggestion", "kind__exact=quote"),
            Waiting("Topics to confirm", pending.topics(), "archive_suggestion", "kind__exact=topic"),
            Waiting(
                "Embargoes that end within a day",
                articles.filter(status=Status.PUBLISHED, embargo_until__range=(timezone.now(), end_of_day)),
                "archive_article",
                "embargo_until__isnull=False",
            ),
        ],
        "latest": Article.objects.select_related("source")
        .only("headline", "status", "source__name", "created_at")
        .order_by("-id")[:LATEST],
        "changes": LogEntry.objects.select_related("user", "content_type").order_by("-id")[:LATEST],
    }


class Waiting:
    """Something that waits for an editor: how much of it, and the list where it is worked off."""

    def __init__(self, label: str, rows: "QuerySet[Any]", list_name: str, query: str) -> None:
        self.label = label
        self.list_name = f"admin:{list_name}_changelist"
        self.query = query
        self.reached = rows.order_by()[: COUNTED + 1].count()

    @property
    def count(self) -> str:
        """The number, or “1,000+” beyond the bound."""
        return f"{COUNTED:,}+" if self.reached > COUNTED else f"{self.reached:,}"
