"""SavedView: the filters, search and order of a list of the admin, kept by a colleague under a name."""

from typing import Self

from django.conf import settings
from django.db import models


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Questions asked of the saved views."""

    def of(self, user_id: int, list_name: str) -> Self:
        """A colleague's own views of one list, by name."""
        return self.filter(user=user_id, list=list_name).order_by("name")


class SavedView(models.Model):
    """What one colleague wants to see of a list again; nobody else sees it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    list = models.CharField(max_length=50, help_text="The name of the model that is listed, such as article.")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=2_000, help_text="The query string of the list's address.")
    is_default = models.BooleanField(default=False, help_text="Shown where the list is opened without another.")

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        default_permissions = ()  # each has their own, and nobody another's
        constraints = [
            models.UniqueConstraint(fields=["user", "list", "name"], name="one_view_of_a_name"),
            models.UniqueConstraint(
                fields=["user", "list"], name="one_default_view", condition=models.Q(is_default=True)
            ),
        ]

    def __str__(self) -> str:
        return self.name
