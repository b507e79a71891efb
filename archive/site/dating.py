"""Dates of publication in a reader's words, no more exact than they are known. All in UTC."""

import calendar
from datetime import UTC, datetime

from archive.models import Precision

_MONTHS = tuple(calendar.month_name)  # which looks each of them up again whenever it is asked
# What a reader is told of a date and its month, for each precision.
_IN_WORDS: dict[str, str] = {
    Precision.TIME: "{0.day} {1} {0.year}, {0:%H:%M} UTC",
    Precision.DAY: "{0.day} {1} {0.year}",
    Precision.MONTH: "{1} {0.year}",
    Precision.YEAR: "{0.year}",
}
# How many signs of a date of ISO 8601 are known, and how it ends as HTML's `datetime` attribute.
_FOR_MACHINES: dict[str, tuple[int, str]] = {
    Precision.TIME: (len("2017-01-31T14:05"), "Z"),
    Precision.DAY: (len("2017-01-31"), ""),
    Precision.MONTH: (len("2017-01"), ""),
    Precision.YEAR: (len("2017"), ""),
}


def in_words(at: datetime, precision: str = Precision.DAY) -> str:
    """“31 January 2017, 14:05 UTC”, “31 January 2017”, “January 2017” or “2017”."""
    at = at.astimezone(UTC)
    return _IN_WORDS[precision].format(at, _MONTHS[at.month])


def for_machines(at: datetime, precision: str = Precision.DAY) -> str:
    """The same as a valid date string of HTML: “2017-01-31T14:05Z”, “2017-01-31”, “2017-01” or “2017”."""
    known, end = _FOR_MACHINES[precision]
    return at.astimezone(UTC).isoformat()[:known] + end


def without_time(at: datetime, precision: str) -> str:
    """The same for formats that know no time of day: “2017-01-31”, “2017-01” or “2017”."""
    return for_machines(at, Precision.DAY if precision == Precision.TIME else precision)
