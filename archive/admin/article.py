"""Articles in the admin: the list, the form with the marked body, and what saving it does."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from archive.admin.article_filters import Assigned, Embargo, Missing, Undecided
from archive.admin.article_form import ArticleForm
from archive.admin.article_history import article_history
from archive.admin.article_inlines import AuthorshipInline, QuoteInline, SuggestionInline
from archive.admin.choosing import ChosenFilter
from archive.admin.dates import as_known
from archive.admin.filing import file_chosen
from archive.admin.history import Change
from archive.admin.list_deeds import file_under_topic, publish, submit_for_review, take_out_of_topic, withdraw
from archive.admin.marking import marked_body
from archive.admin.near_copies import NearCopies, apart_view, near_copies
from archive.admin.notes import notes_view
from archive.admin.previewing import may_share, share_view
from archive.admin.records import RecordAdmin
from archive.admin.search import newest
from archive.admin.steps import may_withdraw, steps_for, take_asked_step, withdrawal_view
from archive.editing.anchoring import change_body
from archive.editing.rights import may_edit
from archive.models import Article, Status, Suggestion, Tagging, Topic
from archive.models.article import Doubt

if TYPE_CHECKING:
    from django.db.models import QuerySet

TOPICS_TOLD = 4
BY_IMPORT = ("batch", ChosenFilter)
NOTES_TOLD = 20


@admin.register(Article)
class ArticleAdmin(RecordAdmin):
    """Write, tag, review and publish."""

    form = ArticleForm
    inlines = [SuggestionInline, QuoteInline, AuthorshipInline]
    list_display = ["headline", "source", "date", "standing", "filed_under", "to_answer"]
    list_display_links = ["headline"]
    list_filter = [
        "status",
        Assigned,
        Undecided,
        ("source", ChosenFilter),
        ("taggings__topic", ChosenFilter),
        ("quotes__speaker", ChosenFilter),
        BY_IMPORT,
        Missing,
        NearCopies,
        Embargo,
        "broken_off",
    ]
    list_select_related = ["source"]
    list_defer = ["body", "words", "standfirst", "author_note", "withdrawal_reason"]
    ordering = ["-id"]
    counted_in_order = ["-id"]
    sortable_by = ["date"]
    search_help_text = "Words of headline, standfirst and body; “in quotes” for a phrase, -word to leave out."
    search_fields = ["words"]
    autocomplete_fields = ["source"]
    actions = [file_under_topic, take_out_of_topic, submit_for_review, publish, withdraw]
    readonly_fields = ["marked", "implied", "original_file", "near", "notes", "record"]
    fieldsets = [
        (None, {"fields": ["headline", "standfirst", "marked", "body"]}),
        ("Topics", {"fields": ["topics", "implied"]}),
        (
            "Where it comes from",
            {
                "fields": [
                    "source",
                    ("published_at", "precision"),
                    ("dateline", "byline"),
                    "publisher_url",
                    "author_note",
                    "language",
                    "original_file",
                    "near",
                ]
            },
        ),
        ("Who sees to it", {"fields": ["assigned_to", "notes"]}),
        ("What readers see", {"fields": ["embargo_until", "slug"]}),
        ("Condition of the text", {"fields": ["broken_off", "doubts"]}),
        ("On record", {"fields": ["record"]}),
    ]
    change_form_template = "admin/archive/article/change_form.html"

    # The list

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        """Articles without their search words, which no screen shows."""
        return super().get_queryset(request).defer("words")

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Any]", search_term: str
    ) -> tuple["QuerySet[Any]", bool]:
        """By the same index of words that readers' search uses."""
        return newest(request, search_term, queryset), False

    def complete_page(self, rows: list[Article]) -> None:
        """How many proposals wait, and the topics filed."""
        pending = dict(
            Suggestion.objects.pending()
            .filter(article__in=[row.pk for row in rows])
            .values_list("article")
            .annotate(number=Count("pk"))
        )
        filed = Tagging.objects.filed().filter(article__in=[row.pk for row in rows]).select_related("topic")
        names: dict[int, list[str]] = {}
        for tagging in filed:
            names.setdefault(tagging.article_id or 0, []).append(tagging.topic.name)
        for row in rows:
            row.pending, row.filed = pending.get(row.pk, 0), names.get(row.pk, [])  # type: ignore[attr-defined]

    @admin.display(description="Date", ordering="published_at")
    def date(self, article: Article) -> str:
        """The date as far as it is known, marked where the import left it to the editor."""
        known = as_known(article.published_at, article.precision)
        if not {Doubt.DATE, Doubt.ZONE} & set(article.doubts):
            return known
        return format_html('{} <span class="to-check-mark">to check</span>', known)

    @admin.display(description="Status")
    def standing(self, article: Article) -> SafeString:
        """The status, with a mark for what is held back."""
        state, label = article.standing
        breaks_off = ", breaks off" if article.broken_off else ""
        return format_html('<span class="standing is-{}">{}</span>{}', state, label, breaks_off)

    @admin.display(description="Filed under")
    def filed_under(self, article: Any) -> str:
        """The first few topics."""
        more = len(article.filed) - TOPICS_TOLD
        return ", ".join(article.filed[:TOPICS_TOLD]) + (f" and {more} more" if more > 0 else "")

    @admin.display(description="To answer")
    def to_answer(self, article: Any) -> str:
        """How many proposals wait for an answer."""
        return str(article.pending or "")

    def get_list_filter(self, request: HttpRequest) -> Any:
        """All of them; by import for those who may look at imports."""
        filters = super().get_list_filter(request)
        may_look = request.user.has_perm("archive.view_batch")
        return filters if may_look else [one for one in filters if one != BY_IMPORT]

    # Rights

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """What readers see takes more than the right to write: see `archive.editing.rights`."""
        return super().has_change_permission(request, obj) and (obj is None or may_edit(request.user, obj))  # type: ignore[arg-type]

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Only what was never published: everything else is withdrawn, and its address says so."""
        never_published = obj is None or obj.status in {Status.DRAFT, Status.IN_REVIEW}
        return super().has_delete_permission(request, obj) and never_published

    def has_file_permission(self, request: HttpRequest) -> bool:
        """For the actions that file."""
        return request.user.has_perm("archive.add_tagging")

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """For the action that publishes."""
        return request.user.has_perm("archive.publish_article")

    def has_withdraw_permission(self, request: HttpRequest) -> bool:
        """For the action that withdraws."""
        return request.user.has_perm("archive.withdraw_article")

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """All but deleting in bulk, which would pass over the rule above."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    # The form

    @admin.display(description="Body as it reads")
    def marked(self, article: Article) -> Any:
        """The body with its quotes and proposed quotes marked, beside the field that changes it."""
        if article.pk is None:
            return "Save the text first; its quotes are marked here."
        quotes = list(article.quotes.all())
        proposals = list(article.suggestions.pending().quotes())
        return render_to_string(
            "admin/archive/article/marked_body.html",
            {"blocks": marked_body(article, quotes, proposals, article.notes.open())},
        )

    @admin.display(description="And so also under")
    def implied(self, article: Article) -> str:
        """The broader topics that follow from those it is filed under."""
        if article.pk is None:
            return ""
        topics = Topic.objects.filter(taggings__article=article, taggings__implied=True)
        return ", ".join(topics.values_list("name", flat=True)) or "No broader topics"

    @admin.display(description="Original")
    def original_file(self, article: Article) -> Any:
        """The bytes it was made from."""
        if article.original is None:
            return "Written here"
        url = reverse("admin:archive_original_change", args=[article.original.pk])
        return format_html('<a href="{}">{}</a>', url, article.original.filename)

    @admin.display(description="Near copies")
    def near(self, article: Article) -> Any:
        """Articles with much the same words, from other addresses."""
        found = near_copies(article) if article.pk else []
        context = {"article": article, "near_copies": found}
        return render_to_string("admin/archive/article/near_copies.html", context) if found else "None found"

    @admin.display(description="Notes")
    def notes(self, article: Article) -> Any:
        """The open notes on it, and the way to where they are written and answered."""
        if article.pk is None:
            return "None yet"
        context = {
            "article": article,
            "notes": article.notes.open().select_related("to", "made_by").order_by("-id")[:NOTES_TOLD],
        }
        return render_to_string("admin/archive/article/notes_told.html", context)

    @admin.display(description="Who and when")
    def record(self, article: Article) -> Any:
        """The dates of its life here."""
        if article.pk is None:
            return ""
        return render_to_string("admin/archive/article/record.html", {"article": article})

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        """Save the fields that were changed; a changed body takes its quotes along."""
        if not change:
            obj.created_by = request.user  # type: ignore[assignment]
            super().save_model(request, obj, form, change)
            return
        fields = {field.name for field in Article._meta.concrete_fields} & set(form.changed_data)
        self.tell_taken_over(request, form)
        obj.save(update_fields=[*fields - {"body"}, "slug", "changed_at"])
        if "body" in fields:
            moved = change_body(obj, obj.body, by=request.user)  # type: ignore[arg-type]
            for quote in moved.lost:
                messages.warning(request, f"No longer in the body, and flagged: {quote}")
            for quote in moved.found:
                messages.success(request, f"Found again in the body: {quote}")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the rows below the form, and file under the topics chosen."""
        super().save_related(request, form, formsets, change)
        for refusal in (refusal for formset in formsets for refusal in getattr(formset, "refusals", [])):
            messages.error(request, refusal)
        file_chosen(form, articles=[form.instance], by=request.user)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> Any:  # type: ignore[override]
        """The form, with the steps that this colleague may take."""
        user: Any = request.user
        if article := kwargs.get("obj"):
            context |= {"steps": steps_for(user, article), "may_withdraw": may_withdraw(user, article)}
            context["may_share"] = may_share(user, article)
        return super().render_change_form(request, context, **kwargs)

    def changes_of(self, record: Article) -> list[Change]:
        """With the proposals answered and the topics filed."""
        return article_history(record)

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Where readers see it, once they do."""
        return super().get_view_on_site_url(obj) if obj is not None and obj.is_public else None

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        """Take the step that was asked for with the saving, and stay on the form."""
        if any(name in request.POST for name in ("_submit", "_return", "_publish")):
            take_asked_step(request, obj)
            return HttpResponseRedirect(request.get_full_path())
        if "_withdraw" in request.POST:
            return HttpResponseRedirect(reverse("admin:archive_article_withdraw", args=[obj.pk]))
        return super().response_change(request, obj)

    def get_urls(self) -> list[URLPattern]:
        """The form's own pages."""
        withdraw = self.admin_site.admin_view(self.withdraw)
        share = self.admin_site.admin_view(self.share)
        apart = self.admin_site.admin_view(self.apart)
        notes = self.admin_site.admin_view(self.notes_page)
        return [
            path("<int:pk>/notes/", notes, name="archive_article_notes"),
            path("<int:pk>/withdraw/", withdraw, name="archive_article_withdraw"),
            path("<int:pk>/share/", share, name="archive_article_share"),
            path("<int:pk>/apart/<int:resemblance>/", apart, name="archive_article_apart"),
            *super().get_urls(),
        ]

    def apart(self, request: HttpRequest, pk: int, resemblance: int) -> HttpResponseBase:
        """Say of a near copy that it is another story."""
        return apart_view(self, request, pk, resemblance)

    def notes_page(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The notes on it."""
        return notes_view(self, request, get_object_or_404(Article.objects.defer("words"), pk=pk))

    def share(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The private links to it."""
        return share_view(self, request, get_object_or_404(Article.objects.defer("body", "words"), pk=pk))

    def withdraw(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Ask for the reason, and withdraw."""
        article = self.get_object(request, str(pk))
        if article is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))  # type: ignore[attr-defined,no-any-return]
        return withdrawal_view(self, request, article)
