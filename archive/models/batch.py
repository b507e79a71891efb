"""Batch: one import: who, when, what came of it; its rows; and Failure: what could not come in, its bytes, and why."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F
from django.db.models.functions import Greatest

from archive.models.history import keeps_history
from archive.models.job import Job

LOOKED_AT = 1_000  # of the latest imports, for what was given
LONGEST_NUMBER = 18  # digits of the ids that the database can hold


class BatchQuerySet(models.QuerySet["Batch"]):
    """Questions asked about imports."""

    def named_like(self, typed: str) -> Self:
        """The one of this number, and those of the latest thousand that were given something with this in its name."""
        latest = Batch.objects.order_by("-pk").values("pk")[:LOOKED_AT]
        found = models.Q(pk__in=latest, origin__icontains=typed)
        if typed.isdecimal() and len(typed) <= LONGEST_NUMBER:
            found |= models.Q(pk=int(typed))
        return self.filter(found)


class Batch(models.Model):
    """One run of the import. Its articles name it, so that it can be undone as long as none of them was published."""

    started_at = models.DateTimeField(auto_now_add=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, editable=False, help_text="Empty while it runs, or where it was killed.")
    undone_at = models.DateTimeField(null=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    origin = models.TextField(editable=False, help_text="The paths or addresses it was given.")
    told = models.JSONField(
        default=dict,
        editable=False,
        help_text="What was said of all that came in: source, date, topics, names of fields.",
    )
    job = models.ForeignKey(
        Job,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The job that brings it in, where that is done in the background.",
    )
    imported = models.BigIntegerField(default=0, editable=False)
    skipped = models.BigIntegerField(default=0, editable=False)
    failed = models.BigIntegerField(default=0, editable=False)

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-id"]
        verbose_name_plural = "batches"
        indexes = [models.Index(fields=["-started_at", "-id"], name="batch_newest")]
        permissions = [("undo_batch", "Can undo a whole import")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(imported__gte=0, skipped__gte=0, failed__gte=0), name="batch_counts_not_negative"
            )
        ]

    def __str__(self) -> str:
        given = self.origin if len(self.origin) <= 60 else f"{self.origin[:59]}…"
        return f"Import {self.pk}, {self.started_at:%Y-%m-%d}: {given}"

    @property
    def counts(self) -> str:
        """What came of it, in words."""
        return f"{self.imported:,} imported, {self.skipped:,} skipped, {self.failed:,} failed"

    def count(self, *, imported: int = 0, skipped: int = 0, failed: int = 0) -> None:
        """Add to the counts, in the database, where somebody may be watching them.

        Of a run that was killed, fewer failures are counted than were kept, so taking some away ends at none.
        """
        Batch.objects.filter(pk=self.pk).update(
            imported=F("imported") + imported,
            skipped=F("skipped") + skipped,
            failed=Greatest(F("failed") + failed, 0),
        )


class BatchRow(models.Model):
    """What became of one file or row of an import from the admin. The command prints its own."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows", db_index=False)
    origin = models.TextField(help_text="The file, by the name it came in with.")
    row = models.BigIntegerField(default=0, help_text="Its row; 0 for the file itself.")
    outcome = models.CharField(max_length=8, help_text="imported, skipped or failed.")
    reason = models.TextField(blank=True)
    article = models.ForeignKey(
        "Article",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="What it became, or what was here already.",
    )

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["batch", "id"], name="row_of_batch"),
            models.Index(fields=["batch", "outcome", "id"], name="row_of_batch_by_outcome"),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.outcome}"

    @property
    def place(self) -> str:
        """The file, and the row where it has several."""
        return f"{self.origin}, row {self.row}" if self.row else self.origin


class FailureQuerySet(models.QuerySet["Failure"]):
    """Questions asked about what could not come in."""

    def open(self) -> Self:
        """Those of which nothing has come yet."""
        return self.filter(settled_at__isnull=True)


@keeps_history(exclude=("content",))
class Failure(models.Model):
    """A file or row that could not come in: where it stood, why, and its bytes, to be mended and tried again."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="failures")
    origin = models.TextField(editable=False, help_text="The file, as it was given.")
    row = models.BigIntegerField(default=0, editable=False, help_text="Its row; 0 for the file itself.")
    reason = models.TextField(editable=False)
    filename = models.CharField(max_length=255, editable=False, help_text="Its ending says how it is read.")
    content = models.BinaryField(
        null=True, editable=False, help_text="Its bytes; none where it could not be read or was too large to keep."
    )
    failed_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, editable=False, help_text="When it came in, or was given up.")
    article = models.ForeignKey(
        "Article",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="What it became in the end.",
    )

    objects = FailureQuerySet.as_manager()

    class Meta:
        ordering = ["-failed_at", "-id"]
        indexes = [
            models.Index(fields=["-failed_at", "-id"], name="failure_newest"),
            models.Index(
                fields=["-failed_at", "-id"], name="failure_open", condition=models.Q(settled_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"

    @property
    def place(self) -> str:
        """The file, and the row where it has several."""
        return f"{self.origin}, row {self.row}" if self.row else self.origin
