"""Proposals in the admin: what waits for an answer, and what was answered; accepted and declined in bulk."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse

from archive.admin.choosing import ChosenFilter, WaitingFirst
from archive.admin.confirming import answers_preview, ask, is_confirmed
from archive.admin.records import ReadOnly
from archive.admin.search import of_articles_with_words
from archive.editing.review import BulkAnswer, accept_suggestions, decline_suggestions
from archive.models import Answer, Suggestion

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

    from archive.models.suggestion import SuggestionQuerySet


class AnswerFilter(WaitingFirst):
    """By answer; what waits for one comes first."""

    title = "answer"
    parameter_name = "answer"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Everything, and each answer; pending is the choice where none is made."""
        del request, model_admin
        return [("all", "All"), *((value, label) for value, label in Answer.choices if value != Answer.PENDING)]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        """Those with the chosen answer."""
        del request
        if self.value() == "all":
            return queryset
        return queryset.filter(answer=self.value() or Answer.PENDING)


class SurenessFilter(admin.SimpleListFilter):
    """By confidence: the sure ones can be accepted together."""

    title = "confidence"
    parameter_name = "sure"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Steps of confidence."""
        del request, model_admin
        return [("0.9", "0.9 and more"), ("0.7", "0.7 and more"), ("0.5", "0.5 and more")]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        """Those at least so sure."""
        del request
        known = self.value() in dict(self.lookup_choices)
        return queryset.filter(confidence__gte=self.value()) if known else queryset


@admin.register(Suggestion)
class SuggestionAdmin(ReadOnly):
    """Answer many at once; one by one on the review page."""

    list_display = ["proposed", "speaker", "article_headline", "sure", "standing", "made"]
    list_filter = [AnswerFilter, "kind", SurenessFilter, ("topic", ChosenFilter)]
    list_select_related = ["topic", "article", "answered_by"]
    list_defer = ["article__body", "article__words"]
    ordering = ["-id"]
    sortable_by = ()
    search_fields = ["article__words"]
    search_help_text = "Words of the article."
    actions = ["accept", "decline"]
    fields = ["kind", "article", "topic", "quote", "proposal", "confidence", "why", "made_by", "made_at"]

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Any]", search_term: str
    ) -> tuple["QuerySet[Any]", bool]:
        """By the index of the articles' words."""
        return of_articles_with_words(request, search_term, queryset), False

    @admin.display(description="Proposal")
    def proposed(self, suggestion: Suggestion) -> str:
        """The words, or the topic."""
        return str(suggestion.topic or f"“{suggestion.proposal.get('words', '')[:120]}”")

    @admin.display(description="Speaker")
    def speaker(self, suggestion: Suggestion) -> str:
        """Who is said to have said it."""
        return str(suggestion.proposal.get("name") or suggestion.proposal.get("mention", ""))

    @admin.display(description="Article")
    def article_headline(self, suggestion: Suggestion) -> str:
        """Where it was found."""
        return suggestion.article.headline

    @admin.display(description="Confidence")
    def sure(self, suggestion: Suggestion) -> str:
        """From 0 to 1."""
        return f"{suggestion.confidence:.2f}"

    @admin.display(description="Answer")
    def standing(self, suggestion: Suggestion) -> str:
        """The answer, and whose it is."""
        if suggestion.answer == Answer.PENDING:
            return "Waiting"
        by = f", {suggestion.answered_by}" if suggestion.answered_by else ""
        return f"{suggestion.get_answer_display()}{by}"

    @admin.display(description="Made")
    def made(self, suggestion: Suggestion) -> str:
        """The day it was proposed."""
        return f"{suggestion.made_at:%Y-%m-%d}"

    def has_answer_permission(self, request: HttpRequest) -> bool:
        """For the two actions."""
        return request.user.has_perm("archive.answer_suggestion")

    @admin.action(description="Accept…", permissions=["answer"])
    def accept(self, request: HttpRequest, queryset: "SuggestionQuerySet") -> HttpResponse | None:
        """Accept what is chosen, as proposed, once the page that says what that makes is answered."""
        return self._answer(request, queryset, accept_suggestions, verb="Accept", done="Accepted")

    @admin.action(description="Decline…", permissions=["answer"])
    def decline(self, request: HttpRequest, queryset: "SuggestionQuerySet") -> HttpResponse | None:
        """Decline what is chosen, once the page that says how much it is is answered."""
        return self._answer(request, queryset, decline_suggestions, verb="Decline", done="Declined")

    def _answer(
        self,
        request: HttpRequest,
        chosen: "SuggestionQuerySet",
        answer: "Callable[..., BulkAnswer]",
        *,
        verb: str,
        done: str,
    ) -> HttpResponse | None:
        """Ask first, with what the answer would touch; then give it, and say what was left."""
        user: Any = request.user
        if not is_confirmed(request):
            facts = answers_preview(chosen, user, accepting=answer is accept_suggestions)
            return ask(self, request, chosen, action=verb.lower(), verb=verb, facts=facts)
        answered = answer(chosen, by=user)
        messages.success(request, f"{done}: {answered.done}.")
        if answered.refused:
            messages.warning(request, f"Left waiting: {answered.refused}. " + " ".join(answered.refusals))
        return None
