"""Dates of publication in a reader's words, no more exact than they are known. All in UTC."""

from datetime import UTC, datetime

from archive.models import Precision

# What a reader is told, and what HTML's `datetime` attribute takes, for each precision.
_IN_WORDS: dict[str, str] = {
    Precision.TIME: "{0.day} {0:%B %Y, %H:%M} UTC",
    Precision.DAY: "{0.day} {0:%B %Y}",
    Precision.MONTH: "{0:%B %Y}",
    Precision.YEAR: "{0:%Y}",
}
_FOR_MACHINES: dict[str, str] = {
    Precision.TIME: "%Y-%m-%dT%H:%MZ",
    Precision.DAY: "%Y-%m-%d",
    Precision.MONTH: "%Y-%m",
    Precision.YEAR: "%Y",
}


def in_words(at: datetime, precision: str = Precision.DAY) -> str:
    """“31 January 2017, 14:05 UTC”, “31 January 2017”, “January 2017” or “2017”."""
    return _IN_WORDS[precision].format(at.astimezone(UTC))


def for_machines(at: datetime, precision: str = Precision.DAY) -> str:
    """The same as a valid date string of HTML: “2017-01-31T14:05Z”, “2017-01-31”, “2017-01” or “2017”."""
    return at.astimezone(UTC).strftime(_FOR_MACHINES[precision])


def without_time(at: datetime, precision: str) -> str:
    """The same for formats that know no time of day: “2017-01-31”, “2017-01” or “2017”."""
    return for_machines(at, Precision.DAY if precision == Precision.TIME else precision)
