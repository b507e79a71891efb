"""The kept counts of the topics, people or sources on one page of a list."""

from collections.abc import Sequence
from typing import Any

from archive.models import Tally


def set_tallies(subject: Tally.Subject, rows: Sequence[Any]) -> None:
    """Set `tally` on each of these rows: the kept counts of all years, zero where nothing was counted."""
    kept = Tally.objects.totals_of(subject, (row.pk for row in rows))
    for row in rows:
        row.tally = kept.get(row.pk) or Tally(subject=subject, subject_id=row.pk)
