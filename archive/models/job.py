"""Job: work that is done in the background: what, asked by whom, how far it is, what came of it; and what it changed.

`archive.jobs` asks for jobs, carries them out and undoes them.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

LOST_AFTER = timedelta(minutes=2)  # without a sign of life
ITEMS_A_CHUNK = 200


class JobEndedError(Exception):
    """The job was stopped while it was at work: what it began since its last progress is not kept."""


class JobQuerySet(models.QuerySet["Job"]):
    """Questions asked about what is done in the background."""

    def waiting(self) -> Self:
        """Those that nobody is at, and that have not ended."""
        return self.filter(ended_at__isnull=True, beat_at__isnull=True)

    def running(self) -> Self:
        """Those that somebody is at, or was when his process died."""
        return self.filter(ended_at__isnull=True, beat_at__isnull=False)

    def silent(self) -> Self:
        """Those of the running ones of which nothing was heard for two minutes."""
        return self.running().filter(beat_at__lt=timezone.now() - LOST_AFTER)


class Job(models.Model):
    """A piece of work, carried out by `manage.py work` in the name of whoever asked for it."""

    kind = models.CharField(max_length=200, editable=False, help_text="The function that does it, by its dotted path.")
    title = models.CharField(max_length=250, editable=False)
    arguments = models.JSONField(default=dict, editable=False)
    onward = models.CharField(
        max_length=250, blank=True, editable=False, help_text="The address within the site of what it is about."
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    asked_as = models.CharField(
        max_length=150, blank=True, editable=False, help_text="Their name then; empty for the operator of the server."
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    begun_at = models.DateTimeField(null=True, editable=False)
    beat_at = models.DateTimeField(
        null=True, editable=False, help_text="The last sign of life of whoever is at it. Empty where nobody is."
    )
    times_begun = models.PositiveIntegerField(default=0, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    done = models.BigIntegerField(default=0, editable=False, help_text="How many items are done.")
    total = models.BigIntegerField(null=True, editable=False, help_text="How many there are; empty: not known.")
    reached = models.BigIntegerField(
        default=0, editable=False, help_text="The key of the last row that is done, to go on behind it."
    )
    outcome = models.TextField(blank=True, editable=False, help_text="What came of it.")
    problem = models.TextField(blank=True, editable=False, help_text="Why it ended before it was done.")
    undoes = models.ForeignKey(
        "self",
        null=True,
        editable=False,
        on_delete=models.CASCADE,
        related_name="undoings",
        help_text="What it undoes.",
    )
    undone_at = models.DateTimeField(null=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        default_permissions = ("view",)  # jobs are asked for where there is something to do, and never edited
        indexes = [
            models.Index(fields=["id"], name="job_unended", condition=models.Q(ended_at__isnull=True)),
            models.Index(fields=["asked_by", "-id"], name="job_of_colleague"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def who(self) -> str:
        """Who asked for it: the colleague, or the operator."""
        return str(self.asked_by or self.asked_as or "The operator, at the command line")

    @property
    def state(self) -> str:
        """Where it stands, in a word or two."""
        if self.undone_at:
            return "Undone"
        if self.ended_at:
            return "Not finished" if self.problem else "Done"
        if self.beat_at:
            return "At work"
        return "Waits to go on" if self.begun_at else "Waiting"

    @property
    def rate(self) -> float | None:
        """How many items a second were done from its beginning to its last sign of life; None where none were."""
        last = self.ended_at or self.beat_at
        if not (self.done and self.begun_at and last and last > self.begun_at):
            return None
        return self.done / (last - self.begun_at).total_seconds()

    @property
    def left(self) -> timedelta | None:
        """How long the rest takes at that rate; None where that cannot be said."""
        if self.ended_at or self.total is None or not self.rate:
            return None
        return timedelta(seconds=max(self.total - self.done, 0) / self.rate)

    def advance(self, done: int, total: int | None = None, *, reached: int | None = None) -> None:
        """Keep how many items are done, and that somebody is at it.

        Called within the transaction of each chunk, so that a job that is taken up again knows what is done:
        `reached` is for jobs that go through rows by their key. Raises JobEndedError where it was stopped meanwhile.
        """
        self.done, self.beat_at = done, timezone.now()
        self.total = self.total if total is None else total
        self.reached = self.reached if reached is None else reached
        kept = {"done": self.done, "total": self.total, "reached": self.reached, "beat_at": self.beat_at}
        if not Job.objects.filter(pk=self.pk, ended_at__isnull=True).update(**kept):
            raise JobEndedError(f"Job {self.pk} was stopped.")

    def end(self, *, outcome: str = "", problem: str = "") -> bool:
        """Note that it has ended, unless it had before; say whether."""
        self.ended_at, self.outcome, self.problem = timezone.now(), outcome, problem
        kept = {"ended_at": self.ended_at, "outcome": outcome, "problem": problem}
        return bool(Job.objects.filter(pk=self.pk, ended_at__isnull=True).update(**kept))

    def keep(self, object_type: str, before: Mapping[int, Any]) -> None:
        """Keep what objects of one type were before the job changed them, by id; what is kept already stays.

        Called in the transaction that changes them.
        """
        rows = [JobItem(job=self, object_type=object_type, object_id=pk, before=was) for pk, was in before.items()]
        JobItem.objects.bulk_create(rows, ignore_conflicts=True)

    def chunks_to_undo(self, *, of: str = "") -> Iterator[list["JobItem"]]:
        """What it changed, or only objects of one type, some at a time.

        Each chunk is to be deleted in the transaction that puts it back.
        """
        changed = self.items.filter(object_type=of) if of else self.items.all()
        while items := list(changed.order_by("object_type", "object_id")[:ITEMS_A_CHUNK]):
            yield items


class JobItem(models.Model):
    """An object that a job changed, as it was before."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="items", db_index=False)  # the rule below does
    object_type = models.CharField(max_length=50, help_text="The name of its model, such as article.")
    object_id = models.BigIntegerField()
    before = models.JSONField(default=dict)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["job", "object_type", "object_id"], name="an_object_once_in_a_job")
        ]

    def __str__(self) -> str:
        return f"{self.object_type} {self.object_id}"
