"""Deed: what an editor did to one story at the review desk, kept for a week so that it can be taken back."""

from typing import Self

from django.conf import settings
from django.db import models

from archive.models.article import Article


class DeedQuerySet(models.QuerySet["Deed"]):
    """Questions asked about what was done."""

    def standing(self) -> Self:
        """Those not taken back, the latest first."""
        return self.filter(undone_at__isnull=True).order_by("-id")


class Deed(models.Model):
    """One deed: what it said, and each row it changed as it was before and after. See `archive.editing.deeds`."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="deeds")
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    done_at = models.DateTimeField(auto_now_add=True)
    said = models.CharField(max_length=300, help_text="What was done, for people.")
    changed = models.JSONField(
        default=dict,
        help_text="By kind and id of each changed row: its values before and after, null where it was not there.",
    )
    undone_at = models.DateTimeField(null=True)

    objects = DeedQuerySet.as_manager()

    class Meta:
        default_permissions = ()  # nobody edits deeds; they are done and taken back
        indexes = [
            models.Index(fields=["article", "-id"], name="deed_of_article"),
            models.Index(fields=["done_at"], name="deed_oldest"),
        ]

    def __str__(self) -> str:
        return self.said
