"""Suggestion: what the software proposes, and what an editor said to it."""

from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.text import Truncator

from archive.models.article import Article
from archive.models.history import keeps_history
from archive.models.quote import Quote
from archive.models.topic import Topic


class SuggestionKind(models.TextChoices):
    """What is proposed."""

    QUOTE = "quote", "Quote"
    TOPIC = "topic", "Topic"


class Answer(models.TextChoices):
    """What an editor said to a proposal."""

    PENDING = "pending", "Not answered yet"
    ACCEPTED = "accepted", "Accepted"
    CORRECTED = "corrected", "Accepted with a correction"
    DECLINED = "declined", "Declined"
    AUTOMATIC = "automatic", "Filed without asking"


def without_its_quote(collector: Any, field: Any, suggestions: "models.QuerySet[Suggestion]", using: str) -> None:
    """What a deleted quote leaves: the proposal it came of, which names it no more, and no topic proposed for it.

    A topic that nobody could file anywhere would read as if it were proposed for the story. History keeps it.
    """
    models.CASCADE(collector, field, suggestions.filter(kind=SuggestionKind.TOPIC), using)
    models.SET_NULL(collector, field, suggestions.filter(kind=SuggestionKind.QUOTE), using)


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    """Questions asked about proposals."""

    def pending(self) -> Self:
        """Those nobody has answered yet."""
        return self.filter(answer=Answer.PENDING)

    def quotes(self) -> Self:
        """Proposed quotes."""
        return self.filter(kind=SuggestionKind.QUOTE)

    def topics(self) -> Self:
        """Proposed topics."""
        return self.filter(kind=SuggestionKind.TOPIC)


@keeps_history()
class Suggestion(models.Model):
    """A quote or topic proposed for an article (or for a quote of it). The answer is kept, and learned from.

    A proposed quote is described in `proposal`: `spans`, `words`, `mention`, `mention_start`, `mention_end`,
    `name`, `role`, `partial`, `candidates` (other names it might be), and `of` where an editor made it of others by
    splitting or joining them. A proposed topic is in `topic`.
    """

    kind = models.CharField(max_length=5, choices=SuggestionKind)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="suggestions")
    key = models.CharField(
        max_length=200,
        help_text="What is proposed, in short: the same is not proposed twice for one article.",
    )
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.CASCADE, related_name="suggestions")
    quote = models.ForeignKey(
        Quote,
        null=True,
        blank=True,
        on_delete=without_its_quote,
        related_name="suggestions",
        help_text="The quote it became, or, with a topic, the quote it is proposed for.",
    )
    proposal = models.JSONField(default=dict, blank=True)
    confidence = models.FloatField(help_text="From 0 to 1.")
    why = ArrayField(models.CharField(max_length=300), default=list, blank=True, help_text="What led to it.")
    made_by = models.CharField(max_length=60, help_text="Which part of the software proposed it.")
    made_at = models.DateTimeField(auto_now_add=True)
    answer = models.CharField(max_length=9, choices=Answer, default=Answer.PENDING)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["-confidence", "id"]
        permissions = [("answer_suggestion", "Can accept, correct and decline suggestions")]
        constraints = [
            models.UniqueConstraint(fields=["article", "kind", "key"], name="one_proposal_of_a_kind_and_key"),
            models.CheckConstraint(
                condition=models.Q(confidence__gte=0, confidence__lte=1), name="confidence_between_0_and_1"
            ),
            models.CheckConstraint(
                condition=models.Q(kind=SuggestionKind.QUOTE) | models.Q(topic__isnull=False),
                name="topic_suggestion_names_a_topic",
            ),
            models.CheckConstraint(
                condition=models.Q(answer=Answer.PENDING, answered_at__isnull=True)
                | ~models.Q(answer=Answer.PENDING) & models.Q(answered_at__isnull=False),
                name="answered_at_some_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["answer", "-id"], name="suggestion_of_answer"),
            models.Index(
                fields=["-article"], name="suggestion_pending_of_article", condition=models.Q(answer=Answer.PENDING)
            ),
            models.Index(
                fields=["kind", "-id"], name="suggestion_pending_of_kind", condition=models.Q(answer=Answer.PENDING)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.what}"

    @property
    def what(self) -> str:
        """The topic, or the first words of the quote."""
        return str(self.topic or f"“{Truncator(self.proposal.get('words', '')).chars(60)}”")
