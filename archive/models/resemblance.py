"""Resemblance: an article that is a near copy of another: the same story, lightly edited, from another address."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from archive.models.article import Article


class TextMark(models.Model):
    """A hash of one of the few runs of words by which a text is found again: see `archive.ingest.shingles`."""

    pk = models.CompositePrimaryKey("mark", "article_id")
    mark = models.BigIntegerField()
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="text_marks")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.mark} of article {self.article_id}"


class ResemblanceQuerySet(models.QuerySet["Resemblance"]):
    """Questions asked about near copies."""

    def of(self, article: Article) -> Self:
        """Those of an article, whichever of the two it is; not what an editor said is another story."""
        return self.filter(Q(article=article) | Q(other=article), declined_at__isnull=True).order_by("-likeness", "pk")


class Resemblance(models.Model):
    """That an article has the words of another, which was here before it. Both stay: an editor decides."""

    article = models.OneToOneField(
        Article,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="resemblance",
        help_text="The later to come in.",
    )
    other = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="near_copies")
    likeness = models.FloatField(help_text="The share of the shorter text's runs of five words that both have.")
    found_at = models.DateTimeField(auto_now_add=True)
    declined_at = models.DateTimeField(null=True, help_text="When an editor said that they are not the same story.")
    declined_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ResemblanceQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(likeness__gt=0, likeness__lte=1), name="likeness_up_to_1"),
            models.CheckConstraint(condition=~Q(article=models.F("other")), name="no_article_resembles_itself"),
        ]
        indexes = [
            models.Index(fields=["-article"], name="resemblance_open", condition=Q(declined_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.article} resembles {self.other}"

    def beside(self, article: Article) -> Article:
        """The other of the two."""
        return self.other if self.article_id == article.pk else self.article
