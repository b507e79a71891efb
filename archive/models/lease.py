"""Lease: a story is with one editor for a while, so that the review queue gives it to nobody else."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from archive.models.article import Article


class LeaseQuerySet(models.QuerySet["Lease"]):
    """Questions asked about who is at which story."""

    def current(self) -> Self:
        """Those that have not run out."""
        return self.filter(until__gt=Now())


class Lease(models.Model):
    """Who is at a story, and until when. `archive.editing.queue` gives and takes it."""

    article = models.OneToOneField(Article, primary_key=True, on_delete=models.CASCADE, related_name="lease")
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="leases")
    until = models.DateTimeField(help_text="Others may be given the story from this moment on (UTC).")

    objects = LeaseQuerySet.as_manager()

    class Meta:
        default_permissions = ()  # nobody edits leases; working at a story takes one

    def __str__(self) -> str:
        return f"{self.article} with {self.held_by}"
