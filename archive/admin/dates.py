"""Dates of publication as editors read them: as exactly as they are known, and not more so."""

from datetime import datetime

FORMS = {"time": "%Y-%m-%d %H:%M", "day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}


def as_known(moment: datetime | None, precision: str) -> str:
    """A date of first publication, in UTC, written with the parts that its precision says are known."""
    return moment.strftime(FORMS[precision]) if moment else "No date"
