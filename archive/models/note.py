"""Note: what a colleague says to another of a story or of words in it, and what is answered. No reader sees it."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from archive.models.article import Article
from archive.models.history import keeps_history

LOOKED_AT = 1_000  # of the newest open notes, one's own and everyone's, so that a desk's cost does not grow with them


class NoteQuerySet(models.QuerySet["Note"]):
    """Questions asked about notes."""

    def open(self) -> Self:
        """Those that nobody has settled."""
        return self.filter(settled_at__isnull=True)

    def waiting_for(self, colleague: Any) -> Self:
        """The open ones whose next word is a colleague's, latest first.

        Theirs to answer, or answered and theirs to settle; and what was said to everyone of a story assigned to them.
        """
        newest = Note.objects.open().order_by("-id").values("pk")
        theirs, for_everyone = newest.filter(awaits=colleague), newest.filter(awaits__isnull=True)[:LOOKED_AT]
        assigned = Q(pk__in=for_everyone, article__in=Article.objects.assigned_to(colleague)) & ~Q(made_by=colleague)
        # Two look-ups, each by its index: an OR of the two would read all notes.
        either = theirs[:LOOKED_AT].union(Note.objects.filter(assigned).values("pk"))
        return self.filter(pk__in=either).order_by("-id")


@keeps_history()
class Note(models.Model):
    """A note on a story, or on words of its body, to one colleague or to everyone who works on the story.

    Its rules are in `archive.editing.notes`. Whoever wrote it, or whom it was for, may lose the account: it stays.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField()
    words = models.TextField(blank=True, help_text="The words of the body that it is about; empty: the whole story.")
    start = models.PositiveIntegerField(
        null=True, editable=False, help_text="Where these begin in the body, in code points; empty where they are gone."
    )
    end = models.PositiveIntegerField(null=True, editable=False, help_text="Where they end.")
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The colleague it is for; empty: everyone who works on the story.",
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    awaits = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        db_index=False,  # of the open ones there is one below
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Whose turn it is: on whose desk it stands. Empty: everyone's.",
    )
    settled_at = models.DateTimeField(null=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    objects = NoteQuerySet.as_manager()

    class Meta:
        default_permissions = ()  # whoever reviews the story writes them
        constraints = [
            models.CheckConstraint(
                name="note_stands_somewhere_or_nowhere",
                condition=Q(start__isnull=True, end__isnull=True)
                | Q(start__isnull=False, end__gt=models.F("start")) & ~Q(words=""),
            ),
        ]
        indexes = [
            models.Index(fields=["awaits", "-id"], name="note_awaits", condition=Q(settled_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 60 else f"{self.text[:59]}…"

    @property
    def last_answer(self) -> "NoteAnswer | None":
        """The latest answer to it."""
        return next(reversed(self.answers.all()), None)

    @property
    def is_gone(self) -> bool:
        """Whether it is about words that no longer stand in the body."""
        return bool(self.words) and self.start is None

    @property
    def span(self) -> list[list[int]]:
        """Where its words stand, as marks in a body take it."""
        return [] if self.start is None or self.end is None else [[self.start, self.end]]


@keeps_history()
class NoteAnswer(models.Model):
    """An answer to a note. Answers have none of their own."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="answers")
    text = models.TextField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text
