"""People in the admin: one record, many names."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest

from archive.admin.fields import LegibleForm
from archive.admin.joining import JoiningAdmin
from archive.admin.search import named_like
from archive.admin.tallies import set_tallies
from archive.editing.lookalikes import lookalike_people
from archive.models import Authorship, Person, PersonName, Tally

if TYPE_CHECKING:
    from django.db.models import QuerySet

    StockInline = admin.TabularInline[Any, Any]
else:
    StockInline = admin.TabularInline


class NameInline(StockInline):
    """Other names that texts use."""

    model = PersonName
    form = LegibleForm
    extra = 0


@admin.register(Person)
class PersonAdmin(JoiningAdmin):
    """Keep who speaks and who writes."""

    relation = Authorship._meta.get_field("person")
    look = staticmethod(lookalike_people)
    inlines = [NameInline]
    list_display = ["name", "description", "quotes"]
    ordering = ["name", "id"]
    sortable_by = ["name"]
    search_fields = ["name", "other_names__name"]
    search_help_text = "Beginnings of words of any of their names."
    fieldsets = [
        (None, {"fields": ["name", "family_name", "description"]}),
        ("Address and identity", {"fields": ["slug", "identifiers"]}),
    ]

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Any]", search_term: str
    ) -> tuple["QuerySet[Any]", bool]:
        """By the index of the words of names."""
        return named_like(request, search_term, queryset), False

    def complete_page(self, rows: list[Person]) -> None:
        """The kept counts."""
        set_tallies(Tally.Subject.PERSON, rows)

    @admin.display(description="Quotes")
    def quotes(self, person: Any) -> int:
        """Those readers find of them."""
        return int(person.tally.quotes)
