"""Scheme: a vocabulary from elsewhere, and what its file says of things that are no topics here."""

from django.db import models


class Scheme(models.Model):
    """Kept so that an imported vocabulary is exported again whole: its title, rights, collections, and the like."""

    iri = models.CharField(max_length=500, unique=True, help_text="Its identifier, or the name of its file.")
    statements = models.JSONField(default=list, help_text="Subject, predicate, value and kind of value, each.")
    imported_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.iri
