"""Quotes in the admin: who said it, in which role, under which topics; added by pasting their words."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from archive.admin.choosing import ChosenFilter
from archive.admin.dates import as_known
from archive.admin.fields import ProseField, RecordForm, TopicsField
from archive.admin.filing import file_chosen
from archive.admin.filing_history import filings_of
from archive.admin.history import Change, history_of, latest_first
from archive.admin.list_deeds import file_under_topic, reassign, take_out_of_topic
from archive.admin.records import RecordAdmin
from archive.admin.search import newest
from archive.editing.anchoring import only_places
from archive.editing.quoting import remove_quote
from archive.editing.rights import may_edit
from archive.models import Article, Quote, Topic
from archive.models.quote import words_at

if TYPE_CHECKING:
    from django.db.models import QuerySet


class QuoteForm(RecordForm):
    """A quote, found in its article's body by its words."""

    said = ProseField(
        label="Words",
        help_text=(
            "Exactly as they stand in the body, without quotation marks. "
            "Where “he said” stands between two parts, write “ … ” between them."
        ),
    )
    topics = TopicsField(admin.site, label="Filed under", help_text="Type a name. Broader topics follow.")

    class Meta:
        model = Quote
        fields = ["article", "speaker", "speaker_mention", "role", "partial"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["said"] = self.instance.words
            self.initial["topics"] = list(Topic.objects.filter(taggings__in=self.instance.taggings.filed()))

    def clean(self) -> Any:
        """Find the words in the body, where they must stand exactly once."""
        cleaned = super().clean()
        article: Article | None = cleaned.get("article") if "article" in self.fields else self.instance.article
        said = cleaned.get("said")
        if article is None or not said or "said" not in self.changed_data:
            return cleaned
        if not may_edit(self.actor, article):
            raise ValidationError({"article": "This article is not yours to change."})
        spans = only_places(said, article.body)
        if spans is None:
            raise ValidationError({"said": "These words do not stand in the body exactly once."})
        self.instance.spans = spans
        self.instance.words = words_at(article.body, spans)
        self.instance.lost_at = None
        return cleaned


class Lost(admin.SimpleListFilter):
    """Quotes whose words a change of the body took away."""

    title = "place in the body"
    parameter_name = "lost"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The one choice."""
        del request, model_admin
        return [("yes", "No longer in the body")]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        """Those flagged."""
        del request
        return queryset.filter(lost_at__isnull=False) if self.value() == "yes" else queryset


class Speakerless(admin.SimpleListFilter):
    """Quotes by whether anybody is named as having said them."""

    title = "whether a speaker is named"
    parameter_name = "named"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Either."""
        del request, model_admin
        return [("yes", "Somebody is named"), ("no", "Nobody is named")]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        """Those with a speaker, or those without."""
        del request
        unnamed = {"yes": False, "no": True}.get(self.value() or "")
        return queryset if unnamed is None else queryset.filter(speaker__isnull=unnamed)


@admin.register(Quote)
class QuoteAdmin(RecordAdmin):
    """Find quotes, correct who said them, file them."""

    form = QuoteForm
    list_display = ["said", "speaker", "role", "article_headline", "date", "condition"]
    list_filter = [
        ("speaker", ChosenFilter),
        ("taggings__topic", ChosenFilter),
        Lost,
        Speakerless,
    ]
    list_select_related = ["speaker", "article"]
    list_defer = ["article__body", "article__words"]
    ordering = ["-id"]
    sortable_by = ()
    search_fields = ["words"]
    search_help_text = "Words of the quote."
    autocomplete_fields = ["article", "speaker"]
    actions = [file_under_topic, take_out_of_topic, reassign]
    fieldsets = [
        (None, {"fields": ["article", "said", "partial"]}),
        ("Who said it", {"fields": ["speaker", "role", "speaker_mention"]}),
        ("Topics", {"fields": ["topics"]}),
    ]

    @admin.display(description="Quote")
    def said(self, quote: Quote) -> str:
        """The first words."""
        return str(quote)

    @admin.display(description="Article")
    def article_headline(self, quote: Quote) -> str:
        """The article it stands in."""
        return quote.article.headline

    @admin.display(description="Date")
    def date(self, quote: Quote) -> str:
        """The article's day."""
        return as_known(quote.published_at, quote.article.precision)

    @admin.display(description="Condition")
    def condition(self, quote: Quote) -> str:
        """What is less than whole about it: a part of a sentence, or words that the body has no longer."""
        said = ["partial" if quote.partial else "", "no longer in the body" if quote.lost_at else ""]
        return ", ".join(filter(None, said)).capitalize()

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Any]", search_term: str
    ) -> tuple["QuerySet[Any]", bool]:
        """By the index of the quotes' words."""
        return newest(request, search_term, queryset), False

    def get_readonly_fields(self, request: HttpRequest, obj: Quote | None = None) -> list[str]:
        """A quote stays with its article."""
        del request
        return ["article"] if obj else []

    def has_change_permission(self, request: HttpRequest, obj: Quote | None = None) -> bool:
        """Of an article that is theirs to change."""
        return super().has_change_permission(request, obj) and (obj is None or may_edit(request.user, obj.article))  # type: ignore[arg-type]

    def has_delete_permission(self, request: HttpRequest, obj: Quote | None = None) -> bool:
        """Of an article that is theirs to change."""
        return super().has_delete_permission(request, obj) and (obj is None or may_edit(request.user, obj.article))  # type: ignore[arg-type]

    def has_file_permission(self, request: HttpRequest) -> bool:
        """For the actions that file."""
        return request.user.has_perm("archive.add_tagging")

    def has_reassign_permission(self, request: HttpRequest) -> bool:
        """For the action that says who spoke."""
        return request.user.has_perm("archive.change_quote")

    def changes_of(self, record: Quote) -> list[Change]:
        """With the topics it was filed under, and those it left."""
        return latest_first([*history_of(record), *filings_of(record)])

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """All but deleting in bulk, which would not ask for each article."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def save_model(self, request: HttpRequest, obj: Quote, form: Any, change: bool) -> None:
        """Note who marked it."""
        if not change:
            obj.created_by = request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change)

    def delete_model(self, request: HttpRequest, obj: Quote) -> None:
        """With what is proposed for it; the proposal that it came of counts as declined."""
        remove_quote(obj, by=request.user)  # type: ignore[arg-type]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """File under the topics chosen."""
        super().save_related(request, form, formsets, change)
        file_chosen(form, quotes=[form.instance], by=request.user)
