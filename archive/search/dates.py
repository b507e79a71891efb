"""Dates as people search for them: a year, a month or a day."""

import calendar
import re
from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

_PARTS = re.compile(r"([12][0-9]{3})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")


class PartialDateField(forms.CharField):
    """“1957”, “1957-10” or “1957-10-04”: its first moment in UTC, or with `last` its last."""

    def __init__(self, *, last: bool = False, **kwargs: Any) -> None:
        self.last = last
        super().__init__(**kwargs)

    def clean(self, value: Any) -> datetime | None:
        """The moment; None where nothing was given; ValidationError naming what is no date."""
        given: str = super().clean(value)
        if not given:
            return None
        try:
            return self._moment(given)
        except ValueError:
            raise ValidationError(
                "“%(given)s” is not a date: write 1957, 1957-10 or 1957-10-04.", params={"given": given}
            ) from None

    def _moment(self, given: str) -> datetime:
        match = _PARTS.fullmatch(given)
        if not match:
            raise ValueError(given)
        year = int(match[1])
        month = int(match[2] or (12 if self.last else 1))
        day = int(match[3] or (calendar.monthrange(year, month)[1] if self.last else 1))
        moment = datetime(year, month, day, tzinfo=UTC)
        return datetime.combine(moment, time.max, UTC) if self.last else moment
