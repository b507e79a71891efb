"""What changed last, for the desk: single deeds as the admin logs them, and what was done to many as one line each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.admin.models import LogEntry
from django.db.models import Prefetch
from django.urls import reverse

from archive.jobs import may_undo
from archive.models import Job

LATEST = 8


@dataclass(frozen=True)
class LatestChange:
    """One line: what was changed, its page, what was done and by whom; and where to undo it, if whoever looks may."""

    when: datetime
    what: str
    url: str | None
    said: str
    who: str
    undo: str = ""


def latest_changes(user: Any) -> list[LatestChange]:
    """The last changes, newest first: so many as the desk has room for, whether of one record or of many."""
    entries = LogEntry.objects.filter(content_type__app_label="archive").select_related("user", "content_type")
    undoings = Prefetch("undoings", Job.objects.only("undoes", "ended_at"))
    jobs = Job.objects.filter(ended_at__isnull=False).select_related("asked_by", "undoes").prefetch_related(undoings)
    told = [
        *(_of_entry(entry) for entry in entries.order_by("-id")[:LATEST]),
        *(_of_job(job, user) for job in jobs.defer("arguments").order_by("-id")[:LATEST]),
    ]
    return sorted(told, key=lambda change: change.when, reverse=True)[:LATEST]


def _of_entry(entry: LogEntry) -> LatestChange:
    url = None if entry.is_deletion() else entry.get_admin_url()
    return LatestChange(entry.action_time, entry.object_repr, url, entry.get_change_message(), str(entry.user))


def _of_job(job: Job, user: Any) -> LatestChange:
    said = f"{job.problem or job.outcome}{' Undone since.' if job.undone_at else ''}"
    undo = reverse("admin:archive_job_undo", args=[job.pk]) if may_undo(user, job) else ""
    page = reverse("admin:archive_job_change", args=[job.pk])
    return LatestChange(job.ended_at or job.asked_at, job.title, page, said, job.who, undo)
