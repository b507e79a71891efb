"""What an editor does to a story at the review desk: each deed one request, told in one sentence, taken back by one.

A deed that was done before, by a double click or from a stale page, changes nothing and says so.
"""

from functools import partial
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from archive.admin.fields import row_number
from archive.admin.review_forms import AnswerForm, MarkForm, QuoteForm, TopicForm
from archive.admin.review_page import at_the_story, carry_out, story_again, story_page
from archive.editing.deeds import take_back
from archive.editing.filing import file_under, take_out_of
from archive.editing.joining import join_with_next
from archive.editing.parting import split_suggestion
from archive.editing.quoting import correct_quote, mark_quote, remove_quote, split_quote
from archive.editing.review import ReviewError, accept_suggestion, accept_suggestions, decline_suggestion
from archive.models import Answer, Quote, Suggestion, Topic


@require_POST
def answer_view(request: HttpRequest, pk: int, suggestion_pk: int) -> HttpResponse:
    """Accept a proposal, with corrections or without, decline it, split it, or join it with the next quote."""
    user, article = at_the_story(request, pk)
    suggestion = get_object_or_404(Suggestion.objects.select_related("topic"), pk=suggestion_pk, article=article)
    form = AnswerForm(request.POST, suggestion=suggestion, body=article.body)
    if not form.is_valid():
        return story_page(request, article, answering=suggestion, error=form.first_error)
    return carry_out(request, article, partial(_answer, suggestion, form, user), answering=suggestion)


@require_POST
def quote_view(request: HttpRequest, pk: int, quote_pk: int) -> HttpResponse:
    """Correct a confirmed quote, place it anew, split it, join it with the next, or remove it."""
    user, article = at_the_story(request, pk)
    quote = article.quotes.select_related("speaker").filter(pk=quote_pk).first()
    if quote is None:
        return story_page(request, article, error="This quote is no longer there: nothing was changed.")
    form = QuoteForm(request.POST, quote=quote, body=article.body)
    if not form.is_valid():
        return story_page(request, article, correcting=quote, error=form.first_error)
    return carry_out(request, article, partial(_change, quote, form, user), correcting=quote)


@require_POST
def mark_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a quote of words chosen in the body."""
    user, article = at_the_story(request, pk)
    form = MarkForm(request.POST, body=article.body)
    if not form.is_valid():
        return story_page(request, article, error=form.first_error, marking=form)

    def mark() -> str:
        said = {key: form.cleaned_data[key] for key in ("speaker", "name", "role")}
        return f"Marked: {mark_quote(article, spans=form.cleaned_data['spans'], by=user, **said)}"

    return carry_out(request, article, mark, marking=form)


@require_POST
def file_view(request: HttpRequest, pk: int) -> HttpResponse:
    """File the story, or one quote of it, under a topic named by any of its names, or take it out of one."""
    user, article = at_the_story(request, pk)
    items: dict[str, Any] = {"articles": [article]}
    if "quote" in request.POST:
        items = {"quotes": [get_object_or_404(Quote, pk=row_number(request.POST["quote"]), article=article)]}
    if "take_out" in request.POST:
        topic = get_object_or_404(Topic, pk=row_number(request.POST["take_out"]))

        def take_out() -> str:
            take_out_of(topic, by=user, **items)
            return f"Taken out of {topic}."

        return carry_out(request, article, take_out)
    form = TopicForm(request.POST)
    if not form.is_valid():
        return story_page(request, article, error=form.first_error)

    def file() -> str:
        file_under(form.cleaned_data["topic"], by=user, **items)
        return f"Filed under {form.cleaned_data['topic']}."

    return carry_out(request, article, file)


@require_POST
def rest_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept the proposals that the page counted, and no others; what cannot be accepted waits, and is told."""
    user, article = at_the_story(request, pk)
    numbers = [row_number(one) for one in request.POST.get("ids", "").split(",")]
    chosen = article.suggestions.filter(pk__in=[number for number in numbers if number])

    def accept() -> str:
        answered = accept_suggestions(chosen, by=user)
        left = f" Left waiting: {' '.join(answered.refusals)}" if answered.refused else ""
        return f"Accepted together: {answered.done}.{left}"

    return carry_out(request, article, accept)


@require_POST
def undo_view(request: HttpRequest, pk: int, deed_pk: int) -> HttpResponse:
    """Take a deed back."""
    user, article = at_the_story(request, pk)
    try:
        deed = take_back(get_object_or_404(article.deeds, pk=deed_pk), by=user)
    except ReviewError as error:
        return story_page(request, article, error=str(error))
    return story_again(request, article, told=f"Taken back. {deed.said}")


def _answer(suggestion: Suggestion, form: AnswerForm, user: User) -> str:
    """Give the answer that was sent, and say what came of it."""
    suggestion.refresh_from_db(fields=["answer", "answered_by"])
    if suggestion.answer != Answer.PENDING:
        return f"It was answered before, by {suggestion.answered_by}: {suggestion.get_answer_display().lower()}."
    verb = form.cleaned_data["verb"]
    if verb == "decline":
        decline_suggestion(suggestion, by=user)
        return f"Declined: {_named(suggestion)}"
    if verb == "split":
        return f"Split in two: {' | '.join(map(_named, split_suggestion(suggestion, at=form.place, by=user)))}"
    if verb == "join":
        return f"Joined: {_named(join_with_next(suggestion, by=user))}"
    done = accept_suggestion(suggestion, by=user, **form.corrections)
    speaker = f", {done.quote.speaker}" if done.topic is None and done.quote and done.quote.speaker else ""
    return f"{'Corrected' if done.answer == Answer.CORRECTED else 'Accepted'}: {_named(done)}{speaker}"


def _change(quote: Quote, form: QuoteForm, user: User) -> str:
    """Change a quote as was sent, if it still is as the page showed it, and say what came of it."""
    form.require_unchanged()
    verb = form.cleaned_data["verb"]
    if verb == "remove":
        remove_quote(quote, by=user)
        return f"Removed: {quote}"
    if verb == "split":
        second = split_quote(quote, at=form.place, by=user)
        return f"Split in two, the second: {second}"
    if verb == "join":
        return f"Joined: {_named(join_with_next(quote, by=user))}"
    return f"Corrected: {correct_quote(quote, by=user, **form.corrections)}"


def _named(said: Quote | Suggestion) -> str:
    """Its words, or the topic."""
    return str(said) if isinstance(said, Quote) else said.what
