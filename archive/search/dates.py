"""Dates as people search for them: a year, a month or a day."""

import calendar
import re
from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

_PARTS = re.compile(r"([12][0-9]{3})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")


def first_moment(given: str) -> datetime:
    """The first moment, in UTC, of “1957”, “1957-10” or “1957-10-04”; ValueError for anything else."""
    year, month, day = _read(given)
    return datetime(year, month or 1, day or 1, tzinfo=UTC)


def last_moment(given: str) -> datetime:
    """The last moment, in UTC, of such a date; ValueError for anything else."""
    year, month, day = _read(given)
    month = month or 12
    return datetime.combine(
        datetime(year, month, day or calendar.monthrange(year, month)[1], tzinfo=UTC), time.max, UTC
    )


def _read(given: str) -> tuple[int, int, int]:
    match = _PARTS.fullmatch(given)
    if not match:
        raise ValueError(given)
    year, month, day = (int(part or 0) for part in match.groups())
    if match[2] and not 1 <= month <= 12:
        raise ValueError(given)
    return year, month, day


class PartialDateField(forms.CharField):
    """A date of which the day or the month may be missing: its first moment or, with `last`, its last."""

    def __init__(self, *, last: bool = False, **kwargs: Any) -> None:
        self.last = last
        super().__init__(**kwargs)

    def clean(self, value: Any) -> datetime | None:
        """The moment; None where nothing was given; ValidationError naming what is no date."""
        given: str = super().clean(value)
        if not given:
            return None
        try:
            return last_moment(given) if self.last else first_moment(given)
        except ValueError:
            raise ValidationError(
                "“%(given)s” is not a date: write 1957, 1957-10 or 1957-10-04.", params={"given": given}
            ) from None
