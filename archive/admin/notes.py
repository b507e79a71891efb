"""Notes to a colleague in the admin: what is shown of them, what is sent, and their page beside the article's form.

Who reviews the story has them at the review desk (`archive.admin.review`); on the page everybody else who may look at
the story reads them, and answers those that are theirs to answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, Prefetch
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from archive.admin.fields import ProseField
from archive.admin.page import page
from archive.admin.review_forms import DeskForm, SpansField, verb_of
from archive.editing.notes import (
    LONGEST,
    NoteError,
    answer_note,
    colleagues,
    may_note,
    may_speak,
    may_take_back,
    open_again,
    settle_note,
    take_back_note,
    write_note,
)
from archive.models import Article, Note, NoteAnswer

if TYPE_CHECKING:
    from django.contrib.auth.models import User

SHOWN = 100  # of one story, the open ones first
SHOWN_ON_DESK = 12
ANSWERS = Prefetch("answers", NoteAnswer.objects.select_related("made_by"))


class NoteForm(DeskForm):
    """A note on a story or its words, or what is done with one that is there."""

    verb = verb_of("write", "answer", "settle", "open", "take_back")
    note = forms.IntegerField(required=False)
    text = ProseField(required=False)
    to = forms.ModelChoiceField(
        colleagues(),
        required=False,
        error_messages={"invalid_choice": "This colleague may not look at stories here: choose another."},
    )
    words = ProseField(required=False)
    spans = SpansField(required=False)

    @property
    def span(self) -> list[int] | None:
        """From where to where words were selected."""
        spans = self.cleaned_data["spans"]
        return [spans[0][0], spans[-1][1]] if spans else None


@dataclass(frozen=True)
class ShownNote:
    """A note with its answers; what whoever looks may do with it, and what they typed as an answer that was refused."""

    note: Note
    may_speak: bool
    may_take_back: bool
    typed: str


@dataclass(frozen=True)
class ShownNotes:
    """The notes of a story: open ones in the order of the text, and those settled last; and what was typed as one."""

    open: list[ShownNote]
    settled: list[ShownNote]
    may_write: bool
    typed: Mapping[str, Any] = field(default_factory=dict)
    longest: int = LONGEST

    @cached_property
    def colleagues(self) -> "list[User]":
        """To whom one may be."""
        return list(colleagues())

    @property
    def settled_meanwhile(self) -> bool:
        """Whether an answer was refused because somebody had settled the note."""
        return any(one.typed for one in self.settled)


def shown_notes(article: Article, user: Any, typed: Mapping[str, Any] | None = None) -> ShownNotes:
    """The notes of a story for whoever looks; `typed` is what was sent and refused. As many queries for any number."""
    typed = typed or {}
    notes = article.notes.select_related("to", "made_by", "settled_by").prefetch_related(ANSWERS)
    found = list(notes.order_by(F("settled_at").desc(nulls_first=True), "-id")[:SHOWN])
    reviews = may_note(user, article)
    shown = []
    for note in found:
        note.article = article
        answered = typed.get("text", "") if str(note.pk) == typed.get("note") else ""
        speaks = reviews or may_speak(user, note)
        shown.append(ShownNote(note, speaks, speaks and may_take_back(user, note), answered))
    opened = [one for one in shown if one.note.settled_at is None]
    # An answer to a note that is gone stays as a note to be written.
    unsent = typed.get("verb") == "write" or (typed.get("text") and not any(one.typed for one in shown))
    return ShownNotes(
        sorted(opened, key=lambda one: (one.note.start or 0, one.note.pk)),
        [one for one in shown if one.note.settled_at is not None],
        reviews,
        typed if unsent else {},
    )


def note_sent(article: Article, sent: Mapping[str, Any], *, by: Any) -> str:
    """Do what was sent with a note of a story, or write one, and say what was done.

    Raises NoteError, with words for people, and PermissionDenied.
    """
    form = NoteForm(sent)
    if not form.is_valid():
        raise NoteError(form.first_error)
    verb, text = form.cleaned_data["verb"], form.cleaned_data["text"]
    if verb == "write":
        to, words = form.cleaned_data["to"], form.cleaned_data["words"]
        write_note(article, text, by=by, to=to, words=words, span=form.span)
        return f"Noted, for {to or 'everyone who works on the story'}."
    note = article.notes.filter(pk=form.cleaned_data["note"]).first()
    if note is None:
        raise NoteError("This note was taken back meanwhile.")
    if verb == "take_back":
        take_back_note(note, by=by)
        return "Taken back."
    if verb == "open":
        open_again(note, by=by)
    if text or verb == "answer":
        answer_note(note, text, by=by)
    if verb == "open":
        return "The note is open again, and answered." if text else "The note is open again."
    if verb == "answer":
        return "Answered."
    return "The note is settled." if settle_note(note, by=by) else "The note was settled before."


def notes_view(model_admin: Any, request: HttpRequest, article: Article) -> HttpResponseBase:
    """The page of a story's notes beside its form: read, and written and answered by whoever may."""
    if not model_admin.has_view_permission(request, article):
        raise PermissionDenied(f"{request.user} may not look at “{article}”.")
    error, refused = "", None
    if request.method == "POST":
        try:
            messages.success(request, note_sent(article, request.POST, by=request.user))
        except NoteError as refusal:
            error, refused = str(refusal), request.POST
        else:
            return HttpResponseRedirect(reverse("admin:archive_article_notes", args=[article.pk]))
    context = {
        "title": "Notes",
        "article": article,
        "notes": shown_notes(article, request.user, refused),
        "notes_url": request.path,
        "error": error,
    }
    return page(model_admin, request, "article/notes", context)


def notes_on_desk(user: Any) -> dict[str, Any]:
    """The notes whose turn it is for a colleague to answer, the latest of them, and whether there are more.

    Each comes with the address at which this colleague answers it: at the review desk, or on the page of the notes.
    """
    notes = Note.objects.waiting_for(user).select_related("article", "made_by", "to").prefetch_related(ANSWERS)
    found = list(notes.defer("article__words", "article__body")[: SHOWN_ON_DESK + 1])
    return {
        "notes": [(note, _answered_at(note, user)) for note in found[:SHOWN_ON_DESK]],
        "more_notes": len(found) > SHOWN_ON_DESK,
    }


def _answered_at(note: Note, user: Any) -> str:
    page = "admin:review-story" if may_note(user, note.article) else "admin:archive_article_notes"
    return f"{reverse(page, args=[note.article_id])}#note-{note.pk}"
