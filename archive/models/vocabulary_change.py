"""VocabularyChange: what was done to the vocabulary as a whole, with all that it takes to undo it."""

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models.functions import Now

from archive.models.article import Article
from archive.models.quote import Quote
from archive.models.suggestion import Suggestion
from archive.models.topic import Topic


class VocabularyChange(models.Model):
    """A topic renamed, moved in the tree, merged into another or split, by whom and when. See `archive.editing`."""

    class Kind(models.TextChoices):
        RENAME = "rename", "Renamed"
        MOVE = "move", "Moved in the tree"
        MERGE = "merge", "Merged into another"
        SPLIT = "split", "Split"

    kind = models.CharField(max_length=6, choices=Kind)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="vocabulary_changes")
    other = models.ForeignKey(
        Topic,
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="The topic it was merged into, or the one that was split off.",
    )
    detail = models.JSONField(default=dict, help_text="What was before, as undoing it needs to know.")
    items = models.PositiveIntegerField(default=0, help_text="How many articles and quotes were moved.")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.topic}: {self.told()}"

    def told(self) -> str:
        """What was done, in a few words."""
        detail = self.detail
        if self.kind == self.Kind.RENAME:
            return f"renamed from “{detail['name']}” to “{detail['renamed']}”"
        if self.kind == self.Kind.MOVE:
            return f"moved from under {_names(detail['from'])} to under {_names(detail['to'])}"
        if self.under_way:
            return f"is being merged into “{self.other}”, {self.items:,} items so far"
        if self.kind == self.Kind.MERGE:
            return f"merged into “{self.other}”, {self.items:,} items"
        return f"“{self.other}” split off, {self.items:,} items"

    @property
    def under_way(self) -> bool:
        """Whether it is being done in the background, or was, and broke off."""
        return bool(self.detail.get("under_way"))

    def undone(self, by: User | None) -> None:
        """Note that it was undone."""
        self.undone_by = by
        self.undone_at = Now()
        self.save(update_fields=["undone_by", "undone_at"])


def _names(names: list[str]) -> str:
    return ", ".join(f"“{name}”" for name in names) or "nothing"


class MovedItem(models.Model):
    """An article or quote that a change of the vocabulary filed elsewhere, as it was filed before."""

    change = models.ForeignKey(VocabularyChange, on_delete=models.CASCADE, related_name="moved")
    article = models.ForeignKey(Article, null=True, on_delete=models.CASCADE, related_name="+")
    quote = models.ForeignKey(Quote, null=True, on_delete=models.CASCADE, related_name="+")
    tagged_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    tagged_at = models.DateTimeField()
    suggestion = models.ForeignKey(Suggestion, null=True, on_delete=models.SET_NULL, related_name="+")
    there_already = models.BooleanField(help_text="It was filed under the other topic as well.")

    def __str__(self) -> str:
        return f"{self.article or self.quote}"
