"""What is filed where, in the admin: to look through. Filing is done on articles and quotes, and from their lists."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest

from archive.admin.choosing import ChosenFilter
from archive.admin.records import ReadOnly
from archive.models import Tagging, Topic

if TYPE_CHECKING:
    from django.db.models import QuerySet


@admin.register(Tagging)
class TaggingAdmin(ReadOnly):
    """Look through the filing."""

    list_display = ["topic", "item", "implied", "tagged_by", "tagged_at"]
    list_filter = [("topic", ChosenFilter)]
    list_select_related = ["topic", "article", "quote", "tagged_by"]
    list_defer = ["article__body", "article__words"]
    ordering = ["-id"]
    sortable_by = ()
    search_fields = ["topic__name"]
    search_help_text = "Name of the topic."
    fields = ["topic", "article", "quote", "implied", "tagged_by", "tagged_at", "suggestion"]

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Any]", search_term: str
    ) -> tuple["QuerySet[Any]", bool]:
        """By the index of the words of topics' names."""
        del request
        if not search_term.strip():
            return queryset, False
        return queryset.filter(topic__in=Topic.objects.named_like(search_term)), False

    @admin.display(description="Article or quote")
    def item(self, tagging: Tagging) -> str:
        """What is filed."""
        return str(tagging.article or tagging.quote)
