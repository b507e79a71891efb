"""Notes to a colleague: written on a story or on words of it, answered, settled, opened again, taken back.

Who reviews a story writes notes on it, and may answer and settle each. So may whoever wrote the note or is addressed by
it, though they do not review: the contributor whose story it is. An answer hands the note back to whoever wrote it, and
theirs to whom it is for; so it always stands on the desk of the one whose turn it is, until either settles it.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from archive.editing.anchoring import only_place
from archive.editing.rights import Actor, may, may_edit
from archive.models import Article, Note, NoteAnswer
from archive.prose import SUBHEADING, is_visible

if TYPE_CHECKING:
    from django.db.models import QuerySet

LONGEST = 4_000  # characters of a note or an answer


class NoteError(Exception):
    """A note cannot be written, answered or taken back. The message is for people."""


def colleagues() -> "QuerySet[User]":
    """Those to whom a note may be: who may sign in, and look at stories; by name."""
    return User.objects.with_perm("archive.view_article").filter(is_staff=True).order_by("username")


def may_note(actor: Actor, article: Article) -> bool:
    """Whether the actor may write notes on this article: who may review it as it stands."""
    return may(actor, "answer_suggestion") and may_edit(actor, article)


def may_speak(actor: Actor, note: Note) -> bool:
    """Whether the actor may answer and settle this note."""
    article = note.article
    addressed = (note.to or article.assigned_to, note.made_by)
    return may_note(actor, article) or (may(actor, "view_article") and actor is not None and actor in addressed)


def write_note(
    article: Article,
    text: str,
    *,
    by: Actor,
    to: User | None = None,
    words: str = "",
    span: Sequence[int] | None = None,
) -> Note:
    """Write a note on an article, or on words of its body, to a colleague or to everyone who works on it.

    The words are those at a span, start and end in code points, or are looked for where they no longer stand there.
    Raises NoteError where they do not stand in the body exactly once, where there is nothing to read in the text, or
    where the colleague may not look at stories; PermissionDenied where `by` may not review the article.
    """
    text = _readable(text)
    with transaction.atomic():
        held = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
        if not may_note(by, held):
            raise PermissionDenied(f"{by} may not write notes on “{held}”.")
        if to is not None and not colleagues().filter(pk=to.pk).exists():
            raise NoteError(f"{to} may not look at stories here: choose another colleague.")
        start, end = _place_of(words, span, held.body) if words or span else (None, None)
        return Note.objects.create(
            article=held,
            text=text,
            words="" if start is None else held.body[start:end],
            start=start,
            end=end,
            to=to,
            made_by=by,
            awaits=to,
        )


def answer_note(note: Note, text: str, *, by: Actor) -> NoteAnswer:
    """Answer a note. Raises NoteError where it is settled or gone, or where there is nothing to read in the text."""
    text = _readable(text)
    with _held(note, by) as held:
        if held.settled_at is not None:
            raise NoteError(f"{held.settled_by or 'Somebody'} settled this note meanwhile: open it again to answer.")
        answer = NoteAnswer.objects.create(note=held, text=text, made_by=by)
        _hand_over(held)
        return answer


def settle_note(note: Note, *, by: Actor) -> bool:
    """Say that a note is seen to. False where somebody said so before, which stays."""
    with _held(note, by) as held:
        if held.settled_at is not None:
            return False
        held.settled_at, held.settled_by = timezone.now(), by
        held.save(update_fields=["settled_at", "settled_by"])
        return True


def open_again(note: Note, *, by: Actor) -> None:
    """Say that a note is not seen to yet. One that is open stays as it is."""
    with _held(note, by) as held:
        held.settled_at = held.settled_by = None
        held.save(update_fields=["settled_at", "settled_by"])


def take_back_note(note: Note, *, by: Actor) -> None:
    """Take back one's own last word: the answer to a note, or the note itself where nobody has answered.

    Raises NoteError where the last word is somebody else's, or the note is settled.
    """
    with _held(note, by) as held:
        answer = held.last_answer
        if not may_take_back(by, held):
            raise NoteError("Only your own last word can be taken back, while the note is open.")
        if answer is None:
            held.delete()
        else:
            answer.delete()
            _hand_over(held)


def may_take_back(actor: Actor, note: Note) -> bool:
    """Whether the last word of a note is the actor's to take back."""
    return note.settled_at is None and (note.last_answer or note).made_by == actor


@contextmanager
def _held(note: Note, by: Actor) -> Iterator[Note]:
    """The note as it stands now. Raises NoteError where it is gone, PermissionDenied where it is not the actor's."""
    with transaction.atomic():
        notes = Note.objects.select_related("article__assigned_to", "to", "made_by", "settled_by")
        held = notes.select_for_update(of=("self",)).filter(pk=note.pk).first()
        if held is None:
            raise NoteError("This note was taken back meanwhile.")
        if not may_speak(by, held):
            raise PermissionDenied(f"{by} may not answer this note on “{held.article}”.")
        yield held


def _hand_over(note: Note) -> None:
    """Let it be the turn of whoever wrote the note, or of whom it is for where they had the last word themselves."""
    last = note.last_answer
    note.awaits = note.to if last is None or last.made_by == note.made_by else note.made_by
    note.save(update_fields=["awaits"])


def _readable(text: str) -> str:
    if not is_visible(text):
        raise NoteError("Write what the note is to say.")
    if len(text) > LONGEST:
        raise NoteError(f"A note has at most {LONGEST:,} characters; this has {len(text):,}.")
    return text


def _place_of(words: str, span: Sequence[int] | None, body: str) -> tuple[int, int]:
    """Where the words stand: at the span, as it was seen, or at their only place."""
    if span and 0 <= span[0] < span[1] <= len(body) and _plain(body[span[0] : span[1]]) == _plain(words):
        return span[0], span[1]
    place = only_place(words, body) if words else None
    if place is None:
        raise NoteError("These words do not stand in the text exactly once: select them in it anew.")
    return place[0], place[1]


def _plain(text: str) -> str:
    """Words as a browser gives what is selected of them: parted anyhow, without the signs of a subheading."""
    return " ".join(text.replace(SUBHEADING, "").split())
