"""Sources in the admin: their rights, and what readers may see."""

from typing import Any

from django.contrib import admin

from archive.admin.joining import JoiningAdmin
from archive.admin.tallies import set_tallies
from archive.editing.lookalikes import lookalike_sources
from archive.models import Article, Source, Tally


@admin.register(Source)
class SourceAdmin(JoiningAdmin):
    """Keep the publications and bodies that articles come from."""

    relation = Article._meta.get_field("source")
    look = staticmethod(lookalike_sources)
    list_display = ["name", "kind", "place", "visibility", "articles"]
    list_filter = ["visibility"]
    ordering = ["name"]
    sortable_by = ["name"]
    search_fields = ["name"]
    fieldsets = [
        (None, {"fields": ["name", ("kind", "place"), ("language", "homepage")]}),
        ("Rights", {"fields": ["visibility", "rights"]}),
        ("Address", {"fields": ["slug"]}),
    ]

    def complete_page(self, rows: list[Source]) -> None:
        """The kept counts."""
        set_tallies(Tally.Subject.SOURCE, rows)

    @admin.display(description="Articles")
    def articles(self, source: Any) -> int:
        """Those readers find of it."""
        return int(source.tally.articles)
