"""What is filed where, in the admin: to look through. Filing is done on articles and quotes, and from their lists."""

from django.contrib import admin

from archive.admin.choosing import ChosenFilter
from archive.admin.records import ReadOnly
from archive.models import Tagging


@admin.register(Tagging)
class TaggingAdmin(ReadOnly):
    """Look through the filing."""

    list_display = ["topic", "item", "implied", "tagged_by", "tagged_at"]
    list_filter = [("topic", ChosenFilter)]
    list_select_related = ["topic", "article", "quote", "tagged_by"]
    list_defer = ["article__body", "article__words"]
    ordering = ["-id"]
    sortable_by = ()
    fields = ["topic", "article", "quote", "implied", "tagged_by", "tagged_at", "suggestion"]

    @admin.display(description="Article or quote")
    def item(self, tagging: Tagging) -> str:
        """What is filed."""
        return str(tagging.article or tagging.quote)
