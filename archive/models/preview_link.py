"""Preview link: a private address where somebody without an account reads an article before its publication."""

import secrets
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from archive.models.article import Article, Status

HOLDS_FOR = timedelta(days=14)
TOKEN_BYTES = 24


def unguessable() -> str:
    """A token of 192 random bits, fit for an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def end_of_holding() -> datetime:
    """When a link that is made now runs out."""
    return timezone.now() + HOLDS_FOR


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    """Questions asked about links to previews."""

    def holding(self) -> Self:
        """Those neither revoked nor run out."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=Now())


class PreviewLink(models.Model):
    """Whoever has the token reads the article. `archive.editing.previewing` makes and revokes it."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="preview_links")
    token = models.CharField(max_length=40, unique=True, default=unguessable)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(default=end_of_holding)
    revoked_at = models.DateTimeField(null=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        default_permissions = ()  # nobody edits links; whoever may change the article makes and revokes them

    def __str__(self) -> str:
        return f"Private link to {self.article}"

    def get_absolute_url(self) -> str:
        """The private address."""
        return reverse("preview", args=[self.token])

    @property
    def holds(self) -> bool:
        """Whether it may be read by: neither revoked nor run out, nor its article withdrawn meanwhile."""
        return self.revoked_at is None and self.expires_at > timezone.now() and self.article.status != Status.WITHDRAWN
