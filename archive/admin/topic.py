"""The vocabulary in the admin: names, scope, what lies above and beside."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern

from archive.admin.fields import LegibleForm, RecordForm, RowSelect, RowsSelect
from archive.admin.filing_history import filings_under
from archive.admin.history import SHOWN
from archive.admin.records import RecordAdmin
from archive.admin.search import named_like
from archive.admin.tallies import set_tallies
from archive.admin.vocabulary import vocabulary_urls
from archive.editing.vocabulary import lies_under, rename_topic
from archive.models import Tally, Topic, TopicBroader, TopicName
from archive.models.topic import TopicRelation

if TYPE_CHECKING:
    from django.db.models import QuerySet

    StockInline = admin.TabularInline[Any, Any]
    StockFormSet = forms.BaseInlineFormSet[Any, Any, Any]
else:
    StockInline = admin.TabularInline
    StockFormSet = forms.BaseInlineFormSet


class TopicForm(RecordForm):
    """A topic with those worth reading beside it."""

    related_topics = forms.ModelMultipleChoiceField(
        Topic.objects.all(),
        widget=RowsSelect(TopicRelation._meta.get_field("to_topic"), admin.site),
        required=False,
        label="Related topics",
        help_text="Worth reading together, in both directions (SKOS related).",
    )

    class Meta:
        model = Topic
        exclude: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["related_topics"] = list(self.instance.related.all())

    def clean_related_topics(self) -> Any:
        """All but the topic itself."""
        related = self.cleaned_data["related_topics"]
        if self.instance in related:
            raise ValidationError("A topic is not related to itself.")
        return related


class NameInline(StockInline):
    """Other names that texts use."""

    model = TopicName
    form = LegibleForm
    extra = 0


class BroaderFormSet(StockFormSet):
    """Links upwards that close no circle."""

    def clean(self) -> None:
        """Refuse, by its row, a broader topic that lies under this one."""
        super().clean()
        for form in self.forms:
            broader = form.cleaned_data.get("broader") if hasattr(form, "cleaned_data") else None
            if broader and not form.cleaned_data.get("DELETE") and lies_under(broader, self.instance):
                form.add_error(
                    "broader", f"“{broader}” lies under “{self.instance}” already: the two would lie under each other."
                )


class BroaderInline(StockInline):
    """The topics this one lies under."""

    model = TopicBroader
    formset = BroaderFormSet
    fk_name = "narrower"
    autocomplete_fields = ["broader"]
    extra = 0
    verbose_name = "broader topic"
    verbose_name_plural = "Broader topics"

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The field, with an autocomplete that asks for ids alone."""
        if db_field.name == "broader":
            kwargs["widget"] = RowSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Topic)
class TopicAdmin(RecordAdmin):
    """Keep the vocabulary."""

    form = TopicForm
    inlines = [NameInline, BroaderInline]
    list_display = ["name", "above", "articles", "quotes", "replaced_by"]
    list_filter = [("replaced_by", admin.EmptyFieldListFilter)]
    list_select_related = ["replaced_by"]
    ordering = ["name"]
    sortable_by = ["name"]
    search_fields = ["name", "other_names__name"]
    search_help_text = "Beginnings of words of preferred and alternative names."
    readonly_fields = ["replaced_by"]  # merging is a deed of its own, which moves what was filed here
    fieldsets = [
        (None, {"fields": ["name", "match_case", "scope_note", "related_topics"]}),
        ("Address and identity", {"fields": ["slug", "identifiers", "replaced_by"]}),
    ]

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """With what was filed under it, and what left."""
        topic = self.get_object(request, object_id)
        filings = filings_under(topic) if topic is not None else []
        context = {"filings": filings, "filings_full": sum(line.count for line in filings) == SHOWN}
        return super().history_view(request, object_id, {**context, **(extra_context or {})})

    def get_urls(self) -> list[URLPattern]:
        """The vocabulary's own pages before the stock ones."""
        return [*vocabulary_urls(self), *super().get_urls()]

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Any]", search_term: str
    ) -> tuple["QuerySet[Any]", bool]:
        """By the index of the words of names."""
        return named_like(request, search_term, queryset), False

    def complete_page(self, rows: list[Topic]) -> None:
        """The kept counts, and what lies above."""
        set_tallies(Tally.Subject.TOPIC, rows)
        above: dict[int, list[str]] = {}
        links = TopicBroader.objects.filter(narrower__in=[row.pk for row in rows]).select_related("broader")
        for link in links.order_by("broader__name"):
            above.setdefault(link.narrower_id, []).append(link.broader.name)
        for row in rows:
            row.above = ", ".join(above.get(row.pk, []))  # type: ignore[attr-defined]

    @admin.display(description="Under")
    def above(self, topic: Any) -> str:
        """Its broader topics."""
        return str(topic.above)

    @admin.display(description="Articles")
    def articles(self, topic: Any) -> int:
        """Those readers find under it."""
        return int(topic.tally.articles)

    @admin.display(description="Quotes")
    def quotes(self, topic: Any) -> int:
        """Those readers find under it."""
        return int(topic.tally.quotes)

    def save_model(self, request: HttpRequest, obj: Topic, form: Any, change: bool) -> None:
        """Save. A new name is a renaming like any other: the former is kept, the old address redirects."""
        if change and "name" in form.changed_data:
            held = Topic.objects.get(pk=obj.pk)
            if held.name != obj.name:
                rename_topic(held, obj.name, by=request.user)  # type: ignore[arg-type]
                obj.name = held.name
                if "slug" not in form.changed_data:
                    obj.slug = held.slug
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save names and links, and the related topics in both directions."""
        super().save_related(request, form, formsets, change)
        if "related_topics" in form.changed_data:
            form.instance.related.set(form.cleaned_data["related_topics"])
