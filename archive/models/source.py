"""Source: the publication or body that an article comes from."""

from typing import Any

import pgtrigger
from django.db import models

from archive.models.address import SLUG_LENGTH, FormerSlug, address, free_slug, keeps_former_slug, of_the_web
from archive.models.history import keeps_history
from archive.models.version import moves_version


class Visibility(models.TextChoices):
    """How much of a source's articles the public may see."""

    FULL = "full", "Full text"
    EXCERPT = "excerpt", "Excerpt, with a link to the publisher"
    REFERENCE = "reference", "Reference only: headline, date and link"


class SourceQuerySet(models.QuerySet["Source"]):
    """Questions asked about sources."""

    def called(self, name: str) -> "SourceQuerySet":
        """The one of exactly this name; case does not matter."""
        return self.filter(name__iexact=name)


@keeps_history()
class Source(models.Model):
    """A newspaper, agency, ministry, institute … with its rights statement."""

    name = models.CharField(max_length=200, unique=True, help_text="As the publication writes its own name.")
    slug = models.SlugField(
        max_length=SLUG_LENGTH,
        unique=True,
        blank=True,
        help_text="Its part of the address. Filled from the name; a change redirects the old address.",
    )
    kind = models.CharField(max_length=60, blank=True, help_text="What it is, such as “trade weekly” or “ministry”.")
    place = models.CharField(max_length=100, blank=True, help_text="Where it is published.")
    language = models.CharField(
        max_length=12,
        default="en",
        help_text="Language its articles are written in unless they say otherwise.",
    )
    homepage = models.URLField(blank=True, help_text="Address of its front page.")
    visibility = models.CharField(
        max_length=10,
        choices=Visibility,
        default=Visibility.EXCERPT,
        help_text="What readers may see of its articles. Choose full text only where the rights allow it.",
    )
    rights = models.TextField(blank=True, help_text="The rights statement shown below each of its articles.")

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [of_the_web("source", "homepage")]
        triggers = [
            keeps_former_slug(FormerSlug.Kind.SOURCE),
            *moves_version(when_made=False),
            pgtrigger.Trigger(
                name="tell_items_of_articles",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                # Only “reference” matters to items: it hides the quotes, and what is filed with them.
                condition=pgtrigger.Condition("((OLD.visibility = 'reference') <> (NEW.visibility = 'reference'))"),
                func="""
                    PERFORM archive_tell_items(id) FROM archive_article
                    WHERE source_id = NEW.id AND visible_from IS NOT NULL;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with a slug made of the name where there is none."""
        if not self.slug:
            former = FormerSlug.objects.filter(kind=FormerSlug.Kind.SOURCE)
            self.slug = free_slug(Source.objects.exclude(pk=self.pk), self.name, former=former)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return address("source", self.slug)
