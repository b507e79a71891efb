"""Dates of publication in a reader's words, no more exact than they are known. All in UTC."""

from datetime import UTC, datetime

from django.utils import dateformat

from archive.models import Precision

# What Django's date filter is to write, and what HTML's `datetime` attribute takes, for each precision.
_IN_WORDS = {
    Precision.TIME: "j F Y, H:i \\U\\T\\C",
    Precision.DAY: "j F Y",
    Precision.MONTH: "F Y",
    Precision.YEAR: "Y",
}
_FOR_MACHINES = {
    Precision.TIME: "%Y-%m-%dT%H:%MZ",
    Precision.DAY: "%Y-%m-%d",
    Precision.MONTH: "%Y-%m",
    Precision.YEAR: "%Y",
}


def in_words(at: datetime, precision: str = Precision.DAY) -> str:
    """“31 January 2017, 14:05 UTC”, “31 January 2017”, “January 2017” or “2017”."""
    return dateformat.format(at.astimezone(UTC), _IN_WORDS[Precision(precision)])


def for_machines(at: datetime, precision: str = Precision.DAY) -> str:
    """The same as a valid date string of HTML: “2017-01-31T14:05Z”, “2017-01-31”, “2017-01” or “2017”."""
    return at.astimezone(UTC).strftime(_FOR_MACHINES[Precision(precision)])
