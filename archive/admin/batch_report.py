"""What became of each file and row of an import, a page at a time and by outcome, with what each leads to."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse

from archive.admin.fields import row_number
from archive.editing.queue import WAITING
from archive.editing.rights import may
from archive.ingest.report import Outcome
from archive.models import Batch, BatchRow, Failure

if TYPE_CHECKING:
    from django.http import HttpRequest

ROWS_SHOWN = 100


@dataclass(frozen=True)
class Became:
    """One row of the report: what it was, what became of it, and where that can be seen."""

    row: BatchRow
    url: str

    @property
    def leads_to(self) -> str:
        """What the link says."""
        if self.row.outcome == Outcome.FAILED.value:
            return "Mend it and try again"
        return str(self.row.article)


@dataclass(frozen=True)
class BatchReport:
    """A page of the report."""

    rows: list[Became]
    outcome: str
    choices: list[tuple[str, str]]
    next_after: int | None


def report_of(batch: Batch, request: "HttpRequest") -> BatchReport:
    """The page of the report that the address asks for: `outcome` narrows it, `after` is the last row before it."""
    asked = request.GET.get("outcome", "")
    outcome = asked if asked in list(Outcome) else ""
    rows = batch.rows.select_related("article").only(*_COLUMNS).order_by("id")
    if outcome:
        rows = rows.filter(outcome=outcome)
    if after := row_number(request.GET.get("after")):
        rows = rows.filter(pk__gt=after)
    page = list(rows[: ROWS_SHOWN + 1])
    shown = page[:ROWS_SHOWN]
    failures = _failures(batch, shown)
    reviews = may(request.user, "answer_suggestion")  # type: ignore[arg-type]
    counts = {"imported": batch.imported, "skipped": batch.skipped, "failed": batch.failed}
    return BatchReport(
        rows=[Became(row, _address(row, failures, reviews=reviews)) for row in shown],
        outcome=outcome,
        choices=[("", "All"), *((one.value, f"{counts[one.value]:,} {one}") for one in Outcome)],
        next_after=shown[-1].pk if len(page) > ROWS_SHOWN else None,
    )


_COLUMNS = ("batch", "origin", "row", "outcome", "reason", "article__headline", "article__status")


def _failures(batch: Batch, rows: list[BatchRow]) -> dict[tuple[str, int], int]:
    """The failures of these rows, by file and row."""
    failed = Q()
    for row in rows:
        if row.outcome == Outcome.FAILED.value:
            failed |= Q(origin=row.origin, row=row.row)
    if not failed:
        return {}
    found = Failure.objects.filter(failed, batch=batch).order_by("-pk").values_list("origin", "row", "pk")
    return {(origin, row): pk for origin, row, pk in found}


def _address(row: BatchRow, failures: dict[tuple[str, int], int], *, reviews: bool) -> str:
    """Where a row leads: a failure to be mended, a story that waits to the review desk, any other to its record."""
    if row.outcome == Outcome.FAILED.value:
        failure = failures.get((row.origin, row.row))
        return reverse("admin:archive_failure_change", args=[failure]) if failure else ""
    if row.article is None:
        return ""
    waits = reviews and row.article.status in WAITING
    return reverse("admin:review-story" if waits else "admin:archive_article_change", args=[row.article.pk])
