"""What hangs on an article, below its form: the proposals to answer, the quotes, the authors."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from archive.admin.article_form import SuggestionForm
from archive.admin.fields import KnownSelect, StockForm, row_number
from archive.editing.filing import FilingError
from archive.editing.review import ReviewError, accept_suggestion, decline_suggestion
from archive.editing.rights import may, may_edit
from archive.models import Authorship, Quote, Suggestion

if TYPE_CHECKING:
    from django.db.models import QuerySet

    StockInline = admin.TabularInline[Any, Any]
    StockFormSet = forms.BaseInlineFormSet[Any, Any, Any]
else:
    StockInline = admin.TabularInline
    StockFormSet = forms.BaseInlineFormSet

SHOWN = 60


class KnownPersonForm(StockForm):
    """A row that names a person, who was fetched with it: no query for each row's autocomplete."""

    person_field: str

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get(self.person_field)
        if field is not None:
            choices: Any = field
            relation = self._meta.model._meta.get_field(self.person_field)
            stock: Any = choices.widget
            choices.widget = KnownSelect(relation, admin.site, attrs=getattr(stock, "widget", stock).attrs)
            choices.widget.choices = choices.choices
            if getattr(self.instance, f"{self.person_field}_id"):
                choices.widget.known = getattr(self.instance, self.person_field)


class FirstOfArticle(StockInline):
    """Rows of the article whose form this is, up to a bound, so that no form grows without end."""

    extra = 0

    def chosen(self, rows: "QuerySet[Any]") -> "QuerySet[Any]":
        """The rows to show, of all of the article."""
        return rows

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        """The first of them."""
        of_article = request.resolver_match.kwargs.get("object_id") if request.resolver_match else None
        rows = super().get_queryset(request)
        first = self.chosen(rows.filter(article=of_article))[:SHOWN] if of_article else rows.none()
        return rows.filter(pk__in=first.values("pk"))


class AnswersFormSet(StockFormSet):
    """Answers each proposal for which an answer was chosen, instead of saving rows."""

    answered_by: Any = None
    sent_for: list[Suggestion] | None = None

    def get_queryset(self) -> Any:
        """The proposals that wait; once sent, those that it was sent for, whatever became of them since."""
        if not self.is_bound:
            return super().get_queryset()
        if self.sent_for is None:
            rows = range(min(self.initial_form_count(), self.total_form_count()))
            numbers = [row_number(self.data.get(f"{self.add_prefix(row)}-id")) for row in rows]
            of_article = Suggestion.objects.filter(article=self.instance).select_related("topic", "answered_by")
            found = of_article.in_bulk([number for number in numbers if number])
            self.sent_for = [found.get(number or 0, Suggestion()) for number in numbers]
        return self.sent_for

    def add_fields(self, form: Any, index: int | None) -> None:
        """With the id as a number: one that is no longer there is told, and is no error of the form."""
        super().add_fields(form, index)
        form.fields["id"] = forms.IntegerField(initial=form.instance.pk, widget=forms.HiddenInput)

    def save(self, commit: bool = True) -> list[Any]:
        """Answer them, after a changed body has taken them along."""
        del commit
        self.new_objects, self.deleted_objects, self.changed_objects = [], [], []
        self.refusals: list[str] = []
        for form in self.initial_forms:
            decision = form.cleaned_data.get("decision")
            if decision and form.answered_before:
                self.refusals.append(form.answered_before)
                continue
            try:
                if decision == SuggestionForm.ACCEPT:
                    accept_suggestion(form.instance, by=self.answered_by, **form.corrections)
                elif decision == SuggestionForm.DECLINE:
                    decline_suggestion(form.instance, by=self.answered_by)
                else:
                    continue
            except (ReviewError, FilingError) as error:
                self.refusals.append(str(error))
            else:
                self.changed_objects.append((form.instance, ["answer"]))
        return [suggestion for suggestion, _ in self.changed_objects]


class SuggestionInline(FirstOfArticle):
    """The proposals that nobody has answered yet."""

    model = Suggestion
    form = SuggestionForm
    formset = AnswersFormSet
    fields = ["proposed", "name", "role", "decision"]
    readonly_fields = ["proposed"]
    can_delete = False
    verbose_name_plural = "Proposed, and not answered yet"
    template = "admin/archive/article/proposals.html"

    def chosen(self, rows: "QuerySet[Any]") -> "QuerySet[Any]":
        """The pending ones."""
        return rows.filter(answer="pending").order_by("kind", "-confidence", "id")

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        """Quotes in the order of their confidence, then topics."""
        return super().get_queryset(request).select_related("topic").order_by("kind", "-confidence", "id")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """The formset, which knows who answers."""
        formset = super().get_formset(request, obj, fields=[], **kwargs)
        return type(formset.__name__, (formset,), {"answered_by": request.user})

    @admin.display(description="Proposal")
    def proposed(self, suggestion: Suggestion) -> str:
        """The words or the topic."""
        return str(suggestion)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Proposals are for those who answer them."""
        return self.has_change_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever answers proposals, of an article that is theirs to change."""
        user: Any = request.user
        return may(user, "answer_suggestion") and (obj is None or may_edit(user, obj))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The software proposes; people mark quotes and file under topics."""
        del request, obj
        return False


class QuoteRowForm(KnownPersonForm):
    """Speaker and role of a quote."""

    person_field = "speaker"

    class Meta:
        model = Quote
        fields = ["speaker", "role"]


class QuoteInline(FirstOfArticle):
    """The quotes of the article, in their order."""

    model = Quote
    form = QuoteRowForm
    fields = ["said", "speaker", "role"]
    readonly_fields = ["said"]
    autocomplete_fields = ["speaker"]
    show_change_link = True
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        """With their speakers."""
        return super().get_queryset(request).select_related("speaker")

    @admin.display(description="Words")
    def said(self, quote: Quote) -> str:
        """The words, and whether the body has lost them."""
        return f"“{quote.words}”" + (" (no longer in the body)" if quote.lost_at else "")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Editors, of an article that is theirs to change."""
        user: Any = request.user
        return super().has_change_permission(request, obj) and (obj is None or may_edit(user, obj))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A quote is marked on the review page, or added with its words on its own form."""
        del request, obj
        return False


class AuthorshipForm(KnownPersonForm):
    """One author."""

    person_field = "person"

    class Meta:
        model = Authorship
        fields = ["person", "position"]


class AuthorshipInline(StockInline):
    """The people who wrote it, in the order of the byline."""

    model = Authorship
    form = AuthorshipForm
    fields = ["person", "position"]
    autocomplete_fields = ["person"]
    extra = 0
    verbose_name_plural = "Authors"

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        """With the people, and the headline that the row's name asks for."""
        rows = super().get_queryset(request).select_related("person", "article")
        return rows.defer("article__body", "article__words")
