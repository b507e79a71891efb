"""The span of time that a year or month of the archive takes."""

from datetime import UTC, datetime


def span_of(year: int, month: int = 0) -> tuple[datetime, datetime]:
    """The first moment of a year (or of a month of it) and the first moment after it, in UTC."""
    if not month:
        return datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    following = (year, month + 1) if month < 12 else (year + 1, 1)
    return datetime(year, month, 1, tzinfo=UTC), datetime(*following, 1, tzinfo=UTC)
